import { expect, test } from 'vitest';
import { textPattern } from '../../../src/spec/bounded-pattern.ts';

test('a pattern that took too long for one text is still tried with shorter ones, and not with texts as long', () => {
  const pattern = textPattern(String.raw`^(([a-z]|[^A-Z])+\.json)$`);
  expect(pattern?.matches('a'.repeat(60))).toBeUndefined();
  expect(pattern?.matches(`${'shelf'.repeat(4)}.json`)).toBe(true);
  expect(pattern?.matches(`${'a'.repeat(60)}.json`)).toBeUndefined();
});
