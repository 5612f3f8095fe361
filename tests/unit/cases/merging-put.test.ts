import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { answered } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const written = { label: { type: 'string' }, colour: { type: 'string', default: 'red' } };
const content = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const responses = (status: number): JsonObject => ({
  [status]: { description: '', ...content({ type: 'object', properties: { id: { type: 'integer' }, ...written } }) },
  404: { description: '' },
  422: { description: '' },
});
const body = (required: string[]): JsonObject => ({
  requestBody: { required: true, ...content({ type: 'object', required, properties: written }) },
});
const id = { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }] };

/** Flags whose PUT requires some members, or none. */
function contractOf(required: string[]): ReturnType<typeof createContract> {
  return createContract({
    openapi: '3.1.0',
    info: { title: 'Flags', version: '1' },
    paths: {
      '/flags': { post: { ...body(['label']), responses: responses(201) } },
      '/flags/{id}': { get: { ...id, responses: responses(200) }, put: { ...id, ...body(required), responses: responses(200) } },
    },
  });
}

/** Keeps in a PUT what the PUT does not name. */
function createFlags(): (planned: Case) => Answer {
  const flags = new Map<number, JsonObject>();
  return ({ request: { operation, parameters, body: sent } }) => {
    const value = isObject(sent?.value) ? sent.value : {};
    const at = operation.method === 'POST' ? flags.size + 1 : Number(parameters.find(({ name }) => name === 'id')?.value);
    const known = flags.get(at);
    if (!known && operation.method !== 'POST') return answered(404);
    if (operation.method !== 'GET') flags.set(at, { colour: 'red', ...known, ...value, id: at });
    return answered(operation.method === 'POST' ? 201 : 200, flags.get(at) ?? null);
  };
}

test.each([
  [[], []],
  [['label'], ['certain']],
])('a PUT that requires %j and keeps what it does not name breaks defaults: %j', (required, confidences) => {
  const phases = new Set(['boundaries'] as const);
  const broken = brokenIn(contractOf(required), { ...planOptions, phases }, createFlags);
  const told = broken.filter((line) => line.includes('default-applied: colour was left out and is '));
  expect(new Set(told.map((line) => line.split(' ')[0]))).toEqual(new Set(confidences));
});
