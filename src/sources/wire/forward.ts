/** Passes a client's request on to the target and the answer back, as they come: nothing is added, nothing but what belongs to one connection is left out. */
import { request, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline, type Duplex } from 'node:stream';
import type { Connect } from '../../requests/network.ts';

export interface Route {
  /** Of the target only the origin counts. */
  readonly target: URL;
  /** Opens a connection to it, TLS included, that speaks HTTP/1.1. */
  readonly connect: Connect;
  /** Whether an authority (`host:port`) is our own: then the target is told its own instead. */
  readonly isOwn: (authority: string) => boolean;
  /** Fields of the answer for the client, where they are to be other than the target's. */
  readonly answerField?: (name: string, value: string) => string;
  /** Is given the request to the target before anything is written to it. */
  readonly opened?: (outgoing: ClientRequest) => void;
  /** Called once when the target gives no whole answer; never when the client has gone. */
  readonly failed: (error: Error) => void;
}

/** Fields of one connection only, beside those that `Connection` names. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const connectionFields = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Larger header sections are refused, as by most servers. */
export const mostHeaderBytes = 65_536;

/** Forwards the request over a connection of its own: one that was used before may be closed by the target just then, which would look like a fault. */
export function forward(incoming: IncomingMessage, answer: ServerResponse, route: Route): void {
  let over = false;
  const fail = (error: Error): void => {
    if (!over) route.failed(error);
    over = true;
  };
  const outgoing = request({
    method: incoming.method,
    path: incoming.url,
    headers: requestFields(incoming, route),
    setHost: false,
    maxHeaderSize: mostHeaderBytes,
    createConnection: (_, connected) => dial(route, connected),
  });
  // A body is framed as the client framed it, and one without frame is none.
  outgoing.useChunkedEncodingByDefault = incoming.headers['transfer-encoding'] !== undefined;
  route.opened?.(outgoing);
  outgoing.on('error', fail);
  outgoing.on('continue', () => answer.writeContinue());
  outgoing.on('response', (response) => {
    response.on('error', fail);
    answer.sendDate = false;
    answer.writeHead(response.statusCode ?? 0, response.statusMessage, answerFields(response, route));
    pipeline(response, answer, (error) => {
      if (error) fail(error);
      else over = true;
    });
  });
  answer.on('close', () => {
    over = true;
    outgoing.destroy();
  });
  incoming.pipe(outgoing);
}

function dial({ target, connect }: Route, connected: (error: Error | null, socket: Duplex) => void): undefined {
  const { protocol, hostname, host, port } = target;
  connect({ protocol, hostname: hostname.replace(/^\[|\]$/g, ''), host, port }, (error, socket) => {
    // Node takes an error alone although its types ask for a stream beside it.
    if (error === null) connected(null, socket);
    else (connected as (error: Error) => void)(error);
  });
}

function requestFields(incoming: IncomingMessage, { target, isOwn }: Route): Readonly<Record<string, string | string[]>> {
  const fields = endToEnd(incoming.rawHeaders, (name, value) => (name.toLowerCase() === 'host' && isOwn(value) ? target.host : value));
  if (incoming.headers['transfer-encoding'] !== undefined) fields.push(['Transfer-Encoding', ['chunked']]);
  return Object.fromEntries(fields.map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]));
}

function answerFields(response: IncomingMessage, { answerField = (_, value) => value }: Route): string[] {
  return endToEnd(response.rawHeaders, answerField).flatMap(([name, values]) => values.flatMap((value) => [name, value]));
}

/** Node's raw fields (names and values in turn) without those of the connection: the values of each name, in order. */
function endToEnd(raw: readonly string[], map: (name: string, value: string) => string): [name: string, values: string[]][] {
  const pairs = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
  const named = pairs.flatMap(([name, value]) => (name.toLowerCase() === 'connection' ? value.toLowerCase().split(/\s*,\s*/) : []));
  const left = new Set([...connectionFields, ...named]);
  const fields = new Map<string, [name: string, values: string[]]>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    if (left.has(key)) continue;
    const field = fields.get(key) ?? [name, []];
    fields.set(key, field);
    field[1].push(map(name, value));
  }
  return [...fields.values()];
}
