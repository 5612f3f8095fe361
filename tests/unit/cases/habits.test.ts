import { expect, test } from 'vitest';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import type { JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const hen = { type: 'object', properties: { id: { type: 'integer' }, weight: { type: 'integer' } } };
const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
const absent = { 404: { description: '' } };

/** Hens that can be deleted again and again, and weigh something; `habit` declares 404 everywhere. */
function certainOf(habit: boolean): readonly string[] {
  const refusals = { 400: { description: '' }, ...(habit && absent) };
  const weighed = { type: 'object', required: ['weight'], properties: { weight: { type: 'integer' } } };
  const paths = {
    '/hens': {
      post: { requestBody: { required: true, ...json(weighed) }, responses: { 201: { description: '', ...json(hen) }, ...refusals } },
    },
    '/hens/{id}': {
      get: { parameters, responses: { 200: { description: '', ...json(hen) }, ...absent } },
      delete: { parameters, responses: { 204: { description: '' }, ...absent } },
    },
  };
  const contract = createContract({ openapi: '3.1.0', info: { title: 'Hens', version: '1' }, paths });
  const hens = new Map<number, JsonObject>();
  let count = 0;
  const phases = new Set(['stateful', 'boundaries'] as const);
  return planScenarios(contract, { ...planOptions, phases }).flatMap((scenario) => {
    const { broken } = converse(scenario, ({ request: { operation, parameters: given, body } }) => {
      const at = Number(given[0]?.value);
      if (operation.method === 'DELETE') return (hens.delete(at), answered(204));
      if (operation.method === 'GET') return hens.has(at) ? answered(200, hens.get(at)) : answered(404);
      const { weight = null } = (body?.value ?? {}) as JsonObject;
      if (typeof weight === 'number' && weight <= 0) return answered(400);
      hens.set((count += 1), { id: count, weight });
      return answered(201, { id: count, weight });
    });
    return broken;
  });
}

test('a 404 that every operation declares promises nothing of a second deletion, and no bound that zero is meant', () => {
  expect(certainOf(true).filter((line) => line.startsWith('certain'))).toEqual([]);
  expect(certainOf(true)).toContainEqual(expect.stringMatching(/^likely valid-accepted: .*`body\.weight` as 0/));
  expect(certainOf(true)).toContain('likely deleted-gone: the deletion of what is gone succeeds once more');
  expect(certainOf(false)).toContain('certain deleted-gone: the deletion of what is gone succeeds once more');
});

test('bodies that are none are tried beside what is accepted, where the ordinary request is not', () => {
  const asked = { type: 'object', properties: { words: { type: 'string' }, size: { type: 'integer', minimum: 1 } } };
  const refusals = { 400: { description: '' }, 415: { description: '' } };
  const post = { requestBody: { required: true, ...json(asked) }, responses: { 200: { description: '' }, ...refusals } };
  const contract = createContract({ openapi: '3.1.0', info: { title: 'Search', version: '1' }, paths: { '/reads': { post } } });
  const broken = planScenarios(contract, { ...planOptions, phases: new Set(['invalid'] as const) }).flatMap(
    (scenario) =>
      converse(scenario, ({ request: { body } }) => {
        const value = body?.raw === undefined ? body?.value : {};
        return answered(typeof value === 'object' && value !== null && Object.hasOwn(value, 'words') ? 400 : 200, {});
      }).broken,
  );
  expect(broken).toContainEqual(expect.stringMatching(/^certain \S+: invalid data is accepted: .*(?:no body|without a body|empty body)/));
});
