/** Strings outside their lengths, pattern or format. */
import type { Break } from './invalid-values.ts';
import { formatValues } from './format-values.ts';
import type { Alternative, Location } from './locations.ts';
import { patternStrings } from './pattern-strings.ts';
import { fitLength, lengthOf, stringRules, type StringRules } from './string-rules.ts';
import { mostCharacters } from './string-variations.ts';

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3 */
export function* stringBreaks(location: Location, { view, value }: Alternative): Generator<Break> {
  const rules = stringRules(view);
  const base = typeof value === 'string' ? value : 'a';
  const { minLength, maxLength, least, most } = rules;
  if (minLength && least > 0) {
    const what = least === 1 ? '% empty' : `% one character below its shortest length ${least}`;
    yield { candidates: sized(rules, base, least - 1), what, keyword: 'minLength', schema: minLength.pointer };
  }
  if (maxLength && most <= mostCharacters) {
    yield {
      candidates: sized(rules, base, most + 1),
      what: `% one character above its longest length ${most}`,
      keyword: 'maxLength',
      schema: maxLength.pointer,
    };
  }
  for (const { keyword, matches } of rules.patterns) {
    const candidates = mismatches(rules, base).filter((text) => matches(text) === false);
    yield {
      candidates,
      what: (text) => `% as ${JSON.stringify(text).slice(0, 60)}, against its pattern`,
      keyword: 'pattern',
      schema: keyword.pointer,
    };
    // an expression that is searched for, not matched from end to end, is met by what only holds a match
    const holding = [`x${base}x`, `${base}x`, `x${base}`, `${base}0`, `0${base}`].filter(
      (text) => matches(text) === false && lengthOf(text) <= rules.most,
    );
    yield {
      candidates: holding,
      what: (text) => `% as ${JSON.stringify(text).slice(0, 60)}, which only holds a match of its pattern`,
      keyword: 'pattern',
      schema: keyword.pointer,
    };
    yield {
      candidates: [`${base}\n`].filter((text) => matches(text) === false && lengthOf(text) <= rules.most),
      what: '% with a line break behind a match of its pattern',
      keyword: 'pattern',
      schema: keyword.pointer,
      confidence: 'likely',
    };
  }
  yield* formatBreaks(rules, location);
}

/** Texts of a length that keep the pattern if any does. */
function sized(rules: StringRules, base: string, length: number): string[] {
  const letters = base.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const texts = [
    ...new Set([
      fitLength(base, length),
      ...(length === 0 ? [''] : [fitLength(letters, length), 'a'.repeat(length), 'A'.repeat(length), '1'.repeat(length)]),
    ]),
  ];
  const keeping = texts.filter((text) => rules.patterns.every(({ matches }) => matches(text) === true));
  if (keeping.length > 0 || rules.patterns.length === 0) return keeping;
  const relaxed: StringRules = {
    ...rules,
    least: length,
    most: length,
    accepts: (text) => lengthOf(text) === length && rules.patterns.every(({ matches }) => matches(text) === true),
  };
  return [...patternStrings(relaxed, 1, 1), ...texts];
}

function mismatches(rules: StringRules, base: string): string[] {
  const texts = ['!', '!!!', ' ', '-', 'a b', '✗', 'no match!', '0', 'a', 'A', `${base}!`, `!${base}`, `${base} `, `${base}\n`, ''];
  return [...new Set(texts.map((text) => fitLength(text, Math.max(rules.least, Math.min(rules.most, lengthOf(text))))))].filter(
    (text) => text !== '' || rules.least === 0,
  );
}

function* formatBreaks(rules: StringRules, { settled }: Location): Generator<Break> {
  const { format } = rules;
  const entry = format && Object.hasOwn(formatValues, format.value) ? formatValues[format.value] : undefined;
  if (!format || !entry || settled.filter(({ type }) => type === 'string').length > 1) return;
  for (const { text, what, confidence = 'certain' } of entry.invalid) {
    if (!rules.accepts(text)) continue;
    yield {
      candidates: [text],
      what: `% ${what}: ${JSON.stringify(text)} is no ${format.value}`,
      keyword: 'format',
      schema: format.pointer,
      confidence,
    };
  }
}
