import { readdir, writeFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { IdentityOptions } from '../../../src/auth/identity-options.ts';
import { main } from '../../../src/cli/main.ts';
import { browse, consentingUser, type User } from '../../support/browse.ts';
import { listen, loginClient, startLocalProvider } from '../../support/local-oidc.ts';
import { makeFolder, runMain, type Outcome } from '../../support/run-main.ts';

/** A folder with these identities, and its command line; `login` does what the user is told to do. */
async function setUp(identities: Readonly<Record<string, IdentityOptions>>) {
  const environment = { target: { kind: 'live', baseUrl: 'http://127.0.0.1:9' }, identities };
  const folder = await makeFolder({ 'specproof.config.json': JSON.stringify({ api: 'things', environments: { local: environment } }) });
  onTestFinished(folder.dispose);
  const env = { SPECPROOF_TOKENS: `${folder.path}/tokens` };
  const run = (...argv: string[]): Promise<Outcome> => runMain(argv, { cwd: folder.path, env });
  const login = async (user: User, argv: readonly string[], signal?: AbortSignal): Promise<Outcome> => {
    const out = { stdout: '', stderr: '' };
    let page: string | undefined;
    const code = await main(['login', ...argv], {
      stdout: { write: (text) => void (out.stdout += String(text)) },
      stderr: {
        write: (text) => {
          out.stderr += String(text);
          const shown = /open +(http\S+)/.exec(out.stderr)?.[1];
          if (page === undefined && shown !== undefined) void browse((page = shown), user);
        },
      },
      env,
      cwd: folder.path,
      ...(signal && { signal }),
    });
    return { code, ...out };
  };
  const kept = (): Promise<string[]> => readdir(env.SPECPROOF_TOKENS).catch(() => []);
  return { run, login, kept };
}

const loginAt = (issuer: string): IdentityOptions => ({ kind: 'login', issuer, clientId: 'cli', scope: 'openid offline_access read' });

describe.each([
  {
    by: 'device code',
    argv: [],
    told: /^ {2}open {3}http\S+\n {2}check {2}that it shows [A-Z-]+; or type it at http\S+\n {8,}waiting for 60 s at most; Ctrl-C gives up\n$/,
  },
  { by: 'browser', argv: ['me', '--browser'], told: /^ {2}open {3}http\S+\n {8,}waiting; Ctrl-C gives up\n$/ },
])('specproof login by $by', ({ argv, told }) => {
  test('says what to do, who is logged in and until when, and shows no token', async () => {
    const { issuer } = await startLocalProvider([loginClient]);
    const { login, run, kept } = await setUp({ me: loginAt(issuer) });
    const { code, stdout, stderr } = await login(consentingUser('alice'), argv);
    expect([code, stderr, stdout]).toEqual([
      0,
      expect.stringMatching(told),
      expect.stringMatching(/^me is logged in: the token is good for 60 s, until \S+Z, and renewed when it runs out; kept in \S+\.json\n$/),
    ]);
    const { stdout: token } = await run('token');
    expect(token).toMatch(/^ey[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(`${stdout}${stderr}`).not.toContain(token.trim());
    const decoded = await run('token', '--decode');
    expect(JSON.parse(decoded.stdout)).toMatchObject({ claims: { sub: 'alice', iss: issuer } });
    expect(decoded.stderr).toMatch(/^ {2}the token of me: good for \d+ s, until \S+Z\n$/);
    expect([(await run('logout')).stdout, (await run('logout', 'me')).stdout, await kept()]).toEqual([
      'me is logged out\n',
      'me was not logged in\n',
      [],
    ]);
  });

  test('ends with 130 when the user gives up, and keeps nothing', async () => {
    const { issuer } = await startLocalProvider([loginClient]);
    const { login, kept } = await setUp({ me: loginAt(issuer) });
    const abandon = new AbortController();
    const outcome = await login(
      () => {
        abandon.abort();
        return undefined;
      },
      argv,
      abandon.signal,
    );
    expect([outcome.code, outcome.stdout, await kept()]).toEqual([130, '', []]);
  });
});

test.each<{ why: string; identities: Readonly<Record<string, IdentityOptions>>; argv: string[]; want: string }>([
  {
    why: 'no identity of that kind',
    identities: { a: { kind: 'static', token: 't0ken-of-a' } },
    argv: ['login'],
    want: 'which identity is to log in?; none is of the kind "login"',
  },
  {
    why: 'several of them',
    identities: { a: loginAt('https://id.example'), b: loginAt('https://id.example') },
    argv: ['login'],
    want: 'which identity is to log in?; those that can are a, b',
  },
  {
    why: 'another name',
    identities: { a: loginAt('https://id.example') },
    argv: ['login', 'aa'],
    want: 'there is no identity "aa"; those that can are a',
  },
  {
    why: 'another kind',
    identities: { a: { kind: 'static', token: 't0ken-of-a' } },
    argv: ['logout', 'a'],
    want: 'identity a is of kind static: nobody has to log in',
  },
])('$argv with $why is told', async ({ identities, argv, want }) => {
  const { run } = await setUp(identities);
  const { code, stdout, stderr } = await run(...argv);
  expect([code, stdout, stderr.split('\n')[0]]).toEqual([2, '', `specproof: ${want}`]);
});

test('a login that nobody finishes ends with 3 and says what to do, and nothing is kept', async () => {
  const { issuer } = await startLocalProvider([loginClient], { codeLifetime: 1 });
  const { login, kept } = await setUp({ me: loginAt(issuer) });
  const { code, stdout, stderr } = await login(() => undefined, []);
  expect([code, stdout, stderr]).toEqual([
    3,
    '',
    expect.stringMatching(
      /\nspecproof: identity me: \S+ says that the login was not finished in time: expired_token\n {2}run specproof login again\n$/,
    ),
  ]);
  expect(await kept()).toEqual([]);
});

test('a cache file that holds no token ends a call with 3 before anything is sent, and is not shown', async () => {
  const cache = await makeFolder({ 'access.token': '<html>hush-hush</html>' });
  onTestFinished(cache.dispose);
  const { run } = await setUp({ me: { kind: 'token-file', accessToken: `${cache.path}/access.token` } });
  const { code, stdout, stderr } = await run('token');
  expect([code, stdout, stderr]).toEqual([
    3,
    '',
    expect.stringMatching(
      /^specproof: identity me: \S+access\.token does not hold a token\n {2}it must hold nothing but the token itself, as one line of text\n$/,
    ),
  ]);
});

test.each<{ identity: IdentityOptions; want: string }>([
  { identity: { kind: 'static', token: 'tok' }, want: 'Authorization: Bearer tok' },
  { identity: { kind: 'static', token: 'me:pass', scheme: 'Basic' }, want: 'Authorization: Basic bWU6cGFzcw==' },
  { identity: { kind: 'basic', username: 'me', password: { testValue: 'pass' } }, want: 'Authorization: Basic bWU6cGFzcw==' },
  { identity: { kind: 'api-key', key: { testValue: 'key' } }, want: 'Authorization: key' },
  { identity: { kind: 'api-key', key: { testValue: 'key' }, in: 'header', name: 'X-Key' }, want: 'X-Key: key' },
])('token --header of $identity is $want', async ({ identity, want }) => {
  const { run } = await setUp({ me: identity });
  expect(await run('token', '--header')).toEqual({ code: 0, stdout: `${want}\n`, stderr: '' });
});

test('doctor tells which tokens there are, until when, and what speaks against them', async () => {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwt = (claims: object): string => `${encode({ alg: 'RS256' })}.${encode(claims)}.${encode({})}`;
  const now = Math.floor(Date.now() / 1000);
  const baseUrl = await listen((_request, response) => void response.writeHead(404).end());
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {} };
  const folder = await makeFolder({ 'openapi.json': JSON.stringify(document), 'access.token': jwt({ exp: now + 600 }) });
  onTestFinished(folder.dispose);
  const identities: Record<string, IdentityOptions> = {
    good: { kind: 'static', token: jwt({ exp: now + 300, iat: now }) },
    stale: { kind: 'static', token: jwt({ exp: now - 300 }) },
    early: { kind: 'static', token: jwt({ exp: now + 900, nbf: now + 600 }) },
    file: { kind: 'token-file', accessToken: `${folder.path}/access.token` },
  };
  const config = {
    api: 't',
    document: 'openapi.json',
    environments: { local: { target: { kind: 'live', baseUrl }, identities } },
  };
  await writeFile(`${folder.path}/specproof.config.json`, JSON.stringify(config));
  const { code, stdout } = await runMain(['doctor'], { cwd: folder.path });
  const lines = stdout.split('\n').filter((line) => /as |identity/.test(line));
  expect([code, lines]).toEqual([
    3,
    [
      expect.stringMatching(/^✓ as good +a token was given, main, good for 5 min, until \S+Z$/),
      expect.stringMatching(/^✓ as stale +a token was given, expired 5 min ago, at \S+ by this machine’s clock$/),
      expect.stringMatching(/^✗ as stale +its token expired 5 min ago, at \S+ by this machine’s clock$/),
      expect.stringMatching(/^✓ as early +a token was given, good for 15 min, until \S+Z$/),
      expect.stringMatching(/^✗ as early +its token is not valid yet: its time begins in 10 min, at \S+ by this machine’s clock$/),
      expect.stringMatching(/^✓ as file +a token was given, good for 10 min, until \S+Z$/),
      expect.stringMatching(/^✓ +identity file: the token of \S+access\.token, good for 10 min, until \S+Z$/),
    ],
  ]);
  expect(stdout).not.toContain('eyJ');
});
