/** Finds what a URL leads to, by the document's servers and path templates. Pure. */
import { pathBelow } from '../lib/path-below.ts';
import type { Contract, Method, Operation, Server } from './contract.ts';
import { operationBase } from './servers.ts';
import { fittingValues, templateSegment } from './template-segment.ts';

/** What a URL leads to. */
export interface Located {
  /** Without base and query. */
  readonly path: string;
  /** All operations that the path fits, whatever their method, best first; empty where the document does not know the path. */
  readonly operations: readonly Operation[];
}

/** What the document has at a URL, below the base URL or at any address that the document names; undefined where the API is not there at all. */
export function locate(contract: Contract, url: string, baseUrl: string): Located | undefined {
  let unknown: Located | undefined;
  for (const base of basesOf(contract, baseUrl)) {
    const path = pathBelow(url, base);
    if (path === undefined) continue;
    const operations = contract.matchPath(path).filter((operation) => operationBase(contract, operation, baseUrl) === base);
    if (operations.length > 0) return { path, operations };
    unknown ??= { path, operations };
  }
  return unknown ?? locateAsDocumented(contract, url);
}

/** The operation that a request is meant for; undefined where the document has none there. */
export function operationAt(
  contract: Contract,
  { method, url }: { readonly method: Method; readonly url: string },
  baseUrl: string,
): Operation | undefined {
  return locate(contract, url, baseUrl)?.operations.find((operation) => operation.method === method);
}

const bases = new WeakMap<readonly Operation[], Map<string, readonly string[]>>();

/** Where operations' paths begin, the longest first: it says most. */
function basesOf(contract: Contract, baseUrl: string): readonly string[] {
  const known = bases.get(contract.operations) ?? new Map<string, readonly string[]>();
  bases.set(contract.operations, known);
  let found = known.get(baseUrl);
  if (found === undefined) {
    const all = new Set([baseUrl, ...contract.operations.map((operation) => operationBase(contract, operation, baseUrl))]);
    found = [...all].sort((a, b) => b.length - a.length);
    known.set(baseUrl, found);
  }
  return found;
}

/** Below any absolute server, whatever its variables stand for there. */
function locateAsDocumented(contract: Contract, url: string): Located | undefined {
  const [address = ''] = url.split(/[?#]/);
  const parts = address.split('/');
  const servers = new Set([...contract.servers, ...contract.operations.flatMap((operation) => operation.servers)]);
  for (const server of servers) {
    const length = lengthOf(server, parts);
    if (length === undefined) continue;
    const path = `/${parts.slice(length).join('/')}`;
    const serves = ({ servers: own }: Operation): boolean => (own.length > 0 ? own : contract.servers).includes(server);
    return { path, operations: contract.matchPath(path).filter(serves) };
  }
  return undefined;
}

/** How many parts of an address are the server's; undefined where it is another one's. */
function lengthOf(server: Server, parts: readonly string[]): number | undefined {
  if (!/^https?:\/\//i.test(server.url)) return undefined;
  const wanted = server.url.replace(/\/+$/, '').split('/');
  const fits = wanted.every((part, index) => {
    const template = templateSegment(part);
    return fittingValues(template, parts[index] ?? '')?.every((value, at) => {
      const allowed = server.variables.get(template.names[at] ?? '')?.allowed ?? [];
      return allowed.length === 0 || allowed.includes(value);
    });
  });
  return fits ? wanted.length : undefined;
}
