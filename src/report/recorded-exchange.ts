/** An exchange as plain JSON, small enough to keep as evidence: bodies become text or base64 and are cut. */
import type { Exchange, Fault, Headers, SourceKind, Timing } from '../requests/exchange.ts';

/** Bytes of a body that evidence keeps. */
const bodyLimit = 8192;

/** A body, or its beginning. */
export interface RecordedBody {
  readonly encoding: 'utf-8' | 'base64';
  readonly text: string;
  /** Bytes of the whole body. */
  readonly bytes: number;
  /** True when `text` holds only the beginning. */
  readonly cut: boolean;
}

/** What was sent and what came, in JSON. */
export interface RecordedExchange {
  readonly id: string;
  readonly source: SourceKind;
  readonly title: string;
  readonly identity: string | undefined;
  readonly request: { readonly method: string; readonly url: string; readonly headers: Headers; readonly body: RecordedBody | undefined };
  readonly response: { readonly status: number; readonly headers: Headers; readonly body: RecordedBody } | undefined;
  readonly fault: Fault | undefined;
  readonly timing: Timing;
}

/** The exchange as plain JSON, with the first 8 KiB of each body. */
export function recordExchange(exchange: Exchange): RecordedExchange {
  const { id, source, title, identity, request, response, fault, timing } = exchange;
  return {
    id,
    source,
    title,
    identity,
    request: { ...request, body: request.body && recordBody(request.body) },
    response: response && { ...response, body: recordBody(response.body) },
    fault,
    timing,
  };
}

function recordBody(body: Uint8Array): RecordedBody {
  const cut = body.byteLength > bodyLimit;
  const kept = cut ? body.subarray(0, bodyLimit) : body;
  const text = decode(kept, cut);
  return text === undefined
    ? { encoding: 'base64', text: Buffer.from(kept).toString('base64'), bytes: body.byteLength, cut }
    : { encoding: 'utf-8', text, bytes: body.byteLength, cut };
}

function decode(bytes: Uint8Array, cut: boolean): string | undefined {
  try {
    // A stream that goes on may end within a character, which is then left out.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
  } catch {
    return undefined;
  }
}
