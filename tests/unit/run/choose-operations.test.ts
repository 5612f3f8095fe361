import { expect, test } from 'vitest';
import { chooseOperations } from '../../../src/run/choose-operations.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

const responses = { '200': { description: 'ok' } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/pets': { get: { operationId: 'listPets', tags: ['pets'], responses }, post: { tags: ['pets'], responses } },
    '/pets/{id}': { get: { tags: ['pets'], responses } },
    '/old': { get: { deprecated: true, responses } },
    '/shops+more': { get: { tags: ['shops', 'public'], responses } },
  },
});

test.each([
  ['POST /pets', ['POST /pets']],
  ['/pets', ['GET /pets', 'POST /pets']],
  ['listPets', ['GET /pets']],
  ['public', ['GET /shops+more']],
  ['/pets*', ['GET /pets', 'POST /pets', 'GET /pets/{id}']],
  ['GET *', ['GET /pets', 'GET /pets/{id}', 'GET /old', 'GET /shops+more']],
  ['/shops+*', ['GET /shops+more']],
])('%s names an operation by its id, path, operationId or tag', (name, want) => {
  expect([...(chooseOperations(contract, { operations: [name] }).chosen ?? [])].toSorted()).toEqual(want.toSorted());
  expect([...chooseOperations(contract, { skipOperations: [name] }).skipped].toSorted()).toEqual(want.toSorted());
});

test('what the document calls deprecated is left out where that is asked for', () => {
  const { chosen, skipped, isLeftOut } = chooseOperations(contract, { skipDeprecated: true, skipOperations: ['POST /pets'] });
  expect({ chosen, skipped }).toEqual({ chosen: undefined, skipped: new Set(['POST /pets', 'GET /old']) });
  expect(isLeftOut?.({ method: 'GET', url: 'http://api/old' }, 'http://api')).toBe(true);
  expect(chooseOperations(contract, { skipDeprecated: false }).isLeftOut).toBeUndefined();
});

test('all are chosen and none is left out by default', () => {
  expect(chooseOperations(contract, {})).toEqual({ chosen: undefined, skipped: new Set() });
});

test.each([
  ['GET /pet', 'did you mean "GET /pets"? '],
  ['shop', 'did you mean "shops"? '],
  ['nothing like it', 'An operation is named by'],
])('a name that no operation has is said: %s', (name, hint) => {
  expect(() => chooseOperations(contract, { operations: ['/pets', name] })).toThrow(
    expect.objectContaining({ code: 'E_USAGE', message: `the document has no operation "${name}"`, hint: expect.stringContaining(hint) }),
  );
});
