import { describe, expect, test } from 'vitest';
import { createIdentity } from '../../../src/auth/create-identity.ts';
import { decodeToken } from '../../../src/auth/decode-token.ts';
import type { IdentityOptions } from '../../../src/auth/identity-options.ts';
import { isHarnessError } from '../../../src/errors.ts';
import { listen, startLocalProvider, type LocalProvider } from '../../support/local-oidc.ts';
import { freePort } from '../../support/free-port.ts';

const clientSecret = 's3cret+/ of=the client';

/** A provider with one client that may use its own credentials, and one that may not; its access tokens live for a minute. */
function startProvider(method: 'client_secret_basic' | 'client_secret_post' = 'client_secret_basic'): Promise<LocalProvider> {
  return startLocalProvider([
    {
      client_id: 'admin',
      client_secret: clientSecret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: method,
    },
    { client_id: 'web', client_secret: clientSecret, redirect_uris: ['https://web.example/'] },
  ]);
}

function client(issuer: string, more: Partial<IdentityOptions & { kind: 'client-credentials' }> = {}): IdentityOptions {
  return { kind: 'client-credentials', issuer, clientId: 'admin', clientSecret: { testValue: clientSecret }, ...more };
}

/** The message and hint of the HarnessError that a credential ends with. */
async function failure(options: IdentityOptions, dependencies: Parameters<typeof createIdentity>[2] = {}): Promise<string> {
  try {
    await createIdentity('admin', options, dependencies).credential();
  } catch (error) {
    if (isHarnessError(error)) return `${error.code} ${error.message} | ${error.hint}`;
    throw error;
  }
  throw new Error('a credential came');
}

describe('static and environment identities', () => {
  test.each<{ options: IdentityOptions; want: object; secrets: string[] }>([
    { options: { kind: 'static', token: 'tok' }, want: { secret: 'tok', scheme: 'Bearer' }, secrets: ['tok'] },
    { options: { kind: 'static', token: 'key', scheme: '' }, want: { secret: 'key', scheme: undefined }, secrets: ['key'] },
    {
      options: { kind: 'static', token: 'me:pass:word', scheme: 'Basic' },
      want: { secret: 'me:pass:word', scheme: 'Basic' },
      secrets: ['me:pass:word', 'pass:word'],
    },
    { options: { kind: 'environment', variable: 'TOKEN' }, want: { secret: 'from env', scheme: 'Bearer' }, secrets: ['from env'] },
  ])('$options gives $want', async ({ options, want, secrets }) => {
    const identity = createIdentity('admin', options, { env: { TOKEN: 'from env\n' } });
    expect([identity.name, await identity.credential(), identity.secrets()]).toEqual(['admin', want, secrets]);
  });

  test.each([{}, { TOKEN: '' }, { TOKEN: ' \n' }])('a variable that is not set (%j) is named', async (env) => {
    expect(await failure({ kind: 'environment', variable: 'TOKEN' }, { env })).toBe(
      'E_SECRET identity admin: environment variable TOKEN is not set | export TOKEN',
    );
    expect(createIdentity('admin', { kind: 'environment', variable: 'TOKEN' }, { env }).secrets()).toEqual([]);
    expect(await failure(client('http://127.0.0.1:1', { clientSecret: { variable: 'TOKEN' } }), { env })).toBe(
      'E_SECRET identity admin: environment variable TOKEN is not set | export TOKEN',
    );
  });
});

