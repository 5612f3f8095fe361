/** Short stable fingerprints: names that people copy. Not for security. */

/** Eight hex digits that are the same for the same words, on every machine and in every run: FNV-1a, 32 bit, over UTF-16 units. */
export function shortHash(...words: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const word of words) {
    for (let index = 0; index < word.length; index += 1) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
    // a separator no word holds, so that ("ab", "c") and ("a", "bc") differ
    hash = Math.imul(hash ^ 0x10ffff, 0x01000193);
  }
  // one more mixing step: words that differ only in their last letter would else share their first digits
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
}
