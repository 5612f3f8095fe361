import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '../../../../src/lib/json.ts';
import { valueAt } from '../../../../src/lib/json-pointer.ts';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { startApi, type Api } from './api.ts';
import { pets } from './pets.ts';

const contract = createContract(pets);
const clients = {
  keeper: { secret: 'k', claims: { sub: 'keeper@pets.example' } },
  visitor: { secret: 'v', claims: { scope: '' } },
  writer: { secret: 'w', claims: { scope: 'write' } },
};

describe('the stand-in of a hand-written document', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi(contract, { clients });
  });
  afterAll(() => api.target.dispose());
  const as = (method: string, path: string, body?: Parameters<Api['call']>[3]): ReturnType<Api['call']> =>
    api.call('keeper', method, path, body);

  test('takes its base path from the server of the document', () => {
    expect(api.target.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/);
    expect(api.target.documentUrl).toBe(`${api.target.baseUrl}/openapi.json`);
  });

  test('creates with a uuid, a time and the caller as the owner, and reads the same back', async () => {
    const made = await as('POST', '/owners', { name: 'Ada', phone: null });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ name: 'Ada', phone: null, createdBy: 'keeper@pets.example' });
    expect(Date.parse(made.json.createdAt)).toBeGreaterThan(Date.now() - 60_000);
    const read = await as('GET', `/owners/${made.json.id}`);
    expect(read.json).toEqual(made.json);
  });

  test('keeps sampled values the same in every answer', async () => {
    const made = await as('POST', '/pets', { name: 'Same', kind: 'cat' });
    const [read, listed] = await Promise.all([as('GET', `/pets/${made.json.id}`), as('GET', '/pets?q=same')]);
    expect(read.json).toEqual(made.json);
    expect(listed.json.data).toEqual([made.json]);
  });

  test('filters by property, searches, sorts and pages with totals', async () => {
    for (const [name, kind] of [
      ['Zoe', 'dog'],
      ['Abe', 'dog'],
      ['Moe', 'dog'],
    ] as const)
      await as('POST', '/pets', { name, kind });
    const dogs = await as('GET', '/pets?kind=dog&order_by=name&per_page=2');
    expect(dogs.json.data.map((pet: { name: string }) => pet.name)).toEqual(['Abe', 'Moe']);
    expect(dogs.json.meta).toMatchObject({ total: 3, page: 1, per_page: 2, total_pages: 2 });
    const next = await fetch(dogs.json.meta.next, { headers: { authorization: `Bearer ${await api.token('keeper')}` } });
    expect(await next.json()).toMatchObject({ data: [{ name: 'Zoe' }], meta: { page: 2, next: null } });
    const falling = await as('GET', '/pets?kind=dog&order_by=name&direction=desc&per_page=1');
    expect(falling.json.data[0].name).toBe('Zoe');
    const found = await as('GET', '/pets?q=moe');
    expect(found.json.data.map((pet: { name: string }) => pet.name)).toEqual(['Moe']);
  });

  test('pages bare arrays by limit and offset', async () => {
    for (const name of ['Bo', 'Cy', 'Di']) await as('POST', '/owners', { name });
    const all = await as('GET', '/owners?sort=-name');
    const piece = await as('GET', '/owners?sort=-name&limit=2&offset=1');
    expect(piece.json).toEqual(all.json.slice(1, 3));
    expect(piece.json).toHaveLength(2);
  });

  test('merges a PATCH and keeps the rest', async () => {
    const made = await as('POST', '/pets', { name: 'Old', kind: 'cat', chip: 'ABC1234' });
    const changed = await as('PATCH', `/pets/${made.json.id}`, { name: 'New' });
    expect(changed.json).toEqual({ ...made.json, name: 'New' });
  });

  test('a PUT with required properties replaces what it leaves out', async () => {
    const made = await as('POST', '/owners', { name: 'Eve', phone: '123' });
    const replaced = await as('PUT', `/owners/${made.json.id}`, { name: 'Eva' });
    expect(replaced.json).toEqual({ ...made.json, name: 'Eva', phone: null });
  });

  test('deletes once, then answers 404 in the declared shape', async () => {
    const made = await as('POST', '/pets', { name: 'Gone', kind: 'cat' });
    const deleted = await as('DELETE', `/pets/${made.json.id}`);
    expect([deleted.status, deleted.json.id]).toEqual([200, made.json.id]);
    for (const method of ['GET', 'DELETE']) {
      const missing = await as(method, `/pets/${made.json.id}`);
      expect(missing.status).toBe(404);
      expect(missing.json).toMatchObject({ code: 404, message: 'There is no such thing' });
    }
  });

  test('creates below a parent: refers to it, lists it there and in the collection', async () => {
    const owner = await as('POST', '/owners', { name: 'Parent' });
    const pet = await as('POST', `/owners/${owner.json.id}/pets`, { name: 'Child', kind: 'dog' });
    expect(pet.json.ownerId).toBe(owner.json.id);
    const own = await as('GET', `/owners/${owner.json.id}/pets`);
    expect(own.json).toEqual([pet.json]);
    expect((await as('GET', `/pets/${pet.json.id}`)).json).toEqual(pet.json);
    const elsewhere = await as('POST', `/owners/${crypto.randomUUID()}/pets`, { name: 'Orphan', kind: 'dog' });
    expect(elsewhere.status).toBe(404);
  });

  test('refuses a body that refers to what does not exist, with a declared status', async () => {
    const refused = await as('POST', '/pets', { name: 'Lost', kind: 'dog', ownerId: crypto.randomUUID() });
    expect(refused.status).toBe(422);
    expect(refused.json.problems).toEqual([{ field: 'body.ownerId', message: 'names nothing that exists' }]);
  });

  test('an action leads to the state that is called so', async () => {
    const made = await as('POST', '/pets', { name: 'Lucky', kind: 'cat' });
    expect(made.json.state).toBe('available');
    const adopted = await as('POST', `/pets/${made.json.id}/adopt`);
    expect(adopted.json).toEqual({ ...made.json, state: 'adopted' });
    expect((await as('POST', '/pets/999999/adopt')).status).toBe(404);
  });

  test('gives back the bytes of an uploaded file, shows it at its entity and removes it', async () => {
    const pet = await as('POST', '/pets', { name: 'Pretty', kind: 'cat' });
    const bytes = Buffer.from([0, 255, 1, 128, 13, 10]);
    const form = new FormData();
    form.set('photo', new File([bytes], 'a b.png', { type: 'image/png' }));
    const kept = await as('POST', `/pets/${pet.json.id}/photos`, form);
    expect([kept.status, kept.json]).toEqual([201, { filename: 'a b.png', size: 6, content_type: 'image/png' }]);
    const path = `/pets/${pet.json.id}/photos/a%20b.png`;
    const read = await as('GET', path);
    expect(read.headers.get('content-type')).toBe('image/png');
    expect(read.bytes.equals(bytes)).toBe(true);
    expect((await as('GET', `/pets/${pet.json.id}`)).json.photos).toEqual([kept.json]);
    expect((await as('DELETE', path)).status).toBe(204);
    expect((await as('GET', path)).status).toBe(404);
  });

  test('makes up entities of resources that nothing creates', async () => {
    const tags = await as('GET', '/tags');
    expect(tags.json).toHaveLength(3);
    expect((await as('GET', `/tags/${tags.json[0].slug}`)).json).toEqual(tags.json[0]);
    expect(api.notes).toContain('nothing in the contract creates /tags: the stand-in made up 3');
    expect((await as('GET', '/tags/none')).bytes).toHaveLength(0);
  });

  test.each<[string, string, string, Parameters<Api['call']>[3], number]>([
    ['an unknown path', 'GET', '/nothing', undefined, 404],
    ['a parameter of the wrong type', 'GET', '/pets/abc', undefined, 422],
    ['a value outside an enum', 'GET', '/pets?kind=bird', undefined, 422],
    ['a number below its minimum', 'GET', '/pets?page=0', undefined, 422],
    ['a missing body', 'POST', '/pets', undefined, 422],
    ['a missing property', 'POST', '/pets', { name: 'x' }, 422],
    ['a broken pattern', 'POST', '/pets', { name: 'x', kind: 'cat', chip: 'abc' }, 422],
    ['an undeclared property', 'POST', '/owners', { name: 'x', more: 1 }, 400],
  ])('refuses %s', async (_what, method, path, body, status) => {
    expect((await as(method, path, body)).status).toBe(status);
  });

  test('refuses an unknown media type and malformed JSON', async () => {
    const token = await api.token('keeper');
    for (const [type, body] of [
      ['text/csv', 'a,b'],
      ['application/json', '{"name":'],
    ] as const) {
      const response = await fetch(`${api.target.baseUrl}/pets`, {
        method: 'POST',
        body,
        headers: { 'content-type': type, authorization: `Bearer ${token}` },
      });
      expect([type, response.status]).toEqual([type, 422]);
    }
  });

  test('refuses an undeclared method with the ones that it knows', async () => {
    const refused = await as('PUT', '/pets/1', {});
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, DELETE, PATCH']);
  });

  test('asks for a token, for a good one, and for the scopes of the operation', async () => {
    const body = { name: 'Who', kind: 'cat' };
    const missing = await api.call(undefined, 'POST', '/pets', body);
    expect([missing.status, missing.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="stand-in"']);
    const good = await api.token('keeper');
    for (const token of ['garbage', `${good.slice(0, -4)}AAAA`, good.replace(/\.[^.]+$/, '.'), `${good}.x`]) {
      const bad = await api.call(undefined, 'POST', '/pets', body, { authorization: `Bearer ${token}` });
      expect([bad.status, bad.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="stand-in", error="invalid_token"']);
    }
    expect((await api.call('visitor', 'POST', '/pets', body)).status).toBe(403);
    const owner = await api.call('writer', 'POST', '/owners', { name: 'Mine' });
    expect(owner.status).toBe(201);
    expect((await api.call('writer', 'DELETE', `/owners/${owner.json.id}`)).status).toBe(403);
    expect((await as('DELETE', `/owners/${owner.json.id}`)).status).toBe(204);
    expect((await api.call(undefined, 'GET', '/pets')).status).toBe(200);
  });

  test('serves the document and a page that names it', async () => {
    expect(await (await fetch(api.target.documentUrl)).json()).toEqual(contract.document);
    const page = await (await fetch(`${api.target.baseUrl}/docs`)).text();
    expect(page).toContain("url: '/api/v1/openapi.json'");
    expect(page).toContain('<title>Pets &lt;for&gt; tests</title>');
    expect(page).toContain(`${api.target.issuer}/token`);
    // whoever reads it may have no network
    expect([...page.matchAll(/(?:src|href)\s*=\s*["']?(\w[^"'>]*)/g)].map(([, address]) => address)).toEqual(['data:,']);
    for (const [, script = ''] of page.matchAll(/<script>(.*?)<\/script>/gs)) expect(() => new Script(script)).not.toThrow();
  });

  test('survives hostile bodies', async () => {
    const token = await api.token('keeper');
    for (const body of [
      '{"__proto__":{"polluted":true},"name":"x","kind":"cat"}',
      '{"constructor":1,"name":"x","kind":"cat","toString":null}',
    ]) {
      const response = await fetch(`${api.target.baseUrl}/pets`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(201);
      expect(await response.json()).toMatchObject({ name: 'x', state: 'available' });
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

test.each<readonly [string, Uint8Array<ArrayBuffer>, string]>([
  ['text', Buffer.from('h\u00e9llo'), 'text/plain'],
  ['no UTF-8', Buffer.from([0, 255, 1, 128]), 'text/plain; charset=iso-8859-1'],
])('a file of %s is announced as text that it is', async (_what, bytes, type) => {
  const text: JsonObject = structuredClone(pets);
  const download = valueAt(text, '/paths/~1pets~1{petId}~1photos~1{filename}/get/responses/200') as { content: JsonObject };
  download.content = { 'text/plain': {} };
  const api = await startApi(createContract(text), { clients });
  onTestFinished(api.target.dispose);
  const pet = await api.call('keeper', 'POST', '/pets', { name: 'Pretty', kind: 'cat' });
  const form = new FormData();
  form.set('photo', new File([bytes], 'one.txt'));
  await api.call('keeper', 'POST', `/pets/${pet.json.id}/photos`, form);
  const read = await api.call('keeper', 'GET', `/pets/${pet.json.id}/photos/one.txt`);
  expect([read.headers.get('content-type'), read.bytes.equals(bytes)]).toEqual([type, true]);
});
