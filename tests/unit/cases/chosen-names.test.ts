import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const tenant = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, motto: { type: 'string' } } };
const content = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const parameters = [{ name: 'tenant_name', in: 'path', required: true, schema: { type: 'string' } }];
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Tenants', version: '1' },
  paths: {
    '/tenants': { post: { requestBody: { required: true, ...content(tenant) }, responses: { 201: { description: '' } } } },
    '/tenants/{tenant_name}': {
      get: { parameters, responses: { 200: { description: '', ...content(tenant) }, 404: { description: '' } } },
      delete: { parameters, responses: { 204: { description: '' }, 404: { description: '' } } },
    },
  },
});

/** Tenants that are addressed by the name that their creation chose, which its answer does not repeat; or that never can be. */
function createTenants(lost: boolean): (planned: Case) => Answer {
  const tenants = new Map<string, Json>();
  return ({ request: { operation, body, parameters: sent } }) => {
    const value = body?.value;
    if (operation.method === 'POST') {
      if (!isObject(value) || typeof value['name'] !== 'string') return answered(422);
      tenants.set(value['name'], value);
      return answered(201);
    }
    const name = String(sent.find((one) => one.name === 'tenant_name')?.value);
    const known = lost ? undefined : tenants.get(name);
    if (known === undefined) return answered(404);
    if (operation.method === 'DELETE') tenants.delete(name);
    return operation.method === 'DELETE' ? answered(204) : answered(200, known);
  };
}

function broken(lost: boolean): readonly string[] {
  const scenarios = planScenarios(contract, { ...planOptions, phases: new Set(['stateful', 'relations'] as const) });
  const api = createTenants(lost);
  return [...new Set(scenarios.flatMap((scenario) => converse(scenario, api).broken))];
}

test('a thing is looked for by the name that its creation was sent with, however that was changed', () =>
  expect(broken(false)).toEqual([]));

test('of what never could be read nobody says that a refused DELETE removed it', () =>
  expect(new Set(broken(true).map((one) => one.replace(/:.*/, '')))).toEqual(new Set(['certain created-readable'])));
