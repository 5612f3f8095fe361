import { describe, expect, test } from 'vitest';
import { decodeToken } from '../../../src/auth/decode-token.ts';
import type { Credential } from '../../../src/auth/identity.ts';
import { authorize, breakCredential, placeCredentials } from '../../../src/requests/credentials.ts';
import type { SecurityScheme } from '../../../src/spec/contract.ts';
import { contract, operation } from './operation.ts';

function scheme(name: string, given: Partial<SecurityScheme>): SecurityScheme {
  return { name, type: 'http', scheme: undefined, in: undefined, parameterName: undefined, pointer: '', ...given };
}

const schemes = [
  scheme('bearer', { scheme: 'bearer' }),
  scheme('basic', { scheme: 'basic' }),
  scheme('digest', { scheme: 'digest' }),
  scheme('oauth', { type: 'oauth2' }),
  scheme('oidc', { type: 'openIdConnect' }),
  scheme('field', { type: 'apiKey', in: 'header', parameterName: 'authorization' }),
  scheme('key', { type: 'apiKey', in: 'header', parameterName: 'X-API-Key' }),
  scheme('query', { type: 'apiKey', in: 'query', parameterName: 'api key' }),
  scheme('cookie', { type: 'apiKey', in: 'cookie', parameterName: 'sid' }),
  scheme('tls', { type: 'mutualTLS' }),
];

const token = { secret: 'tok/en', scheme: 'Bearer' };
const bare = { secret: 'key', scheme: undefined };
const password = { secret: 'me:pass', scheme: 'Basic' };

test.each<{ security: string[][] | undefined; credential: typeof token | typeof bare; want: Record<string, string>; query?: string }>([
  { security: [['bearer']], credential: token, want: { Authorization: 'Bearer tok/en' } },
  { security: [['bearer']], credential: bare, want: { Authorization: 'Bearer key' } },
  { security: [['oauth']], credential: token, want: { Authorization: 'Bearer tok/en' } },
  { security: [['oidc']], credential: bare, want: { Authorization: 'Bearer key' } },
  { security: [['basic']], credential: password, want: { Authorization: 'Basic bWU6cGFzcw==' } },
  { security: [['basic']], credential: { ...password, scheme: 'Bearer' }, want: { Authorization: 'Basic bWU6cGFzcw==' } },
  { security: [['digest']], credential: bare, want: { Authorization: 'Digest key' } },
  { security: [['field']], credential: token, want: { authorization: 'Bearer tok/en' } },
  { security: [['field']], credential: bare, want: { authorization: 'key' } },
  { security: [['key']], credential: token, want: { 'X-API-Key': 'tok/en' } },
  { security: [['key']], credential: { secret: 'x', scheme: 'Basic' }, want: { 'X-API-Key': 'Basic x' } },
  { security: [['query']], credential: bare, want: {}, query: '?a=1&api%20key=key' },
  { security: [['cookie']], credential: token, want: { Cookie: 'old=1; sid=tok%2Fen' } },
  { security: [['tls']], credential: token, want: { Authorization: 'Bearer tok/en' } },
  { security: [['unknown']], credential: token, want: { Authorization: 'Bearer tok/en' } },
  { security: [], credential: token, want: { Authorization: 'Bearer tok/en' } },
  { security: [], credential: bare, want: { Authorization: 'key' } },
  { security: undefined, credential: token, want: { Authorization: 'Bearer tok/en' } },
  { security: [[], ['key'], ['bearer']], credential: token, want: { Authorization: 'Bearer tok/en' } },
  { security: [['bearer'], ['key']], credential: bare, want: { 'X-API-Key': 'key' } },
  { security: [['basic'], ['bearer']], credential: { secret: 'tok', scheme: 'Basic' }, want: { Authorization: 'Basic tok' } },
])('$credential where the document asks for $security goes to $want$query', ({ security, credential, want, query }) => {
  const secured = security && operation({ security: security.map((names) => names.map((name) => ({ scheme: name, scopes: [] }))) });
  const headers = [
    ['Cookie', 'old=1; sid=stale'],
    ['AUTHORIZATION', 'stale'],
  ] as const;
  const request = authorize(
    { method: 'GET', url: 'http://h/p?a=1&api%20key=stale', headers, body: undefined },
    placeCredentials(contract({ schemes }), secured, [credential], (held) => held),
  );
  const own = new Set(Object.keys(want).map((name) => name.toLowerCase()));
  expect(Object.fromEntries(request.headers.filter(([name]) => own.has(name.toLowerCase())))).toEqual(want);
  if (query !== undefined) expect(request.url).toBe(`http://h/p${query}`);
  expect(request.headers.filter(([name]) => name.toLowerCase() === 'authorization').length).toBeLessThan(2);
});

