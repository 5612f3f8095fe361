/** Memory of one answer, for what is asked several times in a row. */

/**
 * The same function, which computes nothing anew while it is asked about the same object.
 * A `WeakMap` would remember all of them, and costs the garbage collector more than what it saves where every object is asked about once.
 */
export function keepLast<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: compute(key) };
    return last.value;
  };
}
