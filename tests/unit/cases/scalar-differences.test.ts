import { expect, test } from 'vitest';
import { scalarDifference } from '../../../src/cases/values/scalar-differences.ts';
import type { Json } from '../../../src/lib/json.ts';

const rows: readonly (readonly [
  written: Json,
  read: Json,
  schema: { readonly [name: string]: Json },
  name: string,
  want: 'plain' | 'usual' | undefined,
])[] = [
  ['a', 'a', {}, 'text', undefined],
  [5, '5', {}, 'size', undefined],
  [5.1, Math.fround(5.1), {}, 'angle', 'plain'],
  [5.1, Math.fround(5.1), { format: 'float' }, 'angle', undefined],
  [0.123456789123, 0.123456789, {}, 'angle', 'usual'],
  [10.55, 10.5, {}, 'rate', 'plain'],
  [' a ', 'a', {}, 'text', 'usual'],
  ['a  b', 'a b', {}, 'text', 'plain'],
  ['ABC', 'abc', {}, 'title', 'plain'],
  ['ABC', 'abc', {}, 'username', 'usual'],
  ['A@B.test', 'A@b.test', { format: 'email' }, 'email', undefined],
  ['A@B.test', 'a@b.test', { format: 'email' }, 'email', 'usual'],
  ['e\u0301', '\u00e9', {}, 'text', 'usual'],
  ['\u{1f52d}', '?', {}, 'text', 'plain'],
  ['2026-01-01T00:00:00+02:00', '2025-12-31T22:00:00Z', { format: 'date-time' }, 'starts_at', undefined],
  ['2026-01-01T00:00:00+02:00', '2026-01-01T00:00:00Z', { format: 'date-time' }, 'starts_at', 'plain'],
  ['2026-01-01T00:00:00+02:00', '2026-01-01T00:00:00', { format: 'date-time' }, 'starts_at', undefined],
  ['2026-01-01T00:00:00.123456Z', '2026-01-01T00:00:00Z', { format: 'date-time' }, 'starts_at', 'usual'],
  ['2026-01-02', '2026-01-01', { format: 'date' }, 'day', 'plain'],
  ['http://a.test', 'http://a.test/', { format: 'uri' }, 'homepage', undefined],
  ['6BA7B810-9DAD-11D1-80B4-00C04FD430C8', '6ba7b810-9dad-11d1-80b4-00c04fd430c8', { format: 'uuid' }, 'ref', undefined],
  ['hunter2', '********', {}, 'phrase', undefined],
  ['01.39', '1.39', {}, 'price', undefined],
  ['1.30', '1.3', {}, 'price', 'plain'],
  ['007', '7', {}, 'code', 'plain'],
];

test.each(rows)('%j read as %j (%j, %s): %s', (written, read, schema, name, want) => {
  expect(scalarDifference(written, read, schema, name)).toBe(want);
});
