import { expect, test } from 'vitest';
import { keepLast } from '../../../src/lib/keep-last.ts';

test('computes anew only when another object is asked about', () => {
  const asked: string[] = [];
  const nameOf = keepLast(({ name }: { readonly name: string }) => {
    asked.push(name);
    return { name };
  });
  const [one, other] = [{ name: 'one' }, { name: 'other' }];
  expect(nameOf(one)).toBe(nameOf(one));
  expect(nameOf(other)).toEqual({ name: 'other' });
  expect(nameOf(one)).toEqual({ name: 'one' });
  expect(asked).toEqual(['one', 'other', 'one']);
});

test('remembers that the answer was undefined', () => {
  let times = 0;
  const nothing = keepLast(() => void times++);
  const key = {};
  nothing(key);
  expect(nothing(key)).toBe(undefined);
  expect(times).toBe(1);
});
