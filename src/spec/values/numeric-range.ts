/** Which numbers a view allows: bounds, steps and the limits of numeric formats. */
import { isMultipleOf } from '../decimal.ts';
import { numbersOf, stringsOf, type Keyword, type SchemaView } from './schema-view.ts';

/** One end of a range. */
export interface Bound {
  readonly limit: number;
  readonly exclusive: boolean;
  readonly keyword: Keyword;
}

export interface NumericRange {
  readonly lower: Bound | undefined;
  readonly upper: Bound | undefined;
  /** Every value is a whole multiple of this; undefined where fractions are free. */
  readonly step: number | undefined;
  readonly multiples: readonly (Keyword & { readonly value: number })[];
  readonly integer: boolean;
  /** The limits of `int32` and `int64`, which are kept but are no bounds of the schema. */
  readonly format: { readonly name: string; readonly pointer: string; readonly least: number; readonly most: number } | undefined;
}

/** Whole numbers that JSON carries exactly in every reader. @see https://www.rfc-editor.org/rfc/rfc8259#section-6 */
const int64 = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };
const formats: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  int32: { least: -(2 ** 31), most: 2 ** 31 - 1 },
  int64,
};

/**
 * The range of a view's numbers.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2
 */
export function numericRange(view: SchemaView, integer: boolean): NumericRange {
  const bounds = (name: string, exclusive: boolean): Bound[] =>
    numbersOf(view, name).map((keyword) => ({ limit: keyword.value, exclusive, keyword }));
  const lowers = [...bounds('exclusiveMinimum', true), ...bounds('minimum', false)].toSorted((left, right) => right.limit - left.limit);
  const uppers = [...bounds('exclusiveMaximum', true), ...bounds('maximum', false)].toSorted((left, right) => left.limit - right.limit);
  const multiples = numbersOf(view, 'multipleOf').filter(({ value }) => value > 0);
  const steps = [...(integer ? [1] : []), ...multiples.map(({ value }) => value)];
  const [format] = stringsOf(view, 'format').flatMap(({ value, pointer }) => {
    const limits = formats[value];
    return limits ? [{ name: value, pointer, ...limits }] : [];
  });
  return { lower: lowers[0], upper: uppers[0], step: steps.length > 0 ? commonMultiple(steps) : undefined, multiples, integer, format };
}

/** The least number of the range; undefined when it has no lower bound. */
export function leastOf(range: NumericRange): number | undefined {
  return range.lower && inside(range, range.lower, 1);
}

/** The greatest number of the range; undefined when it has no upper bound. */
export function greatestOf(range: NumericRange): number | undefined {
  return range.upper && inside(range, range.upper, -1);
}

/** The value one step further up (1) or down (-1). */
export function neighbour(range: NumericRange, value: number, direction: 1 | -1): number {
  return tidy(value + direction * (range.step ?? gap(range)));
}

/** Whether the range holds the number. */
export function isInRange(range: NumericRange, value: number): boolean {
  const { lower, upper, format } = range;
  if (lower && (lower.exclusive ? value <= lower.limit : value < lower.limit)) return false;
  if (upper && (upper.exclusive ? value >= upper.limit : value > upper.limit)) return false;
  if (range.integer && !Number.isInteger(value)) return false;
  if (format && (value < format.least || value > format.most)) return false;
  return range.multiples.every((multiple) => isMultipleOf(value, multiple.value));
}

/** The number of the range's grid that is nearest to a wish, and within the bounds. */
export function nearestIn(range: NumericRange, wish: number): number | undefined {
  const least = leastOf(range) ?? range.format?.least ?? Number.NEGATIVE_INFINITY;
  const greatest = greatestOf(range) ?? range.format?.most ?? Number.POSITIVE_INFINITY;
  const onGrid = range.step === undefined ? wish : tidy(Math.round(wish / range.step) * range.step);
  const value = Math.max(least, Math.min(greatest, onGrid));
  return isInRange(range, value) ? value : undefined;
}

/** A multiple of a fractional step that lies below it where doubles divide, as 0.29 / 0.01 = 28.999…; undefined where the range shows none. */
export function awkwardMultiple(range: NumericRange): number | undefined {
  const { step } = range;
  if (step === undefined || Number.isInteger(step)) return undefined;
  const first = Math.ceil((leastOf(range) ?? 0) / step);
  return Array.from({ length: 1000 }, (_, count) => tidy((first + count) * step)).find(
    (value) => value / step < Math.round(value / step) && isInRange(range, value),
  );
}

function inside(range: NumericRange, bound: Bound, direction: 1 | -1): number {
  const { step } = range;
  if (step === undefined) return bound.exclusive ? tidy(bound.limit + direction * gap(range)) : bound.limit;
  const count = direction === 1 ? Math.ceil(tidy(bound.limit / step)) : Math.floor(tidy(bound.limit / step));
  const value = tidy(count * step);
  return bound.exclusive && value === bound.limit ? tidy(value + direction * step) : value;
}

/** How far "just inside" is where fractions are free: a hundredth, or a fraction of a narrow range. */
function gap({ lower, upper }: NumericRange): number {
  return lower && upper ? Math.min(0.01, (upper.limit - lower.limit) / 4) : 0.01;
}

/** Without the noise of binary fractions. */
function tidy(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(14));
}

function commonMultiple(steps: readonly number[]): number {
  const scale = 10 ** Math.max(...steps.map(decimals));
  const [first = 1, ...others] = steps.map((step) => Math.round(step * scale));
  const least = others.reduce((product, step) => (product / divisor(product, step)) * step, first);
  return tidy(least / scale);
}

function divisor(left: number, right: number): number {
  return right === 0 ? left : divisor(right, left % right);
}

function decimals(value: number): number {
  const [mantissa = '', power = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(power));
}
