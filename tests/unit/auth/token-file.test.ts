import { readFile, writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createIdentity } from '../../../src/auth/create-identity.ts';
import type { TokenFileOptions } from '../../../src/auth/identity-options.ts';
import type { Identity } from '../../../src/auth/identity.ts';
import { isHarnessError } from '../../../src/errors.ts';
import { listen } from '../../support/local-oidc.ts';
import { makeFolder } from '../../support/run-main.ts';

const start = Date.parse('2026-11-25T10:00:00Z');

/** A JWT that expires so many seconds after the start. */
function jwt(name: string, expires: number): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'RS256' })}.${encode({ sub: name, exp: start / 1000 + expires })}.${Buffer.from('signature of it').toString('base64url')}`;
}

/** The files of another program, and an identity that reads them on a clock of our own. */
async function setUp(files: Readonly<Record<string, string>>, more: Partial<TokenFileOptions> = {}) {
  const folder = await makeFolder(files);
  onTestFinished(folder.dispose);
  const world = { now: start, told: [] as string[], refreshed: [] as string[] };
  const issuer: string = await listen((request, response) => {
    let body = '';
    // its clock is not the test's
    response.sendDate = false;
    request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (request.method === 'GET') return response.end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token` }));
      world.refreshed.push(new URLSearchParams(body).get('refresh_token') ?? '');
      const count = world.refreshed.length;
      return response.end(
        JSON.stringify({ access_token: `refreshed-${count}`, refresh_token: `rotated-${count}`, token_type: 'Bearer', expires_in: 60 }),
      );
    });
  });
  const options: TokenFileOptions = {
    kind: 'token-file',
    accessToken: '${CACHE:-~/cache}/access.token',
    refreshToken: '$CACHE/refresh.token',
    issuer,
    clientId: 'cli',
    ...more,
  };
  const me = createIdentity('me', options, {
    now: () => world.now,
    env: { CACHE: folder.path },
    tell: (line) => void world.told.push(line.replaceAll(folder.path, '…')),
  });
  return { me, world, path: folder.path };
}

async function said(me: Identity, path: string): Promise<string> {
  const error: unknown = await me.credential().catch((caught: unknown) => caught);
  if (!isHarnessError(error)) throw new Error('no HarnessError', { cause: error });
  return `${error.code} ${error.message} | ${error.hint}`.replaceAll(path, '…');
}

test('the token of the file is used while it is good, and told by file and expiry', async () => {
  const token = jwt('first', 300);
  const { me, world, path } = await setUp({ 'access.token': `${token}\n`, 'refresh.token': 'r0' });
  expect((await me.credential()).secret).toBe(token);
  world.now += 299_000;
  expect((await me.credential()).secret).toBe(token);
  expect(world.told).toEqual(['identity me: the token of …/access.token, good for 5 min, until 2026-11-25T10:05:00Z']);
  world.now += 2000;
  expect(await said(me, path)).toBe(
    'E_IDENTITY identity me: the token of …/access.token expired 1 s ago, at 2026-11-25T10:05:00Z by this machine’s clock | log in again with the program that wrote it, or set useRefreshToken: that may log it out',
  );
  expect(world.refreshed).toEqual([]);
  // the other program logs in again
  await writeFile(`${path}/access.token`, jwt('second', 900));
  expect((await me.credential()).secret).toBe(jwt('second', 900));
  expect(me.secrets()).toEqual([token, jwt('second', 900)]);
});

test('the refresh token is used only when that is asked for; what comes stays in memory, and a newer file wins over it', async () => {
  const { me, world, path } = await setUp({ 'access.token': jwt('first', -10), 'refresh.token': 'r0\n' }, { useRefreshToken: true });
  expect((await me.credential()).secret).toBe('refreshed-1');
  world.now += 55_000;
  expect((await me.credential()).secret).toBe('refreshed-2');
  expect(world.refreshed).toEqual(['r0', 'rotated-1']);
  expect(world.told).toEqual([
    'identity me: a new token by the refresh token of …/refresh.token, good for 60 s, until 2026-11-25T10:01:00Z; nothing is written',
    'identity me: a new token by the refresh token of before, good for 60 s, until 2026-11-25T10:01:55Z; nothing is written',
  ]);
  expect(await readFile(`${path}/refresh.token`, 'utf8')).toBe('r0\n');
  expect(await readFile(`${path}/access.token`, 'utf8')).toBe(jwt('first', -10));
  expect(me.secrets()).toEqual(['refreshed-1', 'rotated-1', 'refreshed-2', 'rotated-2']);
  await writeFile(`${path}/access.token`, jwt('second', 900));
  world.now += 55_000;
  expect((await me.credential()).secret).toBe(jwt('second', 900));
});

test('a token that is refused with 401 is read anew, and the other program’s new one is taken', async () => {
  const { me, path } = await setUp({ 'access.token': jwt('first', 300) });
  const { secret } = await me.credential();
  expect(await me.sources[0]?.renew(secret)).toBe(false);
  await writeFile(`${path}/access.token`, jwt('second', 300));
  expect(await me.sources[0]?.renew(secret)).toBe(true);
  expect((await me.credential()).secret).toBe(jwt('second', 300));
});

test.each([
  ['', '…/access.token does not hold a token | it must hold nothing but the token itself, as one line of text'],
  ['{"access_token":"hush-hush"}', '…/access.token does not hold a token | it must hold nothing but the token itself, as one line of text'],
  ['hush-hush\nhush-hush', '…/access.token does not hold a token | it must hold nothing but the token itself, as one line of text'],
  ['\u0000\u0001hush-hush', '…/access.token does not hold a token | it must hold nothing but the token itself, as one line of text'],
])('a file with %j is told, without what it holds', async (text, want) => {
  const { me, path } = await setUp({ 'access.token': text });
  const line = await said(me, path);
  expect(line).toBe(`E_IDENTITY identity me: ${want}`);
  expect(line).not.toContain('hush');
});

test('a file that is not there and a variable that is not set are told', async () => {
  const { me, path } = await setUp({});
  expect(await said(me, path)).toBe(
    'E_IDENTITY identity me: …/access.token cannot be read: ENOENT | log in with the program that writes it, or mend the path in the configuration',
  );
  const other = await setUp({}, { accessToken: '$NOWHERE/token' });
  expect(await said(other.me, other.path)).toBe(
    'E_SECRET identity me: environment variable NOWHERE is not set, which the path $NOWHERE/token needs | export NOWHERE, or write ${NOWHERE:-otherwise} in the path',
  );
});
