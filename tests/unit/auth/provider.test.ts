import { text } from 'node:stream/consumers';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createIdentities, createIdentity } from '../../../src/auth/create-identity.ts';
import { decodeToken } from '../../../src/auth/decode-token.ts';
import type { ClientOptions, CredentialOptions, IdentityOptions } from '../../../src/auth/identity-options.ts';
import { isHarnessError } from '../../../src/errors.ts';
import { listen, startLocalProvider } from '../../support/local-oidc.ts';
import { granted, plainServer } from '../../support/plain-oauth.ts';
import { makeFolder } from '../../support/run-main.ts';

async function token(options: IdentityOptions, env: Record<string, string> = {}): Promise<string> {
  return (await createIdentity('me', options, { env }).credential()).secret;
}

const oidc = '/.well-known/openid-configuration';
const client = (more: Partial<ClientOptions>): CredentialOptions => ({
  kind: 'client-credentials',
  clientId: 'c',
  clientSecret: { testValue: 'client-s3cret' },
  ...more,
});

describe('the endpoints of a provider', () => {
  test.each([
    { by: 'OpenID Connect discovery', path: `/realm${oidc}`, asked: [`/realm${oidc}`, '/token'] },
    {
      by: 'the metadata of a plain OAuth server',
      path: '/.well-known/oauth-authorization-server/realm',
      asked: [`/realm${oidc}`, '/.well-known/oauth-authorization-server/realm', '/token'],
    },
  ])('are found by $by', async ({ path, asked }) => {
    const server = await plainServer({ [path]: { issuer: '$ORIGIN/realm' } });
    expect(await token(client({ issuer: `${server.origin}/realm` }))).toBe('granted-token');
    expect(server.asked).toEqual(asked);
  });

  test('are taken as configured, and nothing is discovered', async () => {
    const server = await plainServer({});
    expect(await token(client({ tokenEndpoint: `${server.origin}/token` }))).toBe('granted-token');
    expect(server.asked).toEqual(['/token']);
  });

  test.each<{ more: Partial<ClientOptions>; want: RegExp }>([
    { more: {}, want: /^identity me: neither issuer nor tokenEndpoint is given$/ },
    { more: { tokenEndpoint: 'http://id.example/token' }, want: /^identity me: issuer http:\/\/id\.example must be an https URL/ },
    { more: { issuer: 'https://id.example', tokenEndpoint: 'token' }, want: /^identity me: token_endpoint "token" is no URL$/ },
    { more: { issuer: 'https://id.example', privateKey: { variable: 'KEY' } }, want: /clientSecret or privateKey, not with both$/ },
  ])('are refused where they cannot be: $more', ({ more, want }) => {
    expect(() => createIdentity('me', client(more))).toThrow(
      expect.objectContaining({ code: 'E_CONFIG', message: expect.stringMatching(want) }),
    );
  });
});

describe('grants', () => {
  test('password: the user’s name and password are sent, and struck from every record', async () => {
    const server = await plainServer({ [oidc]: { issuer: '$ORIGIN' } });
    const options: IdentityOptions = {
      kind: 'password',
      issuer: server.origin,
      clientId: 'c',
      username: 'alice',
      password: { variable: 'PASSWORD' },
      scope: 'read',
    };
    const me = createIdentity('me', options, { env: { PASSWORD: 'pass+ word' } });
    expect((await me.credential()).secret).toBe('granted-token');
    expect(server.sent).toEqual([
      {
        authorization: undefined,
        form: { grant_type: 'password', username: 'alice', password: 'pass+ word', scope: 'read', client_id: 'c' },
      },
    ]);
    expect(me.secrets()).toEqual(['pass+ word', 'granted-token']);
  });

  test('refresh: a refresh token is used in place of the grant, and the grant again when it is refused', async () => {
    let now = Date.now();
    let refusing = false;
    const grants: string[] = [];
    const origin: string = await listen(async (request, response) => {
      const body = await text(request);
      const form = new URLSearchParams(body);
      const kind = form.get('grant_type') ?? '';
      if (request.url === '/token') grants.push(`${kind} ${form.get('refresh_token') ?? ''}`.trim());
      const refused = refusing && kind === 'refresh_token';
      response.writeHead(refused ? 400 : 200, { 'content-type': 'application/json' });
      const pair = { ...granted, access_token: `a${grants.length}`, refresh_token: `r${grants.length}` };
      response.end(
        JSON.stringify(
          refused ? { error: 'invalid_grant' } : request.url === '/token' ? pair : { issuer: origin, token_endpoint: `${origin}/token` },
        ),
      );
    });
    const me = createIdentity(
      'me',
      { kind: 'password', issuer: origin, clientId: 'c', username: 'u', password: { testValue: 'p4ssword' } },
      { now: () => now },
    );
    const seen = [(await me.credential()).secret];
    now += 55_000;
    seen.push((await me.credential()).secret);
    refusing = true;
    now += 55_000;
    seen.push((await me.credential()).secret);
    expect([seen, grants]).toEqual([
      ['a1', 'a2', 'a4'],
      ['password', 'refresh_token r1', 'refresh_token r2', 'password'],
    ]);
  });

  test('token exchange: the access token of another identity is shown, and only what comes is sent to the API', async () => {
    const server = await plainServer(
      { [oidc]: { issuer: '$ORIGIN' } },
      { ...granted, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' },
    );
    const identities = createIdentities(
      new Map<string, IdentityOptions>([
        ['service', { kind: 'token-exchange', issuer: server.origin, clientId: 'c', subject: 'alice', audience: 'urn:api' }],
        ['alice', { kind: 'static', token: 'token-of-alice' }],
      ]),
    );
    expect((await identities.get('service')?.credential())?.secret).toBe('granted-token');
    expect(server.sent[0]?.form).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: 'token-of-alice',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: 'urn:api',
      client_id: 'c',
    });
  });

  test('token exchange: a circle of identities is refused at once', () => {
    const exchange = (subject: string): IdentityOptions => ({
      kind: 'token-exchange',
      issuer: 'https://id.example',
      clientId: 'c',
      subject,
    });
    const circle = new Map([
      ['a', exchange('b')],
      ['b', exchange('a')],
    ]);
    expect(() => createIdentities(circle)).toThrow(
      expect.objectContaining({ code: 'E_CONFIG', message: 'identity a: its subject is, in the end, itself' }),
    );
  });
});

