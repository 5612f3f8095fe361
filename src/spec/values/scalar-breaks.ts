/** Numbers just outside their bounds, and values outside an enumeration. */
import type { Json } from '../../lib/json.ts';
import type { Break } from './invalid-values.ts';
import type { Alternative, Location } from './locations.ts';
import { numericRange, type Bound, type NumericRange } from './numeric-range.ts';
import { includesType, typeOf } from './schema-view.ts';
import { enumeratedValues, enumerations } from './stated-values.ts';

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2 */
export function* numberBreaks({ view, type }: Alternative): Generator<Break> {
  const range = numericRange(view, type === 'integer');
  if (range.lower) yield outside(range, range.lower, -1);
  if (range.upper) yield outside(range, range.upper, 1);
  for (const multiple of range.multiples) {
    const step = range.integer ? 1 : multiple.value / 2;
    const middle = range.lower?.limit ?? 0;
    const candidates = [1, 2, 3].flatMap((factor) => [rounded(multiple.value + factor * step), rounded(middle + factor * step)]);
    yield {
      candidates,
      what: (value) => `% as ${JSON.stringify(value)}, no multiple of ${multiple.value}`,
      keyword: 'multipleOf',
      schema: multiple.pointer,
    };
  }
  if (range.format) {
    const { least, most, pointer, name } = range.format;
    const beyond = name === 'int32' ? 1 : 2 ** 62;
    yield {
      candidates: [most + beyond * 4],
      what: `% beyond the upper limit of ${name}`,
      keyword: 'format',
      schema: pointer,
      confidence: 'likely',
    };
    yield {
      candidates: [least - beyond * 4],
      what: `% beyond the lower limit of ${name}`,
      keyword: 'format',
      schema: pointer,
      confidence: 'likely',
    };
  }
}

function outside(range: NumericRange, bound: Bound, direction: 1 | -1): Break {
  const { limit, exclusive, keyword } = bound;
  const step = range.step ?? 0.01;
  const next =
    range.step === undefined
      ? limit + direction * step
      : (direction === 1 ? Math.floor(limit / step) + 1 : Math.ceil(limit / step) - 1) * step;
  const candidates = [
    ...(exclusive ? [limit] : []),
    rounded(next),
    limit + direction * (range.step ?? 1),
    limit + direction * 1000 * (range.step ?? 1),
  ];
  const name = direction === 1 ? 'maximum' : 'minimum';
  const what = (value: Json): string =>
    value === limit
      ? `% at its exclusive ${name} ${limit}`
      : `% ${direction === 1 ? 'above' : 'below'} its ${exclusive ? 'exclusive ' : ''}${name} ${limit}: ${JSON.stringify(value)}`;
  return { candidates, what, keyword: keyword.name, schema: keyword.pointer };
}

function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.2 */
export function* enumerationBreaks({ settled }: Location, { view, type }: Alternative): Generator<Break> {
  const [keyword] = enumerations(view);
  const values = enumeratedValues(view) ?? [];
  if (!keyword || values.length === 0 || type === 'null') return;
  // where another alternative takes anything of the type, nothing is unknown
  if (settled.some((one) => one.type === type && enumeratedValues(one.view) === undefined)) return;
  const [first] = values;
  const strangers: Json[] = ['no-such-value', 987_654_321, 98.7654, true, false].filter((value) => includesType([type], typeOf(value)));
  const only = keyword.name === 'const' ? `instead of ${JSON.stringify(keyword.value)}` : 'which is none of its values';
  yield {
    candidates: strangers,
    what: (value) => `% as ${JSON.stringify(value)}, ${only}`,
    keyword: keyword.name,
    schema: keyword.pointer,
  };
  if (typeof first !== 'string') return;
  const recased = [first.toUpperCase(), first.toLowerCase()].filter((text) => text !== first);
  yield {
    candidates: recased,
    what: (value) => `% as ${JSON.stringify(value)}, in another case`,
    keyword: keyword.name,
    schema: keyword.pointer,
    confidence: 'likely',
  };
  yield { candidates: [''], what: `% empty, ${only}`, keyword: keyword.name, schema: keyword.pointer };
}
