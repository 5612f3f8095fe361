/** Equality of JSON values. */
import { isObject, type Json } from './json.ts';

/**
 * Whether two JSON values are the same: member order does not matter, item order does; 1.0 and 1 are alike.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.2
 */
export function isSameJson(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (Array.isArray(left))
    return (
      Array.isArray(right) && left.length === right.length && left.every((item: Json, index) => isSameJson(item, right[index] as Json))
    );
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSameJson(left[name] ?? null, right[name] ?? null))
  );
}
