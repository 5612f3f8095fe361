/** Values of a type that a place does not allow. */
import type { Json } from '../../lib/json.ts';
import type { Location } from './locations.ts';
import type { Break } from './invalid-values.ts';
import { includesType, keywordsOf, typeOf, type JsonType, type SchemaView } from './schema-view.ts';
import { enumerations } from './stated-values.ts';
import type { ValueConfidence } from './value-options.ts';

/** What stands for a type, in words. */
const strangers: readonly (readonly [Json, string])[] = [
  [null, 'null'],
  ['a word', 'a word'],
  [1.5, 'a fraction'],
  [1, 'a number'],
  [true, 'a boolean'],
  [['a'], 'an array'],
  [{ a: 'b' }, 'an object'],
  ['', 'an empty string'],
];

/** @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.1 */
export function* typeBreaks(location: Location): Generator<Break> {
  const allowed = allowedTypes(location);
  if (allowed.length === 0) return;
  const promise = typePromise(location);
  if (promise === undefined) return;
  for (const [value, what] of strangers) {
    const type = typeOf(value);
    if (includesType(allowed, type)) continue;
    // 1 says nothing that 1.5 and "a word" do not say, unless a string or a boolean is asked
    if (value === 1 && includesType(allowed, 'number')) continue;
    if (value === 1.5 && !allowed.includes('integer')) continue;
    if (value === '' && !includesType(allowed, 'integer') && !allowed.includes('number')) continue;
    yield {
      candidates: [value],
      what: `% as ${what} instead of ${wording(allowed)}`,
      ...promise,
      confidence: confidenceOf(allowed, value),
      ...(value === 1 && allowed.includes('boolean') && { habit: otherTruths }),
    };
  }
  const like = lookalike(location, allowed);
  if (like === undefined) return;
  const what = `% as ${like.what} instead of ${wording(allowed)}`;
  yield { candidates: [like.text], what, ...promise, confidence: 'likely', habit: like.habit };
}

const otherTruths = 'other words for truth values';

/** A text that lax parsers take for the number or the truth value that it looks like. */
function lookalike(
  { alternatives }: Location,
  allowed: readonly JsonType[],
): { readonly text: string; readonly what: string; readonly habit: string } | undefined {
  if (allowed.includes('string')) return undefined;
  if (allowed.includes('boolean')) return { text: 'yes', what: 'the word yes', habit: otherTruths };
  const number = alternatives.find(({ value }) => typeof value === 'number')?.value;
  return number === undefined ? undefined : { text: String(number), what: 'a numeral in a text', habit: 'numerals in texts' };
}

/** Types that the place allows in any of its alternatives. */
function allowedTypes({ view, settled }: Location): readonly JsonType[] {
  const declared = (one: SchemaView): boolean =>
    one.parts.some(({ schema }) => ['type', 'enum', 'const'].some((keyword) => schema[keyword] !== undefined));
  if (view.unions.length === 0 && !declared(view)) return [];
  if (settled.some((one) => !declared(one.view))) return [];
  return [...new Set(settled.map(({ type }) => type))];
}

/** The keyword that forbids other types: `type`, else the enumeration, else the union that has them. */
function typePromise({ view, settled }: Location): { readonly keyword: string; readonly schema: string } | undefined {
  // a union with null only makes its other branch nullable: that branch is the promise
  const [only, ...others] = settled.filter(({ type }) => type !== 'null');
  const nullable = only && others.length === 0 && view.unions.length > 0 ? keywordsOf(only.view, 'type') : [];
  const [own] = [...keywordsOf(view, 'type'), ...enumerations(view), ...nullable];
  if (own) return { keyword: own.name, schema: own.pointer };
  const [union] = view.unions;
  return union && { keyword: union.keyword, schema: union.pointer };
}

/** Many parsers read numbers as texts, truths as numbers, and the like, without harm. */
function confidenceOf(allowed: readonly JsonType[], value: Json): ValueConfidence {
  if (typeof value === 'boolean') return includesType(allowed, 'integer') || allowed.includes('string') ? 'likely' : 'certain';
  if (typeof value === 'number') return allowed.includes('string') || allowed.includes('boolean') ? 'likely' : 'certain';
  return value === '' ? 'likely' : 'certain';
}

function wording(allowed: readonly JsonType[]): string {
  return allowed.map((type) => (type === 'null' ? 'null' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`)).join(' or ');
}
