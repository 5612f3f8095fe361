import { expect, test } from 'vitest';
import { buildRequest } from '../../../src/requests/build.ts';
import { writeCollection } from '../../../src/sources/postman/write-collection.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { withoutLastSlash, writtenPath } from '../../../src/spec/last-slash.ts';

const get = { get: { responses: { 200: { description: '' } } } };
const contractOf = (...paths: readonly string[]): ReturnType<typeof createContract> =>
  createContract({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: Object.fromEntries(paths.map((path) => [path, get])) });

test('paths of a plan end without a slash, but for those that the document has without it too', () => {
  const { operations } = withoutLastSlash(contractOf('/', '/pets/', '/pets/{id}/', '/owners', '/owners/', '/vets/'));
  expect(operations.map(({ path }) => path)).toEqual(['/', '/pets', '/pets/{id}', '/owners', '/owners/', '/vets']);
  expect(operations.map(writtenPath)).toEqual(['/', '/pets/', '/pets/{id}/', '/owners', '/owners/', '/vets/']);
});

test('a contract without such paths stays as it is', () => {
  const contract = contractOf('/', '/pets');
  expect(withoutLastSlash(contract)).toBe(contract);
});

test('what is asked for keeps its slash, and is found by it alone', () => {
  const contract = withoutLastSlash(contractOf('/pets/', '/pets/{id}/'));
  const found = contract.match('GET', '/pets/7/');
  if (found === undefined) throw new Error('the path is not found');
  expect(found.path).toBe('/pets/{id}');
  const request = buildRequest({ operation: found, parameters: [{ name: 'id', in: 'path', value: 7 }] }, 'http://127.0.0.1/api');
  expect(request.url).toBe('http://127.0.0.1/api/pets/7/');
  expect(contract.matchPath('/pets')).toEqual([]);
  expect(contract.matchPath('/pets/').map(({ path }) => path)).toEqual(['/pets']);
});

test('a written collection asks for paths as the document writes them', () => {
  expect(JSON.stringify(writeCollection(contractOf('/pets/')))).toContain('{{baseUrl}}/pets/"');
});
