import { expect, test } from 'vitest';
import type { Json } from '../../../src/lib/json.ts';
import { keepTimeOrder, reordersTimes } from '../../../src/cases/inference/time-order.ts';

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

test.each<[what: string, value: Json, want: string]>([
  ['a time behind the end goes before it', { from: '2024-08-29', to: late }, '2020-08-29'],
  ['one that is in order stays', { from: early, to: late }, early],
  ['one of no control stays', { from: '2024-08-29', until: late }, '2024-08-29'],
  ['what is no time stays', { from: name, to: late }, name],
])('%s', (_, value, want) =>
  expect(keepTimeOrder({ from: early, to: late }, value, '/from')).toEqual({ ...(value as object), from: want }),
);

test('an end before its start goes behind it, a leap day stays one', () => {
  expect(keepTimeOrder({ from: '2024-05-01', to: '2024-06-01' }, { from: '2024-05-01', to: early }, '/to')).toEqual({
    from: '2024-05-01',
    to: '2028-02-29',
  });
});
