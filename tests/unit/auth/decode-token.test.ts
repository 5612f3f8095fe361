import { expect, test } from 'vitest';
import { decodeToken } from '../../../src/auth/decode-token.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64url');

test.each([
  [`${encode('{"alg":"RS256"}')}.${encode('{"sub":"ü"}')}.c2ln`, { header: { alg: 'RS256' }, claims: { sub: 'ü' } }],
  [`${encode('{"alg":"none"}')}.${encode('{}')}.`, { header: { alg: 'none' }, claims: {} }],
  [`${encode('{}')}.${encode('[]')}.c2ln`, undefined],
  [`${encode('{}')}.${encode('{"a":')}.c2ln`, undefined],
  [`${encode('{}')}.${encode('{}')}`, undefined],
  ['a.b.c.d.e', undefined],
  ['opaque-token', undefined],
  ['', undefined],
])('%s is %j', (token, want) => {
  expect(decodeToken(token)).toEqual(want);
});
