/** What JSON.parse does not tell of a JSON text: names given twice in one object, and numbers that a double does not hold. RFC 8259 sections 4 and 6. */
import { joinPointer } from './json-pointer.ts';
import type { Json } from './json.ts';

/** Numbers as they were written, by JSON Pointer: those whose digits are lost in a double. */
export type ExactNumbers = ReadonlyMap<string, string>;

export interface JsonDetails {
  /** JSON Pointer of the first member whose name its object has already. */
  readonly duplicate: string | undefined;
  readonly numbers: ExactNumbers;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
/** A double holds any number of this many digits. */
const safeDigits = 15;
const nothing: JsonDetails = { duplicate: undefined, numbers: new Map() };

/** The details of a valid JSON text, given as bytes and parsed value too: most texts are told apart by one pass over the bytes. */
export function jsonDetails(bytes: Uint8Array, text: string, value: Json): JsonDetails {
  let members = 0;
  let digits = 0;
  let suspicious = false;
  const end = bytes.length;
  for (let at = 0; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      for (at++; at < end && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++;
      digits = 0;
    } else if ((byte >= 0x30 && byte <= 0x39) || byte === 0x2e) {
      if (++digits > safeDigits) suspicious = true;
    } else {
      if (byte === colon) members++;
      // an exponent; the letter stands in `true` and `false` too, but after no digit
      else if ((byte === 0x65 || byte === 0x45) && digits > 0) suspicious = true;
      digits = 0;
    }
  }
  return suspicious || members !== countMembers(value) ? readDetails(text) : nothing;
}

function countMembers(root: Json): number {
  if (typeof root !== 'object' || root === null) return 0;
  let count = 0;
  const open: object[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const entries: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (!Array.isArray(value)) count += entries.length;
    for (const entry of entries) if (typeof entry === 'object' && entry !== null) open.push(entry);
  }
  return count;
}

interface Level {
  readonly pointer: string;
  /** Of an object. */
  readonly names: Set<string> | undefined;
  index: number;
  name: string;
}

const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[[\]{},:]/gs;

function readDetails(text: string): JsonDetails {
  const numbers = new Map<string, string>();
  const levels: Level[] = [];
  let duplicate: string | undefined;
  let isName = false;
  const here = (): string => {
    const level = levels.at(-1);
    return level === undefined ? '' : joinPointer(level.pointer, level.names ? level.name : level.index);
  };
  for (const [word] of text.matchAll(token)) {
    const level = levels.at(-1);
    const [first] = word;
    if (first === '{' || first === '[') {
      levels.push({ pointer: here(), names: first === '{' ? new Set() : undefined, index: 0, name: '' });
      isName = first === '{';
    } else if (first === '}' || first === ']') levels.pop();
    else if (first === ',') {
      if (level) level.index++;
      isName = level?.names !== undefined;
    } else if (first === ':') isName = false;
    else if (first === '"') {
      if (!isName || !level?.names) continue;
      level.name = JSON.parse(word) as string;
      if (level.names.has(level.name)) duplicate ??= here();
      level.names.add(level.name);
    } else if (!isHeld(word)) numbers.set(here(), word);
  }
  return { duplicate, numbers };
}

/** Whether a double holds the number: its shortest writing has the same digits. */
function isHeld(word: string): boolean {
  const shortest = String(Number(word));
  return word === shortest || plainDigits(word) === plainDigits(shortest);
}

/** Significant digits and the power of ten that they are multiplied with. */
function plainDigits(word: string): string {
  const [mantissa = '', power = '0'] = word.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^(-?)0+(?=\d)/, '$1');
  const bare = digits.replace(/0+$/, '');
  if (bare === '' || bare === '-') return '0';
  return `${bare}e${Number(power) - fraction.length + (digits.length - bare.length)}`;
}

/** The text of a JSON number that a double does not hold; undefined for any other. */
export function exactNumber(text: string): string | undefined {
  return isHeld(text) ? undefined : text;
}
