/** JSON values as types and guards. RFC 8259. */

/** Any JSON value, read-only. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object, read-only. Names such as `__proto__` are ordinary: create with `Object.create(null)` or spread, read with `Object.hasOwn`. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Whether a value is a JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own member, or undefined: inherited names such as `constructor` are not members. */
export function member(value: unknown, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
