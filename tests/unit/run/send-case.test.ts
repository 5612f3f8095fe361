import { expect, onTestFinished, test } from 'vitest';
import type { Credential, Identity } from '../../../src/auth/identity.ts';
import type { Case, Credentials } from '../../../src/cases/case.ts';
import { makeCase } from '../../../src/cases/planning.ts';
import { createTransport } from '../../../src/requests/send.ts';
import { chooseOperations } from '../../../src/run/choose-operations.ts';
import { sendCase } from '../../../src/run/send-case.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { listen } from '../../support/local-oidc.ts';

const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  components: {
    securitySchemes: { login: { type: 'http', scheme: 'bearer' }, key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
  paths: {
    '/things': { get: { security: [{ login: [], key: [] }], responses: { 200: { description: 'ok' } } } },
    '/others': { get: { responses: { 200: { description: 'ok' } } } },
  },
});

/** An API that refuses everybody, asked as one who holds a token and a key and can renew both once. */
async function setUp() {
  const sent: string[] = [];
  const baseUrl = await listen((request, response) => {
    sent.push([request.headers.authorization ?? 'nobody', request.headers['x-key'] ?? 'no key'].join(' + '));
    response.writeHead(401).end();
  });
  let renewed = 0;
  const source = (given: Credential): Identity['sources'][number] => ({
    form: given,
    credential: () => Promise.resolve({ ...given, secret: `${given.secret}-${renewed}` }),
    renew: () => Promise.resolve((renewed += 1) > 0),
    secrets: () => [],
  });
  const sources = [
    source({ secret: 'token', scheme: 'Bearer', securityScheme: 'login' }),
    source({ secret: 'key', scheme: undefined, securityScheme: 'key' }),
  ];
  const me: Identity = { name: 'me', sources, credential: () => Promise.reject(new Error('not asked for')), secrets: () => [] };
  const limits = { connections: 1, headersTimeout: 5000, bodyTimeout: 5000, totalTimeout: 5000, maxBodyBytes: 1000, rate: undefined };
  const transport = createTransport({ ...limits, secrets: () => [] });
  onTestFinished(() => transport.close());
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('the document has an operation');
  const send = (credentials: Credentials) => {
    const request = { operation, parameters: [] };
    const planned: Case = { id: '1', phase: 'examples', title: 'a case', intent: 'valid', credentials, expectations: [], request };
    return sendCase(
      { contract, baseUrl, transport, identities: new Map([['me', me]]), main: 'me', headers: [['X-Own', 'a']] },
      planned,
      '1',
    );
  };
  return { sent, send };
}

test.each<{ credentials: Credentials; sent: string[]; identity: string | undefined }>([
  { credentials: { kind: 'main' }, sent: ['Bearer token-0 + key-0', 'Bearer token-2 + key-2'], identity: 'me' },
  { credentials: { kind: 'identity', name: 'me' }, sent: ['Bearer token-0 + key-0', 'Bearer token-2 + key-2'], identity: 'me' },
  { credentials: { kind: 'none' }, sent: ['nobody + no key'], identity: undefined },
  {
    credentials: { kind: 'broken', how: 'garbage' },
    sent: ['Bearer specproof-garbage-credential + specproof-garbage-credential'],
    identity: undefined,
  },
  { credentials: { kind: 'broken', how: 'wrong-scheme' }, sent: ['Basic token-0 + key-0'], identity: undefined },
  { credentials: { kind: 'respelled' }, sent: ['bearer token-0 + key-0'], identity: undefined },
])(
  'after a 401, credentials that are meant to be good are renewed once, broken ones never: $credentials',
  async ({ credentials, sent: want, identity }) => {
    const { sent, send } = await setUp();
    const exchange = await send(credentials);
    expect([sent, exchange?.identity, exchange?.response?.status]).toEqual([want, identity, 401]);
  },
);

test.each([
  ['GET', 'GET /things', []],
  ['HEAD', 'GET /things', []],
  ['OPTIONS', 'GET /things', ['OPTIONS']],
  ['OPTIONS', '/things', []],
  ['OPTIONS', '* /thing*', []],
  ['GET', 'GET /others', ['GET']],
])('%s is not sent where %s is left out', async (method, skipped, want) => {
  const sent: string[] = [];
  const baseUrl = await listen((request, response) => {
    sent.push(request.method ?? '');
    response.end();
  });
  const limits = { connections: 1, headersTimeout: 5000, bodyTimeout: 5000, totalTimeout: 5000, maxBodyBytes: 1000, rate: undefined };
  const transport = createTransport({ ...limits, secrets: () => [] });
  onTestFinished(() => transport.close());
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('the document has an operation');
  const planned = makeCase({ phase: 'examples', title: 'a case', request: { operation, parameters: [], method } });
  const { isLeftOut } = chooseOperations(contract, { skipOperations: [skipped] });
  const sender = { contract, baseUrl, transport, identities: new Map(), main: undefined, headers: [], isLeftOut };
  expect((await sendCase(sender, planned, '1')) === undefined).toBe(want.length === 0);
  expect(sent).toEqual(want);
});
