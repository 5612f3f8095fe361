/** Equality of JSON values. */
import { isObject, member, type Json } from '../../lib/json.ts';

/**
 * Whether two values are equal: objects whatever the order of their members, 1.0 and 1 alike.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.2
 */
export function sameJson(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (Array.isArray(left))
    return (
      Array.isArray(right) && left.length === right.length && left.every((entry: Json, index) => sameJson(entry, right[index] as Json))
    );
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(member(left, name) ?? null, member(right, name) ?? null))
  );
}
