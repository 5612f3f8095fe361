/** Which strings a view allows, as far as it can be said without the validator: lengths, patterns and formats. */
import { textPattern, type TextPattern } from '../bounded-pattern.ts';
import { keywordsOf, numbersOf, stringsOf, type Keyword, type SchemaView } from './schema-view.ts';
import { excludedValues } from './stated-values.ts';

/** A pattern of the view and what it matches. */
interface PatternRule extends TextPattern {
  readonly keyword: Keyword & { readonly value: string };
}

export interface StringRules {
  /** Lengths count characters, not UTF-16 units. */
  readonly least: number;
  readonly most: number;
  readonly minLength: Keyword | undefined;
  /** Undefined where the schema sets no limit. */
  readonly maxLength: Keyword | undefined;
  readonly patterns: readonly PatternRule[];
  readonly format: (Keyword & { readonly value: string }) | undefined;
  readonly accepts: (text: string) => boolean;
}

/**
 * The rules of a view's strings; of formats no more is part of `accepts` than that an address of the web has a host.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3
 */
export function stringRules(view: SchemaView): StringRules {
  const [minLength] = numbersOf(view, 'minLength').toSorted((left, right) => right.value - left.value);
  const [maxLength] = numbersOf(view, 'maxLength').toSorted((left, right) => left.value - right.value);
  const patterns = stringsOf(view, 'pattern').flatMap((keyword): PatternRule[] => {
    const pattern = textPattern(keyword.value);
    return pattern ? [{ keyword, ...pattern }] : [];
  });
  const least = minLength?.value ?? 0;
  const most = maxLength?.value ?? Number.POSITIVE_INFINITY;
  const excluded = excludedValues(view);
  const [format] = stringsOf(view, 'format');
  const isAddress = format !== undefined && addresses.has(format.value);
  const accepts = (text: string): boolean => {
    const length = lengthOf(text);
    if (length < least || length > most || excluded.includes(text) || (isAddress && isHostless(text))) return false;
    return patterns.every(({ matches }) => matches(text) === true);
  };
  return { least, most, minLength, maxLength, patterns, format, accepts };
}

/** Formats of addresses, of things that may be outside of the API. */
export const addresses: ReadonlySet<string> = new Set(['uri', 'url', 'iri', 'uri-reference', 'iri-reference']);

/** Whether a text begins as an `http` or `https` URI and names no host, which such URIs must. @see https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1 */
function isHostless(text: string): boolean {
  return /^https?:(?!\/\/[^/?#:@])/i.test(text);
}

/** The length in characters. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3.1 */
export function lengthOf(text: string): number {
  let length = 0;
  // oxlint-disable-next-line no-unused-vars
  for (const _ of text) length++;
  return length;
}

/** The text cut or repeated until it has exactly that many characters. */
export function fitLength(text: string, length: number): string {
  const base = text === '' ? 'a' : text;
  const characters = Array.from(base);
  if (characters.length >= length) return characters.slice(0, length).join('');
  return Array.from(base.repeat(Math.ceil(length / characters.length)))
    .slice(0, length)
    .join('');
}

/** Whether any string is as good as another: nothing but lengths is asked. */
export function isFreeText(view: SchemaView, rules: StringRules): boolean {
  return rules.patterns.length === 0 && rules.format === undefined && keywordsOf(view, 'contentEncoding').length === 0;
}
