import { expect, test } from 'vitest';
import { brokenValues, invalidVariations } from '../../../src/cases/values/invalid-variations.ts';
import { listShape } from '../../../src/cases/inference/list-parameters.ts';
import { createPlanning } from '../../../src/cases/planning.ts';
import { reversedTimes } from '../../../src/cases/values/reversed-times.ts';
import { largestBody } from '../../../src/cases/inference/told-sizes.ts';
import { toldOrder } from '../../../src/cases/lists/told-order.ts';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { planOptions } from '../../support/plan-options.ts';

const item = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    created_by: { type: 'string' },
    title: { type: 'string' },
    checkIn: { type: 'string' },
    created: { type: 'integer' },
  },
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
  ['Lists the latest stays first', { property: 'created', descending: true, sure: false }],
  ['Lists the most recently created first', { property: 'created', descending: true, sure: true }],
  ['Lists the most recently updated first', undefined],
  ['Stays, which can be sorted by title', undefined],
  ['With order=desc they come the newest first', undefined],
  ['Use sort to have them sorted by title. Lists stays', undefined],
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
  ['Bodies may have 10 kB.', 10_240],
  ['A page has 20 items. Bodies are JSON.', undefined],
  ['Files of 10 GB are kept.', undefined],
])('%s', (info, want) => {
  const contract = contractOf({}, {}, info);
  expect(contract.operations.map((operation) => largestBody(contract, operation))).toEqual([undefined, want]);
});

test.each<[string, string, string, string | undefined]>([
  ['check_in', 'check_out', 'It must be after check_in.', 'certain'],
  ['checkIn', 'checkOut', 'No earlier than the check-in.', 'certain'],
  ['start', 'end', 'Later than start.', 'likely'],
  ['from', 'to', 'The last day; the price is told before tax.', undefined],
  ['start', 'end', 'When the last guest attends, before the restart.', undefined],
  ['checkIn', 'checkOut', 'The day of leaving.', undefined],
])('%s after %s is tried where the document tells their order: %s', (begin, end, description, want) => {
  const date = { type: 'string', format: 'date' };
  const schema = { type: 'object', properties: { [begin]: date, [end]: { ...date, description } } };
  const contract = contractOf({}, { requestBody: content(schema) });
  const operation = contract.operations[1];
  const planning = createPlanning(contract, { ...planOptions, phases: new Set(['invalid'] as const) });
  const body = { mediaType: 'application/json', value: { [begin]: '2026-01-01', [end]: '2026-01-05' } };
  const tried = operation === undefined ? [] : reversedTimes(planning, { operation, parameters: [], body });
  expect(tried.map(({ confidence }) => confidence)).toEqual(want === undefined ? [] : [want]);
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
