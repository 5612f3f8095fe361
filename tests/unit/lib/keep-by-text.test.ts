import { expect, test } from 'vitest';
import { keepByText } from '../../../src/lib/keep-by-text.ts';

test('makes nothing anew for a text, not even nothing', () => {
  const asked: string[] = [];
  const vowels = keepByText((text: string) => {
    asked.push(text);
    return /[aeiou]+/.exec(text)?.[0];
  });
  expect([vowels('beach'), vowels('shh'), vowels('beach'), vowels('shh')]).toEqual(['ea', undefined, 'ea', undefined]);
  expect(asked).toEqual(['beach', 'shh']);
});

test('tells apart what the given text tells apart, and no more', () => {
  const sources = keepByText(
    ({ expression }: { readonly expression: RegExp; readonly seed: number }) => expression.source,
    ({ expression, seed }) => `${seed} ${String(expression)}`,
  );
  expect(sources({ expression: /a/, seed: 1 })).toBe('a');
  expect(sources({ expression: /b/, seed: 1 })).toBe('b');
});

test('forgets before it holds without end', () => {
  let times = 0;
  const counted = keepByText((text: string) => {
    times += 1;
    return text;
  });
  for (let number = 0; number <= 1000; number++) counted(String(number));
  expect(counted('0')).toBe('0');
  expect(times).toBe(1002);
});