describe('a private key', () => {
  const keys = {
    rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    ed25519: generateKeyPairSync('ed25519'),
  };

  test.each([
    { type: 'rsa', alg: 'RS256', form: 'PEM file' },
    { type: 'ec', alg: 'ES256', form: 'JWK variable' },
    { type: 'ed25519', alg: 'Ed25519', form: 'PEM variable' },
  ] as const)('of type $type in a $form proves the client', async ({ type, alg, form }) => {
    const { privateKey, publicKey } = keys[type];
    const kid = `key-${type}`;
    const provider = await startLocalProvider([
      {
        client_id: 'signer',
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: alg,
        jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), alg, kid, use: 'sig' }] },
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ]);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const folder = await makeFolder({ 'key.pem': pem });
    onTestFinished(folder.dispose);
    const env = {
      FOLDER: folder.path,
      KEY: form === 'JWK variable' ? JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid }) : pem,
    };
    const key = form === 'PEM file' ? { file: '$FOLDER/key.pem' } : { variable: 'KEY' };
    const options: IdentityOptions = {
      kind: 'client-credentials',
      issuer: provider.issuer,
      clientId: 'signer',
      privateKey: key,
      keyId: kid,
    };
    expect(decodeToken(await token(options, env))?.claims).toMatchObject({ client_id: 'signer', aud: 'urn:api' });
  });

  test.each([
    { what: 'text that is no key', env: { KEY: 'hush-hush' }, want: 'E_IDENTITY identity me: the private key cannot be read' },
    {
      what: 'a key that cannot sign',
      env: { KEY: generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
      want: 'E_IDENTITY identity me: nothing can be signed with a private key of type x25519',
    },
    { what: 'nothing', env: {}, want: 'E_SECRET identity me: environment variable KEY is not set' },
  ])('that is $what is told, without what it holds', async ({ env, want }) => {
    const server = await plainServer({ [oidc]: { issuer: '$ORIGIN' } });
    const error: unknown = await token(
      { kind: 'client-credentials', issuer: server.origin, clientId: 'c', privateKey: { variable: 'KEY' } },
      env,
    ).catch((caught: unknown) => caught);
    if (!isHarnessError(error)) throw new Error('no HarnessError', { cause: error });
    expect(`${error.code} ${error.message}`).toBe(want);
    expect(`${error.message} ${error.hint}`).not.toContain('hush');
  });
});

describe('a provider whose clock is another than ours', () => {
  test.each([
    { ahead: 600_000, want: '10 min ahead of' },
    { ahead: -7_300_000, want: '2 h behind' },
  ])(
    '$want this machine’s is told once; what the client signs is valid there, and the tokens live as long as it says',
    async ({ ahead, want }) => {
      const server = await plainServer({ [oidc]: { issuer: '$ORIGIN' } }, granted, ahead);
      const clock = { now: Date.now() };
      const told: string[] = [];
      const env = {
        KEY: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
      const options: IdentityOptions = {
        kind: 'client-credentials',
        issuer: server.origin,
        clientId: 'c',
        privateKey: { variable: 'KEY' },
      };
      const me = createIdentity('me', options, { env, now: () => clock.now, tell: (line) => void told.push(line) });
      await me.credential();
      const { iat, exp } = decodeToken(server.sent[0]?.form['client_assertion'] ?? '')?.claims ?? {};
      const there = (clock.now + ahead) / 1000;
      expect(Math.abs(Number(iat) - there)).toBeLessThan(30);
      expect(Number(exp)).toBeGreaterThan(there);
      clock.now += 49_000;
      await me.credential();
      expect(server.sent).toHaveLength(1);
      clock.now += 2000;
      await me.credential();
      expect(server.sent).toHaveLength(2);
      expect(told).toEqual([`identity me: the clock of ${server.origin} is ${want} this machine’s: set the clocks right`]);
    },
  );

  test('is named in the hint when it refuses us', async () => {
    const provider = await startLocalProvider([]);
    provider.setClock(600_000);
    const error: unknown = await token(client({ issuer: provider.issuer })).catch((caught: unknown) => caught);
    expect(isHarnessError(error) ? error.hint : error).toBe(
      'check client id and secret or private key; the clock of the provider is 10 min ahead of this machine’s: set the clocks right',
    );
  });
});
