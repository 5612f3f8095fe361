/** JSON Pointer. RFC 6901. */
import { isObject, type Json } from './json.ts';

/** One reference token, escaped (section 3). */
export function escapeToken(token: string): string {
  return /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}

/** The pointer's reference tokens, unescaped (section 4); the empty pointer has none. */
export function pointerTokens(pointer: string): string[] {
  if (pointer === '') return [];
  const tokens = pointer.slice(1).split('/');
  return pointer.includes('~') ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')) : tokens;
}

/** A pointer made of a base pointer and further, unescaped tokens. */
export function joinPointer(base: string, ...tokens: readonly (string | number)[]): string {
  let pointer = base;
  for (const token of tokens) pointer += `/${typeof token === 'number' ? token : escapeToken(token)}`;
  return pointer;
}

/** The pointer of a local URI fragment reference (`#/a/b`), percent-decoded (section 6); undefined for any other reference. */
export function fragmentPointer(reference: string): string | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return undefined;
  }
}

/** The value at the pointer, or undefined where there is none. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const token of pointerTokens(pointer)) {
    if (Array.isArray(value)) value = /^(0|[1-9]\d*)$/.test(token) ? (value as readonly Json[])[Number(token)] : undefined;
    else if (isObject(value)) value = Object.hasOwn(value, token) ? value[token] : undefined;
    else return undefined;
  }
  return value;
}

/** The document with another value at a pointer; as it is where there is nothing at the pointer. */
export function withValueAt(document: Json, pointer: string, value: Json): Json {
  const put = (at: Json, [token, ...rest]: readonly string[]): Json => {
    if (token === undefined) return value;
    if (Array.isArray(at)) return at.map((item: Json, index) => (String(index) === token ? put(item, rest) : item));
    return isObject(at) ? Object.fromEntries(Object.entries(at).map(([name, one]) => [name, name === token ? put(one, rest) : one])) : at;
  };
  return put(document, pointerTokens(pointer));
}
