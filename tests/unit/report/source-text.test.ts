import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../src/lib/json.ts';
import { code, literal } from '../../../src/report/source-text.ts';

const readBack = (source: string): unknown => runInNewContext(`(${source})`);

test('any text and any JSON is read back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => readBack(literal(text)) === text),
    { seed: 1 },
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => JSON.stringify(readBack(code(value as Json, 0))) === JSON.stringify(value)),
    { seed: 1 },
  );
});

test('long values have a line for each entry', () => {
  const long = 'x'.repeat(70);
  expect(code({ a: long, 'b-c': [1, 2] }, 2)).toBe(`{\n    a: '${long}',\n    'b-c': [1, 2],\n  }`);
  expect(code([], 0)).toBe('[]');
});
