/** Parameters as text, by style, explode, allowReserved or content. Pure. */
import type { ParameterValue } from '../cases/case.ts';
import { isObject, type Json } from '../lib/json.ts';
import type { MediaType, Parameter, ParameterLocation, ParameterStyle } from '../spec/contract.ts';
import { isJsonType } from '../lib/media-type.ts';
import { encodeForm, encodeReserved, encodeStrict, keepInCookie, keepInField, keepInQuery, keepInSegment } from './percent-encode.ts';

/** How one value is written. */
export interface Serialization {
  readonly style: ParameterStyle;
  readonly explode: boolean;
  /** Encodes scalar values for the place. */
  readonly encode: (text: string) => string;
}

type Pair = readonly [name: string, value: string];

/** A scalar as text: integers without exponent, null as `null`, and nested arrays and objects as JSON, for which no style has a form. */
export function scalarText(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) >= 1e21) return BigInt(value).toString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** Members that say anything: RFC 6570 section 2.3 takes null for undefined. */
function members(value: Json): Pair[] {
  return Object.entries(value ?? {}).flatMap(([name, item]: [string, Json]) => (item === null ? [] : [[name, scalarText(item)] as const]));
}

function delimited(value: Json, separator: string, encode: (text: string) => string): string {
  if (Array.isArray(value)) return value.map((item: Json) => encode(scalarText(item))).join(separator);
  if (isObject(value))
    return members(value)
      .map(([name, text]) => `${encode(name)}${separator}${encode(text)}`)
      .join(separator);
  return encode(scalarText(value));
}

function assigned(value: Json, separator: string, encode: (text: string) => string): string {
  return members(value)
    .map(([name, text]) => `${encode(name)}=${encode(text)}`)
    .join(separator);
}

/** `name=value` pairs of the `form`, `spaceDelimited`, `pipeDelimited` and `deepObject` styles, encoded; empty where the value is null or has no members. */
export function formPairs(name: string, value: Json, { style, explode, encode }: Serialization): Pair[] {
  if (value === null) return [];
  const key = encodeStrict(name);
  if (typeof value !== 'object') return [[key, encode(scalarText(value))]];
  if (style === 'deepObject') return deepPairs(key, value, encode);
  if (Array.isArray(value) ? value.length === 0 : members(value).length === 0) return [];
  if (explode && Array.isArray(value)) return value.map((item: Json) => [key, encode(scalarText(item))]);
  if (explode) return members(value).map(([member, text]) => [encodeStrict(member), encode(text)]);
  const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ',';
  return [[key, delimited(value, separator, encode)]];
}

/** `name[member]=value`, deeper levels likewise; array items repeat their name. */
function deepPairs(key: string, value: Json, encode: (text: string) => string): Pair[] {
  if (Array.isArray(value)) return value.map((item: Json) => [key, encode(scalarText(item))]);
  if (!isObject(value)) return value === null ? [] : [[key, encode(scalarText(value))]];
  return Object.entries(value).flatMap(([member, item]) => deepPairs(`${key}%5B${encodeStrict(member)}%5D`, item, encode));
}

function label(value: Json, { explode, encode }: Serialization): string {
  if (isObject(value) && explode) return `.${assigned(value, '.', encode)}`;
  return `.${delimited(value, explode ? '.' : ',', encode)}`;
}

function matrix(name: string, value: Json, { explode, encode }: Serialization): string {
  if (typeof value === 'object' && value !== null && explode) {
    if (isObject(value))
      return members(value)
        .map(([member, text]) => matrix(member, text, { style: 'matrix', explode, encode }))
        .join('');
    return value.map((item) => matrix(name, scalarText(item), { style: 'matrix', explode, encode })).join('');
  }
  const text = delimited(value, ',', encode);
  return text === '' ? `;${encode(name)}` : `;${encode(name)}=${text}`;
}

function simple(value: Json, { explode, encode }: Serialization): string {
  return isObject(value) && explode ? assigned(value, ',', encode) : delimited(value, ',', encode);
}

