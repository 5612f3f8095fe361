/** `readOnly` and `writeOnly`: properties that travel one way only. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import type { Direction } from './contract.ts';

/** Follows a schema's `$ref`s to the first schema without one. */
export type Follow = (schema: Json, pointer: string) => { readonly schema: Json; readonly pointer: string } | undefined;

/**
 * Names of properties that need not be there in this direction, also when they are required: here and in `allOf` branches.
 * @see https://spec.openapis.org/oas/v3.0.4#fixed-fields-20 (readOnly, writeOnly)
 */
export function oneWayNames(schema: JsonObject, pointer: string, direction: Direction, follow: Follow): string[] {
  const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
  const branches = Array.isArray(schema['allOf'])
    ? schema['allOf'].map((branch: Json, index) => follow(branch, `${pointer}/allOf/${index}`))
    : [];
  return [{ schema, pointer }, ...branches].flatMap((place) => {
    const properties = member(place?.schema, 'properties');
    return Object.entries(isObject(properties) ? properties : {})
      .filter(([, property]) => hasFlag(property, place?.pointer ?? '', flag, follow))
      .map(([name]) => name);
  });
}

/** Whether the schema, or the one it refers to, has the flag. */
export function hasFlag(schema: Json, pointer: string, flag: 'readOnly' | 'writeOnly', follow: Follow): boolean {
  return member(schema, flag) === true || member(follow(schema, pointer)?.schema, flag) === true;
}
