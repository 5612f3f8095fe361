/** Memory of few answers, for what is asked several times in a row. */

/**
 * The same function, which computes nothing anew while it is asked about the same object: about the last `count` objects.
 * A `WeakMap` would remember all of them, and costs the garbage collector more than what it saves where every object is asked about once.
 */
export function keepLast<Key extends object, Value>(compute: (key: Key) => Value, count = 1): (key: Key) => Value {
  const kept: { readonly key: Key; readonly value: Value }[] = [];
  let oldest = 0;
  return (key) => {
    for (const { key: other, value } of kept) if (other === key) return value;
    const value = compute(key);
    kept[oldest] = { key, value };
    oldest = (oldest + 1) % count;
    return value;
  };
}
