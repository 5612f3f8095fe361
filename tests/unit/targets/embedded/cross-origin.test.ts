import { afterAll, beforeAll, expect, test } from 'vitest';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { startApi, type Api } from './api.ts';
import { pets } from './pets.ts';

const origin = 'http://localhost:3000';
let api: Api;
beforeAll(async () => {
  api = await startApi(createContract(pets), { clients: { keeper: { secret: 'k' } } });
});
afterAll(() => api.target.dispose());

const shared = (headers: Headers): (string | null)[] =>
  ['origin', 'credentials', 'expose-headers', 'methods', 'headers'].map((name) =>
    headers.get(`access-control-${name === 'expose-headers' ? name : `allow-${name}`}`),
  );

test('a page of another origin may send what it asks for', async () => {
  const preflight = await fetch(`${api.target.baseUrl}/pets/7`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization,content-type' },
  });
  expect([preflight.status, ...shared(preflight.headers)]).toEqual([
    204,
    origin,
    'true',
    'access-control-allow-methods, access-control-allow-headers',
    'PATCH',
    'authorization,content-type',
  ]);
});

test.each([
  ['GET', 200],
  ['POST', 401],
])('and may read what comes, with its header fields: %s', async (method, status) => {
  const { headers, ...reply } = await api.call(undefined, method, '/owners', undefined, { origin });
  expect([reply.status, headers.get('vary')]).toEqual([status, 'Origin']);
  const exposed = headers.get('access-control-expose-headers')?.split(', ');
  expect(exposed).toContain('content-type');
  if (status === 401) expect(exposed).toContain('www-authenticate');
});

test('and may get a token', async () => {
  const authorization = `Basic ${Buffer.from('keeper:k').toString('base64')}`;
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const answer = await fetch(`${api.target.issuer}/token`, { method: 'POST', headers: { origin, authorization }, body });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
});

test('no other program is told of it, and OPTIONS stays undeclared', async () => {
  const { status, headers } = await api.call('keeper', 'GET', '/owners');
  expect([status, ...shared(headers), headers.get('vary')]).toEqual([200, null, null, null, null, null, null]);
  expect((await api.call('keeper', 'OPTIONS', '/owners')).status).toBe(405);
  expect((await api.call('keeper', 'OPTIONS', '/owners', undefined, { origin })).status).toBe(405);
});
