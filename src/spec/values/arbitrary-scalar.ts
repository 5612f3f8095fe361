/** Arbitraries of numbers and strings. */
import * as fc from 'fast-check';
import { formatValues } from './format-values.ts';
import { greatestOf, isInRange, leastOf, numericRange } from './numeric-range.ts';
import { matching } from './pattern-strings.ts';
import { createRandom } from './random.ts';
import { realisticText } from './realistic-text.ts';
import type { SchemaView } from './schema-view.ts';
import { fitLength, lengthOf, stringRules } from './string-rules.ts';
import { mostCharacters } from './string-variations.ts';
import type { ValueOptions } from './value-options.ts';

/** Numbers of the view's range; undefined when it is empty. */
export function arbitraryNumber(view: SchemaView, integer: boolean): fc.Arbitrary<number> | undefined {
  const range = numericRange(view, integer);
  const { format, step } = range;
  const least = Math.max(leastOf(range) ?? Number.NEGATIVE_INFINITY, format?.least ?? Number.NEGATIVE_INFINITY);
  const most = Math.min(greatestOf(range) ?? Number.POSITIVE_INFINITY, format?.most ?? Number.POSITIVE_INFINITY);
  const low = Number.isFinite(least) ? least : Math.min(-1e9, most);
  const high = Number.isFinite(most) ? most : Math.max(1e9, least);
  if (low > high) return undefined;
  if (step === undefined) return fc.double({ min: low, max: high, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value));
  const bounds = { min: Math.ceil(low / step), max: Math.floor(high / step) };
  if (bounds.min > bounds.max || !Number.isSafeInteger(bounds.min) || !Number.isSafeInteger(bounds.max)) return undefined;
  const fallback = leastOf(range) ?? greatestOf(range) ?? 0;
  return fc.integer(bounds).map((count) => {
    const value = Number((count * step).toPrecision(15));
    return isInRange(range, value) ? value : fallback;
  });
}

/** Strings of the view's lengths, patterns and format; undefined when none is known. */
export function arbitraryString(view: SchemaView, name: string, options: ValueOptions): fc.Arbitrary<string> | undefined {
  const rules = stringRules(view);
  const ordinary = realisticText(name, createRandom(options.seed, name));
  const within = (text: string): string => fitLength(text, Math.max(rules.least, Math.min(rules.most, lengthOf(text))));
  const known = rules.format && Object.hasOwn(formatValues, rules.format.value) ? formatValues[rules.format.value] : undefined;
  if (known) {
    const made = fc.integer({ min: 0, max: 0xffff }).map((seed) => known.ordinary(createRandom(seed, name)));
    const stated = known.valid.map(({ text }) => text).filter((text) => rules.accepts(text));
    return stated.length > 0 ? fc.oneof(made, fc.constantFrom(...stated)) : made;
  }
  const [pattern] = rules.patterns;
  if (pattern) {
    const fitting = matching(pattern.expression);
    return fitting?.map((text) => (rules.accepts(text) || !rules.accepts(within(text)) ? text : within(text)));
  }
  if (rules.least > mostCharacters || rules.least > rules.most) return undefined;
  const free = fc.string({ unit: 'grapheme', minLength: rules.least, maxLength: Math.min(rules.most, Math.max(rules.least, 40)) });
  return fc.oneof(free.map(within), fc.constant(within(ordinary)));
}
