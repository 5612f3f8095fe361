import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { isHarnessError } from '../../../../src/errors.ts';
import type { Json, JsonObject } from '../../../../src/lib/json.ts';
import { loadSeed } from '../../../../src/run/load-seed.ts';
import { createContract } from '../../../../src/spec/create-contract.ts';
import type { SeenAnswer } from '../../../../src/targets/embedded/restore.ts';
import { makeFolder, runMain } from '../../../support/run-main.ts';
import { document, serveThings } from '../../sources/vitest/thing-api.ts';
import { startApi, type Api } from './api.ts';
import { pets } from './pets.ts';

const contract = createContract(pets);
const clients = { keeper: { secret: 'k', claims: { sub: 'keeper@pets.example' } } };

const seen = (method: string, path: string, status: number, json?: Json): SeenAnswer => ({
  method,
  url: `https://staging.example/api/v1${path}`,
  status,
  type: json === undefined ? undefined : 'application/json',
  body: Buffer.from(json === undefined ? '' : JSON.stringify(json)),
});

const pet = (id: number, more: Readonly<Record<string, Json>> = {}): JsonObject => ({
  id,
  name: `Pet ${id}`,
  kind: 'cat',
  state: 'available',
  weight: 3,
  ...more,
});
const owner = '7f0c5b9e-6b0f-4f5e-9d7e-5a0f3a1b2c3d';

describe('what a recording shows', () => {
  let api: Api;
  afterEach(() => api.target.dispose());
  const start = async (...answers: readonly SeenAnswer[]): Promise<void> => {
    api = await startApi(contract, { clients }, { seen: answers });
  };
  const get = async (path: string): ReturnType<Api['call']> => api.call('keeper', 'GET', path);

  test('of lists, reads, creations and changes is there at the start, as it was seen last', async () => {
    await start(
      seen('GET', '/pets', 200, { data: [pet(3), pet(7)], meta: { total: 2, total_pages: 1 } }),
      seen('POST', '/pets', 201, pet(9)),
      seen('PATCH', '/pets/7', 200, pet(7, { name: 'Moritz' })),
      seen('GET', '/pets/12', 404),
    );
    const { json } = await get('/pets');
    expect(json.data.map(({ id, name }: { id: number; name: string }) => [id, name])).toEqual([
      [3, 'Pet 3'],
      [7, 'Moritz'],
      [9, 'Pet 9'],
    ]);
    expect((await get('/pets/12')).status).toBe(404);
    expect((await api.call('keeper', 'POST', '/pets', { name: 'New', kind: 'dog' })).json.id).toBe(1);
  });

  test('of deletions is gone', async () => {
    await start(seen('GET', '/pets/3', 200, pet(3)), seen('GET', '/pets/4', 200, pet(4)), seen('DELETE', '/pets/3', 200, pet(3)));
    expect([(await get('/pets/3')).status, (await get('/pets/4')).status]).toEqual([404, 200]);
  });

  test('below a parent belongs to it', async () => {
    const ada = { id: owner, name: 'Ada', createdAt: '2026-01-01T00:00:00Z', createdBy: 'ada' };
    await start(
      seen('GET', `/owners/${owner}`, 200, ada),
      seen('GET', `/owners/${owner}/pets`, 200, [pet(5, { ownerId: owner })]),
      seen('GET', '/pets/6', 200, pet(6)),
    );
    expect((await get(`/owners/${owner}/pets`)).json).toMatchObject([{ id: 5, ownerId: owner }]);
  });

  test('of files is listed, and given byte by byte where they were fetched', async () => {
    await start(seen('GET', '/pets/3', 200, pet(3, { photos: [{ filename: 'a.png', size: 3 }] })), {
      ...seen('GET', '/pets/3/photos/a.png', 200),
      type: 'image/png',
      body: Buffer.from([1, 2, 3]),
    });
    expect((await get('/pets/3')).json.photos).toEqual([{ filename: 'a.png', size: 3 }]);
    const file = await get('/pets/3/photos/a.png');
    expect([file.headers.get('content-type'), [...file.bytes]]).toEqual(['image/png', [1, 2, 3]]);
  });

  test('is found below whatever base path it was recorded', async () => {
    await start({ ...seen('GET', '/pets/3', 200, pet(3)), url: 'http://127.0.0.1:9000/proxied/elsewhere/pets/3?x=1' });
    expect((await get('/pets/3')).status).toBe(200);
  });
});

test('what a run saw is there in a stand-in that starts with its HAR file', async () => {
  const { origin } = await serveThings();
  const folder = await makeFolder({ 'things.json': JSON.stringify(document) });
  onTestFinished(folder.dispose);
  const har = join(folder.path, 'run.har');
  const run = ['run', 'things.json', '--base-url', origin, '--phases', 'examples', '--report', `har=${har}`, '--quiet'];
  await runMain(run, { cwd: folder.path });
  const things = createContract(document);
  const api = await startApi(things, {}, { seen: await loadSeed(har, things) });
  onTestFinished(api.target.dispose);
  const { json } = await api.call(undefined, 'GET', '/things');
  expect(json).toEqual([
    { id: 1, name: 'one' },
    { id: 2, name: expect.any(String) },
  ]);
});

test('a recording that shows nothing of the API is refused, and one in HAR is read', async () => {
  const refusal: unknown = await startApi(contract, { clients }, { seen: [seen('GET', '/cars', 200, [])] }).catch(
    (error: unknown) => error,
  );
  expect(isHarnessError(refusal) && refusal.code).toBe('E_HAR');
  const folder = await makeFolder({});
  const entry = {
    startedDateTime: '2026-01-01T00:00:00Z',
    time: 1,
    request: {
      method: 'GET',
      url: 'https://staging.example/api/v1/pets/3',
      httpVersion: 'HTTP/1.1',
      headers: [],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      cookies: [],
      content: { size: JSON.stringify(pet(3)).length, mimeType: 'application/json', text: JSON.stringify(pet(3)) },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 1, receive: 0 },
  };
  const file = join(folder.path, 'session.har');
  await writeFile(file, JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [entry] } }));
  const api = await startApi(contract, { clients }, { seen: await loadSeed(file, contract) });
  expect((await api.call('keeper', 'GET', '/pets/3')).json).toMatchObject(pet(3));
  await api.target.dispose();
  await folder.dispose();
});
