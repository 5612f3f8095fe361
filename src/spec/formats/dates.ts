/** Dates and times of RFC 3339: they are most of what a validator does. */

const zero = 0x30;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number that `count` digits at a place make; NaN where there are others. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = text.charCodeAt(index) - zero;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function isDateAt(text: string): boolean {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (text[4] !== '-' || text[7] !== '-' || !(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  const isLeap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (daysOfMonth[month - 1] ?? 0) + (isLeap ? 1 : 0);
}

/** A time with its offset from `at` to the end; without an offset where `local` says so. A leap second is the last one of a UTC day. */
function isTimeAt(text: string, at: number, local: boolean): boolean {
  const hour = digits(text, at, 2);
  const minute = digits(text, at + 3, 2);
  const second = digits(text, at + 6, 2);
  if (text[at + 2] !== ':' || text[at + 5] !== ':' || !(hour <= 23 && minute <= 59 && second <= 60)) return false;
  let next = at + 8;
  if (text[next] === '.') {
    const start = ++next;
    while (digits(text, next, 1) >= 0) next++;
    if (next === start) return false;
  }
  if (local) return next === text.length && second < 60;
  const sign = text[next];
  if (sign === 'Z' || sign === 'z') return next + 1 === text.length && (second < 60 || (hour === 23 && minute === 59));
  const offsetHour = digits(text, next + 1, 2);
  const offsetMinute = digits(text, next + 4, 2);
  if ((sign !== '+' && sign !== '-') || text[next + 3] !== ':' || next + 6 !== text.length || !(offsetHour <= 23 && offsetMinute <= 59))
    return false;
  if (second < 60) return true;
  const offset = (offsetHour * 60 + offsetMinute) * (sign === '+' ? 1 : -1);
  return (hour * 60 + minute - offset + 2880) % 1440 === 1439;
}

/** `full-date`. @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
export function isDate(text: string): boolean {
  return text.length === 10 && isDateAt(text);
}

/** `full-time`. @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
export function isTime(text: string): boolean {
  return isTimeAt(text, 0, false);
}

/** `partial-time`, as the format registry's `time-local`. */
export function isLocalTime(text: string): boolean {
  return isTimeAt(text, 0, true);
}

/** A date-time that needs no calendar and has no leap second. */
const plainDateTime =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** `date-time`. @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
export function isDateTime(text: string): boolean {
  return plainDateTime.test(text) || ((text[10] === 'T' || text[10] === 't') && isDateAt(text) && isTimeAt(text, 11, false));
}

/** A date-time without offset, as the format registry's `date-time-local`. */
export function isLocalDateTime(text: string): boolean {
  return (text[10] === 'T' || text[10] === 't') && isDateAt(text) && isTimeAt(text, 11, true);
}

const duration =
  /^P(?!$)(?:\d+W|(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?=\d)(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)?)?)$/;

/** `duration`. @see https://www.rfc-editor.org/rfc/rfc3339#appendix-A */
export function isDuration(text: string): boolean {
  return duration.test(text);
}

const names = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const httpDate = new RegExp(`^(?:${names}), \\d{2} (?:${months}) \\d{4} (?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60) GMT$`);

/** `HTTP-date` in its preferred form. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
export function isHttpDate(text: string): boolean {
  return httpDate.test(text);
}
