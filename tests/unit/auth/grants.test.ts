import { expect, test } from 'vitest';
import { grantsOf } from '../../../src/auth/grants.ts';
import type { JsonObject } from '../../../src/lib/json.ts';

const token = (claims: JsonObject): string =>
  [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.x';

test.each<readonly [string, JsonObject, readonly string[]]>([
  ['scope', { scope: 'read write', sub: 'me' }, ['read', 'write']],
  ['scp as a list', { scp: ['read'] }, ['read']],
  ['a claim of its own', { permissions: ['jobs:read'], iat: 1 }, ['jobs:read']],
  ['nested roles', { realm_access: { roles: ['admin'] } }, ['admin']],
  ['nothing', { sub: 'me' }, []],
])('grants are read from %s', (_, claims, want) => {
  expect([...(grantsOf(token(claims)) ?? [])]).toEqual(want);
});

test('a token that is no JWT tells no grants', () => {
  expect(grantsOf('opaque')).toBeUndefined();
});
