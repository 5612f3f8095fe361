/** Reads a recording in HAR 1.2, as browsers, proxies and specproof write it, into exchanges. Keeps no credential; judges nothing. */
import { readFile } from 'node:fs/promises';
import { HarnessError } from '../../errors.ts';
import { decodeText } from '../../lib/decode-text.ts';
import { fileErrorReason } from '../../lib/file-error.ts';
import { isObject, member, type Json } from '../../lib/json.ts';
import { headerValue, type Exchange, type Headers, type ReceivedResponse, type SentRequest, type Timing } from '../../requests/exchange.ts';
import { createLearningRedactor, type ReadDocument } from '../../requests/learning-redactor.ts';

/** What a recording holds. */
export interface Recording {
  /** In the order of the file. */
  readonly exchanges: readonly Exchange[];
  /** Entries that hold no exchange with the API, and why. */
  readonly unusable: readonly { readonly title: string; readonly reason: string }[];
}

type Entry = { readonly exchange: Exchange } | { readonly title: string; readonly reason: string };

/**
 * The recording in a file.
 * @throws HarnessError `E_HAR` naming the file and the place in it
 */
export async function loadHar(file: string, contract: ReadDocument): Promise<Recording> {
  let text: string;
  try {
    text = decodeText(await readFile(file));
  } catch (cause) {
    throw new HarnessError('E_HAR', `${file} cannot be read: ${fileErrorReason(cause)}`, {
      hint: 'check the path',
      cause,
    });
  }
  return readHar(text, file, contract);
}

/**
 * The recording in a text. Credentials that it shows are struck wherever they stand; `contract` names the API keys among them.
 * @throws HarnessError `E_HAR` naming the location and the place in it
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function readHar(text: string, location: string, contract: ReadDocument): Recording {
  const wrong = (place: string, problem: string): HarnessError => new HarnessError('E_HAR', `${location}${place}: ${problem}`);
  const log = member(parseJson(text, wrong), 'log');
  if (!isObject(log)) throw wrong('', 'is no HAR file: it has no "log"');
  const listed = member(log, 'entries');
  if (!Array.isArray(listed)) throw wrong('#/log', 'is no HAR log: it has no "entries"');
  const raw = listed.map((entry: Json, index) => readEntry(entry, index, (problem) => wrong(`#/log/entries/${index}`, problem)));
  const redactor = createLearningRedactor(() => [], contract);
  const whole = raw.flatMap((entry) => ('exchange' in entry ? [entry.exchange] : []));
  for (const { request, response } of whole) {
    redactor.learn(request);
    if (response !== undefined) redactor.learn(response);
  }
  return {
    exchanges: whole.map(redactor.exchange),
    unusable: raw.flatMap((entry) => ('reason' in entry ? [{ ...entry, title: redactor.text(entry.title) }] : [])),
  };
}

function parseJson(text: string, wrong: (place: string, problem: string) => HarnessError): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw wrong('', `is not JSON: ${error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 120) : ''}`);
  }
}

function readEntry(entry: Json, index: number, wrong: (problem: string) => HarnessError): Entry {
  const request = member(entry, 'request');
  const response = member(entry, 'response');
  const method = member(request, 'method');
  const address = member(request, 'url');
  if (typeof method !== 'string' || typeof address !== 'string') throw wrong('has no request with "method" and "url"');
  const url = address.replace(/#.*$/s, '');
  const title = `${method} ${url.replace(/\?.*$/s, '')}`;
  const status = Number(member(response, 'status') ?? 0);
  if (!URL.canParse(url)) return { title, reason: 'the URL is none' };
  if (member(entry, '_fromCache') !== undefined) return { title, reason: 'answered from a cache, not by the API' };
  if (!Number.isInteger(status) || status < 100 || status > 999) {
    const told = member(response, '_error') ?? member(response, 'comment');
    return { title, reason: `the recording holds no answer${typeof told === 'string' && told !== '' ? `: ${told.slice(0, 160)}` : ''}` };
  }
  return {
    exchange: {
      id: `har-${index}`,
      source: 'har',
      title,
      identity: undefined,
      request: readRequest(request, method, url),
      response: readResponse(response, status, method),
      fault: undefined,
      timing: readTiming(entry),
    },
  };
}

function readRequest(request: Json | undefined, method: string, url: string): SentRequest {
  const posted = member(request, 'postData');
  const headers = withType(readHeaders(request), member(posted, 'mimeType'));
  const body = postedBytes(posted);
  const announced = Number(headerValue(headers, 'content-length') ?? member(request, 'bodySize') ?? 0);
  const lost = announced > 0 ? (body?.byteLength ?? 0) === 0 : body === undefined && posted !== undefined;
  return { method, url, headers, body, ...(lost && { bodyLost: true }) };
}

/** The body; undefined where only its parts are told, as of a form with files. `_encoding` is our own: HAR has no word for bytes that are no text. */
function postedBytes(posted: Json | undefined): Uint8Array | undefined {
  const text = member(posted, 'text');
  const parameters = member(posted, 'params');
  if (typeof text === 'string' && (text !== '' || !Array.isArray(parameters) || parameters.length === 0))
    return Buffer.from(text, member(posted, '_encoding') === 'base64' ? 'base64' : 'utf8');
  const type = member(posted, 'mimeType');
  if (
    !Array.isArray(parameters) ||
    parameters.length === 0 ||
    typeof type !== 'string' ||
    !type.startsWith('application/x-www-form-urlencoded')
  )
    return undefined;
  const pairs = parameters.map((parameter: Json): [string, string] => [
    textOf(member(parameter, 'name')),
    textOf(member(parameter, 'value')),
  ]);
  return Buffer.from(new URLSearchParams(pairs).toString());
}

