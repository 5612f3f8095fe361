import { expect, test } from 'vitest';
import { brokenValues, invalidVariations } from '../../../src/cases/values/invalid-variations.ts';
import { listShape } from '../../../src/cases/inference/list-parameters.ts';
import { createPlanning } from '../../../src/cases/planning.ts';
import { ignoresToldOrder, reversedTimes } from '../../../src/cases/values/reversed-times.ts';
import { validVariations, type Variation } from '../../../src/cases/values/variations.ts';
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

const timed = (properties: JsonObject, description = ''): ReturnType<typeof createContract> =>
  contractOf({}, { requestBody: content({ type: 'object', description, properties }) });
const moment = (description: string): Json => ({ type: 'string', format: 'date-time', description });

test.each<[what: string, gates: string, whole: string, tried: readonly string[], ignored: readonly boolean[]]>([
  ['of itself', 'When the gates open, not after curtainAt.', '', ['certain'], [false, true, true]],
  ['of both', '', 'gatesAt must not be after curtainAt.', ['certain'], [false, true, true]],
  ['of the other way round', '', 'curtainAt must be before gatesAt.', [], [true, false, true]],
  ['of neither', 'Not before noon; told after payment.', 'gatesAt is shown beside curtainAt.', [], [false, false, false]],
  ['of when it is told', 'Told not later than noon.', '', [], [false, false, false]],
])('an order of times that no name tells is broken where words speak of it: %s', (_, gates, whole, want, told) => {
  const contract = timed({ gatesAt: moment(gates), curtainAt: moment('') }, whole);
  const operation = contract.operations[1];
  if (!operation) throw new TypeError('stays are made');
  const planning = createPlanning(contract, { ...planOptions, phases: new Set(['invalid'] as const) });
  const body = { mediaType: 'application/json', value: { gatesAt: '2027-01-01T18:00:00Z', curtainAt: '2027-01-01T20:00:00Z' } };
  expect(reversedTimes(planning, { operation, parameters: [], body }).map(({ confidence }) => confidence)).toEqual(want);
  const reversed = { gatesAt: body.value.curtainAt, curtainAt: body.value.gatesAt };
  const ignored = [body.value, reversed, { curtainAt: body.value.curtainAt }].map((value) => ignoresToldOrder(planning, operation, value));
  expect(ignored).toEqual(told);
});

test('names of times are taken to the letter', () => {
  const value = { 'gates(at': '2027-01-01T20:00:00Z', 'curtain[at]': '2027-01-01T18:00:00Z' };
  const contract = timed({ 'gates(at': moment('Not after curtain[at].'), 'curtain[at]': moment('') });
  const operation = contract.operations[1];
  if (!operation) throw new TypeError('stays are made');
  expect(ignoresToldOrder(createPlanning(contract, { ...planOptions, phases: new Set() }), operation, value)).toBe(true);
});

test('no time is tried outside of the years that words name, and one whose other half is not sent is not held to be taken', () => {
  const variationsOf = (description: string, value: JsonObject, method: 'POST' | 'PATCH' = 'POST'): readonly Variation[] => {
    const contract = timed({ gatesAt: moment(description), curtainAt: moment('') });
    const operation = contract.operations[1];
    const planning = createPlanning(contract, { ...planOptions, phases: new Set(['boundaries'] as const) });
    if (!operation) throw new TypeError('stays are made');
    const body = { mediaType: 'application/json', value };
    return validVariations(planning, { operation: { ...operation, method }, parameters: [], body });
  };
  const both = { gatesAt: '2027-01-01T18:00:00Z', curtainAt: '2027-01-01T20:00:00Z' };
  const early = (description: string): number =>
    variationsOf(description, both).filter(({ request }) => /"gatesAt":"1[0-9]{3}/.test(JSON.stringify(request.body?.value))).length;
  expect(early('When they open.')).toBeGreaterThan(0);
  expect(early('In the years 2000 to 2099.')).toBe(0);
  const sure = (value: JsonObject, method: 'POST' | 'PATCH'): boolean =>
    variationsOf('', value, method).some(({ confidence, place }) => confidence === 'certain' && place === '/gatesAt');
  const one = { gatesAt: both.gatesAt };
  expect([sure(both, 'PATCH'), sure(one, 'PATCH'), sure(one, 'POST')]).toEqual([true, false, true]);
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
