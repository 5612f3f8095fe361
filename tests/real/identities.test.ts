import { generateKeyPairSync } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { createIdentities, createIdentity } from '../../src/auth/create-identity.ts';
import { decodeToken } from '../../src/auth/decode-token.ts';
import type { IdentityOptions, LoginOptions } from '../../src/auth/identity-options.ts';
import { main } from '../../src/cli/main.ts';
import { browse, type User } from '../support/browse.ts';
import { addClient, localUser, refusingUser } from '../support/keycloak.ts';
import { makeFolder, runMain, type Outcome } from '../support/run-main.ts';
import { linesOf } from '../support/run-specproof.ts';

const { baseUrl, identities } = inject('specproof');
const { issuer = '' } = identities['admin'] as { readonly issuer?: string };

/** A folder with a configuration of these identities on the real API, and what the command line says there. */
async function team(people: Readonly<Record<string, IdentityOptions>>) {
  const config = {
    api: 'jobbergate',
    document: `${baseUrl}/openapi.json`,
    environments: { real: { target: { kind: 'live', baseUrl }, identities: people } },
  };
  const folder = await makeFolder({ 'specproof.config.json': JSON.stringify(config) });
  onTestFinished(folder.dispose);
  const env = { SPECPROOF_TOKENS: `${folder.path}/tokens`, FOLDER: folder.path };
  const run = (...argv: string[]): Promise<Outcome> => runMain(argv, { cwd: folder.path, env });
  /** `specproof login` while the user does what its text asks for. */
  const login = async (user: User, ...argv: string[]): Promise<Outcome> => {
    const out = { stdout: '', stderr: '' };
    let opened = false;
    const code = await main(['login', ...argv], {
      stdout: { write: (text) => void (out.stdout += String(text)) },
      stderr: {
        write: (text) => {
          out.stderr += String(text);
          const page = /open +(http\S+)/.exec(out.stderr)?.[1];
          if (page === undefined || opened) return;
          opened = true;
          void browse(page, user);
        },
      },
      env,
      cwd: folder.path,
    });
    return { code, ...out };
  };
  return { path: folder.path, env, run, login };
}

const me: LoginOptions = { kind: 'login', issuer, clientId: 'cli' };

describe('specproof login at the real Keycloak', () => {
  test('by device code and PKCE, with the client of the Jobbergate CLI: calls, tokens and logging out work', async () => {
    const { run, login, path } = await team({ me });
    const { code, stdout, stderr } = await login(localUser);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/open +http.*user_code=[A-Z]{4}-[A-Z]{4}\n/)]);
    expect(stdout).toMatch(/^me is logged in: the token is good for 5 min, until .*Z, and renewed when it runs out; kept in .*\.json\n$/);
    const called = await run('call', 'GET', '/job-scripts');
    expect([called.code, JSON.parse(called.stdout)]).toEqual([0, expect.objectContaining({ items: expect.any(Array) })]);
    const decoded = JSON.parse((await run('token', '--decode')).stdout) as { claims: Record<string, unknown> };
    expect(decoded.claims).toMatchObject({
      azp: 'cli',
      iss: issuer,
      email: 'local-user@jobbergate.example.org',
      permissions: expect.arrayContaining(['jobbergate:admin']),
    });
    const doctor = await run('doctor');
    expect(doctor.stdout).toMatch(/✓ as me +a token was given, main, good for \d+ (?:min|s), until /);
    expect(await run('logout')).toMatchObject({ code: 0, stdout: 'me is logged out\n' });
    expect(await readdir(`${path}/tokens`)).toEqual([]);
    expect(await run('token')).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('run specproof login me') });
  });

  test('that the user refuses ends with exit 3, and nothing is kept', async () => {
    const { login, path } = await team({ me });
    const { code, stderr } = await login(refusingUser);
    expect([code, stderr]).toEqual([3, expect.stringContaining(`identity me: ${issuer} says that the login was refused: access_denied`)]);
    expect(await readdir(`${path}/tokens`).catch(() => [])).toEqual([]);
  });

  test('in the browser, with a loopback redirect', async () => {
    const clientId = await addClient(issuer, {
      publicClient: true,
      standardFlowEnabled: true,
      redirectUris: ['http://127.0.0.1/callback'],
      attributes: { 'pkce.code.challenge.method': 'S256' },
    });
    const { run, login } = await team({ me: { ...me, clientId } });
    expect(await login(localUser, 'me', '--browser')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^me is logged in/) });
    const decoded = JSON.parse((await run('token', '--decode')).stdout) as { claims: Record<string, unknown> };
    expect(decoded.claims).toMatchObject({ azp: clientId, email: 'local-user@jobbergate.example.org' });
  });
});

