import { expect, test } from 'vitest';
import { jsonDetails } from '../../../src/lib/json-text.ts';

function details(text: string): { readonly duplicate: string | undefined; readonly numbers: readonly (readonly [string, string])[] } {
  const { duplicate, numbers } = jsonDetails(new TextEncoder().encode(text), text, JSON.parse(text));
  return { duplicate, numbers: [...numbers] };
}

test.each<[string, string | undefined]>([
  ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', undefined],
  ['{"a":1,"a":1}', '/a'],
  ['{"a":1,"\\u0061":1}', '/a'],
  ['[{"x/y":{"k":1,"k":2}}]', '/0/x~1y/k'],
  ['{"a":"\\":,{\\\\","b":"a"}', undefined],
  ['{"__proto__":1,"__proto__":2}', '/__proto__'],
  ['"a:b"', undefined],
  ['{"a" :1,"a"\n:1}', '/a'],
  ['{"a":1,"b":" : ","a":": "}', '/a'],
])('in %s the name given twice is %s', (text, duplicate) => expect(details(text).duplicate).toBe(duplicate));

test.each<[string, readonly (readonly [string, string])[]]>([
  ['[1,1.0,0.1,1e3,-0,1.50,9007199254740991]', []],
  ['{"a":[0,9007199254740993]}', [['/a/1', '9007199254740993']]],
  [
    '[0.10000000000000000001,"9007199254740993",1e400,0.100000000000000000]',
    [
      ['/0', '0.10000000000000000001'],
      ['/2', '1e400'],
    ],
  ],
  ['[1.7976931348623157e308,5e-324,12345678901234567000]', []],
])('of %s a double does not hold %j', (text, numbers) => expect(details(text).numbers).toEqual(numbers));

test.each<[string, readonly (readonly [string, string])[]]>([
  ['[0,1e-400,"0e-400"]', [['/1', '1e-400']]],
  ['{"a":0,"id":"3e1234","b": -1E+999 }', [['/b', '-1E+999']]],
  ['-1e400', [['', '-1e400']]],
  ['[0,1e05,10e-99,"1234567890123456789"]', []],
])('of %s with numbers at the border a double does not hold %j', (text, numbers) => expect(details(text).numbers).toEqual(numbers));

test('finds names and digits wherever they lie among the bytes', () => {
  for (let before = 0; before < 8; before++) {
    const indent = ' '.repeat(before);
    expect(details(`${indent}{"a":1,"b":12345678901234567}`)).toEqual({ duplicate: undefined, numbers: [['/b', '12345678901234567']] });
    expect(details(`${indent}{"a":1,"${'x'.repeat(before)}":{"b":2,"b":3}}`).duplicate).toMatch(/\/b$/);
    const text = '{"a":1,"a":12345678901234567}';
    const padded = new TextEncoder().encode(indent + text);
    expect(jsonDetails(padded.subarray(before), text, JSON.parse(text))).toEqual({
      duplicate: '/a',
      numbers: new Map([['/a', '12345678901234567']]),
    });
  }
});

test('reads texts of any length wherever in memory they begin', () => {
  for (let before = 0; before < 4; before++) {
    for (let length = 1; length < 24; length++) {
      const text = length === 1 ? '1' : `[${' '.repeat(length - 2)}]`;
      const padded = new TextEncoder().encode(' '.repeat(before) + text);
      expect(jsonDetails(padded.subarray(before), text, JSON.parse(text))).toEqual({ duplicate: undefined, numbers: new Map() });
    }
  }
});

test.each(['a', 'é', String.raw`\"`, String.raw`\\`])('reads a string of 20 million times %s', (unit) => {
  const text = `{"a":1,"b":"${unit.repeat(20_000_000)}","a":2}`;
  expect(details(text).duplicate).toBe('/a');
});
