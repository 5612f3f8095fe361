/** The embedded target: a stand-in API made from the contract alone, and an OIDC provider beside it, both on loopback. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { HarnessError } from '../../errors.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { Contract } from '../../spec/contract.ts';
import { locate } from '../../spec/locate.ts';
import { standardServer } from '../../spec/servers.ts';
import type { Target } from '../target.ts';
import { jsonAnswer, type Answer } from './answer.ts';
import type { Credentials } from './authenticate.ts';
import { breakAnswer } from './broken-answer.ts';
import { changedDocument } from './changed-document.ts';
import { docsPage } from './docs-page.ts';
import { createFaultSwitch, type Faults, type FaultSwitch } from './faults.ts';
import { answerPreflight, readableBy } from './cross-origin.ts';
import { collectBody } from './incoming.ts';
import { listenOnLoopback } from './loopback-server.ts';
import type { EmbeddedTargetOptions } from './options.ts';
import { startProvider } from './provider.ts';
import { respond } from './respond.ts';
import { restoreSeen, type SeenAnswer } from './restore.ts';
import { createWorld, type World } from './world.ts';
import { writeAnswer } from './write-answer.ts';

/** What makes a stand-in other than its document says. */
export interface EmbeddedTargetExtras {
  /** What is served as the document; the contract's own by default. */
  readonly document?: JsonObject;
  readonly faults?: Faults;
  /** What others once saw: it is there when the stand-in starts. */
  readonly seen?: readonly SeenAnswer[];
  /** Hears, once each, what the stand-in could not infer or answer. */
  readonly onProgress?: (line: string) => void;
}

/** The stand-in, up. */
export interface EmbeddedTarget extends Target {
  readonly kind: 'embedded';
  readonly documentUrl: string;
  readonly issuer: string;
  /** Switches faults: these on, all others off. */
  readonly setFaults: (faults: Faults) => void;
  /** The provider signs with another key from now on, and the API refuses what was signed before. */
  readonly rotateKeys: () => void;
}

/** How long the fault `slow` keeps a GET waiting, in milliseconds. */
export const slowness = 2000;

/**
 * A stand-in that is up. Throws HarnessError E_OPTIONAL without the package oidc-provider, E_TARGET when its port is taken,
 * E_OVERLAY for an extension such as `x-specproof-owner` of the wrong form, E_HAR when the answers seen show nothing of this API.
 */
export async function embeddedTarget(
  contract: Contract,
  options: EmbeddedTargetOptions,
  extras: EmbeddedTargetExtras = {},
): Promise<EmbeddedTarget> {
  const faults = createFaultSwitch(extras.faults ?? []);
  const world = createWorld(contract, options, extras.onProgress ?? (() => undefined));
  const basePath = basePathOf(contract, options);
  if (extras.seen !== undefined && restoreSeen(world, basePath, extras.seen) === 0) {
    throw new HarnessError('E_HAR', 'the recording shows nothing that the stand-in could start with', {
      hint: 'record lists and single things of this very API, with their bodies',
    });
  }
  const clients = options.clients ?? {};
  const provider = await startProvider({ clients, scopes: scopesOf(contract, options), faults });
  const place: Place = {
    world,
    faults,
    basePath,
    document: extras.document ?? contract.document,
    issuer: provider.issuer,
    credentials: { verify: provider.verify, clients, rolesClaim: options.rolesClaim },
  };
  try {
    const server = await listenOnLoopback((request, response) => void serve(place, request, response), options.port ?? 0, 'the stand-in');
    const baseUrl = `http://127.0.0.1:${server.port}${place.basePath}`;
    return {
      kind: 'embedded',
      baseUrl,
      documentUrl: `${baseUrl}/openapi.json`,
      issuer: provider.issuer,
      rotateKeys: provider.rotateKeys,
      setFaults: faults.set,
      dispose: async () => void (await Promise.all([server.close(), provider.close()])),
    };
  } catch (error) {
    await provider.close();
    throw error;
  }
}

/** Where the stand-in is, but for the port. */
const here = 'http://127.0.0.1';

interface Place {
  readonly world: World;
  readonly faults: FaultSwitch;
  /** Without a trailing slash; empty for the root. */
  readonly basePath: string;
  readonly document: JsonObject;
  readonly issuer: string;
  readonly credentials: Credentials;
}

/** Scopes that the provider grants: those the contract asks for, when roles are scopes. */
function scopesOf(contract: Contract, { rolesClaim = 'scope' }: EmbeddedTargetOptions): readonly string[] {
  if (rolesClaim !== 'scope') return [];
  return [...new Set(contract.operations.flatMap(({ security }) => security.flat().flatMap(({ scopes }) => scopes)))];
}

function basePathOf(contract: Contract, { basePath }: EmbeddedTargetOptions): string {
  const path = basePath ?? (URL.parse(standardServer(contract), 'http://127.0.0.1')?.pathname || '/');
  return `/${path}`.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '');
}

async function serve(place: Place, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world, faults } = place;
  const body = await collectBody(request).catch(() => undefined);
  if (response.destroyed) return;
  const url = URL.parse(request.url ?? '/', here);
  const method = request.method ?? 'GET';
  // percent-encoding as it came: `URL` would resolve dot segments
  const [path = '/'] = (request.url ?? '/').split('?');
  const located = locate(world.contract, `${here}${path}`, `${here}${place.basePath}`);
  let answer: Answer;
  let delivery: 'whole' | 'cut-short' | 'endless-body' = 'whole';
  const preflight = answerPreflight(method, request.headers);
  if (preflight !== undefined) answer = preflight;
  else if (body === undefined) answer = jsonAnswer(413, { detail: 'The body is too large' });
  else if (located === undefined || url === null) answer = jsonAnswer(404, { detail: 'Not Found' });
  else {
    const operation = located.operations.find((fitting) => fitting.method === method);
    const own = operation === undefined && method === 'GET' ? ownPage(place, located.path) : undefined;
    const incoming = { method, target: request.url ?? '/', ...located, query: url.searchParams, headers: request.headers, body };
    answer = own ?? breakAnswer(world.shapes, faults, operation, await answered(place, incoming));
    if (own === undefined && operation !== undefined && method === 'GET') {
      if (faults.has('slow')) await delay(slowness);
      delivery = faults.has('cut-short') ? 'cut-short' : faults.has('endless-body') ? 'endless-body' : 'whole';
    }
  }
  writeAnswer(response, readableBy(request.headers.origin, answer), delivery);
}

async function answered({ world, credentials, faults }: Place, incoming: Parameters<typeof respond>[3]): Promise<Answer> {
  try {
    return await respond(world, credentials, faults, incoming);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    world.note(`${incoming.method} ${incoming.path}: the stand-in broke: ${reason}`);
    return jsonAnswer(500, { detail: 'The stand-in broke; this is a fault of specproof' });
  }
}

/** The document and the page that shows it. */
function ownPage({ document, faults, world, basePath, issuer }: Place, path: string): Answer | undefined {
  if (path === '/openapi.json') return jsonAnswer(200, faults.has('changed-document') ? changedDocument(document) : document);
  if (path !== '/docs') return undefined;
  const hint = `Tokens: curl -u CLIENT:SECRET -d grant_type=client_credentials ${issuer}/token, or specproof token.`;
  const html = docsPage(world.contract.title, `${basePath}/openapi.json`, hint);
  return { status: 200, headers: [['content-type', 'text/html; charset=utf-8']], body: Buffer.from(html) };
}
