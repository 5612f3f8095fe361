/** Proxies: which one an origin is reached through, and the tunnel through it (RFC 9110 section 9.3.6). Tells nobody a proxy's password. */
import { isIP, type Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { HarnessError } from '../errors.ts';
import { faultOf } from './faults.ts';
import { Client, connectThrough } from './undici.ts';

type ProxyFor = (protocol: string, host: string, port: number) => URL | undefined;

/**
 * The proxy for an origin: the given one, else `HTTPS_PROXY` or `HTTP_PROXY` of the environment, but none where `NO_PROXY` names the host.
 * What the environment says does not hold for loopback: who exports a proxy does not mean his own machine.
 * @throws HarnessError `E_NETWORK` for one that is no http or https URL
 */
export function proxyChoice(given: string | undefined, env: Readonly<Record<string, string | undefined>>): ProxyFor {
  const variable = (name: string): string | undefined => (env[name.toLowerCase()] ?? env[name]) || undefined;
  const own = given === undefined ? undefined : parseProxy(given, '--proxy');
  const byVariable = (name: string): URL | undefined => {
    const value = own === undefined ? variable(name) : undefined;
    return value === undefined ? undefined : parseProxy(value, name);
  };
  const [http, https] = [byVariable('HTTP_PROXY'), byVariable('HTTPS_PROXY')];
  const exceptions = (variable('NO_PROXY') ?? '').toLowerCase().split(/[\s,]+/);
  return (protocol, host, port) => {
    const proxy = own ?? (isLoopback(host) ? undefined : protocol === 'https:' ? https : http);
    return proxy === undefined || exceptions.some((exception) => excepts(exception, host.toLowerCase(), port)) ? undefined : proxy;
  };
}

/** As curl reads `NO_PROXY`: a host and all below it, with or without a leading dot, with or without a port; `*` for all. */
function excepts(exception: string, host: string, port: number): boolean {
  if (exception === '' || exception === '*') return exception === '*';
  const [, name = exception, only] = /^(.*[^:]):(\d+)$/.exec(exception) ?? [];
  const bare = name.replace(/^\*?\./, '').replace(/^\[(.*)\]$/, '$1');
  return (only === undefined || Number(only) === port) && (host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`)));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function parseProxy(text: string, from: string): URL {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new HarnessError('E_NETWORK', `${from} is no http or https URL of a proxy`, {
    hint: `${from} looks like http://proxy.example:3128`,
  });
}

/** Opens a connection to `host:port` through the proxy. Fails with an error of code `EPROXY` that says in one line what the proxy did. */
export function openTunnel(
  proxy: URL,
  authority: string,
  { connect, timeout }: { readonly connect: buildConnector.connector; readonly timeout: number },
  callback: buildConnector.Callback,
): void {
  const client = new Client(proxy.origin, { connect, headersTimeout: timeout });
  connectThrough.call(client, { path: authority, headers: { host: authority, ...authorization(proxy) } }, (error, tunnel) => {
    void client.destroy();
    if (error !== null) {
      callback(proxyError(`the proxy ${proxy.host} cannot be used: ${faultOf(error, false).message}`, error), null);
      return;
    }
    const { socket, statusCode } = tunnel;
    if (statusCode >= 200 && statusCode < 300) {
      callback(null, socket as Socket);
      return;
    }
    socket.on('error', () => undefined).destroy();
    const remedy = statusCode === 407 ? ': it wants a name and password, http://NAME:PASSWORD@HOST:PORT' : '';
    callback(proxyError(`the proxy ${proxy.host} refuses the way to ${authority} with status ${statusCode}${remedy}`), null);
  });
}

function proxyError(message: string, cause?: Error): Error {
  return Object.assign(new Error(message, { cause }), { code: 'EPROXY' });
}

function authorization({ username, password }: URL): { readonly 'proxy-authorization'?: string } {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
