import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { answered } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const form = 'application/x-www-form-urlencoded';
const bed = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'area'],
  properties: { code: { type: 'string', pattern: '^[A-Z]{2}-[0-9]{3}$' }, area: { type: 'number', minimum: 0.1, maximum: 99.9 } },
};
const range = { type: 'object', additionalProperties: false, properties: { min: { type: 'number' } } };
const content = (schema: Json, ...types: string[]): JsonObject => ({
  content: Object.fromEntries(types.map((type) => [type, { schema }])),
});
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Beds', version: '1' },
  components: { schemas: { Bed: bed } },
  paths: {
    '/beds': {
      get: {
        parameters: [{ name: 'area', in: 'query', style: 'deepObject', explode: true, schema: range }],
        responses: { 200: { description: '' } },
      },
      post: {
        requestBody: { required: true, ...content({ $ref: '#/components/schemas/Bed' }, 'application/json', form) },
        responses: { 201: { description: '', ...content({ $ref: '#/components/schemas/Bed' }, 'application/json') } },
      },
    },
  },
});
const [list, create] = contract.operations;
const schemaOf = (name: 'list' | 'create') => (name === 'list' ? list?.parameters[0]?.schema : create?.requestBody?.content[0]?.schema);

type Fault = 'form-unchecked' | 'form-cut' | 'form-refused' | 'members-unchecked' | 'spelling-refused';

function createBeds(fault?: Fault): (planned: Case) => Answer {
  const fits = (name: 'list' | 'create', value: Json): boolean => {
    const place = schemaOf(name);
    return place !== undefined && contract.validators.validate(place, value, 'request').kind === 'valid';
  };
  return ({ request }) => {
    if (request.operation.method === 'GET') {
      const area = request.parameters[0]?.value ?? {};
      return answered(fault === 'members-unchecked' || fits('list', area) ? 200 : 400);
    }
    const type = request.headers?.find(([name]) => name === 'Content-Type')?.[1] ?? request.body?.mediaType ?? '';
    const asForm = type === form;
    if (asForm ? fault === 'form-refused' : !/^application\/json/i.test(type)) return answered(415);
    if (fault === 'spelling-refused' && type.includes('charset')) return answered(415);
    const value = request.body?.value ?? null;
    if (!fits('create', value) && !(asForm && fault === 'form-unchecked')) return answered(422);
    const area = isObject(value) ? Number(value['area']) : 0;
    return answered(201, isObject(value) && asForm && fault === 'form-cut' ? { ...value, area: area + 0.5 } : value);
  };
}

function broken(fault?: Fault): readonly string[] {
  return brokenIn(contract, { ...planOptions, phases: new Set(['examples', 'invalid']) }, () => createBeds(fault));
}

test('what refuses and keeps the same in JSON and forms, and checks each member, breaks nothing', () => expect(broken()).toEqual([]));

test.each<[Fault, RegExp]>([
  ['form-unchecked', /^certain invalid-refused: invalid data is accepted: `body.code` as "!"/],
  ['form-cut', /^certain written-read-back: area was written as /],
  ['form-refused', /^certain media-type-taken: a body in the declared application\/x-www-form-urlencoded is refused/],
  ['members-unchecked', /^certain invalid-refused: invalid data is accepted: `area.min` as a word/],
  ['members-unchecked', /^likely invalid-refused: invalid data is accepted: `area` with the unknown property/],
  ['members-unchecked', /^likely invalid-refused: invalid data is accepted: `area` as a word/],
  ['spelling-refused', /^likely media-type-taken: /],
])('%s shows as %s', (fault, want) => {
  expect(
    broken(fault).filter((line) => want.test(line)),
    broken(fault).join('\n'),
  ).not.toEqual([]);
});
