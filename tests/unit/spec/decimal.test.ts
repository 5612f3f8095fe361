import { expect, test } from 'vitest';
import { isMultipleOf } from '../../../src/spec/decimal.ts';

test.each([
  [0.3, 0.1, true],
  [0.35, 0.1, false],
  [19.99, 0.01, true],
  [1e21, 7, false],
  [7e21, 7, true],
  [1e-7, 1e-8, true],
  [4.5, 1.5, true],
  [0, 0.1, true],
  [-0.6, 0.2, true],
  [9007199254740991, 2, false],
  [0.1 + 0.2, 0.1, false],
  [1.005, 0.001, true],
  [123456789012345.5, 0.25, true],
])('%d as a multiple of %d: %s', (value, divisor, want) => expect(isMultipleOf(value, divisor)).toBe(want));
