import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/lib/json.ts';
import { arbitraryValue } from '../../../../src/spec/values/arbitrary-value.ts';
import { here, schemaContract } from '../../../support/schema-contract.ts';

const text: Json = { type: 'string' };
const tree = {
  type: 'object',
  required: ['n'],
  properties: { n: { type: 'integer', minimum: 0, maximum: 1000 }, kids: { type: 'array', items: { $ref: `#${here}` } } },
};

describe('draws are valid and vary', () => {
  const rows: readonly (readonly [string, Json, number])[] = [
    ['integers with steps', { type: 'integer', minimum: 10, maximum: 1000, multipleOf: 5 }, 20],
    ['numbers', { type: 'number', exclusiveMinimum: 0, maximum: 1 }, 20],
    ['patterns', { type: 'string', pattern: '^[a-f]{2,6}$' }, 20],
    ['lengths', { type: 'string', minLength: 3, maxLength: 6 }, 20],
    ['formats', { type: 'string', format: 'date-time' }, 20],
    ['unique items', { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true }, 5],
    [
      'unique items of which there are too few',
      { anyOf: [{ type: 'boolean' }, { type: 'array', items: { const: 1 }, minItems: 2, uniqueItems: true }] },
      2,
    ],
    ['unions', { oneOf: [{ type: 'boolean' }, { type: 'null' }, { type: 'string' }] }, 4],
    ['maps', { type: 'object', additionalProperties: { type: 'integer' } }, 10],
    ['recursion', tree, 20],
    ['exclusions', { type: 'integer', minimum: 1, maximum: 9, not: { multipleOf: 2 } }, 5],
    [
      'conditions',
      {
        properties: { a: { type: 'boolean' } },
        required: ['a'],
        if: { properties: { a: { const: true } } },
        then: { required: ['b'] },
        else: { maxProperties: 1 },
      },
      2,
    ],
    ['dependents', { type: 'object', properties: { a: text, b: text, c: text }, dependentRequired: { a: ['b'], b: ['c'] } }, 20],
    ['dependents of what is required', { type: 'object', properties: { a: text }, required: ['a'], dependentRequired: { a: ['b'] } }, 20],
    ['counted properties', { type: 'object', properties: { a: text, b: text, c: text }, minProperties: 2, maxProperties: 2 }, 20],
    ['counted free properties', { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 2, maxProperties: 3 }, 20],
    [
      'patterns of names',
      { type: 'object', patternProperties: { '^x-': { type: 'integer' } }, additionalProperties: false, minProperties: 1 },
      20,
    ],
    ['rules of names', { type: 'object', propertyNames: { pattern: '^[A-Z]{2}$' }, additionalProperties: { type: 'integer' } }, 20],
    ['listed names', { type: 'object', propertyNames: { enum: ['en', 'de'] }, additionalProperties: { type: 'boolean' } }, 5],
    ['nothing beyond what is evaluated', { allOf: [{ properties: { a: { type: 'integer' } } }], unevaluatedProperties: false }, 10],
    ['what is not evaluated', { properties: { a: { type: 'integer' } }, unevaluatedProperties: { type: 'boolean' }, minProperties: 1 }, 20],
    ['first items', { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], items: { type: 'boolean' } }, 20],
    ['items to be contained', { type: 'array', contains: { const: 7 }, minContains: 2, items: { type: 'integer' } }, 20],
    ['branches that overlap', { oneOf: [{ properties: { a: text } }, { properties: { b: text }, required: ['b'] }] }, 3],
    ['branches that all fit', { type: 'object', anyOf: [{ required: ['a'] }, { required: ['b'] }], properties: { a: text, b: text } }, 20],
    ['unions with null', { anyOf: [{ type: 'integer' }, { type: 'null' }] }, 10],
  ];
  test.each(rows)('%s', (_, schema, fewest) => {
    const { contract, place } = schemaContract(schema);
    const arbitrary = arbitraryValue(contract, place, { direction: 'request', seed: 1 }) ?? fc.constant(null);
    const values = fc.sample(arbitrary, { seed: 7, numRuns: 60 });
    expect(values.filter((value) => contract.validators.validate(place, value, 'request').kind !== 'valid')).toEqual([]);
    expect(new Set(values.map((value) => JSON.stringify(value))).size).toBeGreaterThanOrEqual(fewest);
  });
});

test('a failure shrinks to a small value', () => {
  const { contract, place } = schemaContract(tree);
  const arbitrary = arbitraryValue(contract, place, { direction: 'request', seed: 1 }) ?? fc.constant(null);
  const found = fc.check(
    fc.property(arbitrary, (value) => (value as { readonly n: number }).n < 100),
    { seed: 3, numRuns: 200 },
  );
  expect(found.counterexample?.[0]).toMatchObject({ n: 100 });
});

test('recursion is entered', () => {
  const { contract, place } = schemaContract(tree);
  const arbitrary = arbitraryValue(contract, place, { direction: 'request', seed: 1 }) ?? fc.constant(null);
  const values = fc.sample(arbitrary, { seed: 7, numRuns: 60 }) as readonly { readonly kids?: readonly object[] }[];
  expect(values.some(({ kids = [] }) => kids.length > 0)).toBe(true);
});

test('tame draws vary only in what the schema states', () => {
  const properties = {
    name: text,
    count: { type: 'integer' },
    level: { type: 'integer', minimum: 1, maximum: 99 },
    kind: { enum: ['a', 'b'] },
  };
  const { contract, place } = schemaContract({ type: 'object', required: Object.keys(properties), properties, additionalProperties: true });
  const arbitrary = arbitraryValue(contract, place, { direction: 'request', seed: 1, tame: true }) ?? fc.constant(null);
  const values = fc.sample(arbitrary, { seed: 7, numRuns: 100 }) as readonly Record<string, Json>[];
  const seen = (name: string): number => new Set(values.map((value) => value[name])).size;
  expect(
    values.every((value) => /^[a-z]+$/.test(String(value['name'])) && Number(value['count']) >= 1 && Number(value['count']) <= 20),
  ).toBe(true);
  expect(values.flatMap(Object.keys).every((name) => Object.hasOwn(properties, name))).toBe(true);
  expect(seen('level')).toBeGreaterThan(20);
  expect(seen('kind')).toBe(2);
});

test('null is left out on demand, where anything else is allowed', () => {
  const properties = { a: { type: ['integer', 'null'] }, b: { anyOf: [{ type: 'boolean' }, { type: 'null' }] }, c: { type: 'null' } };
  const { contract, place } = schemaContract({ type: 'object', required: ['a', 'b', 'c'], properties });
  const arbitrary = arbitraryValue(contract, place, { direction: 'request', seed: 1, withoutNull: true }) ?? fc.constant(null);
  const values = fc.sample(arbitrary, { seed: 7, numRuns: 50 }) as readonly Record<string, Json>[];
  expect(values.filter(({ a, b, c }) => a === null || b === null || c !== null)).toEqual([]);
});

test('there is no arbitrary where there is no value', () => {
  const { contract, place } = schemaContract(false);
  expect(arbitraryValue(contract, place, { direction: 'request', seed: 1 })).toBe(undefined);
});
