import { expect, test } from 'vitest';
import { joinLists } from '../../../src/lib/join-lists.ts';

test('gives the same list while its parts are the same ones, and another when one is replaced', () => {
  const first = ['a'];
  let second: readonly string[] = ['b'];
  const joined = joinLists([() => first, () => second]);
  const before = joined();
  expect(before).toEqual(['a', 'b']);
  expect(joined()).toBe(before);
  second = ['b', 'c'];
  expect(joined()).toEqual(['a', 'b', 'c']);
  expect(before).toEqual(['a', 'b']);
  second = [];
  expect(joined()).toEqual(['a']);
});

test('leaves out what is not wanted', () => {
  expect(joinLists([() => ['a', 'b'], () => ['c']], (item) => item !== 'b')()).toEqual(['a', 'c']);
});
