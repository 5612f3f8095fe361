import { expect, test } from 'vitest';
import { boundedPattern, textPattern, withinTime } from '../../../src/spec/bounded-pattern.ts';

test('a pattern that took too long for one text is still tried with shorter ones, and not with texts as long', () => {
  const pattern = textPattern(String.raw`^(([a-z]|[^A-Z])+\.json)$`);
  expect(pattern?.matches('a'.repeat(60))).toBeUndefined();
  expect(pattern?.matches(`${'shelf'.repeat(4)}.json`)).toBe(true);
  expect(pattern?.matches(`${'a'.repeat(60)}.json`)).toBeUndefined();
});

test.each([
  ['^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', '0123abcd-0123-0123-0123-0123456789ab', true],
  ['^(x{4}){3,}$', 'x'.repeat(2000), true],
])('%s, which repeats a character a fixed number of times in a group, needs no limit of time', (source, text, fits) => {
  expect(boundedPattern(source)?.test(text)).toBe(fits);
});

test.each(['^(x{1,4}){12}$', '^(?:x{2}|x{3})+$', '^(x{4}y*)+$'])('%s may take long, and asks for a limit of time', (source) => {
  expect(() => boundedPattern(source)?.test('x'.repeat(40))).toThrow('a limit of time');
  expect(withinTime(() => boundedPattern(source)?.test('x'.repeat(40)))).toBeTypeOf('boolean');
});
