import { expect, test } from 'vitest';
import { isSorted } from '../../../src/cases/lists/order.ts';
import type { Json } from '../../../src/lib/json.ts';

const sorted = (values: readonly Json[], descending?: boolean): boolean =>
  isSorted(
    values.map((price) => ({ price })),
    { value: 'price', property: 'price', descending },
  );

test.each<[readonly Json[], boolean]>([
  [['9.50', '45.00', '100.00'], true],
  [['100.00', '45.00', '9.50'], false],
  [['-2.00', '0.00', '1.5'], true],
  [[9.5, 45, 100], true],
  [[45, 9.5], false],
  [['Zoë', 'adam'], true],
  [['adam', 'zoe', 'bob'], false],
])('%j is sorted upwards: %s', (values, want) => expect(sorted(values, false)).toBe(want));

test('decimals in texts that are sorted as texts are sorted in neither direction', () =>
  expect(sorted(['100.00', '45.00', '9.50', '12.00'])).toBe(false));
