/** Reads an exchange's answer: once parsed, the same response gives the same value again. */
import { isUtf8 } from 'node:buffer';
import type { Answer } from '../cases/case.ts';
import { jsonDetails, type JsonDetails } from '../lib/json-text.ts';
import { keepLast } from '../lib/keep-last.ts';
import type { Json } from '../lib/json.ts';
import { headerValue, type Exchange, type ReceivedResponse } from './exchange.ts';
import { isJsonType } from '../lib/media-type.ts';

/** A body read as JSON, whatever its type says. */
export type ParsedBody =
  | { readonly kind: 'json'; readonly value: Json; readonly details: JsonDetails }
  | { readonly kind: 'empty' }
  /** `reason` goes on after "the body": `begins with a byte order mark`. */
  | { readonly kind: 'not-json'; readonly reason: string };

/** So many exchanges may be under way at once before what is known of one is computed anew: scenarios go on before their exchanges are judged. */
export const underWay = 32;

const nothing = new Uint8Array(0);

/** The response's body as JSON: strict UTF-8 without byte order mark, with what a parsed value does not tell. @see https://www.rfc-editor.org/rfc/rfc8259#section-8.1 */
export function parsedBody(response: ReceivedResponse): ParsedBody {
  return parseBytes(response.body);
}

/** Bytes as JSON, as `parsedBody` reads them; parsed once while the same bytes are asked about. */
export const parseBytes: (bytes: Uint8Array) => ParsedBody = keepLast(parse, underWay);

function parse(bytes: Uint8Array): ParsedBody {
  if (bytes.length === 0) return { kind: 'empty' };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { kind: 'not-json', reason: 'begins with a byte order mark' };
  if (!isUtf8(bytes)) return { kind: 'not-json', reason: 'is not UTF-8' };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    const message = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : '';
    return { kind: 'not-json', reason: `is no JSON: ${message.slice(0, 160)}` };
  }
  return { kind: 'json', value, details: jsonDetails(bytes, text, value) };
}

/** What a scenario sees of the exchange. Without a status where a fault came instead of a whole answer; with `json` only where the content type is JSON or missing, parsed when it is asked for. */
export const answerOf: (exchange: Exchange) => Answer = keepLast(({ response, fault, request }) => {
  const fields = response?.headers ?? [];
  let json: { readonly value: Json | undefined } | undefined;
  return {
    status: fault === undefined ? response?.status : undefined,
    headers: { get: (name) => headerValue(fields, name), has: (name) => headerValue(fields, name) !== undefined },
    get json() {
      json ??= { value: response === undefined || fault !== undefined ? undefined : jsonOf(response) };
      return json.value;
    },
    bytes: response?.body ?? nothing,
    url: request.url,
  };
}, underWay);

function jsonOf(response: ReceivedResponse): Json | undefined {
  const type = headerValue(response.headers, 'content-type');
  if (type !== undefined && !isJsonType(type)) return undefined;
  const body = parsedBody(response);
  return body.kind === 'json' ? body.value : undefined;
}
