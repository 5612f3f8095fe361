import { expect, test } from 'vitest';
import { createPlanning, writesAll, type Planning } from '../../../src/cases/planning.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { planOptions } from '../../support/plan-options.ts';

const responses = { 200: { description: '' } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'things', version: '1' },
  paths: {
    '/things': { get: { responses }, post: { responses: { 201: { description: '' } } }, delete: { responses } },
    '/settings': { get: { responses }, put: { responses } },
    '/things/{id}': { get: { parameters: [id], responses }, delete: { parameters: [id], responses } },
  },
});

const whether = (planning: Planning): Record<string, boolean> =>
  Object.fromEntries(contract.operations.map((operation) => [operation.id, writesAll(planning, operation)]));

test('a deletion of a whole collection and a write of what all share need quiet, a deletion of one thing does not', () => {
  expect(whether(createPlanning(contract, { ...planOptions, phases: new Set() }))).toEqual({
    'GET /things': false,
    'POST /things': false,
    'DELETE /things': true,
    'GET /settings': false,
    'PUT /settings': true,
    'GET /things/{id}': false,
    'DELETE /things/{id}': false,
  });
});

test('reads and creations are planned without a look for resources: of a large document that takes longer than the first answer', () => {
  const planning = createPlanning(contract, { ...planOptions, phases: new Set() });
  const [get, post] = contract.operations;
  let looked = 0;
  const watched = Object.create(planning, {
    resources: { get: () => ((looked += 1), planning.resources) },
  }) as Planning;
  if (!get || !post) throw new TypeError('the document above has both');
  writesAll(watched, get);
  writesAll(watched, post);
  expect(looked).toBe(0);
});
