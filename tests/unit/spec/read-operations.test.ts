import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

const query = (name: string, required = false): JsonObject => ({ name, in: 'query', required, schema: {} });
const operation = (operationId: string, more: JsonObject = {}): JsonObject => ({ operationId, responses: {}, ...more });

function read(
  item: JsonObject,
): { readonly id: string; readonly operationId: unknown; readonly pointer: string; readonly parameters: string[] }[] {
  const pathItems = {
    Shared: {
      'x-a': 1,
      $ref: '#/components/pathItems/Deeper',
      parameters: [query('page'), query('sort')],
      get: operation('sharedGet', { parameters: [query('own')] }),
      additionalOperations: { COPY: operation('copy') },
    },
    Deeper: { 'x-b': 2, parameters: [query('sort', true), query('deep')], get: operation('deepGet'), delete: operation('deepDelete') },
  };
  const { operations } = createContract({ openapi: '3.2.0', info: {}, paths: { '/a': item }, components: { pathItems } });
  return operations.map(({ id, operationId, pointer, parameters, extensions }) => ({
    id,
    operationId,
    pointer,
    parameters: parameters.map(({ name, required }) => (required ? `${name}!` : name)),
    extensions,
  }));
}

test('what stands beside the reference of a Path Item counts, and comes before what the reference leads to', () => {
  const own = {
    $ref: '#/components/pathItems/Shared',
    parameters: [query('page', true)],
    get: operation('ownGet'),
    put: operation('ownPut'),
  };
  const inherited = { extensions: { 'x-a': 1, 'x-b': 2 }, parameters: ['deep', 'sort', 'page!'] };
  expect(read(own)).toEqual([
    { id: 'GET /a', operationId: 'ownGet', pointer: '/paths/~1a/get', ...inherited },
    { id: 'PUT /a', operationId: 'ownPut', pointer: '/paths/~1a/put', ...inherited },
    { id: 'COPY /a', operationId: 'copy', pointer: '/components/pathItems/Shared/additionalOperations/COPY', ...inherited },
    { id: 'DELETE /a', operationId: 'deepDelete', pointer: '/components/pathItems/Deeper/delete', ...inherited },
  ]);
});

test('a Path Item that is only a reference is what it leads to', () => {
  expect(read({ $ref: '#/components/pathItems/Shared' }).map(({ id, parameters }) => `${id} ${parameters.join(' ')}`)).toEqual([
    'GET /a deep page sort own',
    'COPY /a deep page sort',
    'DELETE /a deep page sort',
  ]);
});
