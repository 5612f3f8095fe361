/** The formats that are asserted, by name. Unknown formats are annotations. */
import type { Format } from 'ajv';
import { isDate, isDateTime, isDuration, isHttpDate, isLocalDateTime, isLocalTime, isTime } from './formats/dates.ts';
import { isEmail, isHostname, isIdnEmail, isIdnHostname, isIpv4, isIpv6 } from './formats/hosts.ts';
import { isIri, isIriReference, isJsonPointer, isRelativeJsonPointer, isUri, isUriReference, isUriTemplate } from './formats/uris.ts';

/** The least and the greatest integer of a format. @see https://spec.openapis.org/registry/format/ */
export const integerRanges: Readonly<Record<string, readonly [least: string, most: string]>> = {
  int8: ['-128', '127'],
  int16: ['-32768', '32767'],
  int32: ['-2147483648', '2147483647'],
  int64: ['-9223372036854775808', '9223372036854775807'],
  'double-int': ['-9007199254740991', '9007199254740991'],
  uint8: ['0', '255'],
  uint16: ['0', '65535'],
  uint32: ['0', '4294967295'],
  uint64: ['0', '18446744073709551615'],
};

const ranges = Object.entries(integerRanges).map(([name, [least, most]]): [string, Format] => {
  const [from, to] = [Number(least), Number(most)];
  return [name, { type: 'number', validate: (value: number) => value >= from && value <= to && Number.isInteger(value) }];
});

const matching = (pattern: RegExp): Format => ({ type: 'string', validate: (text: string) => pattern.test(text) });

const texts: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': isDateTime,
  'date-time-local': isLocalDateTime,
  date: isDate,
  time: isTime,
  'time-local': isLocalTime,
  duration: isDuration,
  'http-date': isHttpDate,
  email: isEmail,
  'idn-email': isIdnEmail,
  hostname: isHostname,
  'idn-hostname': isIdnHostname,
  ipv4: isIpv4,
  ipv6: isIpv6,
  uri: isUri,
  'uri-reference': isUriReference,
  iri: isIri,
  'iri-reference': isIriReference,
  'uri-template': isUriTemplate,
  'json-pointer': isJsonPointer,
  'relative-json-pointer': isRelativeJsonPointer,
  regex: isRegex,
};

/**
 * JSON Schema's formats and those of OpenAPI's registry that can be told from the value alone.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 * @see https://spec.openapis.org/registry/format/
 */
export const formats: Readonly<Record<string, Format>> = {
  ...texts,
  ...Object.fromEntries(ranges),
  uuid: matching(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i),
  byte: { type: 'string', validate: isBase64 },
  base64url: { type: 'string', validate: isBase64url },
  char: matching(/^.$/su),
  decimal: matching(/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/),
  decimal128: matching(/^(?:[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?)|[+-]?s?nan)$/i),
  'media-range': matching(/^(?:\*\/\*|[\w!#$&^.+-]+\/(?:\*|[\w!#$&^.+-]+))(?:\s*;.*)?$/),
  'sf-integer': matching(/^-?\d{1,15}$/),
  'sf-decimal': matching(/^-?\d{1,12}\.\d{1,3}$/),
  'sf-string': matching(/^"(?:[ !#-[\]-~]|\\["\\])*"$/),
  'sf-token': matching(/^[A-Za-z*][\w!#$%&'*+.^`|~:/-]*$/),
  'sf-binary': matching(/^:[A-Za-z\d+/]*={0,2}:$/),
  'sf-boolean': matching(/^\?[01]$/),
};

/** Base64, padded to groups of four. Files come so, and a pattern of groups would not fit the stack for one of 16 MB. @see https://www.rfc-editor.org/rfc/rfc4648#section-4 */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(text);
}

/** Base64 for URLs, with or without its padding. @see https://www.rfc-editor.org/rfc/rfc4648#section-5 */
function isBase64url(text: string): boolean {
  const [, padding] = /^[\w-]*(={0,2})$/.exec(text) ?? [];
  if (padding === undefined) return false;
  const rest = (text.length - padding.length) % 4;
  return rest !== 1 && (padding === '' || rest + padding.length === 4);
}

/** A regular expression of ECMA-262. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3.8 */
function isRegex(text: string): boolean {
  try {
    // an escape of no meaning is refused with `u` only
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
