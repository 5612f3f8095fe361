import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/lib/json.ts';
import { greatestOf, isInRange, leastOf, nearestIn, numericRange } from '../../../../src/spec/values/numeric-range.ts';
import { viewOf } from '../../../../src/spec/values/schema-view.ts';
import { schemaContract } from '../../../support/schema-contract.ts';

const rows: readonly (readonly [JsonObject, boolean, number | undefined, number | undefined])[] = [
  [{ minimum: 1.5, maximum: 3.5 }, true, 2, 3],
  [{ exclusiveMinimum: 1, exclusiveMaximum: 3 }, true, 2, 2],
  [{ exclusiveMinimum: 0, exclusiveMaximum: 1 }, false, 0.01, 0.99],
  [{ minimum: 0.3, maximum: 1, multipleOf: 0.1 }, false, 0.3, 1],
  [{ multipleOf: 0.5, minimum: 0.2, maximum: 2.7 }, true, 1, 2],
  [{ allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], minimum: 1, maximum: 30 }, true, 12, 24],
  [{}, true, undefined, undefined],
];

test.each(rows)('%j, integer %s: from %s to %s', (schema, integer, least, greatest) => {
  const { contract, place } = schemaContract(schema);
  const range = numericRange(viewOf(contract, [place]), integer);
  expect([leastOf(range), greatestOf(range)]).toEqual([least, greatest]);
  for (const edge of [least, greatest]) expect(edge === undefined || isInRange(range, edge)).toBe(true);
  expect(isInRange(range, nearestIn(range, 1e6) ?? Number.NaN)).toBe(true);
});
