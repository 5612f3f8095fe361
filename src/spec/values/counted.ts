/** Counts in words. */

/** `1 item`, `2 items`, `1 property`, `0 properties`. */
export function counted(count: number, noun: 'item' | 'property' | 'character'): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun === 'property' ? 'properties' : `${noun}s`}`;
}
