/** Keep-alive connections by origin, each lent to one request at a time. Knows which have been used before: only those can have been closed unnoticed. */
import type { HttpProtocol } from './exchange.ts';
import type { Connect } from './network.ts';
import { Client } from './undici.ts';

/** One connection, or the place of one: undici opens it when it is first used and again after it was closed. */
export interface Connection {
  readonly client: Client;
  /** Answers that came over the socket that is open now. */
  answers: number;
  /** When the last answer was whole, in the clock's milliseconds. */
  lastUsed: number;
  /** The status of the last answer. */
  lastStatus: number;
  /** What the socket that is open now, or was last, speaks. */
  protocol: HttpProtocol;
  readonly origin: Origin;
}

export interface Origin {
  readonly url: string;
  readonly idle: Connection[];
  readonly waiting: ((connection: Connection) => void)[];
  /** Connections lent or idle. */
  open: number;
  /** Whether connections outlive an answer: `unknown` until one was used twice, `no` from when one was found closed although the server had not said it would. */
  keepsOpen: 'yes' | 'no' | 'unknown';
}

export interface ConnectionOptions {
  /** Most connections to one origin. */
  readonly connections: number;
  readonly connect: Connect;
  /** Milliseconds. */
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
}

export interface Connections {
  /** A connection of one's own, at once when one is free. */
  readonly take: (origin: string) => Connection | Promise<Connection>;
  /** Gives it back to whoever waits longest. */
  readonly release: (connection: Connection) => void;
  /** Gives up the socket; the next request on what comes back opens a new one. */
  readonly renew: (connection: Connection) => Connection;
  /** Ends all, requests under way included; what is taken afterwards is dead. */
  readonly close: () => Promise<void>;
}

/** A pool of connections; nothing is opened before it is asked for. */
export function createConnections(options: ConnectionOptions): Connections {
  const origins = new Map<string, Origin>();
  const clients = new Set<Client>();
  let closed = false;

  const originOf = (url: string): Origin => {
    const known = origins.get(url);
    if (known !== undefined) return known;
    const origin: Origin = { url, idle: [], waiting: [], open: 0, keepsOpen: 'unknown' };
    origins.set(url, origin);
    return origin;
  };

  const connect = (origin: Origin): Connection => {
    const connection = createConnection(origin, options);
    if (closed) void connection.client.destroy();
    else clients.add(connection.client);
    return connection;
  };

  return {
    take: (url) => {
      const origin = originOf(url);
      const idle = origin.idle.pop();
      if (idle !== undefined) return idle;
      if (origin.open < options.connections) {
        origin.open += 1;
        return connect(origin);
      }
      return new Promise((resolve) => {
        origin.waiting.push(resolve);
      });
    },
    release: (connection) => {
      const next = connection.origin.waiting.shift();
      if (next === undefined) connection.origin.idle.push(connection);
      else next(connection);
    },
    renew: (connection) => {
      clients.delete(connection.client);
      void connection.client.destroy();
      return connect(connection.origin);
    },
    close: async () => {
      closed = true;
      await Promise.all([...clients].map((client) => client.destroy()));
      clients.clear();
    },
  };
}

function createConnection(origin: Origin, options: ConnectionOptions): Connection {
  const { headersTimeout, bodyTimeout } = options;
  const client = new Client(origin.url, {
    pipelining: 1,
    headersTimeout,
    bodyTimeout,
    connect: (to, callback) => {
      options.connect(to, (error, socket) => {
        if (error !== null) callback(error, null);
        else {
          connection.protocol = 'alpnProtocol' in socket && socket.alpnProtocol === 'h2' ? 'HTTP/2' : 'HTTP/1.1';
          callback(null, socket);
        }
      });
    },
  });
  const connection: Connection = { client, answers: 0, lastUsed: 0, lastStatus: 0, protocol: 'HTTP/1.1', origin };
  client.on('connect', () => {
    connection.answers = 0;
  });
  client.on('disconnect', (_url, _targets, error) => {
    // UND_ERR_INFO: undici closed it, on its own account or at the server's announced wish.
    if (origin.idle.includes(connection) && error.code !== 'UND_ERR_INFO') origin.keepsOpen = 'no';
    connection.answers = 0;
  });
  return connection;
}
