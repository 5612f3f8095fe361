import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createIdentity } from '../../../src/auth/create-identity.ts';
import { decodeToken } from '../../../src/auth/decode-token.ts';
import type { LoginOptions } from '../../../src/auth/identity-options.ts';
import { logIn, logOut } from '../../../src/auth/login.ts';
import { browse, consentingUser, type User } from '../../support/browse.ts';
import { loginClient, startLocalProvider, type LocalProvider } from '../../support/local-oidc.ts';
import { makeFolder } from '../../support/run-main.ts';

/** What a login took, and a fresh place for its tokens. */
async function setUp(provider: LocalProvider, more: Partial<LoginOptions> = {}) {
  const folder = await makeFolder({});
  onTestFinished(folder.dispose);
  const tokens = `${folder.path}/tokens`;
  const env = { SPECPROOF_TOKENS: tokens };
  const sent: URLSearchParams[] = [];
  const spy: typeof fetch = async (input, init) => {
    if (init?.body instanceof URLSearchParams) sent.push(init.body);
    return fetch(input, init);
  };
  const options: LoginOptions = { kind: 'login', issuer: provider.issuer, clientId: 'cli', scope: 'openid offline_access read', ...more };
  const abandon = new AbortController();
  const surroundings = { fetch: spy, now: Date.now, env, tell: () => undefined };
  const login = (user: User) =>
    logIn('me', options, {
      ...surroundings,
      signal: abandon.signal,
      showCode: ({ completeUri = '' }) => void browse(completeUri, user),
      showPage: (url) => void browse(url, user),
    });
  const identity = (now = Date.now) => createIdentity('me', options, { env, now, fetch: spy });
  const kept = (): Promise<string[]> => readdir(tokens).catch(() => []);
  return { options, surroundings, login, identity, kept, sent, abandon, tokens, env };
}

describe.each(['device', 'browser'] as const)('a login by %s', (flow) => {
  test('is proven by PKCE, kept for its user alone, used by the identity and refreshed with rotation', async () => {
    const provider = await startLocalProvider([loginClient]);
    const { login, identity, sent, tokens, kept } = await setUp(provider, { flow });
    const { file } = await login(consentingUser('alice'));
    const verifier = sent.find((body) => body.has('code_verifier'))?.get('code_verifier');
    expect(verifier).toMatch(/^[\w.~-]{43,128}$/);
    if (flow === 'device') expect(sent[0]?.get('code_challenge_method')).toBe('S256');
    expect([(await stat(tokens)).mode & 0o777, (await stat(file)).mode & 0o777, (await kept()).length]).toEqual([0o700, 0o600, 1]);

    const before = JSON.parse(await readFile(file, 'utf8')) as { access: string; refresh: string };
    const me = identity();
    const { secret } = await me.credential();
    expect(secret).toBe(before.access);
    expect(decodeToken(secret)?.claims).toMatchObject({ sub: 'alice', aud: 'urn:api', scope: 'read' });

    const later = identity(() => Date.now() + 55_000);
    expect((await later.credential()).secret).toBe(before.access);
    const renewed = identity(() => Date.now() + 61_000);
    expect((await renewed.credential()).secret).not.toBe(before.access);
    const after = JSON.parse(await readFile(file, 'utf8')) as { access: string; refresh: string };
    expect(after.refresh).not.toBe(before.refresh);
    expect(renewed.secrets()).toEqual([after.access, after.refresh]);
    expect(await kept()).toHaveLength(1);
  });

  test('that the user refuses says so, and keeps nothing', async () => {
    const provider = await startLocalProvider([loginClient]);
    const { login, kept } = await setUp(provider, { flow });
    const refusing: User = ({ page, url }) => {
      const cancel = /href="([^"]*\/abort)"/.exec(page)?.[1];
      if (cancel !== undefined) return new URL(cancel, url);
      if (page.includes('interrupted')) return undefined;
      return page.includes('name="abort"') ? { abort: 'yes' } : {};
    };
    await expect(login(refusing)).rejects.toMatchObject({
      code: 'E_IDENTITY',
      message: `identity me: ${provider.issuer} says that the login was refused: access_denied`,
    });
    expect(await kept()).toEqual([]);
  });

  test('that the user gives up ends at once, and keeps nothing', async () => {
    const provider = await startLocalProvider([loginClient]);
    const { login, kept, abandon } = await setUp(provider, { flow });
    const promise = login(() => {
      abandon.abort(new Error('interrupted'));
      return undefined;
    });
    await expect(promise).rejects.toThrow();
    expect(await kept()).toEqual([]);
  });
});

