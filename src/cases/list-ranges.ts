/** Filters that bound a property: `minPrice`, `price_lte`, `created_after`. What lies within comes, and nothing else. Pure. */
import { member, type Json } from '../lib/json.ts';
import type { Contract, Parameter, SchemaPlace } from '../spec/contract.ts';
import { propertiesOf, typesOf } from '../spec/properties.ts';
import type { Conversation } from './case.ts';
import { aboutItems, ask, byIdentity, totalAgrees, withQuery, type About, type ListView } from './list-answers.ts';
import { nameWords } from '../lib/names.ts';

/** A parameter that bounds a property of the items from one side. */
export interface Range {
  readonly parameter: Parameter;
  /** The member that is the bound where the parameter is an object: `min` of `price[min]`. */
  readonly member: string | undefined;
  readonly property: string;
  readonly side: 'least' | 'most';
  /** Whether the bound itself is within: undefined where the name leaves it open. */
  readonly inclusive: boolean | undefined;
  readonly moment: boolean;
  /** Whether the parameter bears the property's whole name, its unit aside: `min_price` of `price`, not of `unit_price`. */
  readonly whole: boolean;
}

type Bound = readonly [words: readonly string[], side: Range['side'], inclusive: boolean | undefined];

const bounds: readonly Bound[] = [
  [['min'], 'least', true],
  [['minimum'], 'least', true],
  [['gte'], 'least', true],
  [['ge'], 'least', true],
  [['from'], 'least', undefined],
  [['since'], 'least', undefined],
  [['after'], 'least', undefined],
  [['newer', 'than'], 'least', undefined],
  [['gt'], 'least', false],
  [['max'], 'most', true],
  [['maximum'], 'most', true],
  [['lte'], 'most', true],
  [['le'], 'most', true],
  [['to'], 'most', undefined],
  [['until'], 'most', undefined],
  [['before'], 'most', undefined],
  [['older', 'than'], 'most', undefined],
  [['lt'], 'most', false],
];

/** Words that a property's name has and a bound's leaves out. */
const idle = new Set(['at', 'on', 'date', 'time', 'timestamp']);

/** The unit that a number is of: `minWeight` bounds `weightGrams`. */
const units =
  /^(?:milligrams?|grams?|kilograms?|tons?|mg|g|kg|millimet(?:er|re)s?|centimet(?:er|re)s?|met(?:er|re)s?|kilomet(?:er|re)s?|miles|mm|cm|m|km|(?:milli|centi|hecto)?lit(?:er|re)s?|ml|cl|dl|l|hl|(?:kilo)?watts?|w|kw|wh|kwh|volts?|hz|khz|mhz|celsius|fahrenheit|kelvin|c|f|k|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|ms|sec|secs|min|mins|cents?|pence|euros?|dollars?|eur|usd|gbp|percent|bytes|kb|mb|gb)$/;

/** The ranges that a parameter or its members name: a bounding word before or after the name of a number, a date or a moment. */
export function rangesOf(contract: Contract, parameter: Parameter, properties: ReadonlyMap<string, SchemaPlace>): Range[] {
  const { name, schema } = parameter;
  if (!schema) return [];
  const members = [...propertiesOf(contract, schema)];
  return members.length === 0
    ? boundOf(contract, name, schema, properties).map((bound) => ({ ...bound, parameter, member: undefined }))
    : members.flatMap(([inner, place]) =>
        boundOf(contract, `${name} ${inner}`, place, properties).map((bound) => ({ ...bound, parameter, member: inner })),
      );
}

