/** The agents newman's requests go through: they know where each connection went and lead those for the target to the guard. */
import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Connect } from '../../requests/network.ts';
import type { Destination } from './reaches-target.ts';

/** Where a connection was asked to go. */
export interface Dialled {
  /** `http://host:port`, the scheme's default port left out. */
  readonly origin: string;
  readonly toTarget: boolean;
}

export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** Where a connection of these agents was asked to go. */
  readonly dialled: (socket: Socket) => Dialled | undefined;
  /** Ends all connections. */
  readonly close: () => void;
}

export interface AgentsOptions {
  readonly reachesTarget: (destination: Destination) => Promise<boolean>;
  /** Port on 127.0.0.1 that takes the connections meant for the target. */
  readonly guardPort: number | undefined;
  /** How other connections come about; as Node's agents do where it is left out. */
  readonly connect: Connect | undefined;
}

/** Agents of their own for one run. No connection is kept: an idle one that the target closes would look like a fault. */
export function createAgents(options: AgentsOptions): Agents {
  const places = new WeakMap<object, Dialled>();
  const http = new HttpAgent({ keepAlive: false });
  const https = new HttpsAgent({ keepAlive: false });
  route(http, 'http:', options, places);
  route(https, 'https:', options, places);
  return {
    http,
    https,
    dialled: (socket) => places.get(socket),
    close() {
      http.destroy();
      https.destroy();
    },
  };
}

function route(agent: HttpAgent, scheme: 'http:' | 'https:', options: AgentsOptions, places: WeakMap<object, Dialled>): void {
  const dial = agent.createConnection.bind(agent);
  agent.createConnection = (request, callback): undefined => {
    const host = request.host ?? 'localhost';
    const port = Number(request.port ?? (scheme === 'https:' ? 443 : 80));
    const settle = (toTarget: boolean): void => {
      const take = (socket: Duplex | null | undefined): void => {
        if (!socket) throw new Error(`no connection to ${host}`);
        places.set(socket, { origin: originOf(scheme, host, port), toTarget });
        callback?.(null, socket);
      };
      if (toTarget && options.guardPort !== undefined) take(dialGuard(options.guardPort));
      else if (options.connect === undefined) take(dial(request));
      else {
        options.connect({ protocol: scheme, hostname: host, host, port: String(port) }, (error, socket) => {
          if (error === null) take(socket);
          else fail(error);
        });
      }
    };
    const fail = (error: unknown): void => {
      // Node takes an error alone although its types ask for a stream beside it.
      (callback as ((error: Error) => void) | undefined)?.(error instanceof Error ? error : new Error(String(error)));
    };
    options
      .reachesTarget({ host, port, hostField: hostField(request) })
      .then(settle)
      .catch(fail);
    return undefined;
  };
}

/** A plain connection to the guard, which speaks TLS to the target itself; the client of an https URL asks for the mark. */
function dialGuard(port: number): Duplex {
  return Object.assign(connect(port, '127.0.0.1'), { authorized: true });
}

function hostField(request: ClientRequestArgs): string | undefined {
  const { headers } = request;
  if (headers === undefined || Array.isArray(headers)) return undefined;
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host');
  return found === undefined ? undefined : String(found[1]);
}

function originOf(scheme: string, host: string, port: number): string {
  return new URL(`${scheme}//${host.includes(':') ? `[${host}]` : host}:${port}`).origin;
}
