import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/run/config.ts';
import { openIdentities } from '../../../src/run/open-identities.ts';
import type { Settings } from '../../../src/run/settings.ts';

const environment: Environment = {
  target: { kind: 'live', baseUrl: 'http://127.0.0.1:1' },
  identities: { admin: { kind: 'static', token: 'admin-token' }, reader: { kind: 'environment', variable: 'READER' } },
};
const keyContract = {
  document: { info: { title: 'A word' } },
  securitySchemes: new Map([
    ['key', { name: 'key', type: 'apiKey', scheme: undefined, in: 'header', parameterName: 'X-Api-Key', pointer: '' } as const],
  ]),
};

const open = (settings: Settings, given?: Environment, contract?: typeof keyContract): ReturnType<typeof openIdentities> =>
  openIdentities(settings, given, { contract, issuer: undefined, env: { READER: 'reader-token' } });

describe('the main identity', () => {
  it.each([
    { settings: {}, given: environment, want: 'admin' },
    { settings: { identities: { a: 't', b: 'u' } }, given: undefined, want: 'a' },
    { settings: { identities: { other: 't' } }, given: environment, want: 'admin' },
    { settings: { main: 'reader' }, given: environment, want: 'reader' },
    { settings: { headers: [['Authorization', 'Bearer x']] }, given: undefined, want: 'header' },
    { settings: { headers: [['Authorization', 'Bearer x']], identities: { a: 't' } }, given: undefined, want: 'a' },
    { settings: { headers: [['Authorization', 'Bearer x']] }, given: environment, want: 'header' },
    { settings: {}, given: undefined, want: undefined },
  ] satisfies { settings: Settings; given: Environment | undefined; want: string | undefined }[])(
    'is $want (%#)',
    ({ settings, given, want }) => {
      expect(open(settings, given).main).toBe(want);
    },
  );
});

describe('a credential among the header fields', () => {
  it.each([
    { field: ['Authorization', 'Bearer abc'], want: { secret: 'abc', scheme: 'Bearer' } },
    { field: ['authorization', 'abc'], want: { secret: 'abc', scheme: undefined } },
    { field: ['Authorization', `Basic ${Buffer.from('ann:pass').toString('base64')}`], want: { secret: 'ann:pass', scheme: 'Basic' } },
    { field: ['x-api-key', 'k1'], want: { secret: 'k1', scheme: undefined, place: { in: 'header', name: 'x-api-key' } } },
  ] satisfies { field: [string, string]; want: object }[])(
    '$field becomes an identity, so that cases can leave it out',
    async ({ field, want }) => {
      const { identities, headers } = open({ headers: [field, ['X-Tenant', 't']] }, undefined, keyContract);
      expect(await identities.get('header')?.credential()).toEqual(want);
      expect(headers).toEqual([['X-Tenant', 't']]);
    },
  );

  it('is no secret where the document says it for all to read', () => {
    const given = { headers: [['Authorization', 'Bearer word']], identities: { a: 'Word', b: 'another' } } satisfies Settings;
    expect(open(given, undefined, keyContract).secrets()).toEqual(['another']);
  });

  it('stays a secret where the document does not know it', () => {
    const { secrets, headers } = open({ headers: [['X-Secret-Thing', 'hush-hush']] });
    expect(headers).toHaveLength(1);
    expect(secrets()).toContain('hush-hush');
  });
});

describe('names', () => {
  it.each([
    { settings: { readers: ['raeder'] }, want: '--reader names no identity: "raeder", did you mean reader?' },
    { settings: { main: 'zzz' }, want: '--main names no identity: "zzz"; there are admin, reader' },
  ])('$want', ({ settings, want }) => {
    expect(() => open(settings, environment)).toThrow(expect.objectContaining({ code: 'E_USAGE', message: want }) as Error);
  });

  it('refuses the issuer "target" where the target has no provider', () => {
    const given: Environment = {
      ...environment,
      identities: { a: { kind: 'client-credentials', issuer: 'target', clientId: 'a', clientSecret: { testValue: 'b' } } },
    };
    expect(() => open({}, given)).toThrow(expect.objectContaining({ code: 'E_CONFIG' }) as Error);
  });

  it.each([
    { url: '/login', baseUrl: 'http://127.0.0.1:1/api/v1', want: 'http://127.0.0.1:1/login' },
    { url: 'login', baseUrl: 'http://127.0.0.1:1/api/v1/', want: 'http://127.0.0.1:1/api/v1/login' },
    { url: 'https://id.test/in', baseUrl: undefined, want: 'https://id.test/in' },
  ])('finds the login endpoint $url from $baseUrl at $want', ({ url, baseUrl, want }) => {
    const settings = { identities: { ann: { kind: 'login-call', url } } } as const;
    const { options } = openIdentities(settings, undefined, { contract: undefined, issuer: undefined, baseUrl, env: {} });
    expect(options.get('ann')).toEqual({ kind: 'login-call', url: want });
  });

  it('refuses a login endpoint of no known place', () => {
    expect(() => open({ identities: { ann: { kind: 'login-call', url: '/login' } } })).toThrow(
      'identity ann: nothing says where the endpoint /login is',
    );
  });

  it('finds a token endpoint from the base URL too', () => {
    const settings = {
      identities: { ann: { kind: 'password', tokenEndpoint: 'token', username: 'ann', password: { variable: 'ANN' } } },
    } as const;
    const surroundings = { contract: undefined, issuer: undefined, baseUrl: 'http://127.0.0.1:1/api', env: {} };
    expect(openIdentities(settings, undefined, surroundings).options.get('ann')).toEqual({
      ...settings.identities.ann,
      tokenEndpoint: 'http://127.0.0.1:1/api/token',
    });
  });

  it('puts the issuer of the target in place of "target", in each of several credentials too', () => {
    const client = { kind: 'client-credentials', issuer: 'target', clientId: 'a', clientSecret: { testValue: 'b' } } as const;
    const given: Environment = { ...environment, identities: { a: client, b: { kind: 'several', credentials: { oauth: client } } } };
    const { options } = openIdentities({}, given, { contract: undefined, issuer: 'http://127.0.0.1:1', env: {} });
    const named = { ...client, issuer: 'http://127.0.0.1:1' };
    expect([...options.values()]).toEqual([named, { kind: 'several', credentials: { oauth: named } }]);
  });
});
