/** Strikes secrets out of whatever is kept. Knows nothing of where they come from; what goes on the wire never passes here. */
import type { Exchange, Headers } from './exchange.ts';
import { isHarmless } from './broken-credential.ts';
import { secretForms, shortestSecret } from './secret-forms.ts';

/** Stands for a secret in URLs, fields and text. */
export const secretMark = '‹secret›';
/** Stands for an identity's credential in `Authorization`. */
export const tokenMark = '‹token›';
/** Stands for a credential in `Authorization` that is none an identity handed out: altered on purpose, or the user's own. */
export const otherTokenMark = '‹other token›';

/** Strikes the parts of a message. */
export interface Strokes {
  /** The text with every form of every secret replaced. */
  readonly text: (text: string) => string;
  /** The bytes with every form of every secret overwritten by `*`, as many as it had bytes: announced lengths stay true. The same object where there is none. */
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
  /** Fields with secrets replaced; of `Authorization` and `Proxy-Authorization` only the scheme stays. */
  readonly headers: (headers: Headers) => Headers;
}

export interface Redactor extends Strokes {
  /** The exchange with secrets struck from all that it holds. */
  readonly exchange: (exchange: Exchange) => Exchange;
}

/** What to search for, prepared once for a set of secrets. */
interface Needles {
  readonly secrets: readonly string[];
  /** The secrets as `Authorization` carries them, in base64 too. */
  readonly credentials: ReadonlySet<string>;
  /** Longest first: a secret within a longer one must not leave the rest of it standing. */
  readonly forms: readonly { readonly text: string; readonly bytes: Buffer }[];
  readonly shortest: number;
  /** How far apart the looks at a text may be without stepping over a form. */
  readonly stride: number;
  /** The four-byte sequences that a look must fall on within a form. */
  readonly fours: ReadonlySet<number>;
  /** Marks their hashes: most looks end here. */
  readonly seen: Uint8Array;
}

/** A redactor for the secrets known at the time of each call: identities get new tokens while a run lasts. */
export function createRedactor(secrets: () => readonly string[]): Redactor {
  let needles = prepare([]);
  let strokes = strokesOf(needles);
  const current = (): Strokes => {
    const known = secrets();
    if (!sameItems(known, needles.secrets)) {
      needles = prepare([...known]);
      strokes = strokesOf(needles);
    }
    return strokes;
  };
  return {
    text: (text) => current().text(text),
    bytes: (bytes) => current().bytes(bytes),
    headers: (headers) => current().headers(headers),
    exchange: (exchange) => strikeExchange(exchange, current()),
  };
}

function strokesOf(needles: Needles): Strokes {
  return {
    text: (text) => strikeText(text, needles),
    bytes: (bytes) => strikeBytes(bytes, needles),
    headers: (headers) =>
      headers.map(([name, value]) => [name, isAuthorization(name) ? strikeCredential(value, needles) : strikeText(value, needles)]),
  };
}

/** Whether a text shows where a secret was struck. */
export function holdsMark(text: string): boolean {
  return text.includes(secretMark) || /\*{8}/.test(text);
}

/** The exchange, all that it holds struck by the strokes. */
export function strikeExchange(exchange: Exchange, { text, bytes, headers }: Strokes): Exchange {
  const { title, request, response, fault } = exchange;
  return {
    ...exchange,
    title: text(title),
    request: { ...request, url: text(request.url), headers: headers(request.headers), body: request.body && bytes(request.body) },
    response: response && { ...response, headers: headers(response.headers), body: bytes(response.body) },
    fault: fault && { ...fault, message: text(fault.message) },
  };
}

function prepare(secrets: readonly string[]): Needles {
  const forms = [...new Set(secrets.flatMap(secretForms))].map((text) => ({ text, bytes: Buffer.from(text) }));
  forms.sort((one, other) => other.bytes.length - one.bytes.length);
  const shortest = Math.min(...forms.map((form) => form.text.length));
  const shortestBytes = Math.min(...forms.map((form) => form.bytes.length));
  const stride = Number.isFinite(shortestBytes) ? shortestBytes - shortestSecret + 1 : 1;
  const fours = new Set<number>();
  for (const { bytes } of forms) {
    for (let offset = 0; offset < stride; offset += 1) fours.add(fourAt(bytes, offset));
  }
  const seen = new Uint8Array(65_536);
  for (const four of fours) seen[hashOf(four)] = 1;
  const credentials = new Set(secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('base64')]));
  return { secrets, credentials, forms, shortest, stride, fours, seen };
}

function sameItems(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function fourAt(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8) | ((bytes[offset + 2] ?? 0) << 16) | ((bytes[offset + 3] ?? 0) << 24);
}

/** Sixteen bits of four bytes. */
function hashOf(four: number): number {
  return Math.imul(four, 0x9e_37_79_b1) >>> 16;
}

/**
 * Whether a form may stand in the bytes; false is certain. Every form is at least `stride + 3` bytes long, so one of the looks falls wholly within it,
 * on one of its first `stride` offsets: the cost is one look per `stride` bytes, however many secrets there are.
 */
function mayHold(bytes: Uint8Array, { seen, fours, stride }: Needles): boolean {
  const last = bytes.length - shortestSecret;
  for (let offset = 0; offset <= last; offset += stride) {
    const four = fourAt(bytes, offset);
    if (seen[hashOf(four)] === 1 && fours.has(four)) return true;
  }
  return false;
}

function strikeBytes(bytes: Uint8Array, needles: Needles): Uint8Array {
  if (needles.forms.length === 0 || bytes.length < shortestSecret || !mayHold(bytes, needles)) return bytes;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let struck: Buffer | undefined;
  for (const form of needles.forms) {
    for (let at = (struck ?? view).indexOf(form.bytes); at !== -1; at = struck.indexOf(form.bytes, at + form.bytes.length)) {
      struck ??= Buffer.from(view);
      struck.fill('*', at, at + form.bytes.length);
    }
  }
  return struck ?? bytes;
}

function strikeText(text: string, { forms, shortest }: Needles): string {
  if (text.length < shortest) return text;
  let struck = text;
  for (const form of forms) {
    if (struck.includes(form.text)) struck = struck.replaceAll(form.text, secretMark);
  }
  return struck;
}

function isAuthorization(name: string): boolean {
  return (name.length === 13 || name.length === 19) && /^(?:proxy-)?authorization$/i.test(name);
}

/** Scheme and mark. What is harmless by construction stays: a report must show what a case about bad credentials sent. */
function strikeCredential(value: string, { credentials }: Needles): string {
  const [, scheme = '', credential = ''] = /^(?:([A-Za-z][\w-]*) )?\s*(.*)$/s.exec(value) ?? [];
  if (credential.trim() === '' || isHarmless(credential)) return value;
  const mark = credentials.has(credential) ? tokenMark : otherTokenMark;
  return scheme === '' ? mark : `${scheme} ${mark}`;
}
