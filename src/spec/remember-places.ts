/** Memory of what was found out about places of a document, which never changes: planning asks the same of them for every request. */
import { isObject, type JsonObject } from '../lib/json.ts';
import type { Contract, SchemaPlace } from './contract.ts';

/** The function, which computes nothing anew for a schema that stands where it stood when it was last asked about. */
export function rememberPlaces<Source extends Pick<Contract, 'document'>, Value>(
  compute: (source: Source, place: SchemaPlace) => Value,
): (source: Source, place: SchemaPlace) => Value {
  const known = new WeakMap<JsonObject, { readonly document: JsonObject; readonly pointer: string; readonly value: Value }>();
  return (source, place) => {
    const { schema, pointer } = place;
    if (!isObject(schema)) return compute(source, place);
    const { document } = source;
    const entry = known.get(schema);
    // documents may have parts in common, and a document may be written with one part in two places
    if (entry?.document === document && entry.pointer === pointer) return entry.value;
    const value = compute(source, place);
    known.set(schema, { document, pointer, value });
    return value;
  };
}