function boundOf(
  contract: Contract,
  text: string,
  schema: SchemaPlace,
  properties: ReadonlyMap<string, SchemaPlace>,
): Omit<Range, 'parameter' | 'member'>[] {
  const words = nameWords(text);
  for (const [bounding, side, inclusive] of bounds) {
    const size = bounding.length;
    const rest = same(words.slice(0, size), bounding) ? words.slice(size) : same(words.slice(-size), bounding) ? words.slice(0, -size) : [];
    const wanted = rest.filter((word) => !idle.has(word));
    if (wanted.length === 0) continue;
    const named = [...properties].map(([name, place]) => ({ name, place, words: nameWords(name).filter((word) => !idle.has(word)) }));
    const exact = named.filter(({ words: own }) => same(own, wanted));
    const measured = named.filter(
      ({ words: own }) => own.length === wanted.length + 1 && same(own.slice(0, -1), wanted) && units.test(own.at(-1) ?? ''),
    );
    const [plain] = [exact, measured].filter(({ length }) => length > 0);
    const fitting = plain ?? named.filter(({ words: own }) => same(own.slice(-wanted.length), wanted));
    const [found] = fitting;
    if (!found || fitting.length > 1) continue;
    const { name: property, place } = found;
    const format = member(contract.resolve(place).schema, 'format');
    const moment = format === 'date' || format === 'date-time';
    const types = typesOf(contract, place);
    const asked = typesOf(contract, schema);
    const number = (all: ReadonlySet<string>): boolean => all.has('integer') || all.has('number');
    if (moment ? asked.has('string') : number(types) && number(asked))
      return [{ property, side, inclusive, moment, whole: plain !== undefined }];
  }
  return [];
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((word, index) => word === right[index]);
}

/** Asks with a bound that parts the known items. */
export function* askRanges(view: ListView): Conversation {
  for (const range of view.shape.ranges) {
    const bound = partingValue(view, range);
    if (bound !== undefined) yield* askRange(view, range, bound);
  }
}

/** A value among the items' own that others lie below and above of, as the parameter takes it. */
function partingValue(view: ListView, range: Range): Json | undefined {
  const { contract } = view.scope.planning;
  const values = view.known.flatMap((item) => {
    const own = member(item, range.property);
    return own !== undefined && Number.isFinite(size(own, range)) ? [own] : [];
  });
  const sorted = values.toSorted((left, right) => size(left, range) - size(right, range));
  const distinct = sorted.filter((value, index) => index === 0 || size(value, range) !== size(sorted[index - 1] ?? null, range));
  const middle = distinct[Math.floor(distinct.length / 2)];
  const place = range.parameter.schema;
  const takes = place && middle !== undefined && contract.validators.validate(place, asked(range, middle), 'request').kind === 'valid';
  return distinct.length > 1 && takes ? middle : undefined;
}

/** The parameter's value that asks for a bound. */
function asked({ member: inner }: Range, bound: Json): Json {
  return inner === undefined ? bound : { [inner]: bound };
}

function size(value: Json, { moment }: Range): number {
  return moment ? (typeof value === 'string' ? Date.parse(value) : Number.NaN) : typeof value === 'number' ? value : Number.NaN;
}

function* askRange(view: ListView, range: Range, bound: Json): Conversation {
  const { parameter, property, side, inclusive } = range;
  const name = range.member === undefined ? parameter.name : `${parameter.name}[${range.member}]`;
  const title = `${name}=${String(bound)}`;
  const sign = side === 'least' ? 1 : -1;
  /** Above 0 well within, below 0 beyond, 0 on the bound. */
  const inside = (item: Json): number => sign * (size(member(item, property) ?? null, range) - size(bound, range));
  const fits = (item: Json): boolean => !(inside(item) < 0) && !(inclusive === false && inside(item) === 0);
  const must = (item: Json): boolean => inside(item) > 0 || (inclusive === true && inside(item) === 0);
  const about = (check: string): About => ({
    check,
    confidence: !range.whole || (check === 'filter-complete' && !view.shape.understood) ? 'likely' : 'certain',
    why: `${name} bounds the items' ${property}`,
    promise: parameter.pointer,
    topic: `${view.shape.operation.id} ${name}`,
  });
  yield* ask(view, withQuery(view.request, [parameter, asked(range, bound)]), title, (known) => [
    aboutItems(view.shape, about('filter-respected'), (found) => {
      const other = found.find((item) => !fits(item));
      return other === undefined ? undefined : `${title} lets ${property} ${JSON.stringify(member(other, property))} through`;
    }),
    aboutItems(view.shape, about('filter-complete'), (found) => {
      if (!view.whole && (view.pageSize === undefined || found.length >= view.pageSize)) return undefined;
      const ids = byIdentity(view.resource, found);
      const missing = [...byIdentity(view.resource, known.filter(must))].find(([id]) => !ids.has(id));
      return missing && `${title} leaves out ${missing[0]}, whose ${property} is ${JSON.stringify(member(missing[1], property))}`;
    }),
    totalAgrees(view.shape, view.pageSize),
  ]);
}
