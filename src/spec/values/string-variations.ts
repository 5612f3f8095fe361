/** Edges of strings: lengths, scripts and the variants of formats. */
import type { Alternative, Location } from './locations.ts';
import { formatValues } from './format-values.ts';
import { patternStrings } from './pattern-strings.ts';
import { isTelling } from './realistic-text.ts';
import { looseVariations, typePointer } from './scalar-variations.ts';
import { fitLength, isFreeText, lengthOf, stringRules, type StringRules } from './string-rules.ts';
import { describedIn } from './described-text.ts';
import type { SchemaView } from './schema-view.ts';
import { exampleValues } from './stated-values.ts';
import type { LocalVariation } from './valid-values.ts';

/** Longer strings are never made. */
export const mostCharacters = 10_000;

/** What a long text is where no maximum is stated. */
const longText = 1000;

/** Formats whose values are any text. */
const transparent = new Set(['password', 'binary']);

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3 */
export function* stringVariations(location: Location, alternative: Alternative): Generator<LocalVariation> {
  const rules = stringRules(alternative.view);
  if (rules.patterns.length > 0) yield* patternVariations(rules, location.sampler.options.seed);
  if (rules.format && !transparent.has(rules.format.value)) yield* formatVariations(rules);
  // a text named `email` or `url`, or whose example is of a form, has rules of its own that the schema does not tell
  else
    for (const text of textVariations(rules, alternative))
      yield text.confidence === undefined && (isTelling(location.spot.name) || hasForm(alternative.view))
        ? { ...text, confidence: 'likely' }
        : text;
  yield* looseVariations(alternative);
}

/** Whether the document's example of a text is a notation, as `image/png` is or what base64 makes, and no words. */
function hasForm(view: SchemaView): boolean {
  const example = exampleValues(view).find((value) => typeof value === 'string') ?? describedIn(view) ?? '';
  return !/\s/.test(example) && (/[^\p{L}\p{N}_-]/u.test(example) || example.length >= 40);
}

function* textVariations(rules: StringRules, { view, value }: Alternative): Generator<LocalVariation> {
  const covers = typePointer(view);
  yield* lengthVariations(rules, typeof value === 'string' ? value : 'a', covers);
  if (!isFreeText(view, rules) && !transparent.has(rules.format?.value ?? '')) return;
  for (const [text, what] of scripts) yield { value: fitted(rules, text), what: `% with ${what}`, covers };
  if (rules.maxLength && rules.most > 1 && rules.most <= mostCharacters) {
    const what = `% at its longest length ${rules.most}, in characters beyond the basic plane`;
    // JSON Schema counts characters, not code units (2020-12 validation, section 6.3.1)
    yield { value: astral.repeat(rules.most), what, covers: rules.maxLength.pointer };
  }
  if (rules.least <= 1) yield { value: ' ', what: '% of one space', covers, confidence: 'likely' };
  for (const [text, what] of oddities) yield { value: fitted(rules, text), what: `% with ${what}`, covers, confidence: 'likely' };
}

const scripts: readonly [string, string][] = [
  ['Zoë Ñandú Łódź', 'letters beyond ASCII'],
  ['名前 имя όνομα', 'other scripts'],
  ['𝒮ample 😀', 'characters beyond the basic plane'],
];

const oddities: readonly [string, string][] = [
  ['O\'Neill & "Co" <a>', 'quotes and angle brackets'],
  ['a/b?c=d&e#f%20g', 'characters that URLs reserve'],
  [' padded ', 'spaces at both ends'],
  ['e\u0301', 'a combining accent'],
];

/** One code point, two UTF-16 units. */
const astral = '\u{1D6FC}';

function* lengthVariations(rules: StringRules, base: string, covers: string): Generator<LocalVariation> {
  const { least, most, minLength, maxLength } = rules;
  if (least === 0)
    yield { value: '', what: '% empty', covers: minLength?.pointer ?? covers, ...(minLength ? {} : { confidence: 'likely' as const }) };
  if (minLength && least > 0) yield* sized(rules, base, least, `% at its shortest length ${least}`, minLength.pointer);
  if (least <= 1)
    for (const short of sized(rules, base, 1, '% of one character', minLength?.pointer ?? covers))
      yield minLength ? short : { ...short, confidence: 'likely' };
  if (minLength && least > 0) yield* sized(rules, base, least + 1, `% one character above its shortest length ${least}`, minLength.pointer);
  if (maxLength && most <= mostCharacters) {
    yield* sized(rules, base, most, `% at its longest length ${most}`, maxLength.pointer);
    if (most > 0) yield* sized(rules, base, most - 1, `% one character below its longest length ${most}`, maxLength.pointer);
  } else if (most > longText) {
    for (const long of sized(rules, base, Math.max(longText, least), `% with ${longText} characters`, maxLength?.pointer ?? covers))
      yield { ...long, confidence: 'likely' };
  }
}

function* sized(rules: StringRules, base: string, length: number, what: string, covers: string): Generator<LocalVariation> {
  if (length < 0 || length > mostCharacters) return;
  const letters = base.replaceAll(/[^\p{L}\p{N}]/gu, '');
  for (const text of new Set([
    fitLength(base, length),
    fitLength(letters, length),
    'a'.repeat(length),
    'A'.repeat(length),
    '1'.repeat(length),
  ])) {
    if (!rules.accepts(text)) continue;
    yield { value: text, what, covers };
    return;
  }
}

function* patternVariations(rules: StringRules, seed: number): Generator<LocalVariation> {
  const [pattern] = rules.patterns;
  const texts = patternStrings(rules, seed, 12).toSorted((left, right) => lengthOf(left) - lengthOf(right));
  const [shortest, longest] = [texts.at(0), texts.at(-1)];
  const covers = pattern?.keyword.pointer ?? '';
  if (shortest !== undefined)
    yield { value: shortest, what: `% with a short text that matches its pattern: ${JSON.stringify(shortest)}`, covers };
  if (longest !== undefined) yield { value: grown(rules, longest), what: `% with a longer text that matches its pattern`, covers };
  // an amount of nothing is often against a rule that no schema tells, and what computes with it crashes
  const zero = texts.every((text) => /^[+-]?\d+\.\d+$/.test(text)) ? zeros.find((text) => rules.accepts(text)) : undefined;
  if (zero !== undefined) yield { value: zero, what: `% as ${zero}`, covers, confidence: 'unsure' };
}

/** Nothing, as texts that hold decimals write it. */
const zeros = ['0.00', '0.0', '0.000', '0.0000', '0.000000'];

/** The text with its last character repeated as often as the rules take it; the text itself where they set no end. */
function grown(rules: StringRules, text: string): string {
  const last = [...text].at(-1) ?? '';
  const texts = Array.from({ length: 64 }, (_, count) => `${text}${last.repeat(count)}`);
  const end = texts.findIndex((one) => !rules.accepts(one));
  return texts[end - 1] ?? text;
}

function* formatVariations(rules: StringRules): Generator<LocalVariation> {
  const { format } = rules;
  const entry = format && Object.hasOwn(formatValues, format.value) ? formatValues[format.value] : undefined;
  if (!format || !entry) return;
  for (const { text, what, confidence = 'certain' } of entry.valid) {
    if (rules.accepts(text)) yield { value: text, what: `% ${what}`, covers: format.pointer, confidence };
  }
}

/** The text within the lengths: cut, or repeated. */
function fitted(rules: StringRules, text: string): string {
  return fitLength(text, Math.min(rules.most, Math.max(rules.least, lengthOf(text))));
}
