/** Memory of what was made for texts, and for what texts can tell apart, where making it takes long. */

/** So much is remembered, then all of it is forgotten: no document, and no API, has more that is asked about time and again. */
const mostKept = 1000;

/** The same function, which makes nothing anew while it remembers it. */
export function keepByText<Asked, Value>(
  make: (asked: Asked) => Value,
  textOf: (asked: Asked) => string = String,
): (asked: Asked) => Value {
  const kept = new Map<string, Value>();
  return (asked) => {
    const text = textOf(asked);
    const known = kept.get(text);
    if (known !== undefined || kept.has(text)) return known as Value;
    const value = make(asked);
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, value);
    return value;
  };
}
