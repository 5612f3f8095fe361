import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/lib/json.ts';
import { arbitraryValue } from '../../../../src/spec/values/arbitrary-value.ts';
import { here, schemaContract } from '../../../support/schema-contract.ts';

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

test('there is no arbitrary where there is no value', () => {
  const { contract, place } = schemaContract(false);
  expect(arbitraryValue(contract, place, { direction: 'request', seed: 1 })).toBe(undefined);
});
