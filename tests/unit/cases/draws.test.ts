import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RequestPlan } from '../../../src/cases/case.ts';
import { arbitraryRequest, draw } from '../../../src/cases/values/draws.ts';
import { createPlanning, type Planning } from '../../../src/cases/planning.ts';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { planOptions } from '../../support/plan-options.ts';

const text: Json = { type: 'string' };
const options = {
  phases: new Set(['random'] as const),
  ...planOptions,
};

function planningOf(operation: JsonObject): { readonly planning: Planning; readonly control: RequestPlan } {
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: { '/things/{id}': { post: { responses: { 200: { description: '' } }, ...operation } } },
  });
  const [first] = contract.operations;
  if (!first) throw new TypeError('the document above has it');
  return { planning: createPlanning(contract, options), control: { operation: first, parameters: [{ name: 'id', in: 'path', value: 7 }] } };
}

const id: Json = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const drawn = (planning: Planning, control: RequestPlan, tame: boolean): RequestPlan[] => {
  const arbitrary = arbitraryRequest(planning, control, tame);
  return arbitrary ? fc.sample(arbitrary, { seed: 3, numRuns: 100 }) : [];
};

test('parameters come and go, but for required ones and identifiers', () => {
  const query = (name: string, schema: Json, required = false): Json => ({ name, in: 'query', required, schema });
  const { planning, control } = planningOf({
    parameters: [
      id,
      query('size', { type: 'integer', minimum: 1, maximum: 9 }, true),
      query('kind', { enum: ['a', 'b'] }),
      query('q', text),
    ],
  });
  const names = drawn(planning, control, false).map(({ parameters }) => parameters.map(({ name }) => name).join());
  expect(new Set(names)).toEqual(new Set(['id,size', 'id,size,kind', 'id,size,q', 'id,size,kind,q']));
  // a text that may be anything names something: tame requests have none
  expect(new Set(drawn(planning, control, true).flatMap(({ parameters }) => parameters.map(({ name }) => name)))).toEqual(
    new Set(['id', 'size', 'kind']),
  );
});

test('no list or object of a parameter holds what could be taken for its separators', () => {
  const { planning, control } = planningOf({
    parameters: [id, { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string', pattern: '^[a-c,|&=]+$' } } }],
  });
  const tags = drawn(planning, control, false).flatMap(({ parameters }) => parameters.filter(({ name }) => name === 'tags'));
  expect(tags.length).toBeGreaterThan(0);
  expect(JSON.stringify(tags.map(({ value }) => (value as readonly string[]).join('')))).not.toMatch(/[|&=]/);
});

test('forms are flat, JSON is anything', () => {
  const properties: JsonObject = { name: text, tags: { type: 'array', items: text } };
  const body = (type: string): JsonObject => ({ requestBody: { content: { [type]: { schema: { type: 'object', properties } } } } });
  const withArrays = (type: string): number => {
    const { planning, control } = planningOf({ parameters: [id], ...body(type) });
    const sent = drawn(planning, { ...control, body: { mediaType: type, value: { name: 'x' } } }, false);
    expect(new Set(sent.map((one) => JSON.stringify(one.body?.value))).size).toBeGreaterThan(10);
    return sent.filter((one) => JSON.stringify(one.body?.value).includes('[')).length;
  };
  expect(withArrays('application/x-www-form-urlencoded')).toBe(0);
  expect(withArrays('application/json')).toBeGreaterThan(0);
});

test('there is no request to draw where nothing may vary', () => {
  const { planning, control } = planningOf({ parameters: [id] });
  expect(arbitraryRequest(planning, control, true)).toBe(undefined);
});

test('a draw depends on seed, salt and number alone', () => {
  const values = fc.integer();
  expect(draw(values, 1, 'a', 3).value).toBe(draw(values, 1, 'a', 3).value);
  const others = [draw(values, 2, 'a', 3), draw(values, 1, 'b', 3), draw(values, 1, 'a', 4)].map(({ value }) => value);
  expect(others).not.toContain(draw(values, 1, 'a', 3).value);
});
