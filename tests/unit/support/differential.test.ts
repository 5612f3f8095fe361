import { expect, test } from 'vitest';
import { compareAnswers } from '../../support/differential/compare-answers.ts';
import { reviewDifferences } from '../../support/differential/review-differences.ts';
import type { Told } from '../../support/differential/tell-answers.ts';

const told = (title: string, status: number, more: Partial<Told> = {}): Told => ({
  scenario: 'a flow',
  operation: 'GET /things',
  title,
  status,
  headers: {},
  json: undefined,
  length: 0,
  accused: false,
  ...more,
});

test('answers are paired by request, and what only the model is accused of is a promise that the copy keeps', () => {
  const model = [told('first', 500, { accused: true }), told('second', 400), told('third', 400, { accused: true }), told('more', 200)];
  const copy = [told('first', 200), told('second', 422), told('third', 404, { accused: true })];
  const { compared, differing, unpaired } = compareAnswers(model, copy);
  expect([compared, unpaired.map(({ title, what }) => [title, what])]).toEqual([3, [['more', 'only the model was asked']]]);
  expect(differing.map(({ what, kept }) => [what, kept])).toEqual([
    ['status 500 → 200', true],
    ['status 400 → 422', false],
    ['status 400 → 404', false],
  ]);
});

test.each<readonly [string, Partial<Told>, Partial<Told>, string | undefined]>([
  [
    'identities and times are each one’s own',
    { json: { id: 1, at: '2026-01-01T00:00' } },
    { json: { id: 7, at: '2026-11-25T10:10' } },
    undefined,
  ],
  ['identities of two types are not', { json: { id: 1 } }, { json: { id: '1' } }, 'body/id number → text'],
  [
    'items are held together by identity',
    {
      json: [
        { id: 1, n: 'a' },
        { id: 2, n: 'b' },
      ],
    },
    {
      json: [
        { id: 9, n: 'b' },
        { id: 8, n: 'a' },
      ],
    },
    undefined,
  ],
  ['a member more', { json: {} }, { json: { more: null } }, 'body/more absent → null'],
  ['HEAD goes without saying', { headers: { allow: 'GET, PUT' } }, { headers: { allow: 'PUT, HEAD, GET' } }, undefined],
  ['other methods do not', { headers: { allow: 'GET' } }, { headers: { allow: 'PUT, GET' } }, 'allow GET → GET, PUT'],
  ['a body where none was', { length: 0 }, { length: 3 }, 'body empty → present'],
])('%s', (_, model, copy, want) => {
  expect(compareAnswers([told('it', 200, model)], [told('it', 200, copy)]).differing.map(({ what }) => what)).toEqual(
    want === undefined ? [] : [want],
  );
});

test('a refusal’s words are for people, its members are not', () => {
  const refusal = (msg: string, more: object = {}): Partial<Told> => ({ json: { detail: [{ msg, input: 1, ...more }] } });
  const what = (copy: Partial<Told>): unknown =>
    compareAnswers([told('it', 422, refusal('no'))], [told('it', 422, copy)]).differing.map((difference) => difference.what);
  expect(what(refusal('never', { input: {} }))).toEqual([]);
  expect(what(refusal('no', { loc: [] }))).toEqual(['body/detail/0/loc absent → list']);
});

test('every difference needs an entry, and every entry a difference', () => {
  const difference = { operation: 'GET /things', scenario: 'a flow', title: 'it', what: 'status 400 → 422', kept: false };
  const entry = { title: 'i*', what: ['status 500 → *', 'status 400 → 422'], reason: 'so it is' };
  const review = (...entries: readonly object[]): unknown => reviewDifferences([difference], { differences: entries });
  expect(review(entry)).toEqual({ unreviewed: [], stale: [] });
  expect(review({ ...entry, what: 'status 400 → 404' })).toEqual({ unreviewed: [difference], stale: ['so it is'] });
  expect(review(entry, { ...entry, title: 'x', sometimes: true })).toEqual({ unreviewed: [], stale: [] });
  expect(() => review({ title: 'it', what: [1], reason: 'no text' })).toThrow('an entry must be');
});
