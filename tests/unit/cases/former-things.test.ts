import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const written = { path: { type: 'string' }, kind: { type: 'string', maxLength: 20 }, seats: { type: 'integer', minimum: 1, maximum: 9 } };
const session = { type: 'object', properties: { id: { type: 'integer' }, ...written } };
const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Sessions', version: '1' },
  paths: {
    '/sessions': {
      post: {
        requestBody: { required: true, ...json({ type: 'object', required: ['path'], properties: written }) },
        responses: { 201: { description: '', ...json(session) } },
      },
    },
    '/sessions/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 200: { description: '', ...json(session) }, 404: { description: '' } },
      },
    },
  },
});

/** Sessions, one for each path: who asks for another one of the same path gets the one that is there, where `shared`; else seats are lost. */
function createSessions(shared: boolean): (planned: Case) => Answer {
  const sessions: JsonObject[] = [];
  return ({ request: { operation, body, parameters } }) => {
    if (operation.method === 'GET') {
      const found = sessions.find(({ id }) => id === parameters[0]?.value);
      return found ? answered(200, found) : answered(404);
    }
    const value = isObject(body?.value) ? body.value : {};
    const former = shared ? sessions.find(({ path }) => path === value['path']) : undefined;
    if (former) return answered(201, former);
    const made = { ...value, ...(!shared && Object.hasOwn(value, 'seats') && { seats: 4 }), id: sessions.length + 1 };
    sessions.push(made);
    return answered(201, made);
  };
}

function broken(shared: boolean): string[] {
  const phases = new Set(['boundaries'] as const);
  const sessions = createSessions(shared);
  return planScenarios(contract, { ...planOptions, phases }).flatMap((scenario) => converse(scenario, sessions).broken);
}

test('a creation that gives back what is there under its natural key shows nothing of what was written', () => {
  expect(broken(true)).toEqual([]);
  expect(broken(false).some((line) => line.startsWith('certain written-read-back: seats was written as'))).toBe(true);
});