/** The style that a location has by default. @see https://spec.openapis.org/oas/v3.1.1#parameter-style */
function defaultStyle(place: ParameterLocation): ParameterStyle {
  return place === 'path' || place === 'header' ? 'simple' : 'form';
}

function contentText(value: Json, mediaType: MediaType): string {
  return isJsonType(mediaType.type) || typeof value !== 'string' ? JSON.stringify(value) : value;
}

/** What the path template's placeholder becomes, encoded; may be empty. A member of neither array nor object is written as text, null as `null`. */
export function pathText(given: ParameterValue, parameter: Parameter | undefined): string {
  if (given.raw !== undefined) return keepInSegment(given.raw);
  if (parameter?.mediaType !== undefined) return encodeStrict(contentText(given.value, parameter.mediaType));
  const encode = parameter?.allowReserved === true ? (text: string): string => keepInSegment(encodeReserved(text)) : encodeStrict;
  const serialization = { style: parameter?.style ?? defaultStyle('path'), explode: parameter?.explode ?? false, encode };
  if (serialization.style === 'label') return label(given.value, serialization);
  if (serialization.style === 'matrix') return matrix(given.name, given.value, serialization);
  return simple(given.value, serialization);
}

/** The query's part for one parameter (`a=1&a=2`), encoded, without `?`; undefined where nothing is to be sent: null, an empty array or object. */
export function queryText(given: ParameterValue, parameter: Parameter | undefined): string | undefined {
  if (given.in === 'querystring') return wholeQuery(given, parameter);
  const key = encodeStrict(given.name);
  if (given.raw !== undefined) return `${key}=${keepInQuery(given.raw)}`;
  if (parameter?.mediaType !== undefined) return `${key}=${encodeStrict(contentText(given.value, parameter.mediaType))}`;
  const encode = parameter?.allowReserved === true ? encodeReserved : encodeStrict;
  return joined(
    formPairs(given.name, given.value, { style: parameter?.style ?? 'form', explode: parameter?.explode ?? true, encode }),
    '&',
  );
}

/** The one parameter that is the whole query string. @see https://spec.openapis.org/oas/v3.2.0#parameter-locations */
function wholeQuery(given: ParameterValue, parameter: Parameter | undefined): string | undefined {
  if (given.raw !== undefined) return given.raw.split('&').map(keepInQuery).join('&');
  const type = parameter?.mediaType?.type ?? 'application/x-www-form-urlencoded';
  if (parameter?.mediaType !== undefined && !/^application\/x-www-form-urlencoded\b/i.test(type))
    return encodeStrict(contentText(given.value, parameter.mediaType));
  return joined(
    Object.entries(given.value ?? {}).flatMap(([name, item]: [string, Json]) =>
      formPairs(name, item, { style: 'form', explode: true, encode: encodeForm }),
    ),
    '&',
  );
}

/** A header field's value, not percent-encoded but for control characters; undefined where nothing is to be sent. */
export function headerText(given: ParameterValue, parameter: Parameter | undefined): string | undefined {
  if (given.raw !== undefined) return keepInField(given.raw);
  if (parameter?.mediaType !== undefined) return keepInField(contentText(given.value, parameter.mediaType));
  if (given.value === null) return undefined;
  return keepInField(simple(given.value, { style: 'simple', explode: parameter?.explode ?? false, encode: (text) => text }));
}

/** The `Cookie` field's part for one parameter (`a=1; b=2`): exploded values become cookies of their own. Undefined where nothing is to be sent. */
export function cookieText(given: ParameterValue, parameter: Parameter | undefined): string | undefined {
  const key = encodeStrict(given.name);
  if (given.raw !== undefined) return `${key}=${keepInCookie(given.raw)}`;
  if (parameter?.mediaType !== undefined) return `${key}=${encodeStrict(contentText(given.value, parameter.mediaType))}`;
  return joined(formPairs(given.name, given.value, { style: 'form', explode: parameter?.explode ?? true, encode: encodeStrict }), '; ');
}

function joined(pairs: readonly Pair[], separator: string): string | undefined {
  return pairs.length === 0 ? undefined : pairs.map(([name, value]) => `${name}=${value}`).join(separator);
}
