import { expect, test } from 'vitest';
import type { Json } from '../../../../src/lib/json.ts';
import { brief, endsAt, isHalfTimed, orderTimes } from '../../../../src/spec/values/time-pairs.ts';

test.each([
  ['checkIn', 'checkOut', true],
  ['start_date', 'end_date', true],
  ['valid-from', 'valid-until', true],
  ['endDate', 'startDate', false],
  ['start_date', 'end_time', false],
  ['created_at', 'updated_at', false],
  ['date', 'date', false],
])('%s ends at %s: %s', (begin, end, want) => expect(endsAt(begin, end)).toBe(want));

test.each<[what: string, value: Record<string, Json>, want: Record<string, Json>]>([
  ['what ends before it begins is exchanged', { from: '2024-06-05', to: '2024-01-02' }, { from: '2024-01-02', to: '2024-06-05' }],
  ['what is in order stays', { from: '2024-01-02', to: '2024-06-05' }, { from: '2024-01-02', to: '2024-06-05' }],
  ['a date and a time stay', { from: '2024-06-05', to: '2024-01-02T00:00:00Z' }, { from: '2024-06-05', to: '2024-01-02T00:00:00Z' }],
  ['what is no time stays', { from: 'b', to: 'a' }, { from: 'b', to: 'a' }],
])('%s', (_, value, want) => {
  const members = new Map(Object.entries(value));
  orderTimes(members);
  expect(Object.fromEntries(members)).toEqual(want);
});

test.each<[what: string, value: Record<string, Json>, want: boolean]>([
  ['a beginning without its end', { starts_on: '2024-06-05', name: 'x' }, true],
  ['an end whose beginning is null', { ends_on: '2024-06-05', starts_on: null }, true],
  ['both', { starts_on: '2024-06-05', ends_on: '2024-06-07' }, false],
  ['neither', { name: 'x' }, false],
  ['an end that is cleared', { ends_on: null }, false],
])('one end of a time without the other: %s', (_, value, want) => expect(isHalfTimed(value, ['name', 'starts_on', 'ends_on'])).toBe(want));

test('what lasts long becomes brief, unless its end may not move', () => {
  const long = {
    name: 'x',
    checkIn: '2024-02-28',
    checkOut: '2024-12-01',
    startTime: '2024-01-01T10:00:00Z',
    endTime: '2024-05-01T10:00:00Z',
  };
  expect(brief(long)).toEqual({ ...long, checkOut: '2024-03-01', endTime: '2024-01-03T10:00:00.000Z' });
  expect(brief(long, (end) => end !== 'checkOut')).toEqual({ ...long, endTime: '2024-01-03T10:00:00.000Z' });
});