describe('an identity with several credentials', () => {
  const key = { secret: 'api-key', scheme: undefined, securityScheme: 'key' };
  const cookie = { secret: 'session', scheme: undefined, securityScheme: 'cookie' };
  const login = { secret: 'login-token', scheme: 'Bearer', securityScheme: 'oauth' };

  test.each<{ why: string; security: string[][]; want: string[] }>([
    {
      why: 'takes the first alternative that it can satisfy',
      security: [['basic'], ['oauth'], ['key']],
      want: ['Authorization: Bearer login-token'],
    },
    {
      why: 'sends all schemes of one alternative together',
      security: [['oauth', 'key']],
      want: ['Authorization: Bearer login-token', 'X-API-Key: api-key'],
    },
    {
      why: 'does not send a part of an alternative where it can satisfy another',
      security: [
        ['oauth', 'basic'],
        ['key', 'cookie'],
      ],
      want: ['Cookie: sid=session', 'X-API-Key: api-key'],
    },
    { why: 'leaves mutual TLS to the connection', security: [['tls', 'key']], want: ['X-API-Key: api-key'] },
    { why: 'sends what it has where anonymous callers are let in too', security: [[], ['cookie']], want: ['Cookie: sid=session'] },
    {
      why: 'sends its main credential where it can satisfy nothing',
      security: [['basic'], ['digest']],
      want: ['Authorization: Bearer login-token'],
    },
    { why: 'sends its main credential where nothing is declared', security: [], want: ['Authorization: Bearer login-token'] },
  ])('$why', ({ security, want }) => {
    const secured = operation({ security: security.map((names) => names.map((name) => ({ scheme: name, scopes: [] }))) });
    const placed = placeCredentials(contract({ schemes }), secured, [login, key, cookie], (held) => held);
    const { headers } = authorize({ method: 'GET', url: 'http://h/p', headers: [], body: undefined }, placed);
    expect(headers.map(([name, value]) => `${name}: ${value}`).toSorted()).toEqual(want);
  });

  test.each([
    { place: { in: 'header', name: 'X-Key' }, want: { url: 'http://h/p', headers: [['X-Key', 'api-key']] } },
    { place: { in: 'query', name: 'key' }, want: { url: 'http://h/p?key=api-key', headers: [] } },
    { place: { in: 'cookie', name: 'key' }, want: { url: 'http://h/p', headers: [['Cookie', 'key=api-key']] } },
  ] as const)('puts a key to $place where the document declares none', ({ place, want }) => {
    const placed = placeCredentials(contract({}), operation(), [{ secret: 'api-key', scheme: undefined, place }], (held) => held);
    expect(authorize({ method: 'GET', url: 'http://h/p', headers: [], body: undefined }, placed)).toMatchObject(want);
  });

  test('puts a key to its own place of those that the document declares', () => {
    const secured = operation({ security: ['field', 'query', 'key'].map((name) => [{ scheme: name, scopes: [] }]) });
    const own = { secret: 'api-key', scheme: undefined, place: { in: 'header', name: 'x-api-key' } } as const;
    const placed = placeCredentials(contract({ schemes }), secured, [own], (held) => held);
    const { headers } = authorize({ method: 'GET', url: 'http://h/p', headers: [], body: undefined }, placed);
    expect(headers).toEqual([['X-API-Key', 'api-key']]);
  });
});

