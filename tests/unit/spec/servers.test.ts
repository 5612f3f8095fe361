import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import type { Contract } from '../../../src/spec/contract.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { locate, operationAt } from '../../../src/spec/locate.ts';
import { isElsewhere, operationBase, standardServer } from '../../../src/spec/servers.ts';

const at = (...urls: readonly string[]): JsonObject[] => urls.map((url) => ({ url }));

function contractOf(servers: Json | undefined, own: Json | undefined, location = 'api.yaml'): Contract {
  const document = {
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    ...(servers !== undefined && { servers }),
    paths: {
      '/things': { get: { responses: {} } },
      '/own/{id}': { ...(own !== undefined && { servers: own }), get: { responses: {} }, put: { servers: at('/put'), responses: {} } },
    },
  };
  return createContract(document, { location });
}

const own = (contract: Contract): Contract['operations'][number] =>
  contract.operations.find(({ id }) => id === 'GET /own/{id}') ?? expect.fail('no such operation');

describe('an operation with own servers stands beside the base URL as it stands beside the first server', () => {
  test.each<[servers: readonly string[], own: string, baseUrl: string, want: string | undefined]>([
    [['https://a.test/v1'], '/v2', 'http://127.0.0.1:80/v1', 'http://127.0.0.1/v2'],
    [['https://a.test/api/v1'], '/api/v2', 'http://127.0.0.1:8000/x/v1', 'http://127.0.0.1:8000/x/v2'],
    [['https://a.test/'], '/v2', 'http://127.0.0.1:8000/api', 'http://127.0.0.1:8000/api/v2'],
    [['/v1'], '/v2/', 'http://127.0.0.1:8000/v1', 'http://127.0.0.1:8000/v2'],
    [['/'], '/v2', 'http://127.0.0.1:8000', 'http://127.0.0.1:8000/v2'],
    [['https://a.test/v1'], 'https://a.test/v2', 'https://a.test/v1', 'https://a.test/v2'],
    [['https://a.test/v1'], 'http://a.test/v2', 'http://127.0.0.1:8000/v1', 'http://127.0.0.1:8000/v2'],
    // another host is followed from the document's own address only
    [['https://a.test/v1'], 'https://files.a.test/up', 'https://a.test/v1', 'https://files.a.test/up'],
    [['https://a.test/v1'], 'https://files.a.test/up', 'http://127.0.0.1:8000/v1', undefined],
    [['https://a.test/v1'], 'https://files.a.test/up', 'https://staging.a.test/v1', undefined],
    // what runs against this machine never leaves it
    [['http://localhost:8000/v1'], 'https://files.a.test/up', 'http://localhost:8000/v1', undefined],
    [['http://localhost:8000/v1'], 'http://localhost:8001/up', 'http://localhost:8000/v1', 'http://localhost:8001/up'],
    // where the deployment has no /v1 nobody knows what it has for /v2
    [['https://a.test/v1'], '/v2', 'http://127.0.0.1:8000', undefined],
    [['https://a.test/v1'], 'wss://a.test/v1', 'https://a.test/v1', undefined],
    // operations that all name the same server are where the base URL is
    [[], 'https://a.test/v1', 'http://127.0.0.1:8000', 'http://127.0.0.1:8000'],
  ])('%j, own %s, base %s', (servers, url, baseUrl, want) => {
    const contract = contractOf(servers.length === 0 ? undefined : at(...servers), at(url));
    expect(isElsewhere(contract, own(contract), baseUrl)).toBe(want === undefined);
    expect(operationBase(contract, own(contract), baseUrl)).toBe(want ?? baseUrl);
  });

  test('those of the operation go before those of its path item, and a relative one is relative to the document', () => {
    const contract = contractOf(at('https://a.test/v1'), at('/v2'), 'https://docs.test/api.yaml');
    const put = contract.operations.find(({ method }) => method === 'PUT') ?? expect.fail('no PUT');
    expect(operationBase(contract, put, 'https://docs.test/v1')).toBe('https://docs.test/v1');
    expect(operationBase(contractOf(at('/v1'), at('/v2')), put, 'http://127.0.0.1/v1')).toBe('http://127.0.0.1/put');
  });
});

test('variables stand for their defaults, in host and path', () => {
  const server = { url: 'https://{region}.a.test:{port}/{version}', variables: { region: { default: 'eu' }, port: { default: 8443 } } };
  expect(standardServer(contractOf([server], undefined))).toBe('https://eu.a.test:8443/');
});

const regional = {
  url: 'https://{region}.a.test/{version}',
  variables: { region: { default: 'eu', enum: ['eu', 'us'] }, version: { default: 'v1' } },
};

describe('a URL leads to the operation that is there', () => {
  test.each<[method: string, url: string, want: string | undefined]>([
    ['GET', 'http://127.0.0.1:8000/v1/things?a=1', 'GET /things'],
    ['GET', 'http://127.0.0.1:8000/v2/own/7', 'GET /own/{id}'],
    ['GET', 'http://127.0.0.1:8000/v2/own/a%2Fb', 'GET /own/{id}'],
    ['GET', 'http://127.0.0.1:8000/v1/own/7', undefined],
    ['GET', 'http://127.0.0.1:8000/v2/things', undefined],
    ['GET', 'http://127.0.0.1:8000/v1/things/', undefined],
    ['GET', 'http://127.0.0.1:8000/v10/things', undefined],
    ['POST', 'http://127.0.0.1:8000/v1/things', undefined],
    // any address that the document names
    ['GET', 'https://a.test/v1/things', 'GET /things'],
    ['GET', 'https://us.a.test/v3/things', 'GET /things'],
    ['GET', 'https://asia.a.test/v3/things', undefined],
    ['GET', 'https://a.test/v2/own/7', 'GET /own/{id}'],
    ['GET', 'https://a.test.evil.test/v1/things', undefined],
  ])('%s %s', (method, url, want) => {
    const contract = contractOf([...at('https://a.test/v1'), regional], at('https://a.test/v2'));
    expect(operationAt(contract, { method, url }, 'http://127.0.0.1:8000/v1')?.id).toBe(want);
  });

  test('knows the API even where the document has no such path, and no other host', () => {
    const contract = contractOf([...at('https://a.test/v1'), regional], at('https://a.test/v2'));
    const found = (url: string): unknown => locate(contract, url, 'http://127.0.0.1:8000/v1');
    expect(found('http://127.0.0.1:8000/v1/nowhere')).toEqual({ path: '/nowhere', operations: [] });
    expect(found('https://a.test/v1/nowhere')).toEqual({ path: '/nowhere', operations: [] });
    expect(found('https://b.test/v1/things')).toBeUndefined();
  });
});
