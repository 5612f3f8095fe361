/** Which property of the items a parameter of a list bounds, and from which side, inferred from their names: `minPrice`, `price_lte`, `created_after`; of a bare `from` by what is said of it. Pure. */
import { nameWords } from '../../lib/names.ts';
import type { Contract, Parameter, SchemaPlace } from '../../spec/contract.ts';
import { descriptionAt } from '../../spec/descriptions.ts';
import { isMoment, isNumber, propertiesOf, typesOf } from '../../spec/properties.ts';

/** A parameter that bounds a property of the items from one side. */
export interface Range {
  readonly parameter: Parameter;
  /** The member that is the bound where the parameter is an object: `min` of `price[min]`. */
  readonly member: string | undefined;
  readonly property: string;
  readonly side: 'least' | 'most';
  /** Whether the bound itself is within: undefined where name and description leave it open. */
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
  const said = descriptionAt(contract, parameter.pointer);
  return members.length === 0
    ? [...boundOf(contract, name, schema, properties), ...bareBoundOf(contract, parameter, properties)].map((bound) => ({
        ...bound,
        // an item may be kept to the microsecond and shown to the second: then it is later than its own time
        inclusive: bound.inclusive ?? (includes.test(said) && !(bound.moment && bound.side === 'most') ? true : undefined),
        parameter,
        member: undefined,
      }))
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
    const moment = isMoment(contract, place);
    if (moment ? typesOf(contract, schema).has('string') : isNumber(contract, place) && isNumber(contract, schema))
      return [{ property, side, inclusive, moment, whole: plain !== undefined }];
  }
  return [];
}

/** Words that count the bound in. */
const includes =
  /\b(?:(?:at|on) (?:this time |that time )?or (?:after|before|later|earlier)|or (?:later|after|earlier|before|equal)|inclusive|at (?:least|most)|no (?:later|earlier))\b/i;

/** What a parameter bounds that is called `from` or `to` alone: the one moment of an item whose name's first word its description has. */
function bareBoundOf(
  contract: Contract,
  { name, schema, pointer }: Parameter,
  properties: ReadonlyMap<string, SchemaPlace>,
): Omit<Range, 'parameter' | 'member'>[] {
  const bound = bounds.find(([words]) => same(words, nameWords(name)));
  if (!bound || !schema || !isMoment(contract, schema)) return [];
  const said = nameWords(descriptionAt(contract, pointer)).map(stem);
  const named = [...properties].filter(
    ([property, place]) => isMoment(contract, place) && nameWords(property).some((word) => !idle.has(word) && said.includes(stem(word))),
  );
  const [only] = named;
  return only && named.length === 1 ? [{ property: only[0], side: bound[1], inclusive: bound[2], moment: true, whole: true }] : [];
}

/** `start` of `starts`, `started` and `starting`. */
const stem = (word: string): string => word.replace(/(?:ing|ed|e?s)$/, '');

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((word, index) => word === right[index]);
}
