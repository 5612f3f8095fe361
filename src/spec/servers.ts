/** Where operations are: the document's servers, an operation's own ones, and the base URL that a run has for them. Pure. */
import { isLoopback } from '../lib/is-loopback.ts';
import { isObject, member, type Json } from '../lib/json.ts';
import type { Contract, Operation, Server } from './contract.ts';

/** Servers as written. @see https://spec.openapis.org/oas/v3.1.1#server-object */
export function readServers(servers: Json | undefined): Server[] {
  return (Array.isArray(servers) ? servers : []).flatMap((server: Json) => {
    const url = member(server, 'url');
    const variables = Object.entries(member(server, 'variables') ?? {}).filter((entry) => isObject(entry[1]));
    return typeof url === 'string'
      ? [{ url, variables: new Map(variables.map(([name, variable]) => [name, readVariable(variable)])) }]
      : [];
  });
}

/** @see https://spec.openapis.org/oas/v3.1.1#server-variable-object */
function readVariable(variable: Json): { readonly standard: string; readonly allowed: readonly string[] } {
  const allowed = member(variable, 'enum');
  return { standard: String(member(variable, 'default') ?? ''), allowed: Array.isArray(allowed) ? allowed.map(String) : [] };
}

/** URL of the document's first server, its variables at their defaults; possibly relative, `/` where there is none. */
export function standardServer({ servers: [first] }: Pick<Contract, 'servers'>): string {
  return first === undefined ? '/' : serverUrl(first);
}

/** URLs of all the document's servers, as `standardServer` gives the first one. */
export function serverUrls({ servers }: Pick<Contract, 'servers'>): readonly string[] {
  return servers.map(serverUrl);
}

/** An empty URL stands for `/`: resolved to the letter, it would be the document's own address. */
function serverUrl({ url, variables }: Server): string {
  if (url === '') return '/';
  return url.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => variables.get(name)?.standard ?? '');
}

type Place = Pick<Contract, 'servers' | 'location'>;

/**
 * Where the paths of an operation begin when those of the document begin at `baseUrl`: its own servers move it beside that.
 * `baseUrl` itself for an operation that `isElsewhere`.
 */
export function operationBase(contract: Place, operation: Pick<Operation, 'servers'>, baseUrl: string): string {
  const [own] = operation.servers;
  return own === undefined ? baseUrl : (ownBase(contract, own, baseUrl) ?? baseUrl);
}

/** Whether only the document's authors know where an operation is: at a host that `baseUrl` does not stand for. */
export function isElsewhere(contract: Place, operation: Pick<Operation, 'servers'>, baseUrl: string): boolean {
  const [own] = operation.servers;
  return own !== undefined && ownBase(contract, own, baseUrl) === undefined;
}

const ownBases = new WeakMap<readonly Server[], Map<string, string | undefined>>();

function ownBase(contract: Place, own: Server, baseUrl: string): string | undefined {
  const known = ownBases.get(contract.servers) ?? new Map<string, string | undefined>();
  ownBases.set(contract.servers, known);
  const key = `${baseUrl} ${serverUrl(own)}`;
  if (!known.has(key)) known.set(key, resolveOwn(contract, serverUrl(own), baseUrl));
  return known.get(key);
}

/**
 * The same way from the base URL as the document has it from its first server. Another host only where the base URL is the document's own
 * address too, and never one outside of this machine in its place.
 */
function resolveOwn(contract: Place, own: string, baseUrl: string): string | undefined {
  const fetched = /^https?:/i.test(contract.location) ? contract.location : undefined;
  const base = URL.parse(baseUrl);
  const shared = URL.parse(standardServer(contract), fetched ?? baseUrl);
  const url = shared && URL.parse(own, fetched ?? shared.href);
  if (!base || !url || !/^https?:$/.test(url.protocol)) return undefined;
  if (base.origin === shared.origin && url.origin !== shared.origin)
    return isLoopback(baseUrl) && !isLoopback(url.href) ? undefined : url.href.replace(/\/+$/, '');
  const path = url.host === shared.host ? movedPath(shared.pathname, base.pathname, url.pathname) : undefined;
  return path === undefined ? undefined : base.origin + path;
}

/** The path beside `actual` that `own` is beside `documented`; undefined where that cannot be told. */
function movedPath(documented: string, actual: string, own: string): string | undefined {
  const [from, to, wanted] = [documented, actual, own].map((path) => path.split('/').filter((segment) => segment !== '')) as [
    string[],
    string[],
    string[],
  ];
  while (from.length > 0 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  return from.every((segment, index) => segment === wanted[index])
    ? [...to, ...wanted.slice(from.length)].map((segment) => `/${segment}`).join('')
    : undefined;
}