function readResponse(response: Json | undefined, status: number, method: string): ReceivedResponse {
  const content = member(response, 'content');
  const text = member(content, 'text');
  const listed = readHeaders(response);
  // A list without any field is one that was not kept.
  const headers = listed.length > 0 ? listed : withType(listed, member(content, 'mimeType'));
  const empty = method === 'HEAD' || status < 200 || status === 204 || status === 304;
  const size = Number(member(content, 'size') ?? -1);
  const body = typeof text === 'string' ? Buffer.from(text, member(content, 'encoding') === 'base64' ? 'base64' : 'utf8') : Buffer.alloc(0);
  const transferred = Math.max(Number(member(response, 'bodySize') ?? 0), Number(headerValue(headers, 'content-length') ?? 0));
  // Recorders keep a part of large bodies, or nothing of them; some give the compressed size, so only too little is telling.
  const lost = !empty && (typeof text === 'string' ? body.byteLength < size : size !== 0 || transferred > 0);
  return { status, headers, body, ...(lost && { bodyLost: true }) };
}

/** Field lines without those that HTTP/2 has beside them. @see https://www.rfc-editor.org/rfc/rfc9113#section-8.3 */
function readHeaders(message: Json | undefined): Headers {
  const listed = member(message, 'headers');
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((field: Json) => {
    const name = member(field, 'name');
    return typeof name !== 'string' || name === '' || name.startsWith(':') ? [] : [[name, textOf(member(field, 'value'))] as const];
  });
}

function withType(headers: Headers, type: Json | undefined): Headers {
  if (typeof type !== 'string' || !type.includes('/') || headerValue(headers, 'content-type') !== undefined) return headers;
  return [...headers, ['Content-Type', type]];
}

/** What the API took; the time that a browser let the request wait before is left out. */
function readTiming(entry: Json): Timing {
  const timings = member(entry, 'timings');
  const [send, wait, receive] = ['send', 'wait', 'receive'].map((name) => Math.max(0, Number(member(timings, name) ?? 0) || 0));
  const measured = (send ?? 0) + (wait ?? 0) + (receive ?? 0);
  const total = measured > 0 ? measured : Math.max(0, Number(member(entry, 'time') ?? 0) || 0);
  return { startedAt: Date.parse(textOf(member(entry, 'startedDateTime'))) || 0, headers: total - (receive ?? 0), total };
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
