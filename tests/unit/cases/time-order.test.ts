import { expect, test } from 'vitest';
import type { Json } from '../../../src/lib/json.ts';
import { reordersTimes } from '../../../src/cases/time-order.ts';

const [early, late, name] = ['2024-02-29', '2024-05-17T12:30:00Z', 'Sirius'];

test.each<[what: string, control: Json, value: Json, want: boolean]>([
  ['the start goes behind the end', { from: early, to: late }, { from: late, to: early }, true],
  ['both become one', { from: early, to: late }, { from: early, to: early }, true],
  ['the other one comes along', { from: early }, { from: early, to: late }, true],
  ['deep down', [{ a: [{ from: early, to: late }] }], [{ a: [{ from: late, to: early }] }], true],
  ['both move and stay in order', { from: early, to: late }, { from: '1999-12-31', to: '2024-03-01' }, false],
  ['one is left out', { from: early, to: late }, { from: late }, false],
  ['one is no time', { from: early, to: name }, { from: late, to: name }, false],
  ['a time becomes null', { from: early, to: late }, { from: early, to: null }, false],
  ['they stand in different objects', { a: { from: early }, b: { to: late } }, { a: { from: late }, b: { to: early } }, false],
])('%s', (_, control, value, want) => expect(reordersTimes(control, value)).toBe(want));
