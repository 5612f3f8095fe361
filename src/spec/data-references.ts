/** Examples, defaults and extensions are data: what looks like a reference in them is none, which other libraries do not know. */
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { fragmentPointer, valueAt } from '../lib/json-pointer.ts';
import { rewriteDocument } from './document-tree.ts';

/** A copy of the document, nothing shared, without each `$ref` in its data that leads nowhere within it. Those that lead somewhere stay: an extension may hold schemas that others refer to. */
export function withoutDataReferences(document: JsonObject): JsonObject {
  const leads = (target: Json): boolean => {
    const pointer = typeof target === 'string' ? fragmentPointer(target) : undefined;
    return pointer !== undefined && valueAt(document, pointer) !== undefined;
  };
  const copy = (data: Json): Json => {
    if (Array.isArray(data)) return (data as readonly Json[]).map(copy);
    if (!isObject(data)) return data;
    const entries = Object.entries(data).filter(([name, value]) => name !== '$ref' || leads(value));
    return Object.fromEntries(entries.map(([name, value]) => [name, copy(value)]));
  };
  return rewriteDocument(document, (value, kind) => (kind === 'value' ? copy(value) : value));
}
