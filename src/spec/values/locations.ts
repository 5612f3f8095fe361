/** Walks a schema and a valid value of it together: every place in the value that can be varied while the rest stays as it is. Breadth first and bounded. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import type { SchemaPlace } from '../contract.ts';
import { alternativesOf, coveringAlternatives, type Settled } from './alternatives.ts';
import { isOneWay, itemView, prefixLength, propertyNames, propertyView } from './children.ts';
import { fits } from './fits.ts';
import type { Sampled } from './sample-value.ts';
import { refill, rootSpot, type Sampler, type Spot } from './sampler.ts';
import { childSpot } from './sample-object.ts';
import { viewOf, type SchemaView } from './schema-view.ts';
import type { Union } from './unions.ts';

/** One way to settle a place, with an ordinary value for it. */
export interface Alternative extends Settled {
  readonly value: Json;
}

/** A place in the value. */
export interface Location {
  /** For people: `` `owner.email` ``. */
  readonly label: string;
  readonly spot: Spot;
  /** With its unions open. */
  readonly view: SchemaView;
  /** Every way to settle it, also where no ordinary value was found. */
  readonly settled: readonly Settled[];
  /** The few of them that show every branch and type. */
  readonly alternatives: readonly Alternative[];
  /** The whole value with another one at this place. */
  readonly embed: (value: Json) => Json;
  /** Unions of this place and the places around it, with the places' JSON Pointers: what a broken promise inside them looks like from outside. */
  readonly unions: readonly { readonly at: string; readonly union: Union }[];
  readonly sampler: Sampler;
}

interface Pending {
  readonly view: SchemaView;
  readonly spot: Spot;
  readonly label: string;
  readonly ordinary: Json | undefined;
  readonly embed: (value: Json) => Json;
  readonly unions: Location['unions'];
}

/** Deeper places are not varied. */
const mostDepth = 7;

/** More places than this are not visited. */
const mostLocations = 400;

/** The places of a schema, from the root downwards; recursion is entered once. */
export function* locationsOf(place: SchemaPlace, { value, sampler }: Sampled): Generator<Location> {
  const { contract, options } = sampler;
  const spot = rootSpot(options);
  const label = options.name === undefined ? 'the value' : `\`${options.name}\``;
  const queue: Pending[] = [{ view: viewOf(contract, [place]), spot, label, ordinary: value, embed: (whole) => whole, unions: [] }];
  const seen = new Set<string>();
  for (let index = 0; index < queue.length && seen.size < mostLocations; index++) {
    const pending = queue[index];
    if (pending === undefined) return;
    const key = `${pending.spot.at} ${pending.view.parts.map(({ pointer }) => pointer).join(' ')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    refill(sampler);
    const location = visit(pending, sampler);
    yield location;
    if (pending.spot.depth < mostDepth) for (const alternative of location.alternatives) queue.push(...childrenOf(location, alternative));
  }
}

function visit(pending: Pending, sampler: Sampler): Location {
  const { view, spot, ordinary } = pending;
  const settled = alternativesOf(sampler.contract, view, sampler.apart);
  const alternatives = coveringAlternatives(settled).flatMap((candidate): Alternative[] => {
    if (ordinary !== undefined && fits(sampler.contract, candidate, ordinary)) return [{ ...candidate, value: ordinary }];
    const value = sampler.settle(candidate, { ...spot, around: new Set() });
    return value === undefined ? [] : [{ ...candidate, value }];
  });
  const opened = new Set([...view.unions, ...settled.flatMap(({ choices }) => choices.map(({ union }) => union))]);
  const unions = [...pending.unions, ...[...opened].map((union) => ({ at: spot.at, union }))];
  return { ...pending, settled, alternatives, unions, sampler };
}

function childrenOf(location: Location, alternative: Alternative): Pending[] {
  const { view, type, value } = alternative;
  const { spot } = location;
  if (view.parts.some(({ pointer }) => spot.around.has(pointer))) return [];
  const around = new Set([...spot.around, ...view.parts.map(({ pointer }) => pointer)]);
  if (type === 'object' && isObject(value)) return propertiesOf(location, alternative, value, around);
  if (type === 'array' && Array.isArray(value)) return itemsOf(location, alternative, value, around);
  return [];
}

function propertiesOf(location: Location, { view }: Alternative, object: JsonObject, around: ReadonlySet<string>): Pending[] {
  const { sampler, spot, embed, unions } = location;
  return [...new Set([...propertyNames(view), ...Object.keys(object)])].flatMap((name): Pending[] => {
    const property = propertyView(sampler.contract, view, name);
    if (property.types.length === 0 || isOneWay(property, sampler.options.direction)) return [];
    const ordinary = Object.hasOwn(object, name) ? object[name] : undefined;
    const put = (inner: Json): Json => embed({ ...object, [name]: inner });
    return [
      { view: property, spot: { ...childSpot(spot, name), around }, label: labelOf(location, `.${name}`), ordinary, embed: put, unions },
    ];
  });
}

function itemsOf(location: Location, { view }: Alternative, items: readonly Json[], around: ReadonlySet<string>): Pending[] {
  const { sampler, spot, embed, unions } = location;
  return Array.from({ length: Math.max(1, prefixLength(view)) }, (_, index): Pending => {
    const item = itemView(sampler.contract, view, index);
    const put = (inner: Json): Json => embed(index > items.length ? items : [...items.slice(0, index), inner, ...items.slice(index + 1)]);
    const inside = { ...spot, at: joinPointer(spot.at, index), depth: spot.depth + 1, around };
    return { view: item, spot: inside, label: labelOf(location, `[${index}]`), ordinary: items[index], embed: put, unions };
  }).filter((pending) => pending.view.types.length > 0);
}

/** A text about a place: a leading `%` stands for its name. */
export function sentence({ label }: Location, text: string): string {
  return text.startsWith('%') ? label + text.slice(1) : text;
}

/** `` `a.b[0]` ``; places of an unnamed root begin with the property's name. */
export function labelOf(location: Pick<Location, 'label'>, step: string): string {
  const parent = location.label.startsWith('`') ? location.label.slice(1, -1) : '';
  return `\`${parent === '' && step.startsWith('.') ? step.slice(1) : parent + step}\``;
}
