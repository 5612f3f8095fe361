/** Equality of bytes. */

/** Whether both hold the same bytes. */
export function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
