/** Counts the schemas that one value is held against: compositions of compositions can multiply without end. Pure. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { joinPointer, valueAt } from '../lib/json-pointer.ts';
import type { SchemaResources } from './schema-resources.ts';

const single = ['not', 'if', 'then', 'else'];
const listed = ['allOf', 'anyOf', 'oneOf'];

/**
 * Counts for schemas by pointer; what leads back to itself counts once.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10.2
 */
export function createApplicationCounter(document: JsonObject, resources: SchemaResources): (pointer: string) => number {
  const known = new Map<string, number>();
  const count = (pointer: string): number => {
    const before = known.get(pointer);
    if (before !== undefined) return before;
    known.set(pointer, 1);
    const total = 1 + inPlace(valueAt(document, pointer), pointer, resources).reduce((sum, applied) => sum + count(applied), 0);
    known.set(pointer, total);
    return total;
  };
  return count;
}

/** The schemas that a schema applies to the very value that it is for. */
function inPlace(schema: Json | undefined, pointer: string, resources: SchemaResources): string[] {
  if (!isObject(schema)) return [];
  const reference = typeof schema['$ref'] === 'string' ? resources.resolve(schema['$ref'], pointer) : undefined;
  const entries = (keyword: string): string[] =>
    Object.keys(member(schema, keyword) ?? {}).map((name) => joinPointer(pointer, keyword, name));
  return [
    ...(reference === undefined ? [] : [reference]),
    ...single.filter((keyword) => isObject(schema[keyword])).map((keyword) => joinPointer(pointer, keyword)),
    ...[...listed, 'dependentSchemas'].flatMap(entries),
  ];
}
