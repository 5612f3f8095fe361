/** The transport: sends requests as they are and records what comes. No retries, no redirects, no cookies: what came back is the evidence. */
import { HarnessError } from '../errors.ts';
import { isIdempotent } from '../lib/methods.ts';
import type { WireRequest } from './build.ts';
import { createConnections, type Connection, type Connections } from './connections.ts';
import { decodeContent } from './decode-content.ts';
import {
  headerValue,
  type Exchange,
  type Fault,
  type Headers,
  type HttpProtocol,
  type ReceivedResponse,
  type SourceKind,
} from './exchange.ts';
import { isRefusedBySender } from './faults.ts';
import type { Connect } from './network.ts';
import { createPace } from './pace.ts';
import { keepInUrl } from './percent-encode.ts';
import { receive, type OutgoingRequest, type Received } from './receive.ts';
import { createRedactor } from './redact.ts';
import { withPatience } from './retry-after.ts';
import type { Withhold } from './safety.ts';
import { buildConnector } from './undici.ts';

/** Limits of a transport, and what it must not show. */
export interface TransportOptions {
  /** Most connections to one origin, and so most requests at once to it. */
  readonly connections: number;
  /** Milliseconds from the request's start to the end of the header section. Above a second it is kept to half a second. */
  readonly headersTimeout: number;
  /** Milliseconds between two pieces of a body. */
  readonly bodyTimeout: number;
  /** Milliseconds for a whole exchange, connecting included, waiting for a free connection not. */
  readonly totalTimeout: number;
  /** Most bytes of a response's body, before and after content decoding. */
  readonly maxBodyBytes: number;
  /** Most requests a second; undefined for no limit. */
  readonly rate: number | undefined;
  /** Most milliseconds that a `Retry-After` may hold a request back in all; none or 0 for not at all. */
  readonly retryAfter?: number | undefined;
  /** Why a request must not be sent; undefined for one that may. */
  readonly withhold?: Withhold | undefined;
  /** How connections come about; directly, with the platform's TLS, where it is left out. */
  readonly connect?: Connect;
  /** All that must never be recorded, asked anew for each exchange. */
  readonly secrets: () => readonly string[];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock?: () => number;
}

/** What the record says of who sent and why. */
export interface ExchangeTags {
  readonly id: string;
  readonly source: SourceKind;
  readonly title: string;
  readonly identity: string | undefined;
}

/** Sends requests over connections of its own. */
export interface Transport {
  /**
   * What was sent and what came; a fault is data in it.
   * Throws HarnessError E_USAGE for a request that HTTP/1.1 has no form for: such a field comes from the user; and for one that is withheld.
   */
  readonly send: (request: WireRequest, tags: ExchangeTags) => Promise<Exchange>;
  /** Ends all connections; exchanges under way end with a fault. */
  readonly close: () => Promise<void>;
}

/** Idle milliseconds after which a request that must not arrive twice gets a connection of its own. */
const trustedIdle = 200;

/** A transport with its own connections: HTTP/1.1, keep-alive, one request at a time on each. */
export function createTransport(options: TransportOptions): Transport {
  const clock = options.clock ?? ((): number => performance.now());
  const now = options.now ?? ((): number => Date.now());
  const pace = options.rate === undefined ? undefined : createPace(options.rate, clock);
  const redactor = createRedactor(options.secrets);
  const connect = options.connect ?? buildConnector({ allowH2: false, timeout: options.headersTimeout });
  const connections = createConnections({ ...options, connect });

  const ending = new AbortController();

  const send: Transport['send'] = async (request, tags) => {
    const withheld = options.withhold?.(request);
    if (withheld !== undefined) throw new HarnessError('E_USAGE', `${request.method} request is not sent: ${withheld}`);
    const { origin, outgoing } = splitRequest(request);
    if (pace !== undefined) await pace();
    const taken = connections.take(origin);
    let connection = taken instanceof Promise ? await taken : taken;
    try {
      connection = trusted(connections, connection, request.method, clock);
      let startedAt = now();
      let start = clock();
      let received = await receive(connection, outgoing, options, clock);
      noteReuse(connection, received);
      if (received.stale && isRepeatable(request.method)) {
        connection = connections.renew(connection);
        startedAt = now();
        start = clock();
        received = await receive(connection, outgoing, options, clock);
      }
      const { protocol } = connection;
      if (received.stuck) connection = connections.renew(connection);
      connection.lastUsed = received.endedAt;
      connection.lastStatus = received.status;
      if (received.error !== undefined && isRefusedBySender(received.error)) throw unsendable(request, received.error);
      return redactor.exchange(record(request, tags, received, { startedAt, start, protocol }, options.maxBodyBytes));
    } finally {
      connections.release(connection);
    }
  };
  const { retryAfter: limit = 0 } = options;
  return {
    send: limit === 0 ? send : withPatience(send, { limit, now, signal: ending.signal }),
    close: () => {
      ending.abort();
      return connections.close();
    },
  };
}

/**
 * The connection, renewed where the server may have closed it unnoticed and the request must not be sent twice.
 * A server may close an idle connection at any time (RFC 9112 section 9.3.1): an idempotent request is then simply sent again on a new one, any other
 * may have been carried out, so it only goes over a new connection, or over one that served another moments ago, by a server known to keep them open.
 * Behind a server error none is kept: uvicorn, for one, closes it after an unhandled exception once the answer is out, and announces nothing.
 */
