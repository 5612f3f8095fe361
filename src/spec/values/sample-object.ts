/** Ordinary objects: what is required, and what is optional while there is room. */
import { isObject, type Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import { dependentNames, isOneWay, propertyNames, propertyView, requiredNames } from './children.ts';
import { patternStrings } from './pattern-strings.ts';
import { isGenerous, type Sampler, type Spot } from './sampler.ts';
import { keywordsOf, numbersOf, viewOf, type SchemaView } from './schema-view.ts';
import { stringRules } from './string-rules.ts';
import { orderTimes } from './time-pairs.ts';

/** How many properties a view allows. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.5 */
export function propertyLimits(view: SchemaView): { readonly least: number; readonly most: number } {
  return {
    least: Math.max(0, ...numbersOf(view, 'minProperties').map(({ value }) => value)),
    most: Math.min(Number.POSITIVE_INFINITY, ...numbersOf(view, 'maxProperties').map(({ value }) => value)),
  };
}

/** An object; undefined when a required property cannot be made. */
export function sampleObject(sampler: Sampler, view: SchemaView, spot: Spot): Json | undefined {
  const found = new Map<string, Json>();
  const required = requiredNames(view);
  const { least, most } = propertyLimits(view);
  const generous = isGenerous(sampler, spot);
  const make = (name: string): boolean => {
    if (found.has(name)) return true;
    const property = propertyView(sampler.contract, view, name);
    const value = isOneWay(property, sampler.options.direction) ? undefined : sampler.sample(property, childSpot(spot, name));
    if (value === undefined) return isOneWay(property, sampler.options.direction);
    found.set(name, value);
    return dependentNames(view, name).every(make) || !found.delete(name);
  };
  // required ones first: they decide whether there is a value at all, and must find room
  for (const name of required.keys()) if (!make(name)) return undefined;
  const names = propertyNames(view);
  if (generous) for (const name of names) if (found.size < most && !doubted(sampler, spot, name)) make(name);
  for (const name of names) if (found.size < least) make(name);
  const map = generous && names.length === 0 && keywordsOf(view, 'additionalProperties').some(({ value }) => isObject(value));
  const wanted = Math.min(most, Math.max(least, map ? 1 : 0));
  for (const [name, value] of furtherProperties(sampler, view, spot, wanted - found.size)) found.set(name, value);
  orderTimes(found);
  return found.size < least ? undefined : inDocumentOrder(found, names);
}

/** An optional property whose value was refused more than once is left out. */
function doubted(sampler: Sampler, spot: Spot, name: string): boolean {
  return (sampler.doubts.get(joinPointer(spot.at, name)) ?? 0) > 2;
}

/** Up to `count` properties that the schema does not name but allows. */
export function furtherProperties(sampler: Sampler, view: SchemaView, spot: Spot, count: number): [string, Json][] {
  if (count <= 0) return [];
  const taken = new Set(propertyNames(view));
  const found: [string, Json][] = [];
  for (const name of furtherNames(sampler, view, count)) {
    if (found.length >= count || taken.has(name)) continue;
    const value = sampler.sample(propertyView(sampler.contract, view, name), childSpot(spot, name));
    if (value !== undefined) found.push([name, value]);
  }
  return found;
}

/** The spot of a property. */
export function childSpot(spot: Spot, name: string): Spot {
  return { ...spot, at: joinPointer(spot.at, name), name, depth: spot.depth + 1 };
}

function furtherNames(sampler: Sampler, view: SchemaView, count: number): string[] {
  const { seed } = sampler.options;
  const places = keywordsOf(view, 'propertyNames').map(({ value, pointer }) => ({ pointer, schema: isObject(value) ? value : true }));
  const naming = viewOf(sampler.contract, places);
  const rules = stringRules(naming);
  const patterns = keywordsOf(view, 'patternProperties').flatMap(({ value }) => Object.keys(isObject(value) ? value : {}));
  const matching = patterns.flatMap((pattern) => {
    const pointer = `/patternProperties/${pattern}`;
    return patternStrings(stringRules({ parts: [{ pointer, schema: { pattern } }], unions: [], types: ['string'] }), seed, count);
  });
  const listed = keywordsOf(naming, 'enum').flatMap(({ value }) =>
    Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [],
  );
  const plain = Array.from({ length: Math.min(count, 100) + 1 }, (_, index) => (index === 0 ? 'extra' : `extra${index + 1}`));
  const formed = rules.patterns.length > 0 ? patternStrings(rules, seed, count) : [];
  return [...listed, ...matching, ...formed, ...plain].filter((name) => rules.accepts(name));
}

function inDocumentOrder(found: ReadonlyMap<string, Json>, names: readonly string[]): Json {
  const order = new Map(names.map((name, index) => [name, index]));
  const rank = ([name]: [string, Json]): number => order.get(name) ?? names.length;
  return Object.fromEntries([...found].toSorted((left, right) => rank(left) - rank(right)));
}
