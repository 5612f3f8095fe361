import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const content = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const success = (schema: Json, status = 200): JsonObject => ({ responses: { [status]: { description: '', ...content(schema) } } });
const integer = { type: 'integer' };
const written = {
  name: { type: 'string', minLength: 1 },
  weight_grams: { type: 'integer', minimum: 1, maximum: 900 },
  status: { enum: ['stored', 'sent'] },
};
const parcel = { type: 'object', required: ['id'], properties: { id: integer, ...written } };
const stats = {
  type: 'object',
  properties: {
    parcels: integer,
    by_status: { type: 'object', properties: { stored: integer, sent: integer } },
    heaviest_grams: { type: ['integer', 'null'] },
    total_weight_grams: integer,
    max_grams: integer,
  },
};
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Parcels', version: '1' },
  security: [{ bearer: [] }],
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/parcels': {
      get: { parameters: [{ name: 'status', in: 'query', schema: written.status }], ...success({ type: 'array', items: parcel }) },
      post: {
        requestBody: { required: true, ...content({ type: 'object', required: Object.keys(written), properties: written }) },
        ...success(parcel, 201),
      },
    },
    '/parcels/{id}': { get: { parameters: [{ name: 'id', in: 'path', required: true, schema: integer }], ...success(parcel) } },
    '/stats': { get: success(stats) },
  },
});

type Fault = 'one-more' | 'state-forgotten' | 'last-is-heaviest' | 'sum-of-one' | 'told-to-strangers';

/** Parcels of which a stranger is told nothing, and their sums; `max_grams` is what a parcel may weigh. */
function createParcels(fault?: Fault): (planned: Case) => Answer {
  const all: JsonObject[] = [];
  return ({ request, credentials }) => {
    if (!['main', 'respelled', 'identity'].includes(credentials.kind)) return answered(401);
    const stranger = credentials.kind === 'identity';
    const { method, path } = request.operation;
    if (method === 'POST') {
      all.push({ ...(isObject(request.body?.value) && request.body.value), id: all.length + 1 });
      return answered(201, all.at(-1));
    }
    const seen = stranger && (fault !== 'told-to-strangers' || path !== '/stats') ? [] : all;
    const wanted = request.parameters.find(({ name }) => name === 'status')?.value;
    const fitting = seen.filter(({ status }) => wanted === undefined || status === wanted);
    if (path === '/parcels') return answered(200, fitting);
    const one = seen.find(({ id }) => id === request.parameters[0]?.value);
    if (path !== '/stats') return one ? answered(200, one) : answered(404);
    const grams = seen.map((each) => Number(each['weight_grams']));
    const of = (status: string): number => seen.filter((each) => each['status'] === status).length;
    const sum = grams.reduce((before, weight) => before + weight, 0);
    return answered(200, {
      parcels: seen.length + (fault === 'one-more' && seen.length > 1 ? 1 : 0),
      by_status: { stored: of('stored'), sent: fault === 'state-forgotten' ? 0 : of('sent') },
      heaviest_grams: grams.length === 0 ? null : fault === 'last-is-heaviest' ? Math.min(...grams) : Math.max(...grams),
      total_weight_grams: fault === 'sum-of-one' ? (grams[0] ?? 0) : sum,
      max_grams: 900,
    });
  };
}

function broken(fault?: Fault, seed = 1): string[] {
  const phases = new Set(['relations', 'access'] as const);
  const scenarios = planScenarios(contract, { ...planOptions, seed, phases, strangers: ['stranger'] });
  const answer = createParcels(fault);
  return scenarios.flatMap((scenario) => converse(scenario, answer).broken);
}

test('sums that are true, and hidden from strangers, break nothing', () => {
  expect([1, 2, 3, 4].flatMap((seed) => broken(undefined, seed))).toEqual([]);
});

test.each<[Fault, RegExp]>([
  ['one-more', /^certain count-agrees: parcels was 0 and is 4, and 3 are listed$/],
  ['state-forgotten', /^likely count-agrees: by_status.sent was 0 and is 0, and of what is listed it is [12]$/],
  ['last-is-heaviest', /^likely count-agrees: heaviest_grams was not there and is \d+, and of what is listed it is \d+$/],
  ['sum-of-one', /^likely count-agrees: total_weight_grams was 0 and is \d+, and of what is listed it is \d+$/],
  ['told-to-strangers', /^likely count-agrees: parcels tells stranger of \d, of which the list shows 0$/],
])('%s shows', (fault, want) => {
  expect(broken(fault).filter((line) => want.test(line))).not.toEqual([]);
});
