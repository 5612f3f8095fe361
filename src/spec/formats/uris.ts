/** URIs, IRIs, their templates, and the pointers of JSON. */
import { isIpv6 } from './hosts.ts';

const beyond = '\\u{A0}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFEF}\\u{10000}-\\u{EFFFD}';
const isPrivate = '\\u{E000}-\\u{F8FF}\\u{F0000}-\\u{10FFFD}';

/** RFC 3986 appendix A, RFC 3987 section 2.2: the same grammar with more letters. */
function grammar(letters: string, queryLetters: string): { readonly absolute: RegExp; readonly relative: RegExp } {
  const one = (more: string): string => `(?:[\\w.~!$&'()*+,;=${more}-]|%[\\dA-Fa-f]{2})`;
  const segment = `${one(`:@${letters}`)}*`;
  const segments = `(?:\\/${segment})*`;
  const authority = `(?:${one(`:${letters}`)}*@)?(?:\\[([^\\]]*)\\]|${one(letters)}*)(?::\\d*)?`;
  const rooted = `\\/\\/${authority}${segments}|\\/(?:${one(`:@${letters}`)}+${segments})?`;
  const rest = `(?:\\?${one(`:@\\/?${letters}${queryLetters}`)}*)?(?:#${one(`:@\\/?${letters}`)}*)?$`;
  const rootless = `${one(`:@${letters}`)}+${segments}`;
  const noScheme = `${one(`@${letters}`)}+${segments}`;
  return {
    absolute: new RegExp(`^[A-Za-z][A-Za-z\\d+.-]*:(?:${rooted}|${rootless})?${rest}`, 'u'),
    relative: new RegExp(`^(?:${rooted}|${noScheme})?${rest}`, 'u'),
  };
}

const uri = grammar('', '');
const iri = grammar(beyond, isPrivate);
const future = /^v[\da-f]+\.[\w.~!$&'()*+,;=:-]+$/i;

function fits(pattern: RegExp, text: string): boolean {
  const literal = pattern.exec(text);
  if (literal === null) return false;
  const [, host] = literal;
  return host === undefined || isIpv6(host) || future.test(host);
}

/** `uri`: with a scheme. @see https://www.rfc-editor.org/rfc/rfc3986#appendix-A */
export function isUri(text: string): boolean {
  return fits(uri.absolute, text);
}

/** `uri-reference`. @see https://www.rfc-editor.org/rfc/rfc3986#section-4.1 */
export function isUriReference(text: string): boolean {
  return fits(uri.absolute, text) || fits(uri.relative, text);
}

/** `iri`. @see https://www.rfc-editor.org/rfc/rfc3987#section-2.2 */
export function isIri(text: string): boolean {
  return fits(iri.absolute, text);
}

/** `iri-reference`. @see https://www.rfc-editor.org/rfc/rfc3987#section-2.2 */
export function isIriReference(text: string): boolean {
  return fits(iri.absolute, text) || fits(iri.relative, text);
}

const variable = '(?:\\w|%[\\dA-Fa-f]{2})(?:\\.?(?:\\w|%[\\dA-Fa-f]{2}))*(?::[1-9]\\d{0,3}|\\*)?';
const literal = `[^\\u0000-\\u0020\\u007f-\\u009f"'%<>\\\\^\`{|}]|%[\\dA-Fa-f]{2}|'`;
const template = new RegExp(`^(?:${literal}|\\{[+#./;?&=,!@|]?${variable}(?:,${variable})*\\})*$`, 'u');

/** `uri-template`. @see https://www.rfc-editor.org/rfc/rfc6570#section-2 */
export function isUriTemplate(text: string): boolean {
  return template.test(text);
}

const pointer = /^(?:\/(?:[^~/]|~[01])*)*$/u;
const relativePointer = /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/u;

/** `json-pointer`. @see https://www.rfc-editor.org/rfc/rfc6901#section-3 */
export function isJsonPointer(text: string): boolean {
  return pointer.test(text);
}

/** `relative-json-pointer`. @see https://datatracker.ietf.org/doc/html/draft-handrews-relative-json-pointer-01 */
export function isRelativeJsonPointer(text: string): boolean {
  return relativePointer.test(text);
}
