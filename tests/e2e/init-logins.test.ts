import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, it, onTestFinished } from 'vitest';
import { answerPrompts, down } from '../support/answer-prompts.ts';
import { browse, consentingUser } from '../support/browse.ts';
import { listen, loginClient, startLocalProvider } from '../support/local-oidc.ts';
import { makeFolder } from '../support/run-main.ts';
import { runSpecproof } from '../support/run-specproof.ts';

async function freshFolder(): Promise<string> {
  const made = await makeFolder({});
  onTestFinished(made.dispose);
  return made.path;
}

/** An API of one operation behind a scheme, which gives a token for one name and password, as a form; a page that shows its document. */
async function startMembers(scheme: object, accepts: (token: string) => boolean | Promise<boolean>): Promise<string> {
  const json = { 'application/json': { schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } } };
  const members = {
    openapi: '3.1.0',
    info: { title: 'Members', version: '1' },
    components: { securitySchemes: { who: scheme } },
    security: [{ who: [] }],
    paths: { '/me': { get: { responses: { 200: { description: '', content: json }, 401: { description: '' } } } } },
  };
  return listen(async (request, response) => {
    const sent = await text(request);
    const give = (status: number, body?: object, headers: Readonly<Record<string, string>> = {}): void =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body && JSON.stringify(body));
    if (request.url === '/openapi.json') return give(200, members);
    if (request.url === '/token') {
      const form = Object.fromEntries(new URLSearchParams(sent));
      const { grant_type, username, password } = form;
      const isRight = grant_type === 'password' && username === 'ann' && password === 'secret of ann';
      return isRight ? give(200, { access_token: 'granted-token', token_type: 'bearer' }) : give(400, { detail: 'Incorrect' });
    }
    if (request.url?.split('?')[0] !== '/me') return give(404);
    if (request.method !== 'GET') return give(405, undefined, { allow: 'GET' });
    const given = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    return given !== undefined && (await accepts(given))
      ? give(200, { name: 'ann' })
      : give(401, undefined, { 'www-authenticate': 'Bearer' });
  });
}

it('logs in at the provider that it was told of, and runs as who logged in', async () => {
  const { issuer } = await startLocalProvider([loginClient]);
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const isSigned = (given: string): Promise<boolean> =>
    jwtVerify(given, keys, { issuer }).then(
      () => true,
      () => false,
    );
  const api = await startMembers({ type: 'http', scheme: 'bearer' }, isSigned);
  const cwd = await freshFolder();
  const env = { SPECPROOF_TOKENS: join(cwd, 'tokens') };
  const user = consentingUser('alice');
  const answers = [
    ['Name of the API', ''],
    ['Where its paths begin', ''],
    ['How do you get in?', `${down}${down}`],
    ['Issuer of the OIDC provider', issuer],
    ['Client id', 'cli'],
  ] as const;
  const { code, screen } = await answerPrompts(['init', api], cwd, answers, { env, onPage: (page) => void browse(page, user) });
  expect(screen).toMatch(/me is logged in: the token is good for 60 s/);
  expect(screen).toMatch(/with success 1\/1/);
  expect(code).toBe(0);
  expect((await readFile(join(cwd, 'specproof.config.ts'), 'utf8')).replaceAll(/\s+/g, ' ')).toContain(
    `kind: 'login', issuer: '${issuer}', clientId: 'cli', scope: 'openid'`,
  );
});

it('gets tokens for name and password where the document says that they are given for those', async () => {
  const flows = { password: { tokenUrl: 'token', scopes: {} } };
  const api = await startMembers({ type: 'oauth2', flows }, (given) => given === 'granted-token');
  const config = {
    asked: await freshFolder(),
    flags: await freshFolder(),
  };
  const { code, screen } = await answerPrompts(['init', api], config.asked, [
    ['Name of the API', ''],
    ['Where its paths begin', ''],
    ['How do you get in?', ''],
    ['User name', 'ann'],
    ['Environment variable that holds the secret', ''],
    ['MEMBERS_PASSWORD (for now', 'secret of ann'],
  ]);
  expect(screen).toContain('password: user name and password, which give a token');
  expect(screen).not.toContain('OIDC');
  expect(screen).not.toContain('secret of ann');
  expect(screen).toMatch(/with success 1\/1/);
  expect(code).toBe(0);
  const env = { MEMBERS_PASSWORD: 'secret of ann' };
  const flagged = await runSpecproof(['init', api, '--yes', '--username', 'ann'], { cwd: config.flags, env });
  expect(flagged.stdout, flagged.stderr).toMatch(/with success 1\/1/);
  expect(flagged.code).toBe(0);
  const [one, other] = await Promise.all(
    Object.values(config).map(async (folder) => (await readFile(join(folder, 'specproof.config.ts'), 'utf8')).replaceAll(/\s+/g, ' ')),
  );
  expect(one).toContain("me: { kind: 'password', tokenEndpoint: 'token', username: 'ann', password: { variable: 'MEMBERS_PASSWORD' }");
  expect(other).toBe(one);
});

it('gets in with what it was given where the document declares nothing, and leaves out in silence none of it', async () => {
  const isAnn = (request: IncomingMessage): boolean => request.headers.authorization === `Basic ${btoa('ann:secret of ann')}`;
  const json = { 'application/json': { schema: { type: 'object' } } };
  const responses = { 200: { description: '', content: json }, 401: { description: '' } };
  const document = { openapi: '3.1.0', info: { title: 'Members', version: '1' }, paths: { '/me': { get: { responses } } } };
  const api = await listen((request, response) => {
    const isDocument = request.url === '/openapi.json';
    const status = isDocument || (request.url === '/me' && isAnn(request)) ? 200 : request.url === '/me' ? 401 : 404;
    response.writeHead(status, { 'content-type': 'application/json', ...(status === 401 && { 'www-authenticate': 'Basic' }) });
    response.end(isDocument ? JSON.stringify(document) : status === 200 ? '{}' : '');
  });
  const cwd = await freshFolder();
  const env = { MEMBERS_PASSWORD: 'secret of ann' };
  const useless = await runSpecproof(['init', api, '--yes', '--username', 'ann', '--auth', 'token'], { cwd, env });
  expect(useless.stderr).toContain('--auth token has no use for --username');
  expect(useless.stderr).toContain('it is for --auth password, basic');
  expect(useless.code).toBe(2);
  const { stdout, stderr } = await runSpecproof(['init', api, '--yes', '--username', 'ann'], { cwd, env });
  expect(stdout, stderr).toMatch(/with success 1\/1/);
  const other = await freshFolder();
  const asCurl = await runSpecproof(['init', api, '--yes', '-u', 'ann:secret of ann'], { cwd: other, env: {} });
  expect(asCurl.stdout, asCurl.stderr).toMatch(/with success 1\/1/);
  expect(asCurl.stdout).toContain('export MEMBERS_PASSWORD=…');
  const config = await readFile(join(cwd, 'specproof.config.ts'), 'utf8');
  expect(await readFile(join(other, 'specproof.config.ts'), 'utf8')).toBe(config);
  expect(config.replaceAll(/\s+/g, ' ')).toContain("me: { kind: 'basic', username: 'ann', password: { variable: 'MEMBERS_PASSWORD' }");
});
