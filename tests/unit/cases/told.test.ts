import { expect, test } from 'vitest';
import { brokenValues, invalidVariations } from '../../../src/cases/invalid-variations.ts';
import { listShape } from '../../../src/cases/list-parameters.ts';
import { createPlanning } from '../../../src/cases/planning.ts';
import { largestBody } from '../../../src/cases/told-sizes.ts';
import { toldOrder } from '../../../src/cases/told-order.ts';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { planOptions } from '../../support/plan-options.ts';

const item = {
  type: 'object',
  properties: { id: { type: 'integer' }, title: { type: 'string' }, checkIn: { type: 'string' }, created: { type: 'integer' } },
};
const content = (schema: Json, type = 'application/json'): JsonObject => ({ content: { [type]: { schema } } });
const contractOf = (get: JsonObject, post: JsonObject = {}, info = ''): ReturnType<typeof createContract> =>
  createContract({
    openapi: '3.1.0',
    info: { title: 'Stays', version: '1', description: info },
    paths: {
      '/stays': {
        get: { ...get, responses: { 200: { description: '', ...content({ type: 'array', items: item }) } } },
        post: { responses: { 201: { description: '' }, 413: { description: '' } }, ...post },
      },
    },
  });

test.each([
  ['Lists the stays, the newest first', { property: 'created', descending: true, sure: true }],
  ['Lists the oldest first', { property: 'created', descending: false, sure: true }],
  ['Stays, sorted by check-in.', { property: 'checkIn', descending: false, sure: true }],
  ['Stays, by title', { property: 'title', descending: false, sure: false }],
  ['Stays ordered by title descending', { property: 'title', descending: true, sure: true }],
  ['Stays that were made by guests', undefined],
  ['Stays, by hand', undefined],
])('%s', (summary, want) => {
  const contract = contractOf({ summary });
  const [list] = contract.operations;
  const shape = list && listShape(contract, list);
  const told = shape && toldOrder(contract, shape);
  expect(told && { property: told.property, descending: told.descending, sure: told.sure }).toEqual(want);
});

test.each([
  ['Bodies above 65536 bytes are refused with 413.', 65_536],
  ['A body of more than 64 KiB is too large.', 65_536],
  ['Bodies may have 10,000 bytes.', 10_000],
  ['A page has 20 items. Bodies are JSON.', undefined],
  ['Files of 10 GB are kept.', undefined],
])('%s', (info, want) => {
  const contract = contractOf({}, {}, info);
  expect(contract.operations.map((operation) => largestBody(contract, operation))).toEqual([undefined, want]);
});

test('a form beside a nested map that was accepted, or whose spelling is declared, is broken member by member', () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    required: ['title'],
    properties: {
      title: { type: 'string', maxLength: 9 },
      stars: { type: 'integer', maximum: 5 },
      notes: { type: 'object', maxProperties: 2, additionalProperties: { type: 'string', maxLength: 4 } },
    },
  };
  const form = (encoding: JsonObject): JsonObject => ({ content: { 'application/x-www-form-urlencoded': { schema, encoding } } });
  const broken = (encoding: JsonObject): readonly string[] => {
    const contract = contractOf({}, { requestBody: { required: true, ...form(encoding) } });
    const planning = createPlanning(contract, { ...planOptions, phases: new Set(['invalid'] as const) });
    const operation = contract.operations[1];
    if (!operation) return [];
    const body = { mediaType: 'application/x-www-form-urlencoded', value: { title: 'Sea', stars: 1, notes: { a: 'b' } } };
    const request = { operation, parameters: [], body };
    return invalidVariations(planning, request, brokenValues(planning, request)).map(({ title }) => title);
  };
  const nested = /notes/;
  expect(broken({}).filter((title) => !nested.test(title))).toEqual(
    expect.arrayContaining(['`body.stars` above its maximum 5: 6', 'without the required `body.title`']),
  );
  expect(broken({}).filter((title) => nested.test(title))).not.toContain('`body.notes` with 3 properties, more than 2');
  expect(broken({ notes: { style: 'deepObject', explode: true } })).toContain('`body.notes` with 3 properties, more than 2');
});
