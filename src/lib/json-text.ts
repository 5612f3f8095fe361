/** What JSON.parse does not tell of a JSON text: names given twice in one object, and numbers that a double does not hold. RFC 8259 sections 4 and 6. */
import { joinPointer } from './json-pointer.ts';
import type { Json, JsonObject } from './json.ts';

/** Numbers as they were written, by JSON Pointer: those whose digits are lost in a double. */
export type ExactNumbers = ReadonlyMap<string, string>;

export interface JsonDetails {
  /** JSON Pointer of the first member whose name its object has already. */
  readonly duplicate: string | undefined;
  readonly numbers: ExactNumbers;
}

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const bracket = 0x5b;
const space = 0x20;
/** A double holds any number of this many digits, unless its exponent is out of reach. */
const safeDigits = 15;
/** The least number that a double holds with all its digits. */
const leastNormal = 2 ** -1022;
const nothing: JsonDetails = { duplicate: undefined, numbers: new Map() };

/**
 * The details of a valid JSON text, given as bytes and parsed value too. Most texts show in one look that there are none: no name is lost where the value
 * has as many members as the text can have names.
 */
export function jsonDetails(bytes: Uint8Array, text: string, value: Json): JsonDetails {
  const { members, hasExtreme } = measure(value);
  const names = countNames(bytes);
  return names !== members || (hasExtreme && farExponent.test(text)) ? readDetails(text) : nothing;
}

/** An exponent of three digits behind a number, not behind a letter or a digit of a text. */
const farExponent = /\d[eE][+-]?\d{3}(?<=(?:^|[:,[\s])-?[\d.]+[eE][+-]?\d{3})/;

/** How many names the text has at most; -1 where a number may have too many digits. Looks at four bytes at a time: colons and digits are few. */
function countNames(bytes: Uint8Array): number {
  // too short for a long number, and maybe for four bytes where memory begins to count in fours
  if (bytes.length <= safeDigits) return namesWithin(bytes, 0, bytes.length);
  const start = -bytes.byteOffset & 3;
  const count = (bytes.length - start) >> 2;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, count);
  let names = namesWithin(bytes, 0, start) + namesWithin(bytes, start + count * 4, bytes.length);
  for (let index = 0; index < count; index++) {
    const word = words[index] ?? 0;
    const difference = word ^ 0x3a3a3a3a;
    const at = start + index * 4;
    // a byte of the difference is zero, and nearly only then
    if (((difference - 0x01010101) & ~difference & 0x80808080) !== 0) names += namesWithin(bytes, at, at + 4);
    else if ((word & 0xf0f0f0f0) === 0x30303030 && isLongNumber(bytes, at)) return -1;
  }
  return names;
}

/** Colons behind a quote or white space: that of every name, and some within strings. */
function namesWithin(bytes: Uint8Array, from: number, to: number): number {
  let names = 0;
  for (let at = from; at < to; at++) {
    if (bytes[at] !== colon) continue;
    const before = bytes[at - 1] ?? colon;
    if (before === quote || before <= space) names++;
  }
  return names;
}

function isLongNumber(bytes: Uint8Array, at: number): boolean {
  let from = at;
  while (isDigit(bytes[from - 1])) from--;
  let to = at;
  while (isDigit(bytes[to])) to++;
  if (to - from <= safeDigits) return false;
  const before = bytes[bytes[from - 1] === minus ? from - 2 : from - 1];
  return before === undefined || before === colon || before === comma || before === bracket || before <= space;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= zero && byte <= nine) || byte === dot);
}

/** How many members all objects have, and whether a number is one that exponents out of reach become. */
function measure(root: Json): { readonly members: number; readonly hasExtreme: boolean } {
  let members = 0;
  let hasExtreme = false;
  const open: (readonly Json[] | JsonObject)[] = [[root]];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isList(value)) {
      for (const entry of value) {
        if (typeof entry === 'object' && entry !== null) open.push(entry);
        else if (typeof entry === 'number') hasExtreme ||= isExtreme(entry);
      }
      continue;
    }
    // `Object.values` is several times slower on objects that nobody has enumerated yet
    for (const name in value) {
      members++;
      const entry = value[name];
      if (typeof entry === 'object' && entry !== null) open.push(entry);
      else if (typeof entry === 'number') hasExtreme ||= isExtreme(entry);
    }
  }
  return { members, hasExtreme };
}

const isList: (value: Json) => value is readonly Json[] = Array.isArray;

function isExtreme(value: number): boolean {
  return !(Math.abs(value) >= leastNormal && Math.abs(value) < Infinity);
}

interface Level {
  readonly pointer: string;
  /** Of an object. */
  readonly names: Set<string> | undefined;
  index: number;
  name: string;
}

/** A number, a structural character, or the quote that a string begins with: how long a string is, is no matter for a pattern, which would have to remember each of its characters. */
const token = /["[\]{},:]|-?\d[\d.eE+-]*/g;

/** Where the string ends that begins at the quote: behind the next one that no backslash escapes. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

function readDetails(text: string): JsonDetails {
  const numbers = new Map<string, string>();
  const levels: Level[] = [];
  let duplicate: string | undefined;
  let isName = false;
  const here = (): string => {
    const level = levels.at(-1);
    return level === undefined ? '' : joinPointer(level.pointer, level.names ? level.name : level.index);
  };
  const tokens = new RegExp(token);
  for (let found = tokens.exec(text); found !== null; found = tokens.exec(text)) {
    const [word] = found;
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
      tokens.lastIndex = endOfString(text, found.index);
      if (!isName || !level?.names) continue;
      level.name = JSON.parse(text.slice(found.index, tokens.lastIndex)) as string;
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
