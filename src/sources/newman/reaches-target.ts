/** Whether a connection would reach the target's origin, by whatever name it is asked for. Looks names up; connects to nothing. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where a connection is about to go. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** The request's Host field where it has one: a server may go by it rather than by the address. */
  readonly hostField: string | undefined;
}

/**
 * A test for destinations that reach the origin of `baseUrl`: the same host and port, another name or address of the
 * same loopback or local server, its bare IP address, or the other web port of the same host (80 and 443 are one
 * server as a rule). Another name on a shared address is another origin (RFC 6454), unless the Host field names the target.
 */
export function createReachesTarget(baseUrl: string): (destination: Destination) => Promise<boolean> {
  const { protocol, hostname } = new URL(baseUrl);
  const target = bareHost(hostname);
  const targetPort = portOf(new URL(baseUrl));
  let targetAddresses: Promise<readonly string[]> | undefined;

  return async ({ host, port, hostField }) => {
    const asked = bareHost(host);
    if (!isSamePort(port, targetPort)) return false;
    if (asked === target) return true;
    targetAddresses ??= addressesOf(target);
    const [wanted, found] = await Promise.all([targetAddresses, addressesOf(asked)]);
    const local = localAddresses();
    if (wanted.some((address) => local.has(address)) && found.some((address) => local.has(address))) return true;
    if (!wanted.some((address) => found.includes(address))) return false;
    return isIP(asked) !== 0 || isIP(target) !== 0 || namesTarget(hostField, protocol, target);
  };
}

/** The same for a connection that is up, by its address alone: who shares the target's address and port counts as the target. */
export async function createReachesAddress(baseUrl: string): Promise<(address: string | undefined, port: number | undefined) => boolean> {
  const url = new URL(baseUrl);
  const wanted = await addressesOf(bareHost(url.hostname));
  const local = localAddresses();
  const isLocal = wanted.some((address) => local.has(address));
  return (address = '', port = 0) => {
    const found = plainAddress(address);
    return isSamePort(port, portOf(url)) && (wanted.includes(found) || (isLocal && local.has(found)));
  };
}

/** The port of a URL, its scheme's default where it names none. */
function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function isSamePort(port: number, other: number): boolean {
  return port === other || (isWebPort(port) && isWebPort(other));
}

function isWebPort(port: number): boolean {
  return port === 80 || port === 443;
}

function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function namesTarget(hostField: string | undefined, protocol: string, target: string): boolean {
  const url = URL.parse(`${protocol}//${hostField ?? ''}`);
  return url !== null && bareHost(url.hostname) === target;
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1', '::1'];
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address }) => plainAddress(address));
  } catch {
    // A name that cannot be looked up cannot be dialled either.
    return [];
  }
}

/** IPv4-mapped addresses as IPv4, and all that reach this machine's own loopback (RFC 1122 section 3.2.1.3) as one. */
function plainAddress(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  return plain.startsWith('127.') || plain === '0.0.0.0' || plain === '::' ? '127.0.0.1' : plain;
}

function localAddresses(): ReadonlySet<string> {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return new Set(['127.0.0.1', '::1', ...own.map(({ address }) => plainAddress(address))]);
}
