/** Starts the bike rental on a free loopback port, with the wanted switches on. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createContract } from '../../../src/spec/create-contract.ts';
import { upgradeDocument } from '../../../src/spec/upgrade-document.ts';
import type { TestApi } from '../test-api.ts';
import { bikeHandlers } from './bikes.ts';
import { rentalDocument } from './document.ts';
import { noteHandlers } from './notes.ts';
import { otherHandlers } from './others.ts';
import { serviceHandlers } from './services.ts';
import { createRaces } from './races.ts';
import { rentalSwitches } from './switches.ts';
import { understand } from './understand.ts';
import { createWorld, refusal, users, type Reply, type User } from './world.ts';

const upgraded = upgradeDocument(rentalDocument);
const contract = createContract(upgraded.document, { dialect: upgraded.dialect });
const handlers = { ...bikeHandlers, ...noteHandlers, ...serviceHandlers, ...otherHandlers };
const base = '/api/v2';

/** A running rental, empty. Throws an Error for an unknown switch. */
export async function startRental(ids: readonly string[]): Promise<TestApi> {
  for (const id of ids) if (!rentalSwitches.some((one) => one.id === id)) throw new Error(`there is no switch ${id}`);
  const switched = new Set(ids);
  const world = createWorld();
  const on = (id: string): boolean => switched.has(`rental-${id}`);
  const handle = createRaces(world, on);
  let origin = '';
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const url = new URL(request.url ?? '/', 'http://rental.test');
    const path = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : '';
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const fitting = contract.matchPath(path);
    if (fitting.length === 0) return refusal(404, 'There is nothing here.');
    const allowed = [
      ...fitting.map(({ method }) => method),
      'OPTIONS',
      ...(fitting.some(({ method }) => method === 'GET') ? ['HEAD'] : []),
    ];
    if (request.method === 'OPTIONS') return { status: 204, headers: { Allow: allowed.join(', ') } };
    const asPut = request.method === 'PATCH' && path.startsWith('/stations/') && on('station-patched');
    const operation = contract.match(request.method === 'HEAD' ? 'GET' : asPut ? 'PUT' : (request.method ?? ''), path);
    if (!operation) return { ...refusal(405, 'Not that way.'), headers: { Allow: allowed.join(', ') } };
    const user = users[String(request.headers['x-api-key'] ?? '')] ?? admitted(on, operation.id, request);
    if (!user) return refusal(on('unknown-is-forbidden') ? 403 : 401, 'Who are you?');
    if (operation.method !== 'GET' && !user.writes && !on('reader-writes')) return refusal(403, 'You may only read.');
    const arrived = { method: operation.method, path, query: url.searchParams, headers: request.headers, bytes: Buffer.concat(chunks) };
    const understood = await understand(contract, operation, arrived, (complaint) =>
      passing.some(([id, one]) => on(id) && complaint.startsWith(one)),
    );
    if ('status' in understood) return refusal(understood.status, 'The request is not as it must be.', understood.fields);
    const handler = handlers[operation.id];
    if (!handler) return refusal(404, 'There is nothing here.');
    return await handle(operation.id, (kept) => handler({ world: kept, on, user, origin, arrived, request: understood }));
  };
  const server = createServer({ keepAliveTimeout: 120_000, maxHeaderSize: 64 * 1024 }, (request, response) => {
    void answer(request)
      .catch((error: unknown): Reply => ({ status: 500, body: { error: { code: 'E500', message: String(error) } } }))
      .then((reply) => write(response, reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
  const [main = '', other = '', reader = '', stranger = ''] = Object.keys(users);
  return {
    baseUrl: origin,
    tokens: { main, other, reader, stranger },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Complaints that a switch lets through, by how they begin. */
const passing: readonly (readonly [string, string])[] = [
  ['page-size-over', 'pageSize maximum'],
  ['category-unknown', 'category/0 enum'],
  ['exclusive-bound', 'body/pricePerDay exclusiveMaximum'],
  ['multiple-of', 'body/pricePerDay multipleOf'],
  ['frame-pattern', 'body/frameNumber pattern'],
  ['tags-repeat', 'body/tags uniqueItems'],
  ['empty-patch', 'body minProperties'],
  ['nested-required', 'body/dimensions required'],
  ['null-brand', 'body/brand type'],
  ['form-rating', 'body/rating maximum'],
  ['form-about', 'body/about enum'],
  ['form-required', 'body required'],
  ['form-without-file', 'body required'],
  ['form-comment', 'body/comment maxLength'],
  ['side-unknown', 'body/side enum'],
  ['code-pattern', 'code pattern'],
  ['bulk-of-six', 'body/bikes maxItems'],
  ['bulk-of-no-brand', 'body/bikes/0 required'],
  ['reason-unknown', 'body/reason enum'],
  ['any-media-type', 'media-type'],
];

function admitted(on: (id: string) => boolean, operation: string, request: IncomingMessage): User | undefined {
  const known = users['key-of-main-1f0c'];
  if (on('key-in-capitals') && request.headers['x-api-key'] === 'KEY-OF-MAIN-1F0C') return known;
  if (on('key-with-more') && String(request.headers['x-api-key']).startsWith('key-of-main-1f0c')) return known;
  if (on('open-door') && operation === 'POST /rentals/{rentalId}/cancel') return known;
  if (on('any-key') && request.headers['x-api-key'] !== undefined && operation === 'GET /stations') return known;
  return undefined;
}

function write(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  const bytes = body === undefined ? undefined : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    ...(bytes && !(body instanceof Uint8Array) && { 'Content-Type': 'application/json' }),
    ...headers,
    ...(bytes && { 'Content-Length': bytes.length }),
  });
  response.end(bytes);
}
