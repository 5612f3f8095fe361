/** One request over one connection: collects what comes until it is whole, broken, too large or too late. Judges and redacts nothing. */
import type { Connection } from './connections.ts';
import type { Fault } from './exchange.ts';
import { faultOf, isConnectionEnd } from './faults.ts';

/** A request as undici takes it. */
export interface OutgoingRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: Uint8Array | null;
}

export interface ReceiveLimits {
  /** Milliseconds for the whole of it, connecting included. */
  readonly totalTimeout: number;
  readonly maxBodyBytes: number;
}

/** What came, raw. Times are the clock's. */
export interface Received {
  /** Zero when no header section came. */
  readonly status: number;
  /** Names and values in turn, as bytes. */
  readonly rawHeaders: readonly Buffer[];
  readonly body: Uint8Array;
  readonly headersAt: number | undefined;
  readonly endedAt: number;
  readonly fault: Fault | undefined;
  /** The error behind the fault, where there is one. */
  readonly error: Error | undefined;
  /** A connection used before ended without one byte of an answer: it may have been closed before the request arrived. */
  readonly stale: boolean;
  /** The connection cannot be used again: its request is still under way. */
  readonly stuck: boolean;
}

const nothing = new Uint8Array(0);

/** What comes back for the request; never rejects. */
export function receive(connection: Connection, request: OutgoingRequest, limits: ReceiveLimits, clock: () => number): Promise<Received> {
  return new Promise((resolve) => {
    let abort: ((reason: Error) => void) | undefined;
    let status = 0;
    let rawHeaders: readonly Buffer[] = [];
    let chunks: Uint8Array[] | undefined;
    let size = 0;
    let headersAt: number | undefined;
    let begun = false;
    let done = false;

    const end = (fault: Fault | undefined, error?: Error, stuck = false): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      const stale = error !== undefined && !begun && connection.answers > 0 && isConnectionEnd(error);
      resolve({ status, rawHeaders, body: joined(chunks, size), headersAt, endedAt: clock(), fault, error, stale, stuck });
    };
    const stop = (fault: Fault): void => {
      end(fault, undefined, abort === undefined);
      abort?.(new Error(fault.message));
    };
    const timer = setTimeout(() => {
      stop({ kind: 'timeout', message: `no whole answer within ${limits.totalTimeout} ms` });
    }, limits.totalTimeout);

    connection.client.dispatch(request, {
      onRequestStart: (controller) => {
        abort = (reason) => {
          controller.abort(reason);
        };
        if (done) controller.abort(new Error('given up'));
      },
      onResponseStarted: () => {
        begun = true;
      },
      onResponseStart: (controller, statusCode) => {
        // Interim answers say nothing about the request (RFC 9110 section 15.2).
        if (statusCode < 200) return;
        status = statusCode;
        rawHeaders = fieldLines(controller.rawHeaders);
        headersAt = clock();
      },
      onResponseData: (_controller, chunk) => {
        if (done) return;
        const room = limits.maxBodyBytes - size;
        const kept = chunk.length > room ? chunk.subarray(0, room) : chunk;
        size += kept.length;
        if (chunks === undefined) chunks = [kept];
        else chunks.push(kept);
        if (chunk.length > room) stop({ kind: 'too-large', message: `the body is larger than ${limits.maxBodyBytes} bytes` });
      },
      onResponseEnd: () => {
        connection.answers += 1;
        end(undefined);
      },
      onResponseError: (_controller, error) => {
        end(faultOf(error, status !== 0), error);
      },
    });
  });
}

/** HTTP/1.1's field lines are bytes, in order; HTTP/2's come by name, several values of one as a list. */
function fieldLines(raw: unknown): readonly Buffer[] {
  if (Array.isArray(raw)) return raw as readonly Buffer[];
  return Object.entries(raw as Readonly<Record<string, string | readonly string[]>>).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [Buffer.from(name), Buffer.from(value, 'latin1')]),
  );
}

function joined(chunks: readonly Uint8Array[] | undefined, size: number): Uint8Array {
  const first = chunks?.[0];
  if (chunks === undefined || first === undefined) return nothing;
  return chunks.length === 1 ? first : Buffer.concat(chunks, size);
}
