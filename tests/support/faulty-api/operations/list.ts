/** Filters, orders and cuts lists. */
import type { Json, JsonObject } from '../../../../src/lib/json.ts';
import type { Call } from '../hooks.ts';
import { plain } from '../plain.ts';

/** Items that have the values of the named filters, where they are given. */
export function filter(items: readonly JsonObject[], call: Call, names: readonly string[]): readonly JsonObject[] {
  return items.filter((item) => names.every((name) => call.query[name] === undefined || item[name] === call.query[name]));
}

/** Items in the order of `sort`; those that tie stay as they are. */
export function order(items: readonly JsonObject[], call: Call): readonly JsonObject[] {
  const sort = plain(call.query['sort'] ?? 'created_at');
  const name = sort.replace(/^-/, '');
  const sign = sort.startsWith('-') ? -1 : 1;
  return items.toSorted((left, right) => sign * compare(left[name] ?? '', right[name] ?? ''));
}

function compare(left: Json, right: Json): number {
  if (left === null || right === null || left === right) return 0;
  return left < right ? -1 : 1;
}

/** A number from the query, or its default. */
export function numberOf(call: Call, name: string, otherwise: number): number {
  const value = call.query[name];
  return typeof value === 'number' ? value : otherwise;
}