describe('a credential with an exact place', () => {
  const bearer = scheme('login', { scheme: 'bearer' });
  const exact = (where: 'header' | 'query', name: string): Credential['place'] => ({ in: where, name, exact: true });

  test.each<{ held: Credential; want: object }>([
    {
      held: { secret: 'tok', scheme: 'Bearer', place: exact('header', 'X-Session'), along: [['X-Tenant', 'acme']] },
      want: {
        url: 'http://h/p',
        headers: [
          ['Cookie', 'sid=0; own=1'],
          ['X-Tenant', 'acme'],
          ['X-Session', 'Bearer tok'],
        ],
      },
    },
    {
      held: { secret: 'tok', scheme: undefined, place: exact('header', 'Authorization') },
      want: {
        url: 'http://h/p',
        headers: [
          ['Cookie', 'sid=0; own=1'],
          ['Authorization', 'tok'],
        ],
      },
    },
    {
      held: { secret: 'tok', scheme: undefined, place: exact('query', 'key') },
      want: { url: 'http://h/p?key=tok', headers: [['Cookie', 'sid=0; own=1']] },
    },
    {
      held: { secret: 'sid=a%2F; csrf=b', scheme: undefined, place: exact('header', 'Cookie') },
      want: { url: 'http://h/p', headers: [['Cookie', 'own=1; sid=a%2F; csrf=b']] },
    },
  ])('goes there whatever the document declares: $held.secret in $held.place', ({ held, want }) => {
    const request = { method: 'GET', url: 'http://h/p', headers: [['Cookie', 'sid=0; own=1']], body: undefined } as const;
    expect(authorize(request, [{ held, scheme: bearer }])).toMatchObject(want);
    expect(breakCredential(held, 'empty')).toEqual({ ...held, secret: '' });
  });
});

describe('breakCredential', () => {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwt = { secret: `${encode({ alg: 'RS256' })}.${encode({ sub: 'me', exp: 4_000_000_000 })}.AAAABBBBCCCCDDDD`, scheme: 'Bearer' };
  const opaque = { secret: 'opaque-token', scheme: 'Bearer' };
  const basic = { secret: 'me:password', scheme: 'Basic' };

  test.each([
    { how: 'empty', credential: jwt, want: { secret: '', scheme: 'Bearer' } },
    { how: 'garbage', credential: opaque, want: { secret: 'specproof-garbage-credential', scheme: 'Bearer' } },
    { how: 'garbage', credential: basic, want: { secret: 'specproof:garbage-credential', scheme: 'Basic' } },
    { how: 'truncated', credential: jwt, want: { secret: jwt.secret.slice(0, -8), scheme: 'Bearer' } },
    { how: 'truncated', credential: opaque, want: { secret: 'opaque', scheme: 'Bearer' } },
    { how: 'truncated', credential: basic, want: { secret: 'me:pass', scheme: 'Basic' } },
    { how: 'truncated', credential: { secret: 'x', scheme: 'Bearer' }, want: undefined },
    { how: 'wrong-signature', credential: jwt, want: { secret: jwt.secret.replace('.AAAA', '.BAAA'), scheme: 'Bearer' } },
    { how: 'wrong-signature', credential: opaque, want: undefined },
    { how: 'expired', credential: opaque, want: undefined },
    { how: 'wrong-scheme', credential: jwt, want: { ...jwt, scheme: 'Basic' } },
    { how: 'wrong-scheme', credential: basic, want: { ...basic, scheme: 'Digest' } },
    { how: 'wrong-scheme', credential: bare, want: undefined },
    { how: 'extended', credential: opaque, want: { secret: `${opaque.secret}xxxx`, scheme: 'Bearer' } },
    { how: 'other-case', credential: opaque, want: { secret: 'OPAQUE-TOKEN', scheme: 'Bearer' } },
    { how: 'other-case', credential: basic, want: { secret: 'me:PASSWORD', scheme: 'Basic' } },
    { how: 'other-case', credential: jwt, want: undefined },
    { how: 'other-case', credential: { secret: '9F8a-47', scheme: 'Bearer' }, want: undefined },
  ] as const)('$how of $credential.secret is $want', ({ how, credential, want }) => {
    expect(breakCredential(credential, how)).toEqual(want);
  });

  test('an expired token says that it expired long ago and is otherwise the same', () => {
    const expired = breakCredential(jwt, 'expired');
    expect(decodeToken(expired?.secret ?? '')).toEqual({
      header: { alg: 'RS256' },
      claims: { sub: 'me', iat: 946_684_500, nbf: 946_684_500, exp: 946_684_800 },
    });
    expect(expired?.secret.endsWith('.AAAABBBBCCCCDDDD')).toBe(true);
  });
});
