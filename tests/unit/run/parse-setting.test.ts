import { describe, expect, it } from 'vitest';
import { assignments, choice, duration, integer, list, positive, repeated, text, toggle } from '../../../src/run/parse-setting.ts';
import { field, userField } from '../../../src/run/parse-field.ts';

describe('durations', () => {
  it.each([
    { given: '250', want: 250 },
    { given: '250ms', want: 250 },
    { given: '1.5s', want: 1500 },
    { given: '2m', want: 120_000 },
    { given: '1h', want: 3_600_000 },
    { given: 40, want: 40 },
  ])('$given is $want milliseconds', ({ given, want }) => {
    expect(duration(given)).toEqual({ value: want });
  });

  it.each(['', '0', '-5', '5 days', '1e3', 's', '999h', null, {}, Number.NaN])('%j is none', (given) => {
    expect(duration(given)).toEqual({ problem: expect.stringContaining('must be milliseconds') as string });
  });
});

describe('numbers', () => {
  it.each([
    { parse: integer(1, 10), given: '7', want: 7 },
    { parse: integer(0), given: '0x1f', want: 31 },
    { parse: integer(0), given: 3, want: 3 },
    { parse: positive, given: '0.5', want: 0.5 },
  ])('$given is read', ({ parse, given, want }) => {
    expect(parse(given)).toEqual({ value: want });
  });

  it.each([
    { parse: integer(1, 10), given: '11' },
    { parse: integer(1), given: '1.5' },
    { parse: integer(1), given: '' },
    { parse: integer(1), given: ' ' },
    { parse: integer(0), given: 'x' },
    { parse: positive, given: '0' },
    { parse: positive, given: 'Infinity' },
  ])('$given is refused', ({ parse, given }) => {
    expect(parse(given)).toHaveProperty('problem');
  });
});

describe('names and lists', () => {
  const colours = choice('colour', ['red', 'green'] as const);

  it.each([
    { parse: list(colours), given: 'red,green', want: ['red', 'green'] },
    { parse: list(colours), given: ['red, green', 'red'], want: ['red', 'green', 'red'] },
    { parse: list(colours), given: [], want: [] },
    { parse: repeated(text), given: ['a,b'], want: ['a,b'] },
    { parse: repeated(text), given: 'a', want: ['a'] },
    { parse: assignments('NAME=TEXT'), given: ['a=b=c', 'd=e'], want: { a: 'b=c', d: 'e' } },
    { parse: assignments('NAME=TEXT'), given: { a: 'b' }, want: { a: 'b' } },
    { parse: field, given: 'X-Tenant:  a b ', want: ['X-Tenant', 'a b'] },
    { parse: field, given: 'X-Empty:', want: ['X-Empty', ''] },
    { parse: userField, given: 'ann:a:b', want: ['Authorization', 'Basic YW5uOmE6Yg=='] },
    { parse: toggle, given: true, want: true },
  ])('$given is read', ({ parse, given, want }) => {
    expect(parse(given)).toEqual({ value: want });
  });

  it.each([
    { parse: list(colours), given: 'gren', want: 'knows no colour "gren", did you mean green?; there are red, green' },
    { parse: list(colours), given: '', want: 'must name at least one' },
    { parse: list(colours), given: 5, want: 'must be a list, not "5"' },
    { parse: assignments('NAME=TEXT'), given: ['=x'], want: 'must have the form NAME=TEXT' },
    { parse: assignments('NAME=TEXT'), given: ['x='], want: 'must have the form NAME=TEXT' },
    { parse: assignments('NAME=TEXT'), given: { a: 1 }, want: 'must have the form NAME=TEXT: "a" has no text' },
    { parse: userField, given: 'ann', want: 'must have the form NAME:PASSWORD' },
    { parse: field, given: 'a b: c', want: 'must be a header field of the form "Name: value"' },
    { parse: field, given: 'a: b\r\nc: d', want: 'must be a header field of the form "Name: value"' },
    { parse: toggle, given: 'yes', want: 'must be true or false, not "yes"' },
    { parse: text, given: '', want: 'must be a text, not ""' },
  ])('$given is refused', ({ parse, given, want }) => {
    expect(parse(given)).toEqual({ problem: want });
  });
});
