/** The guard: a loopback server that lets only safe requests through to the target. What it refuses never reaches the target. */
import { createServer, request as requestHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream';
import { portOf } from './reaches-target.ts';

/** Field that marks an answer as the guard's own, not the target's; its value is the reason. */
export const guardField = 'specproof-guard';

/** A request that the guard did not let through. */
export interface RefusedRequest {
  readonly method: string;
  /** Path and query as asked. */
  readonly path: string;
  readonly reason: string;
}

export interface Guard {
  /** The target's base URL with the guard's origin. */
  readonly baseUrl: string;
  /** What was refused so far, in order. */
  readonly refused: () => readonly RefusedRequest[];
  /** Why the target gave no whole answer to a client's connection, by the client's port; undefined where it did. */
  readonly failure: (clientPort: number) => Error | undefined;
  /** Stops the server and all its connections; safe to call twice. */
  readonly close: () => Promise<void>;
}

/** RFC 9110 section 9.2.1, and QUERY, which its specification calls safe. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

/** Fields by which some frameworks let a safe method stand for another one. */
const overrideFields = ['x-http-method-override', 'x-http-method', 'x-method-override'];

/** Fields of one connection only (RFC 9110 section 7.6.1). */
const connectionFields = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']);

/** A path with a variable that nothing has set, as Postman writes it or percent-encoded. */
const unresolved = /\{\{([^}]+)\}\}|%7B%7B(.+?)%7D%7D/i;

/** Starts a guard on a free port of loopback in front of the origin of `baseUrl`. */
export async function createGuard(options: { readonly baseUrl: string }): Promise<Guard> {
  const target = new URL(options.baseUrl);
  const refused: RefusedRequest[] = [];
  const failures = new Map<number, Error>();
  const server = createServer((incoming, answer) => {
    const reason = refusal(incoming);
    if (reason === undefined) {
      forward(target, own, incoming, answer, (error) => failures.set(incoming.socket.remotePort ?? 0, error));
      return;
    }
    refused.push({ method: incoming.method ?? '', path: incoming.url ?? '', reason });
    // Not JSON: a script that goes on to read an id from the answer stops there instead of using a wrong one.
    answer.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', [guardField]: reason, connection: 'close' });
    answer.end(`Refused by specproof's guard: ${reason}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const own = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  return {
    baseUrl: `http://${own}${target.pathname.replace(/\/$/, '')}`,
    refused: () => refused,
    failure: (clientPort) => failures.get(clientPort),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refusal(incoming: IncomingMessage): string | undefined {
  const method = incoming.method ?? '';
  if (!safeMethods.has(method)) return `${method} is not a safe method`;
  const override = overrideFields.map((name) => incoming.headers[name]).find((value) => value !== undefined);
  if (override !== undefined && !safeMethods.has(String(override).toUpperCase()))
    return `the method is overridden with ${String(override)}`;
  const path = incoming.url ?? '';
  if (!path.startsWith('/') && path !== '*') return 'the request is meant for a proxy';
  const variable = unresolved.exec(path);
  if (variable !== null) return `nothing has set the variable ${variable[1] ?? variable[2] ?? ''}`;
  return undefined;
}

function forward(target: URL, own: string, incoming: IncomingMessage, answer: ServerResponse, failed: (error: Error) => void): void {
  const give = (error: Error): void => {
    failed(error);
    incoming.socket.destroy();
  };
  const outgoing = (target.protocol === 'https:' ? requestHttps : requestHttp)({
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port: portOf(target),
    method: incoming.method,
    path: incoming.url,
    headers: forwardedFields(incoming, own, target.host),
    setHost: false,
  });
  outgoing.on('error', give);
  outgoing.on('response', (response) => {
    answer.sendDate = false;
    answer.writeHead(response.statusCode ?? 0, response.statusMessage, endToEndFields(response.rawHeaders));
    pipeline(response, answer, (error) => {
      if (error) give(error);
    });
  });
  answer.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

/** The client's fields for the target, with the target's authority where the client asked for the guard's own. */
function forwardedFields(incoming: IncomingMessage, own: string, authority: string): string[] {
  const fields = endToEndFields(incoming.rawHeaders).map((part, index, all) =>
    index % 2 === 1 && all[index - 1]?.toLowerCase() === 'host' && part === own ? authority : part,
  );
  // Node frames a body anew only when it is told to.
  return incoming.headers['transfer-encoding'] === undefined ? fields : [...fields, 'transfer-encoding', 'chunked'];
}

/** Name and value in turn, as Node's raw fields are, without those of the connection. */
function endToEndFields(raw: readonly string[]): string[] {
  return raw.filter((_, index) => !connectionFields.has((raw[index - (index % 2)] ?? '').toLowerCase()));
}
