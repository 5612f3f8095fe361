import { expect, test } from 'vitest';
import { expectForbidden, expectUnauthenticated } from '../../../src/cases/expectations.ts';
import { answered } from '../../support/converse.ts';

test.each([
  ['/auth/login?next=%2Fthings', 'cannot-judge'],
  ['https://id.example.com/oauth2/authorize', 'cannot-judge'],
  ['/things/7/file', 'broken'],
])('a redirect to %s of somebody who may not is %s', (location, held) => {
  for (const expectation of [expectUnauthenticated('no credentials'), expectForbidden('a reader may only read', 'reader')])
    expect(expectation.holds(answered(307, undefined, { location })).kind).toBe(held);
});
