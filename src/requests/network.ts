/** The way to an origin: its address, the proxy before it, the TLS on top. One way for requests, documents, tokens and collections. Sends no request of its own but CONNECT. */
import { isIP, type LookupFunction } from 'node:net';
import type { buildConnector as BuildConnector } from 'undici';
import { readTls } from './client-tls.ts';
import { faultOf } from './faults.ts';
import { openTunnel, proxyChoice } from './proxy.ts';
import { buildConnector, wholeUndici } from './undici.ts';

/** What can be said of the way. Plain data: files are named, not held, and so is the variable that holds a passphrase. */
export interface NetworkOptions {
  /** URL of a proxy for everything but what `NO_PROXY` names. Undefined: what the environment says; never for loopback. */
  readonly proxy?: string;
  /** PEM file of certificates to trust beside the platform's. */
  readonly cacert?: string;
  /** PEM file of the client's certificate, its chain behind it. */
  readonly cert?: string;
  /** PEM file of its private key; `cert` itself by default. */
  readonly key?: string;
  /** Environment variable that holds the key's passphrase. */
  readonly keyPassphrase?: string;
  /** Certificates are not checked. */
  readonly insecure?: boolean;
  /** Addresses to use instead of asking a name server. */
  readonly resolve?: readonly ResolvedHost[];
  /** HTTP/2 where the server offers it in the TLS handshake (RFC 9113 section 3.2). */
  readonly http2?: boolean;
}

/** An address to use for a host and port. */
export interface ResolvedHost {
  readonly host: string;
  readonly port: number;
  readonly address: string;
}

/** Opens a connection, TLS included. */
export type Connect = BuildConnector.connector;

export interface Network {
  readonly connect: Connect;
  /** The same for whom HTTP/1.1 is all. */
  readonly connectHttp1: Connect;
  /** `fetch` over such connections. */
  readonly fetch: typeof globalThis.fetch;
  /** Undefined once there is a connection to the origin of the URL, TLS included, else what went wrong in one line. */
  readonly reach: (url: URL) => Promise<Error | undefined>;
}

export interface NetworkSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for one connection. */
  readonly timeout: number;
}

/**
 * The network. Reads the files; opens nothing yet.
 * @throws HarnessError `E_NETWORK` for a file, key or proxy that cannot be used, `E_SECRET` for a passphrase that is not set
 */
export function openNetwork(options: NetworkOptions, { env, timeout }: NetworkSurroundings): Network {
  const tls = readTls(options, env);
  const connector = (more: BuildConnector.BuildOptions = {}): Connect => buildConnector({ ...tls, allowH2: false, timeout, ...more });
  const toProxy = connector();
  const proxyFor = proxyChoice(options.proxy, env);

  const way = (http2: boolean): Connect => {
    const alpn = { allowH2: http2, preferH2: true };
    const direct = connector(alpn);
    const pinned = new Map((options.resolve ?? []).map((entry) => [authorityOf(entry), connector({ ...alpn, lookup: lookupOf(entry) })]));
    return (to, callback) => {
      const authority = authorityOf({ host: to.hostname, port: portOf(to) });
      const known = pinned.get(authority);
      const proxy = known === undefined ? proxyFor(to.protocol, to.hostname, portOf(to)) : undefined;
      if (proxy === undefined) {
        (known ?? direct)(to, callback);
        return;
      }
      openTunnel(proxy, authority, { connect: toProxy, timeout }, (error, socket) => {
        if (error === null && to.protocol === 'https:') direct({ ...to, httpSocket: socket }, callback);
        else if (error === null) callback(null, socket);
        else callback(error, null);
      });
    };
  };
  const connectHttp1 = way(false);
  const connect = options.http2 === true ? way(true) : connectHttp1;
  // The platform's fetch speaks an older form of dispatchers, and has other types for it.
  let own: object | undefined;
  const ownDispatcher = (): object => {
    const { Agent, Dispatcher1Wrapper } = wholeUndici();
    return { dispatcher: new Dispatcher1Wrapper(new Agent({ connect })) };
  };
  return {
    connect,
    connectHttp1,
    fetch: (input, init) => globalThis.fetch(input, { ...init, ...(own ??= ownDispatcher()) }),
    reach: (url) => reach(connect, url),
  };
}

function reach(connect: Connect, { protocol, hostname, host, port }: URL): Promise<Error | undefined> {
  return new Promise((resolve) => {
    connect({ protocol, hostname: bareHost(hostname), host, port }, (error, socket) => {
      socket?.on('error', () => undefined).destroy();
      resolve(error === null ? undefined : new Error(faultOf(error, false).message, { cause: error }));
    });
  });
}

function lookupOf({ address }: ResolvedHost): LookupFunction {
  const family = isIP(address);
  return (_host, { all }, callback) => {
    if (all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function portOf({ protocol, port }: { readonly protocol: string; readonly port: string }): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

function authorityOf({ host, port }: { readonly host: string; readonly port: number }): string {
  const bare = bareHost(host).toLowerCase();
  return `${bare.includes(':') ? `[${bare}]` : bare}:${port}`;
}
