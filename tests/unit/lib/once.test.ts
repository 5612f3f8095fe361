import { expect, test } from 'vitest';
import { once } from '../../../src/lib/once.ts';

test('makes its value when it is first asked for, and never again', () => {
  let made = 0;
  const value = once(() => {
    made++;
    return undefined;
  });
  expect(made).toBe(0);
  expect([value(), value()]).toEqual([undefined, undefined]);
  expect(made).toBe(1);
});
