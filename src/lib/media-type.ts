/** Media types as values. RFC 9110 section 8.3.1. */

export interface ParsedMediaType {
  /** Lower case. */
  readonly type: string;
  readonly subtype: string;
  /** By lower-case name. */
  readonly parameters: ReadonlyMap<string, string>;
}

const known = new Map<string, ParsedMediaType | undefined>();
/** Of the few media types that an API has; the rest is parsed each time. */
const mostKnown = 500;

/** The parsed media type, or undefined when the text is none. */
export function parseMediaType(text: string): ParsedMediaType | undefined {
  let parsed = known.get(text);
  if (parsed === undefined && !known.has(text)) {
    parsed = parse(text);
    if (known.size < mostKnown) known.set(text, parsed);
  }
  return parsed;
}

function parse(text: string): ParsedMediaType | undefined {
  const [name = '', ...rest] = text.split(';');
  const [type, subtype, more] = name.trim().toLowerCase().split('/');
  if (!type || !subtype || more !== undefined) return undefined;
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const at = part.indexOf('=');
    if (at > 0)
      parameters.set(
        part.slice(0, at).trim().toLowerCase(),
        part
          .slice(at + 1)
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      );
  }
  return { type, subtype, parameters };
}

/** A media type as written without its parameters, in small letters; empty where the text is none. */
export function essence(text: string): string {
  const type = parseMediaType(text);
  return type ? `${type.type}/${type.subtype}` : '';
}

/** Whether the second falls under the first, which may be a range. Parameters that the first names must agree, but for `charset`. */
export function isSameType(range: ParsedMediaType, type: ParsedMediaType): boolean {
  if (range.type !== '*' && range.type !== type.type) return false;
  if (range.subtype !== '*' && range.subtype !== type.subtype) return false;
  for (const [name, value] of range.parameters)
    if (name !== 'charset' && name !== 'q' && (type.parameters.get(name) ?? value) !== value) return false;
  return true;
}

/** Whether the content is JSON: `application/json`, `text/json` or a `+json` suffix (RFC 6839 section 3.1). */
export function isJson(type: ParsedMediaType): boolean {
  return type.subtype === 'json' || type.subtype.endsWith('+json');
}

/** Whether a media type as written, with parameters or without, is JSON. */
export function isJsonType(text: string): boolean {
  const type = parseMediaType(text);
  return type !== undefined && isJson(type);
}

/** Concrete types for ranges, which a `Content-Type` may not be. */
const concreteTypes: Readonly<Record<string, string>> = {
  '*/*': 'application/octet-stream',
  'application/*': 'application/json',
  'image/*': 'image/png',
  'audio/*': 'audio/mpeg',
  'video/*': 'video/mp4',
  'multipart/*': 'multipart/form-data',
  'text/*': 'text/plain',
};

/** The media type itself where it is one, or one that its range covers. */
export function concreteType(type: string): string {
  return concreteTypes[essence(type)] ?? type;
}