describe('other ways in at the real Keycloak', () => {
  const claimsOf = async (options: IdentityOptions, env: Record<string, string> = {}): Promise<unknown> =>
    decodeToken((await createIdentity('me', options, { env }).credential()).secret)?.claims;

  test('a user’s password', async () => {
    expect(
      await claimsOf({ kind: 'password', issuer, clientId: 'cli', username: 'local-user', password: { variable: 'P' } }, { P: 'local' }),
    ).toMatchObject({ azp: 'cli' });
  });

  test.each([
    { type: 'ec', alg: 'ES256', pair: generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
    { type: 'rsa', alg: 'RS256', pair: generateKeyPairSync('rsa', { modulusLength: 2048 }) },
  ])('a private key of type $type', async ({ alg, pair }) => {
    const jwks = JSON.stringify({ keys: [{ ...pair.publicKey.export({ format: 'jwk' }), alg, use: 'sig', kid: 'k1' }] });
    const clientId = await addClient(issuer, {
      serviceAccountsEnabled: true,
      clientAuthenticatorType: 'client-jwt',
      attributes: { 'use.jwks.string': 'true', 'jwks.string': jwks, 'token.endpoint.auth.signing.alg': alg },
    });
    const KEY = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(
      await claimsOf({ kind: 'client-credentials', issuer, clientId, privateKey: { variable: 'KEY' }, keyId: 'k1' }, { KEY }),
    ).toMatchObject({ azp: clientId });
  });

  test('the exchange of another identity’s token', async () => {
    const secret = 'only-for-this-test';
    const exchanger = await addClient(issuer, {
      secret,
      serviceAccountsEnabled: true,
      attributes: { 'standard.token.exchange.enabled': 'true' },
    });
    const subject = await addClient(issuer, {
      secret,
      serviceAccountsEnabled: true,
      protocolMappers: [
        {
          name: 'audience',
          protocol: 'openid-connect',
          protocolMapper: 'oidc-audience-mapper',
          config: { 'included.client.audience': exchanger, 'access.token.claim': 'true' },
        },
      ],
    });
    const client = { issuer, clientSecret: { testValue: secret } } as const;
    const both = createIdentities(
      new Map<string, IdentityOptions>([
        ['exchanged', { kind: 'token-exchange', ...client, clientId: exchanger, subject: 'service' }],
        ['service', { kind: 'client-credentials', ...client, clientId: subject }],
      ]),
    );
    const { secret: token = '' } = (await both.get('exchanged')?.credential()) ?? {};
    expect(decodeToken(token)?.claims).toMatchObject({ azp: exchanger, preferred_username: `service-account-${subject}` });
  });
});

test('the token files of the Jobbergate CLI are used as they are, and its refresh token when that is asked for', async () => {
  const login = await team({ me });
  await login.login(localUser);
  const [file = ''] = await readdir(`${login.path}/tokens`);
  const { access, refresh } = JSON.parse(await readFile(`${login.path}/tokens/${file}`, 'utf8')) as { access: string; refresh: string };
  const files: IdentityOptions = {
    kind: 'token-file',
    accessToken: '${FOLDER}/access.token',
    refreshToken: '$FOLDER/refresh.token',
    issuer,
    clientId: 'cli',
  };
  const cautious = await team({ me: files });
  await writeFile(`${cautious.path}/access.token`, access, { mode: 0o600 });
  await writeFile(`${cautious.path}/refresh.token`, refresh, { mode: 0o600 });
  const called = await cautious.run('call', 'GET', '/job-scripts');
  expect([called.code, called.stderr]).toEqual([
    0,
    expect.stringMatching(/identity me: the token of .*\/access\.token, good for 5 min, until /),
  ]);
  expect(`${called.stdout}${called.stderr}`).not.toContain(access.slice(-40));

  const bold = await team({ me: { ...files, useRefreshToken: true } });
  await writeFile(`${bold.path}/access.token`, expired(access));
  await writeFile(`${bold.path}/refresh.token`, refresh);
  const refreshed = await bold.run('call', 'GET', '/job-scripts');
  expect([refreshed.code, refreshed.stderr]).toEqual([
    0,
    expect.stringMatching(/a new token by the refresh token of .*\/refresh\.token, good for 5 min/),
  ]);
});

test('a run that outlives its tokens of fifteen seconds is refused nothing', async () => {
  const short: IdentityOptions = {
    kind: 'client-credentials',
    issuer,
    clientId: 'specproof-short',
    clientSecret: { testValue: 'specproof-short-secret' },
  };
  const { run } = await team({ short });
  const { stdout, stderr } = await run(
    'run',
    '--only',
    'generated',
    '--phases',
    'examples',
    '--rate',
    '10',
    '--max-cases',
    '220',
    '--seed',
    '1',
    '--format',
    'ndjson',
    '--quiet',
  );
  const [summary] = linesOf(stdout, 'summary');
  expect([stderr, summary]).toEqual([
    '',
    expect.objectContaining({ faults: 0, coverage: expect.objectContaining({ operations: 50, reached: 50 }) }),
  ]);
  expect(linesOf(stdout, 'finding').filter(({ came }) => String(came).startsWith('401'))).toEqual([]);
});

/** The token with an expiry that is over; its signature no longer fits, and nobody is to see it. */
function expired(token: string): string {
  const [header = '', , signature = ''] = token.split('.');
  const claims = { ...decodeToken(token)?.claims, exp: 1_700_000_000 };
  return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
}