describe('a token that the API refuses with 401', () => {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwt = (claims: object): string => `${encode({ alg: 'RS256' })}.${encode(claims)}.${encode({})}`;
  const now = Date.parse('2026-11-25T10:00:00Z');
  const at = (seconds: number): number => now / 1000 + seconds;

  test.each([
    { why: 'its time is over', claims: { exp: at(-90) }, want: 'which expired 90 s ago, at 2026-11-25T09:58:30Z by this machine’s clock' },
    {
      why: 'its time has not come',
      claims: { exp: at(900), nbf: at(600) },
      want: 'which is not valid yet: its time begins in 10 min, at 2026-11-25T10:10:00Z by this machine’s clock',
    },
  ])('because $why ends the run: it is nobody’s finding', async ({ claims, want }) => {
    const token = jwt(claims);
    const [source] = createIdentity('admin', { kind: 'static', token }, { now: () => now }).sources;
    await expect(source?.renew(token)).rejects.toMatchObject({
      code: 'E_IDENTITY',
      message: `identity admin: the API refuses its token, ${want}`,
    });
  });

  test.each([jwt({ exp: at(60) }), jwt({ iat: at(20), exp: at(60) }), jwt({}), 'opaque-token'])(
    'is left to the judge otherwise: %s',
    async (token) => {
      const [source] = createIdentity('admin', { kind: 'static', token }, { now: () => now }).sources;
      expect(await source?.renew(token)).toBe(false);
    },
  );
});

