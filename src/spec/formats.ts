/** The formats that are asserted, by name. Unknown formats are annotations. */
import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { Format } from 'ajv';

const dateTime = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))$/;
const date = /^(\d{4})-(\d\d)-(\d\d)$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * ajv's table, with RFC 3339 date-times and dates checked by hand (they are most of a validator's time) and OpenAPI's own formats.
 * @see https://spec.openapis.org/registry/format/
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 */
export const formats: Readonly<Record<string, Format>> = {
  ...fullFormats,
  'date-time': isDateTime,
  date: isDate,
  uuid: (text: string) => uuid.test(text),
  byte: (text: string) => base64.test(text),
  binary: true,
  password: true,
};

function isDate(text: string): boolean {
  const match = date.exec(text);
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

function isDateTime(text: string): boolean {
  const match = dateTime.exec(text);
  if (match === null || text[10] === ' ') return false;
  const [, year, month, day, hour, minute, second, offsetHour, offsetMinute] = match.map(Number);
  if (!isDay(year ?? 0, month ?? 0, day ?? 0)) return false;
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 60) return false;
  return !((offsetHour ?? 0) > 23) && !((offsetMinute ?? 0) > 59);
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  if (month === 2) return day <= (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28);
  return day <= ([4, 6, 9, 11].includes(month) ? 30 : 31);
}
