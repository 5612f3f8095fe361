/** Reads an exchange's answer: once parsed, the same response gives the same value again. */
import { isUtf8 } from 'node:buffer';
import type { Answer } from '../cases/case.ts';
import { jsonDetails, type JsonDetails } from '../lib/json-text.ts';
import type { Json } from '../lib/json.ts';
import type { Exchange, ReceivedResponse } from './exchange.ts';
import { isJsonType } from '../lib/media-type.ts';

/** A body read as JSON, whatever its type says. */
export type ParsedBody =
  | { readonly kind: 'json'; readonly value: Json; readonly details: JsonDetails }
  | { readonly kind: 'empty' }
  /** `reason` goes on after "the body": `begins with a byte order mark`. */
  | { readonly kind: 'not-json'; readonly reason: string };

const parsed = new WeakMap<Uint8Array, ParsedBody>();
const answers = new WeakMap<Exchange, Answer>();
const nothing = new Uint8Array(0);

/** The response's body as JSON: strict UTF-8 without byte order mark, with what a parsed value does not tell. @see https://www.rfc-editor.org/rfc/rfc8259#section-8.1 */
export function parsedBody(response: ReceivedResponse): ParsedBody {
  return parseBytes(response.body);
}

/** Bytes as JSON, as `parsedBody` reads them; the same bytes are parsed once. */
export function parseBytes(bytes: Uint8Array): ParsedBody {
  let known = parsed.get(bytes);
  if (known === undefined) parsed.set(bytes, (known = parse(bytes)));
  return known;
}

function parse(bytes: Uint8Array): ParsedBody {
  if (bytes.length === 0) return { kind: 'empty' };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { kind: 'not-json', reason: 'begins with a byte order mark' };
  if (!isUtf8(bytes)) return { kind: 'not-json', reason: 'is not UTF-8' };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  try {
    const value = JSON.parse(text) as Json;
    return { kind: 'json', value, details: jsonDetails(bytes, text, value) };
  } catch (error) {
    const message = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : '';
    return { kind: 'not-json', reason: `is no JSON: ${message.slice(0, 160)}` };
  }
}

/** What a scenario sees of the exchange. Without a status where a fault came instead of a whole answer; with `json` only where the content type is JSON or missing. */
export function answerOf(exchange: Exchange): Answer {
  const known = answers.get(exchange);
  if (known !== undefined) return known;
  const { response, fault, request } = exchange;
  const headers = new Map<string, string>();
  for (const [field, value] of response?.headers ?? []) {
    const name = field.toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const type = headers.get('content-type');
  const answer: Answer = {
    status: fault === undefined ? response?.status : undefined,
    headers,
    get json() {
      if (response === undefined || fault !== undefined || (type !== undefined && !isJsonType(type))) return undefined;
      const body = parsedBody(response);
      return body.kind === 'json' ? body.value : undefined;
    },
    bytes: response?.body ?? nothing,
    url: request.url,
  };
  answers.set(exchange, answer);
  return answer;
}
