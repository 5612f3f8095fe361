/** Seeded randomness: the same seed and salt give the same numbers on every machine. Never reads the clock or Math.random. */

/** A stream of pseudo-random choices. */
export interface Random {
  /** A whole number between the bounds, both included. */
  readonly integer: (least: number, most: number) => number;
  /** One of the entries. */
  readonly pick: <Entry>(entries: readonly [Entry, ...Entry[]]) => Entry;
}

/** The stream of a seed; the salt (for instance a place in the value) tells independent streams of one seed apart. */
export function createRandom(seed: number, salt: string): Random {
  let state = hash(salt, seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return { integer, pick: (entries) => entries[integer(0, entries.length - 1)] ?? entries[0] };
}

/** A 32-bit hash of a text, started from a seed. */
export function hash(text: string, seed = 0): number {
  let state = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return state | 0;
}