test('a device code that nobody types expires: expired_token', async () => {
  const provider = await startLocalProvider([loginClient], { codeLifetime: 1 });
  const { login, kept } = await setUp(provider);
  await expect(login(() => undefined)).rejects.toMatchObject({
    code: 'E_IDENTITY',
    message: `identity me: ${provider.issuer} says that the login was not finished in time: expired_token`,
    hint: 'run specproof login again',
  });
  expect(await kept()).toEqual([]);
});

test('twenty callers of two processes with one login refresh it once', async () => {
  const provider = await startLocalProvider([loginClient]);
  const { login, identity, sent } = await setUp(provider);
  await login(consentingUser('alice'));
  const now = (): number => Date.now() + 61_000;
  const [one, other] = [identity(now), identity(now)];
  const secrets = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : other).credential()));
  expect(new Set(secrets.map(({ secret }) => secret)).size).toBe(1);
  expect(sent.filter((body) => body.get('grant_type') === 'refresh_token')).toHaveLength(1);
});

test('nobody logged in, a login that has ended, and a file that holds something else are each told with what to do, and no secret', async () => {
  const provider = await startLocalProvider([loginClient]);
  const { login, identity, kept, tokens, options, surroundings } = await setUp(provider);
  const hint = 'run specproof login me';
  const said = (me: ReturnType<typeof identity>) =>
    me.credential().then(
      () => 'a credential',
      (error: { message: string; hint: string }) => `${error.message} | ${error.hint}`,
    );
  expect(await said(identity())).toBe(`identity me: nobody is logged in at ${provider.issuer} | ${hint}`);
  const { file } = await login(consentingUser('alice'));
  const { access, refresh } = JSON.parse(await readFile(file, 'utf8')) as { access: string; refresh: string };
  // somebody else uses the refresh token up
  await fetch(`${provider.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refresh, client_id: 'cli' }),
  });
  expect(await said(identity(() => Date.now() + 61_000))).toBe(
    `identity me: the login at ${provider.issuer} has ended: invalid_grant | ${hint}`,
  );
  await writeFile(file, JSON.stringify({ access, expiresAt: 0 }));
  expect(await said(identity())).toBe(`identity me: the login at ${provider.issuer} has run out, and there is no refresh token | ${hint}`);
  for (const text of ['', 'not json', `{"access":"${access}"}`, '[]', 'null']) {
    await writeFile(file, text);
    expect(await said(identity())).toBe(`identity me: ${file} does not hold the tokens of a login | specproof login me writes it anew`);
  }
  expect(await logOut('me', options, surroundings)).toBe(true);
  expect(await logOut('me', options, surroundings)).toBe(false);
  expect([await kept(), tokens]).toEqual([[], tokens]);
});

test('logging out revokes the login at the provider; one that is down does not keep the tokens here', async () => {
  const provider = await startLocalProvider([loginClient]);
  const { login, options, surroundings, kept } = await setUp(provider);
  const { tokens } = await login(consentingUser('alice'));
  await logOut('me', options, surroundings);
  const refreshed = await fetch(`${provider.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh ?? '', client_id: 'cli' }),
  });
  expect([refreshed.status, await kept()]).toEqual([400, []]);

  await login(consentingUser('alice'));
  provider.standIn((_request, response) => response.writeHead(503).end());
  const told: string[] = [];
  expect(await logOut('me', options, { ...surroundings, tell: (line) => void told.push(line) })).toBe(true);
  expect([await kept(), told.length]).toEqual([[], 1]);
  expect(told[0]).toMatch(/the tokens are removed here, but good there until they expire$/);
});