describe('client credentials', () => {
  test('give a JWT of the provider, by one token request for twenty callers at once', async () => {
    const { issuer, asked } = await startProvider();
    const identity = createIdentity('admin', client(issuer, { scope: 'read' }));
    const credentials = await Promise.all(Array.from({ length: 20 }, () => identity.credential()));
    const [first] = credentials;
    expect(new Set(credentials.map(({ secret }) => secret)).size).toBe(1);
    expect(first?.scheme).toBe('Bearer');
    expect(decodeToken(first?.secret ?? '')?.claims).toMatchObject({ iss: issuer, client_id: 'admin', scope: 'read', aud: 'urn:api' });
    expect(asked).toEqual(['GET /.well-known/openid-configuration', 'POST /token']);
    expect(identity.secrets()).toEqual([clientSecret, first?.secret]);
  });

  test('are renewed ten seconds before they run out, once for all callers, and both tokens stay secret', async () => {
    const { issuer, asked } = await startProvider();
    let now = Date.now();
    const identity = createIdentity('admin', client(issuer), { now: () => now });
    const first = await identity.credential();
    now += 49_000;
    expect(await identity.credential()).toEqual(first);
    now += 2000;
    const renewed = await Promise.all([identity.credential(), identity.credential()]);
    expect(renewed[0]).toEqual(renewed[1]);
    expect(renewed[0]).not.toEqual(first);
    expect(asked.filter((path) => path === 'POST /token')).toHaveLength(2);
    expect(identity.secrets()).toEqual([clientSecret, first.secret, renewed[0].secret]);
  });

  test('are sent in the body where the client is registered for that', async () => {
    const { issuer } = await startProvider('client_secret_post');
    expect((await createIdentity('admin', client(issuer)).credential()).secret).toMatch(/^eyJ/);
  });

  test.each([
    { why: 'a wrong secret', more: { clientSecret: { testValue: 'wrong-client-secret' } }, code: 'invalid_client' },
    { why: 'an unknown client', more: { clientId: 'nobody' }, code: 'invalid_client' },
    { why: 'a client that may not use this grant', more: { clientId: 'web' }, code: 'invalid_request' },
  ])('a provider that refuses $why is told with $code, and no secret', async ({ more, code }) => {
    const { issuer } = await startProvider();
    const said = await failure(client(issuer, more));
    expect(said).toMatch(new RegExp(`^E_IDENTITY identity admin: ${issuer} refused the client: ${code} \\| `));
    expect(said).not.toContain('secret+');
    expect(said).not.toContain('wrong-client-secret');
  });

  test('after a failure the next caller asks again', async () => {
    let down = true;
    const { issuer } = await startProvider();
    const identity = createIdentity('admin', client(issuer), {
      fetch: (...given) => (down ? Promise.reject(new TypeError('fetch failed')) : fetch(...given)),
    });
    await expect(identity.credential()).rejects.toMatchObject({ code: 'E_IDENTITY' });
    down = false;
    expect((await identity.credential()).secret).toMatch(/^eyJ/);
  });

  test('a provider that is down is told by what the network said', async () => {
    const free = await freePort();
    expect(await failure(client(`http://127.0.0.1:${free}/realms/x`))).toMatch(
      /^E_IDENTITY identity admin: http:\/\/127\.0\.0\.1:\d+\/realms\/x cannot be reached: ECONNREFUSED \| check the issuer URL/,
    );
    expect(await failure(client('http://127.0.0.1:1/'))).toMatch(/ cannot be reached: bad port \| /);
    const closed = await listen((request) => request.socket.destroy());
    expect(await failure(client(closed))).toMatch(/ cannot be reached: UND_ERR_SOCKET \| /);
  });

  /** A provider of two answers; `$ISSUER` in them is its own address. */
  async function nonsense(
    discovery: [number, string, string],
    token: [number, string, string] = [200, 'application/json', '{}'],
  ): Promise<string> {
    const issuer: string = await listen((request, response) => {
      const [status, type, body] = request.url === '/token' ? token : discovery;
      response.writeHead(status, { 'content-type': type }).end(body.replaceAll('$ISSUER', issuer));
    });
    return issuer;
  }
  const metadata = '{"issuer":"$ISSUER","token_endpoint":"$ISSUER/token"}';

  test.each<{ why: string; discovery: [number, string, string]; token?: [number, string, string]; want: RegExp }>([
    {
      why: 'no discovery document',
      discovery: [404, 'text/plain', 'not found'],
      want: /gave no usable answer: OAUTH_RESPONSE_IS_NOT_CONFORM \(status 404\)/,
    },
    { why: 'a page instead of one', discovery: [200, 'text/html', '<html>'], want: /gave no usable answer: OAUTH_RESPONSE_IS_NOT_JSON/ },
    {
      why: 'another issuer',
      discovery: [200, 'application/json', metadata.replace('$ISSUER', 'http://127.0.0.1:9')],
      want: /gave no usable answer: OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED/,
    },
    {
      why: 'no token in the answer',
      discovery: [200, 'application/json', metadata],
      want: /gave no usable answer: OAUTH_INVALID_RESPONSE/,
    },
    {
      why: 'an error page for the token',
      discovery: [200, 'application/json', metadata],
      token: [502, 'text/html', 'bad gateway'],
      want: /gave no usable answer: OAUTH_RESPONSE_IS_NOT_CONFORM \(status 502\)/,
    },
  ])('a provider that serves $why is told', async ({ discovery, token, want }) => {
    expect(await failure(client(await nonsense(discovery, token)))).toMatch(want);
  });

  test.each([
    { given: { expires_in: 5 }, life: 5 },
    { given: { expires_in: 1000 }, life: 1000 },
    { given: {}, life: 60 },
  ])('a token with $given lives $life seconds, and is renewed in time', async ({ given, life }) => {
    let count = 0;
    const issuer: string = await listen((request, response) => {
      const token = { access_token: `t${(count += 1)}`, token_type: 'Bearer', ...given };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(request.url === '/token' ? JSON.stringify(token) : metadata.replaceAll('$ISSUER', issuer));
      if (request.url !== '/token') count = 0;
    });
    let now = 0;
    const identity = createIdentity('admin', client(issuer), { now: () => now });
    const margin = Math.min(Math.max(10, life / 10), life / 2);
    const seen = [];
    for (const at of [0, life - margin - 0.1, life - margin + 0.1]) {
      now = at * 1000;
      seen.push((await identity.credential()).secret);
    }
    expect(seen).toEqual(['t1', 't1', 't2']);
  });

  test.each([
    ['http://id.example/realm', /^identity admin: issuer http:\/\/id\.example must be an https URL/],
    ['https://user:secret@id.example', /^identity admin: issuer https:\/\/id\.example must be an https URL without credentials/],
    ['id.example', /^identity admin: issuer "id\.example" is no URL$/],
  ])('the issuer %s is refused', (issuer, message) => {
    expect(() => createIdentity('admin', client(issuer))).toThrow(
      expect.objectContaining({ code: 'E_CONFIG', message: expect.stringMatching(message) }),
    );
  });
});
