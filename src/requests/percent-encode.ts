/** Percent-encoding for the places of a URL and of a form. Pure; values may hold any code unit, lone surrogates included. RFC 3986 section 2. */

const beyondComponent = /[!'()*]/g;
const notPathSegment = /(?:%(?![0-9A-Fa-f]{2}))|[^A-Za-z0-9\-._~!$&'()*+,;=:@%]/gu;
const notPath = /(?:%(?![0-9A-Fa-f]{2}))|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/gu;
const notQuery = /(?:%(?![0-9A-Fa-f]{2}))|[^A-Za-z0-9\-._~!$'()*+,;=:@/?%]/gu;
const notReserved = /(?:%(?![0-9A-Fa-f]{2}))|[^A-Za-z0-9\-._~!$'()*,;=:@/?%]/gu;
const isUrl = /^[\u0021-\u007e]*$/;
const notUrl = /[^\u0021-\u007e]/gu;
const notField = /[^\t -~\u0080-\u{10ffff}]/gu;
const notCookie = /(?:%(?![0-9A-Fa-f]{2}))|[^\u0021\u0023-\u002b\u002d-\u003a\u003c-\u005b\u005d-\u007e]/gu;

function encodeCharacter(character: string): string {
  return encodeURIComponent(character.toWellFormed()).replace(beyondComponent, hexByte);
}

function hexByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** All but unreserved characters encoded: fits every place of a URL. @see https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
export function encodeStrict(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(beyondComponent, hexByte);
}

/** As `encodeStrict`, but reserved characters and escapes stay, except those that would end the parameter (`&`, `#`), are no part of a query (`[`, `]`) or read as a space (`+`). */
export function encodeReserved(text: string): string {
  return text.replace(notReserved, encodeCharacter);
}

/** As `encodeStrict`, with spaces as `+`. @see https://url.spec.whatwg.org/#concept-urlencoded-serializer */
export function encodeForm(text: string): string {
  return encodeStrict(text).replaceAll('%20', '+');
}

/** The text as it stands where a path segment may hold it, else encoded; escapes stay. */
export function keepInSegment(text: string): string {
  return text.replace(notPathSegment, encodeCharacter);
}

/** The literal part of a path as it stands where a path may hold it, else encoded; slashes and escapes stay. */
export function keepInPath(text: string): string {
  return text.replace(notPath, encodeCharacter);
}

/** The text as it stands where a query parameter's value may hold it, else encoded; escapes stay. */
export function keepInQuery(text: string): string {
  return text.replace(notQuery, encodeCharacter);
}

/** The text as it stands where a cookie's value may hold it, else encoded; escapes stay. @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1 */
export function keepInCookie(text: string): string {
  return text.replace(notCookie, encodeCharacter);
}

/** A whole URL with only those characters encoded that cannot travel at all: spaces, controls and all beyond ASCII. */
export function keepInUrl(url: string): string {
  // nearly all can, and a test is much quicker than a replacement of nothing
  return isUrl.test(url) ? url : url.replace(notUrl, encodeCharacter);
}

/** A field value with control characters encoded: the only ones that no field line can carry. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
export function keepInField(text: string): string {
  return text.toWellFormed().replace(notField, hexByte);
}
