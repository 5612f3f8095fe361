/** The order of times that stand beside each other: an end is refused before its start, and no schema tells. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { valueAt, withValueAt } from '../../lib/json-pointer.ts';

/** Dates and date-times of RFC 3339; what is neither is in no order. */
const moment = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d.*)?$/;

/** Whether two members of one object are times in an order that the same members of `control` do not have. */
export function reordersTimes(control: Json | undefined, value: Json | undefined): boolean {
  if (Array.isArray(value)) {
    const before = Array.isArray(control) ? (control as readonly Json[]) : [];
    return (value as readonly Json[]).some((item, index) => reordersTimes(before[index], item));
  }
  if (!isObject(value)) return false;
  const before = isObject(control) ? control : {};
  const names = Object.keys(value);
  const times = names.filter((name) => !Number.isNaN(timeOf(value[name])));
  return (
    times.some((name, index) => times.slice(index + 1).some((other) => order(before, name, other) !== order(value, name, other))) ||
    names.some((name) => reordersTimes(before[name], value[name]))
  );
}

/** The value with the time at `place` four years earlier or later where it then has the order of `control`: a leap day stays one. Else as it is. */
export function keepTimeOrder(control: Json, value: Json, place: string): Json {
  const time = valueAt(value, place);
  if (typeof time !== 'string' || !moment.test(time) || !reordersTimes(control, value)) return value;
  const moved = [-4, 4].map((years) => withValueAt(value, place, `${Number(time.slice(0, 4)) + years}${time.slice(4)}`));
  return moved.find((one) => !reordersTimes(control, one)) ?? value;
}

/** -1, 0 or 1; NaN where one of the two is no time. */
function order(owner: Readonly<Record<string, Json>>, one: string, other: string): number {
  return Math.sign(timeOf(owner[one]) - timeOf(owner[other]));
}

function timeOf(value: Json | undefined): number {
  return typeof value === 'string' && moment.test(value) ? Date.parse(value) : Number.NaN;
}
