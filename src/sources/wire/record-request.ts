/** Records what an HTTP request of Node's puts on the wire and gets back. Changes nothing of it. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Headers } from '../../requests/exchange.ts';

/** One request as it went out and what came, before content decoding and with its secrets. */
export interface WireRecord {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly requestHeaders: Headers;
  readonly requestBody: Uint8Array | undefined;
  /** The request's body was larger than what is kept. */
  readonly requestCut: boolean;
  readonly socket: Socket | undefined;
  /** Of the client's end of the connection. */
  readonly localPort: number | undefined;
  readonly response:
    | { readonly status: number; readonly headers: Headers; readonly body: Uint8Array; readonly cut: boolean; readonly complete: boolean }
    | undefined;
  readonly error: Error | undefined;
  /** Milliseconds since the epoch; milliseconds from there to the header section and to the end. */
  readonly startedAt: number;
  readonly headersAfter: number | undefined;
  readonly endedAfter: number;
}

/**
 * Calls `ended` once, with what the request put on the wire and got back, when the answer is complete or the request has failed.
 * Of each body the first `mostBytes` are kept. Call it before anything is written to the request.
 */
export function recordRequest(request: ClientRequest, ended: (record: WireRecord) => void, mostBytes: number = Infinity): void {
  const startedAt = Date.now();
  const start = performance.now();
  const sent = tapWrites(request, mostBytes);
  let socket: Socket | undefined;
  let localPort: number | undefined;
  let answer: { readonly response: IncomingMessage; readonly kept: Kept; readonly headersAfter: number } | undefined;
  let error: Error | undefined;
  let finished = false;

  function finish(): void {
    if (finished) return;
    finished = true;
    ended({
      method: request.method,
      path: request.path,
      requestHeaders: sentHeaders(request),
      requestBody: sent.size() === 0 ? undefined : sent.bytes(),
      requestCut: sent.cut(),
      socket,
      localPort,
      response: answer && {
        status: answer.response.statusCode ?? 0,
        headers: pairs(answer.response.rawHeaders),
        body: answer.kept.bytes(),
        cut: answer.kept.cut(),
        complete: answer.response.complete,
      },
      error,
      startedAt,
      headersAfter: answer?.headersAfter,
      endedAfter: performance.now() - start,
    });
  }

  request.once('socket', (taken) => {
    socket = taken;
    // A closed socket no longer tells it.
    localPort = taken.localPort;
    taken.once('connect', () => (localPort = taken.localPort));
  });
  request.prependOnceListener('response', (response) => {
    answer = { response, kept: tapReads(response, finish, mostBytes), headersAfter: performance.now() - start };
    response.once('close', finish);
  });
  request.once('error', (cause) => {
    error = cause;
    // A request that got no connection is never closed.
    setImmediate(finish);
  });
  request.once('close', finish);
}

/** The beginning of a body. */
interface Kept {
  readonly add: (chunk: Buffer) => void;
  readonly size: () => number;
  readonly bytes: () => Uint8Array;
  readonly cut: () => boolean;
}

function keepUpTo(mostBytes: number): Kept {
  const chunks: Buffer[] = [];
  let size = 0;
  let cut = false;
  return {
    add: (chunk) => {
      const kept = chunk.subarray(0, mostBytes - size);
      cut ||= kept.length < chunk.length;
      size += kept.length;
      // A copy: whoever reads or writes the chunk may use its memory again.
      if (kept.length > 0) chunks.push(Buffer.from(kept));
    },
    size: () => size,
    bytes: () => Buffer.concat(chunks, size),
    cut: () => cut,
  };
}

/** What is written to the request, as it is written. */
function tapWrites(request: ClientRequest, mostBytes: number): Kept {
  const kept = keepUpTo(mostBytes);
  const keep = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === 'string') kept.add(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
    else if (chunk instanceof Uint8Array) kept.add(Buffer.from(chunk));
  };
  const write = request.write.bind(request) as (...parts: readonly unknown[]) => boolean;
  const end = request.end.bind(request) as (...parts: readonly unknown[]) => ClientRequest;
  // An end with a chunk writes it by itself, below `write`: each sees its own chunks only.
  request.write = (...parts: readonly unknown[]): boolean => {
    keep(parts[0], parts[1]);
    return write(...parts);
  };
  request.end = (...parts: readonly unknown[]): ClientRequest => {
    keep(parts[0], parts[1]);
    return end(...parts);
  };
  return kept;
}

/** The response's body as the parser hands it over, whoever reads it and whenever; tells the end of a whole message. */
function tapReads(response: IncomingMessage, whole: () => void, mostBytes: number): Kept {
  const kept = keepUpTo(mostBytes);
  const push = response.push.bind(response);
  response.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk instanceof Uint8Array) kept.add(Buffer.from(chunk));
    const more = push(chunk, encoding);
    if (chunk === null && response.complete) whole();
    return more;
  };
  return kept;
}

function sentHeaders(request: ClientRequest): Headers {
  return request.getRawHeaderNames().flatMap((name) => {
    const value = request.getHeader(name);
    const values = Array.isArray(value) ? value : [value];
    return values.map((line): readonly [string, string] => [name, String(line)]);
  });
}

function pairs(raw: readonly string[]): Headers {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
}
