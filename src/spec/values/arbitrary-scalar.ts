/** Arbitraries of numbers and strings. */
import * as fc from 'fast-check';
import { markedText } from './adapt-example.ts';
import type { ArbitraryOptions } from './arbitrary-value.ts';
import { formatValues } from './format-values.ts';
import { greatestOf, isInRange, leastOf, numericRange, type NumericRange } from './numeric-range.ts';
import { matching } from './pattern-strings.ts';
import { createRandom } from './random.ts';
import { realisticNumber, realisticText } from './realistic-text.ts';
import type { SchemaView } from './schema-view.ts';
import { fitLength, lengthOf, stringRules, type StringRules } from './string-rules.ts';
import { mostCharacters } from './string-variations.ts';

/** Numbers of the view's range; undefined when it is empty. */
export function arbitraryNumber(
  view: SchemaView,
  integer: boolean,
  name: string,
  options: ArbitraryOptions,
): fc.Arbitrary<number> | undefined {
  const range = numericRange(view, integer);
  const { low, high } = options.tame === true ? ordinaryEnds(range, name) : wideEnds(range);
  if (low > high) return undefined;
  const step = range.step ?? (options.tame === true && high - low >= 1 ? 0.01 : undefined);
  if (step === undefined) return fc.double({ min: low, max: high, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value));
  const bounds = { min: Math.ceil(low / step), max: Math.floor(high / step) };
  if (bounds.min > bounds.max || !Number.isSafeInteger(bounds.min) || !Number.isSafeInteger(bounds.max)) return undefined;
  const fallback = leastOf(range) ?? greatestOf(range) ?? 0;
  return fc.integer(bounds).map((count) => {
    const value = Number((count * step).toPrecision(15));
    return isInRange(range, value) ? value : fallback;
  });
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** The stated ends, those of the format, or far ones. */
function wideEnds(range: NumericRange): Ends {
  const { format } = range;
  const least = Math.max(leastOf(range) ?? Number.NEGATIVE_INFINITY, format?.least ?? Number.NEGATIVE_INFINITY);
  const most = Math.min(greatestOf(range) ?? Number.POSITIVE_INFINITY, format?.most ?? Number.POSITIVE_INFINITY);
  return {
    low: Number.isFinite(least) ? least : Math.min(-1e9, most),
    high: Number.isFinite(most) ? most : Math.max(1e9, least),
  };
}

/** The stated ends; where one is open, what a person would enter for such a name. */
function ordinaryEnds(range: NumericRange, name: string): Ends {
  const least = leastOf(range);
  const most = greatestOf(range);
  if (least !== undefined && most !== undefined) return { low: least, high: most };
  const wish = realisticNumber(name, createRandom(0, name));
  if (least !== undefined) return { low: least, high: Math.max(least, wish) };
  if (most !== undefined) return { low: Math.min(most, 1), high: most };
  return { low: Math.min(1, wish), high: wish };
}

/** Strings of the view's lengths, patterns and format; undefined when none is known. */
export function arbitraryString(view: SchemaView, name: string, options: ArbitraryOptions): fc.Arbitrary<string> | undefined {
  const rules = stringRules(view);
  const within = (text: string): string => fitLength(text, Math.max(rules.least, Math.min(rules.most, lengthOf(text))));
  const known = rules.format && Object.hasOwn(formatValues, rules.format.value) ? formatValues[rules.format.value] : undefined;
  const marked = (text: string): string => markedText(rules, view, text, name, options);
  if (known) {
    const made = salted((seed) => known.ordinary(createRandom(seed, name))).map(marked);
    const stated = known.valid.filter(({ text, confidence }) => rules.accepts(text) && (options.tame !== true || confidence === undefined));
    return stated.length > 0 ? fc.oneof(made, fc.constantFrom(...stated.map(({ text }) => text))) : made;
  }
  const [pattern] = rules.patterns;
  if (pattern) {
    const fitting = matching(pattern.expression);
    return fitting?.map((text) => (rules.accepts(text) || !rules.accepts(within(text)) ? text : within(text)));
  }
  if (rules.least > mostCharacters || rules.least > rules.most) return undefined;
  const ordinary = salted((seed) => marked(within(realisticText(name, createRandom(seed, name)))));
  return options.tame === true ? ordinary : fc.oneof(freeText(rules).map(within), ordinary);
}

function salted(make: (seed: number) => string): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max: 0xffff }).map(make);
}

function freeText({ least, most }: StringRules): fc.Arbitrary<string> {
  return fc.string({ unit: 'grapheme', minLength: least, maxLength: Math.min(most, Math.max(least, 40)) });
}
