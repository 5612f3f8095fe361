/** Records what certain agents' HTTP requests put on the wire and got back, by Node's own diagnostics channel. Changes nothing of them. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Headers } from '../../requests/exchange.ts';

/** One request as it went out and what came, before content decoding and with its secrets. */
export interface WireRecord {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly requestHeaders: Headers;
  readonly requestBody: Uint8Array | undefined;
  readonly socket: Socket | undefined;
  /** Of the client's end of the connection. */
  readonly localPort: number | undefined;
  readonly response:
    | { readonly status: number; readonly headers: Headers; readonly body: Uint8Array; readonly complete: boolean }
    | undefined;
  readonly error: Error | undefined;
  /** Milliseconds since the epoch; milliseconds from there to the header section and to the end. */
  readonly startedAt: number;
  readonly headersAfter: number | undefined;
  readonly endedAfter: number;
}

export interface Watch {
  /** Stops watching; requests under way are still recorded. */
  readonly stop: () => void;
}

/**
 * Calls `begun` for each request that one of the agents takes; the function it gives back is called once, when the
 * answer is complete or the request has failed.
 */
export function watchRequests(agents: readonly Agent[], begun: () => (record: WireRecord) => void): Watch {
  const channel = 'http.client.request.created';
  const created = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest & { readonly agent?: Agent } };
    if (request.agent !== undefined && agents.includes(request.agent)) record(request, begun());
  };
  subscribe(channel, created);
  return { stop: () => unsubscribe(channel, created) };
}

function record(request: ClientRequest, ended: (record: WireRecord) => void): void {
  const startedAt = Date.now();
  const start = performance.now();
  const sent = tapWrites(request);
  let socket: Socket | undefined;
  let localPort: number | undefined;
  let answer: { readonly response: IncomingMessage; readonly chunks: readonly Buffer[]; readonly headersAfter: number } | undefined;
  let error: Error | undefined;
  let finished = false;

  function finish(): void {
    if (finished) return;
    finished = true;
    ended({
      method: request.method,
      path: request.path,
      requestHeaders: sentHeaders(request),
      requestBody: sent.length === 0 ? undefined : Buffer.concat(sent),
      socket,
      localPort,
      response: answer && {
        status: answer.response.statusCode ?? 0,
        headers: pairs(answer.response.rawHeaders),
        body: Buffer.concat(answer.chunks),
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
    answer = { response, chunks: tapReads(response, finish), headersAfter: performance.now() - start };
    response.once('close', finish);
  });
  request.once('error', (cause) => {
    error = cause;
  });
  request.once('close', finish);
}

/** The chunks that are written to the request, as they are written. */
function tapWrites(request: ClientRequest): readonly Buffer[] {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
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
  return chunks;
}

/** The chunks of the response as the parser hands them over, whoever reads them and whenever; tells the end of a whole message. */
function tapReads(response: IncomingMessage, whole: () => void): readonly Buffer[] {
  const chunks: Buffer[] = [];
  const push = response.push.bind(response);
  response.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    const more = push(chunk, encoding);
    if (chunk === null && response.complete) whole();
    return more;
  };
  return chunks;
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
