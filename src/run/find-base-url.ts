/** Finds out where an API's paths begin, where its document does not tell it rightly: by asking for some. Sends no credential, and GET alone. */
import type { Contract, Operation } from '../spec/contract.ts';
import { isWebUrl } from '../spec/fetch-text.ts';
import { isSafe } from '../spec/is-safe.ts';
import { serverUrls, standardServer } from '../spec/servers.ts';
import { serverBaseUrl } from './base-url.ts';

/** Prefixes that gateways and frameworks set before the paths of a document. */
const usualPrefixes = ['/api', '/v1', '/api/v1'];

/** Milliseconds for one answer. */
const patience = 5000;

interface Place {
  /** URL that the user named, and the one that the document was found at; or a file. */
  readonly source: string;
  readonly location: string;
  readonly fetch: typeof fetch;
  readonly tell: (line: string) => void;
}

/** The base URL: what the document says, unless all that is asked for is absent there and not elsewhere on its origin. Undefined where nothing tells. */
export async function findBaseUrl(contract: Contract, place: Place): Promise<string | undefined> {
  const stated = statedBaseUrl(contract);
  const paths = plainReads(contract).map(({ path }) => path);
  if (paths.length === 0 || !isWebUrl(place.location)) return stated;
  if (stated !== undefined && !(await isAbsent(stated, paths, place))) return stated;
  for (const base of otherPlaces(contract, place).filter((other) => other !== stated)) {
    if (await isAbsent(base, paths, place)) continue;
    place.tell(
      stated === undefined
        ? `its paths begin at ${base}, as ${paths[0]} answers there: --base-url says otherwise`
        : `its paths are absent (404) below ${stated}, but not below ${base}: that is taken, --base-url says otherwise`,
    );
    return base;
  }
  return stated;
}

/** Some reads that need nothing: they can be tried anywhere. */
export function plainReads({ operations }: Contract): readonly Operation[] {
  return operations
    .filter(
      (operation) =>
        operation.method === 'GET' &&
        isSafe(operation) &&
        operation.parameters.every(({ required, in: place }) => !required && place !== 'path'),
    )
    .slice(0, 3);
}

function statedBaseUrl(contract: Contract): string | undefined {
  try {
    return serverBaseUrl(standardServer(contract), contract.location);
  } catch {
    return undefined;
  }
}

/** Where the paths may begin on the origin that serves the document, likeliest first. */
function otherPlaces(contract: Contract, { source, location }: Place): readonly string[] {
  const { origin } = new URL(location);
  const servers = serverUrls(contract).flatMap((server) => URL.parse(server, location)?.pathname ?? []);
  const addresses = [location, source].filter((url) => isWebUrl(url) && new URL(url).origin === origin);
  const prefixes = [...servers, ...addresses.flatMap((url) => foldersOf(new URL(url).pathname)), '', ...usualPrefixes];
  return [...new Set(prefixes.map((prefix) => `${origin}${prefix.replace(/\/+$/, '')}`))];
}

/** The folders that a path is in, the innermost first. */
function foldersOf(path: string): readonly string[] {
  const segments = path.split('/').slice(1, -1);
  return segments.map((_, index) => `/${segments.slice(0, segments.length - index).join('/')}`);
}

/** Whether each of the paths is answered with 404, by nobody, or with a page, as a server answers that has one page for all its paths. */
async function isAbsent(base: string, paths: readonly string[], { fetch }: Place): Promise<boolean> {
  for (const path of paths) {
    const answer = await fetch(`${base}${path}`, { redirect: 'manual', signal: AbortSignal.timeout(patience) }).catch(() => undefined);
    await answer?.body?.cancel();
    const isPage = answer?.ok === true && answer.headers.get('content-type')?.startsWith('text/html') === true;
    if (answer !== undefined && answer.status !== 404 && !isPage) return false;
  }
  return true;
}
