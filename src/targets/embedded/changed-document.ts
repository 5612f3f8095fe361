/** A document that differs from its lock, for the fault of that name. Pure. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';

/** The document without its last operation and with the type of one property changed. */
export function changedDocument(document: JsonObject): JsonObject {
  const { paths } = document;
  if (!isObject(paths)) return document;
  const last = Object.keys(paths).at(-1) ?? '';
  const changed = changeFirstType({
    ...document,
    paths: Object.fromEntries(Object.entries(paths).filter(([path]) => path !== last || Object.keys(paths).length === 1)),
  });
  return changed.value as JsonObject;
}

const others: Readonly<Record<string, string>> = { string: 'integer', integer: 'string', number: 'string', boolean: 'string' };

/** The value with the first `type` of a property changed, wherever that is. */
function changeFirstType(value: Json, name = ''): { readonly value: Json; readonly done: boolean } {
  if (Array.isArray(value) || !isObject(value)) return { value, done: false };
  if (name === 'properties') {
    for (const [property, schema] of Object.entries(value)) {
      const type = isObject(schema) ? schema['type'] : undefined;
      const other = typeof type === 'string' ? others[type] : undefined;
      if (isObject(schema) && other !== undefined) return { value: { ...value, [property]: { ...schema, type: other } }, done: true };
    }
  }
  for (const [key, inner] of Object.entries(value)) {
    const changed = changeFirstType(inner, key);
    if (changed.done) return { value: { ...value, [key]: changed.value }, done: true };
  }
  return { value, done: false };
}
