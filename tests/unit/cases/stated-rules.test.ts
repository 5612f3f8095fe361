import { expect, test } from 'vitest';
import type { Answer, Case, Phase } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { answered, converse, type Talk } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const parcel = {
  type: 'object',
  required: ['id', 'label', 'carrier'],
  properties: { id: { type: 'integer' }, label: { type: 'string' }, carrier: { type: 'string' } },
};
const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
const responses = { 200: { description: '', ...json(parcel) }, 400: { description: '' }, 404: { description: '' } };
const byId = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };

/** Parcels whose empty carrier means the house's own, which are sent only when they are packed, and sorted by what they have. */
function talks(
  phase: Phase,
  stated: { readonly post?: JsonObject; readonly send?: JsonObject; readonly sort?: JsonObject },
): readonly Talk[] {
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 'Parcels', version: '1' },
    paths: {
      '/parcels': {
        get: {
          parameters: [{ name: 'sort_by', in: 'query', schema: { type: 'string' }, ...stated.sort }],
          responses: { 200: { description: '', ...json({ type: 'array', items: parcel }) }, 400: { description: '' } },
        },
        post: {
          requestBody: {
            required: true,
            ...json({
              type: 'object',
              required: ['label', 'carrier'],
              properties: { label: { type: 'string' }, carrier: { type: 'string' } },
            }),
          },
          responses: { ...responses, 201: { description: '', ...json(parcel) } },
          ...stated.post,
        },
      },
      '/parcels/{id}/send': { put: { parameters: [byId], responses, ...stated.send } },
      '/parcels/{id}/photo': {
        put: {
          parameters: [byId],
          requestBody: {
            content: {
              'multipart/form-data': { schema: { type: 'object', properties: { photo: { type: 'string', format: 'binary' } } } },
            },
          },
          responses,
        },
      },
    },
  });
  const options = { phases: new Set([phase]), ...planOptions, authenticated: false };
  return planScenarios(contract, options).map((scenario) => converse(scenario, answerParcels));
}

let made = 0;

function answerParcels({ request: { operation, parameters, body } }: Case): Answer {
  const given = isObject(body?.value) ? body.value : {};
  if (operation.method === 'POST')
    return answered(201, { ...given, id: (made += 1), carrier: given['carrier'] === '' ? 'house' : (given['carrier'] ?? '') });
  if (operation.path.endsWith('/photo'))
    return answered(Object.keys(given).length === 0 ? 400 : 200, { id: 1, label: '', carrier: 'house' });
  if (operation.method === 'PUT') return answered(400);
  const sorting = parameters.find(({ name }) => name === 'sort_by')?.value;
  return sorting === undefined || ['id', 'label', 'carrier'].includes(String(sorting)) ? answered(200, []) : answered(400);
}

const broken = (phase: Phase, stated: Parameters<typeof talks>[1] = {}): string[] => talks(phase, stated).flatMap((talk) => talk.broken);

test('an operation that is stated to need something is not accused of the status that says so', () => {
  const refused = ['likely valid-accepted: valid data is refused: an ordinary request'];
  expect(broken('examples')).toEqual(refused);
  expect(broken('examples', { send: { 'x-specproof-requires': [{ status: 409, before: false }] } })).toEqual(refused);
  const stated = { send: { 'x-specproof-requires': [{ status: 400, before: false }] } };
  expect(broken('examples', stated)).toEqual([]);
  expect(talks('examples', stated).flatMap(({ said }) => said)).toContain('valid-accepted: cannot-judge');
});

test('what an operation is stated to set for such a body need not come back as it was written', () => {
  const wanted = 'likely written-read-back: carrier was written as "" and is answered as "house"';
  expect(broken('boundaries')).toContain(wanted);
  const sets = (carrier: string): JsonObject => ({
    'x-specproof-sets': [{ when: { properties: { carrier: { const: carrier } } }, values: { carrier: 'house' } }],
  });
  expect(broken('boundaries', { post: sets('none') })).toContain(wanted);
  expect(broken('boundaries', { post: sets('') })).toEqual([]);
});

test('lists are asked to sort by what their items have, and forms have a part', () => {
  const sorted = (sort: JsonObject): unknown => {
    const requests = talks('boundaries', { sort }).flatMap((talk) => talk.sent.map(({ request }) => request));
    return new Set(requests.flatMap(({ parameters }) => parameters.flatMap(({ name, value }) => (name === 'sort_by' ? [value] : []))));
  };
  expect(sorted({})).toEqual(new Set(['id']));
  expect(sorted({ schema: { type: 'string', default: 'label' } })).toEqual(new Set(['label']));
  expect(sorted({ description: 'With a direction after a comma: `label,desc`' })).toEqual(new Set(['label,asc']));
  const sent = talks('boundaries', {}).flatMap((talk) => talk.sent);
  const forms = sent.filter(({ request }) => request.operation.path.endsWith('/photo'));
  expect(forms.length).toBeGreaterThan(1);
  expect(forms.filter(({ request }) => isObject(request.body?.value) && Object.keys(request.body.value).length === 0)).toEqual([]);
});