function trusted(connections: Connections, connection: Connection, method: string, clock: () => number): Connection {
  if (connection.answers === 0 || isRepeatable(method)) return connection;
  const { origin, lastUsed, lastStatus } = connection;
  const suspect = origin.keepsOpen !== 'yes' || lastStatus >= 500 || clock() - lastUsed > trustedIdle;
  return suspect ? connections.renew(connection) : connection;
}

function noteReuse({ origin, answers }: Connection, { stale }: Received): void {
  if (stale) origin.keepsOpen = 'no';
  else if (answers > 1 && origin.keepsOpen === 'unknown') origin.keepsOpen = 'yes';
}

/** Whether a request that is sent again is answered as it would have been: a deletion finds nothing the second time. */
function isRepeatable(method: string): boolean {
  return isIdempotent(method) && method !== 'DELETE';
}

function unsendable(request: WireRequest, cause: Error): HarnessError {
  return new HarnessError('E_USAGE', `${request.method} request cannot be sent: ${cause.message}`, {
    cause,
    hint: 'mend the named field, method or path of the request',
  });
}

function splitRequest({ method, url, headers, body }: WireRequest): { readonly origin: string; readonly outgoing: OutgoingRequest } {
  const [, origin = '', rest = ''] = /^(https?:\/\/[^/?#@\s]+)([^#]*)/i.exec(url) ?? [];
  if (origin === '') throw new HarnessError('E_USAGE', `${method} request has no http or https URL without credentials in it`);
  const path = keepInUrl(rest.startsWith('/') ? rest : `/${rest}`);
  const fields: string[] = [];
  for (const [name, value] of headers) fields.push(name, fieldBytes(value));
  return { origin, outgoing: { method, path, headers: fields, body: body ?? null } };
}

/** Field values travel as UTF-8; undici writes one byte a character. */
function fieldBytes(value: string): string {
  return /^[\t -~]*$/.test(value) ? value : Buffer.from(value).toString('latin1');
}

const ascii = /^[\t\r\n -~]*$/;

/** Field lines as text. As a rule they lie one behind the other in the bytes that came, in ASCII: then they are read at once. */
function fieldsOf(raw: readonly Buffer[]): Headers {
  const [first = noBytes] = raw;
  const { byteOffset: start } = first;
  const { byteOffset, length } = raw.at(-1) ?? first;
  const end = byteOffset + length;
  const isOnePiece = raw.every(
    (bytes) => bytes.buffer === first.buffer && bytes.byteOffset >= start && bytes.byteOffset + bytes.length <= end,
  );
  const section = isOnePiece ? Buffer.from(first.buffer, start, end - start).toString('latin1') : undefined;
  const textOf =
    section !== undefined && ascii.test(section)
      ? (bytes: Buffer): string => section.slice(bytes.byteOffset - start, bytes.byteOffset - start + bytes.length)
      : fieldText;
  const fields: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) fields.push([textOf(raw[index] ?? noBytes), textOf(raw[index + 1] ?? noBytes)]);
  return fields;
}

const noBytes = Buffer.alloc(0);

/** A field value as text: UTF-8 where it is, else one character a byte. */
function fieldText(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  if (/^[\t -~]*$/.test(text)) return text;
  const utf8 = bytes.toString('utf8');
  return utf8.includes('\ufffd') ? text : utf8;
}

function record(
  request: WireRequest,
  tags: ExchangeTags,
  received: Received,
  sending: { readonly startedAt: number; readonly start: number; readonly protocol: HttpProtocol },
  limit: number,
): Exchange {
  const { method, url, headers, body } = request;
  const { response, fault } = responseOf(request, received, sending.protocol, limit);
  return {
    id: tags.id,
    source: tags.source,
    title: tags.title,
    identity: tags.identity,
    request: { method, url, headers, body },
    response,
    fault,
    timing: {
      startedAt: sending.startedAt,
      headers: received.headersAt === undefined ? undefined : received.headersAt - sending.start,
      total: received.endedAt - sending.start,
    },
  };
}

function responseOf(
  request: WireRequest,
  received: Received,
  protocol: HttpProtocol,
  limit: number,
): { readonly response: ReceivedResponse | undefined; readonly fault: Fault | undefined } {
  const { status, rawHeaders } = received;
  if (status === 0) return { response: undefined, fault: staleFault(request, received) };
  const fields = fieldsOf(rawHeaders);
  const codings = received.body.length === 0 ? undefined : headerValue(fields, 'content-encoding');
  const decoded = codings === undefined ? undefined : decodeContent(received.body, codings, limit, received.fault === undefined);
  const response = { protocol, status, headers: fields, body: decoded?.bytes ?? received.body };
  return { response, fault: received.fault ?? decoded?.fault };
}

/** The fault, and whether it may be the connection's age rather than the request. */
function staleFault(request: WireRequest, { fault, stale }: Received): Fault | undefined {
  if (fault === undefined || !stale || isRepeatable(request.method)) return fault;
  return { kind: fault.kind, message: `${fault.message}; the connection had served another request moments before`, reused: true };
}
