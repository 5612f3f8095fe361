/** The guard: a loopback server that lets only safe requests through to the target. What it refuses never reaches the target. */
import { createServer, type IncomingMessage } from 'node:http';
import { buildConnector } from 'undici';
import { forward } from '../wire/forward.ts';
import type { Connect } from '../../requests/network.ts';
import type { Withhold } from '../../requests/safety.ts';

/** Field that marks an answer as the guard's own, not the target's; its value is the reason. */
export const guardField = 'specproof-guard';

/** A request that the guard did not let through. */
export interface RefusedRequest {
  readonly method: string;
  /** Path and query as asked. */
  readonly path: string;
  readonly reason: string;
}

/** A proxy in front of the target, through which a collection passes. */
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

/** A path with a variable that nothing has set, as Postman writes it or percent-encoded. */
const unresolved = /\{\{([^}]+)\}\}|%7B%7B(.+?)%7D%7D/i;

/** Where a guard lets requests through to. */
export interface GuardOptions {
  readonly baseUrl: string;
  readonly withhold: Withhold;
  /** How connections to the target come about; directly where it is left out. They must speak HTTP/1.1. */
  readonly connect?: Connect | undefined;
}

/** Starts a guard on a free port of loopback in front of the origin of `baseUrl`. */
export async function createGuard(options: GuardOptions): Promise<Guard> {
  const target = new URL(options.baseUrl);
  const connect = options.connect ?? buildConnector({ allowH2: false });
  const refused: RefusedRequest[] = [];
  const failures = new Map<number, Error>();
  const server = createServer((incoming, answer) => {
    const reason = refusal(incoming, target, options.withhold);
    if (reason === undefined) {
      const failed = (error: Error): void => {
        failures.set(incoming.socket.remotePort ?? 0, error);
        incoming.socket.destroy();
      };
      forward(incoming, answer, { target, connect, isOwn: (authority) => authority === own, failed });
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

function refusal(incoming: IncomingMessage, target: URL, withhold: Withhold): string | undefined {
  const method = incoming.method ?? '';
  const path = incoming.url ?? '';
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const);
  const reason = withhold({ method, url: `${target.origin}${path}`, headers });
  if (reason !== undefined) return reason;
  if (!path.startsWith('/') && path !== '*') return 'the request is meant for a proxy';
  const variable = unresolved.exec(path);
  if (variable !== null) return `nothing has set the variable ${variable[1] ?? variable[2] ?? ''}`;
  return undefined;
}
