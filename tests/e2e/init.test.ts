import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { JsonObject } from '../../src/lib/json.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { embeddedTarget } from '../../src/targets/embedded/embedded-target.ts';
import { answerPrompts } from '../support/answer-prompts.ts';
import { notesDocument } from '../support/apis/notes.ts';
import { makeFolder } from '../support/run-main.ts';
import { runSpecproof } from '../support/run-specproof.ts';

/** The notes without PUT, and with the refusals that every operation may answer. */
const document: JsonObject = {
  ...notesDocument,
  paths: Object.fromEntries(
    Object.entries(notesDocument['paths'] as Record<string, Record<string, Record<string, object>>>).map(([path, { put: _, ...item }]) => [
      path,
      Object.fromEntries(
        Object.entries(item).map(([method, operation]) => {
          const refusal = { description: '' };
          return [method, { ...operation, responses: { ...operation['responses'], 401: refusal, 404: refusal, 422: refusal } }];
        }),
      ),
    ]),
  ),
};

let target: Awaited<ReturnType<typeof embeddedTarget>>;
let token: string;
beforeAll(async () => {
  target = await embeddedTarget(createContract(document), { kind: 'embedded', clients: { team: { secret: 'letmein' } } }, { document });
  const metadata = (await (await fetch(`${target.issuer}/.well-known/openid-configuration`)).json()) as { readonly token_endpoint: string };
  const given = await fetch(metadata.token_endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('team:letmein')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  token = ((await given.json()) as { readonly access_token: string }).access_token;
});
afterAll(() => target.dispose());

async function freshFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const made = await makeFolder(files);
  onTestFinished(made.dispose);
  return made.path;
}

const wrote = (stdout: string, how: string): string[] =>
  [...stdout.matchAll(new RegExp(`^ {2}${how} ([^:\n]+)`, 'gm'))].map(([, file]) => file ?? '');

const whole = [
  'specproof.config.ts',
  'tests/contract/notes.test.ts',
  '.github/workflows/contract.yml',
  'collections/notes.postman_collection.json',
  'collections/notes.postman_environment.json',
  'package.json',
  'specs/notes/openapi.json',
  'specs/notes/lock.json',
  'specs/notes/types.ts',
];

describe('init in an empty folder', () => {
  it('goes from a swagger page to a verdict with nobody there to ask', async () => {
    const cwd = await freshFolder();
    const { code, stdout, stderr } = await runSpecproof(['init', `${target.baseUrl}/docs`, '--yes'], { cwd, env: { NOTES_TOKEN: token } });
    expect(wrote(stdout, 'wrote'), stderr).toEqual(whole);
    expect(stdout).toMatch(/contract +the served document matches the lock/);
    expect(stdout).toMatch(/generated +━+─* +\d+ of \d+ +no finding/);
    expect(stdout).toMatch(/newman +━+ +5 of 5 +no finding · 5 of 5 operations/);
    expect(code).toBe(0);
    expect(await readFile(join(cwd, 'specproof.config.ts'), 'utf8')).toContain(
      "identities: { me: { kind: 'environment', variable: 'NOTES_TOKEN' } }",
    );
    // The project stands on its own feet.
    const again = await runSpecproof(['run', '--only', 'newman'], { cwd, env: { NOTES_TOKEN: token } });
    expect(again, again.stderr).toMatchObject({ code: 0 });
  });

  it('takes the bearer token of -H for the first run, and writes it nowhere', async () => {
    const cwd = await freshFolder();
    const { code, stdout, stderr } = await runSpecproof(['init', target.baseUrl, '--yes', '-H', `Authorization: Bearer ${token}`], { cwd });
    expect(stdout, stderr).toContain('as me');
    expect(code).toBe(0);
    expect(await readFile(join(cwd, 'specproof.config.ts'), 'utf8')).not.toContain(token);
  });

  it('finds the document at a usual place, and comes to a verdict without the token, which it names', async () => {
    const cwd = await freshFolder();
    const { code, stdout, stderr } = await runSpecproof(['init', target.baseUrl, '--yes', '--name', 'shop'], { cwd });
    expect(stderr).toContain(`found Notes 1: 5 operations, ${target.baseUrl}/openapi.json`);
    expect(stdout).toContain('no SHOP_TOKEN: this run goes without a credential, and sees what anyone may see');
    expect(stdout).toMatch(/generated +━+─* +\d+ of \d+ +no finding/);
    expect(stdout).toMatch(/reached +operations 5\/5 · with success 0\/5/);
    expect(stdout).toContain('Next:\n  npm install\n  export SHOP_TOKEN=…\n  npx specproof run\n');
    expect(code).toBe(0);
  });

  it('asks at a terminal for what nothing tells, shows nothing of the secret, and runs with it', async () => {
    const cwd = await freshFolder();
    const { code, screen } = await answerPrompts(['init', target.baseUrl], cwd, [
      ['Name of the API', ''],
      ['Where its paths begin', ''],
      ['How do you get in?', ''],
      ['Environment variable that holds the secret', ''],
      ['NOTES_TOKEN (for now, written nowhere; empty: go without)', token],
    ]);
    expect(screen).toContain('token: a bearer token that I have');
    expect(screen).not.toContain(token.slice(0, 20));
    expect(screen).toContain('as me');
    expect(screen).toContain('  export NOTES_TOKEN=…\n  npx specproof run\n');
    expect(code).toBe(0);
  });

  it('takes the key of -H for the first run, and knows of several places which one is meant', async () => {
    const securitySchemes = {
      bare: { type: 'apiKey', in: 'header', name: 'Authorization' },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    };
    const secured = {
      ...document,
      components: { ...(document['components'] as object), securitySchemes },
      security: [{ bare: [] }, { key: [] }],
    };
    const cwd = await freshFolder({ 'notes.json': JSON.stringify(secured) });
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.headersDistinct['x-key']?.join() ?? ''} ${request.headers.authorization ?? ''}`);
      response.writeHead(401, { 'www-authenticate': 'Key' }).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { stdout, stderr } = await runSpecproof(['init', 'notes.json', '--yes', '--base-url', baseUrl, '-H', 'X-Key: opensesame'], {
      cwd,
    });
    expect(stdout, stderr).toContain('as me');
    expect(new Set(seen)).toContain('opensesame ');
    expect(seen.filter((each) => each.includes(' opensesame') || each.includes(' Bearer opensesame'))).toEqual([]);
    const config = await readFile(join(cwd, 'specproof.config.ts'), 'utf8');
    expect(config.replaceAll(/\s+/g, ' ')).toContain("{ kind: 'api-key', key: { variable: 'NOTES_TOKEN' }, in: 'header', name: 'X-Key', }");
  });

  it('goes without what it asked for in vain', async () => {
    const cwd = await freshFolder();
    const { code, screen } = await answerPrompts(
      ['init', target.baseUrl, '--name', 'shop', '--base-url', target.baseUrl, '--auth', 'api-key'],
      cwd,
      [
        ['Environment variable that holds the secret', ''],
        ['SHOP_TOKEN (for now', ''],
      ],
    );
    expect(screen).toContain('no SHOP_TOKEN: this run goes without a credential');
    expect(code).toBe(0);
  });

  it('writes no path of this machine for a document in a file', async () => {
    const cwd = await freshFolder({ 'notes.json': JSON.stringify(document) });
    await runSpecproof(['init', 'notes.json', '--yes', '--no-run', '--base-url', 'http://127.0.0.1:8000', '--out', 'made'], { cwd });
    expect(await readFile(join(cwd, 'made/specproof.config.ts'), 'utf8')).toContain("document: '../notes.json'");
    expect(await readFile(join(cwd, 'made/specs/notes/lock.json'), 'utf8')).toContain('"source": "notes.json"');
  });

  it('takes a client of the OIDC provider by flags', async () => {
    const cwd = await freshFolder();
    const auth = ['--auth', 'client-credentials', '--issuer', target.issuer ?? '', '--client-id', 'team', '--variable', 'TEAM_SECRET'];
    const { code, stdout, stderr } = await runSpecproof(['init', target.baseUrl, '--yes', ...auth], {
      cwd,
      env: { TEAM_SECRET: 'letmein' },
    });
    expect(stdout, stderr).toContain('as me');
    expect(code).toBe(0);
    expect(await readFile(join(cwd, 'specproof.config.ts'), 'utf8')).not.toContain('letmein');
  });

  it.each([
    { argv: ['--auth', 'client-credentials'], want: '--auth client-credentials needs --issuer' },
    { argv: ['--auth', 'magic'], want: '--auth knows no kind of credential "magic"' },
  ])('refuses $argv: $want', async ({ argv, want }) => {
    const { code, stderr } = await runSpecproof(['init', target.baseUrl, '--yes', ...argv], { cwd: await freshFolder() });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(want) as string });
  });

  it('says what the URL gave where there is no document', async () => {
    const { code, stderr } = await runSpecproof(['init', 'http://127.0.0.1:9/', '--yes'], { cwd: await freshFolder() });
    expect(code).toBe(3);
    expect(stderr).toContain('http://127.0.0.1:9/');
  });
});

describe('init where there is something', () => {
  it('writes no second configuration beside one in another form', async () => {
    const cwd = await freshFolder({
      'specproof.config.json': JSON.stringify({ api: 'notes', environments: { a: { target: { kind: 'embedded' } } } }),
    });
    const { stdout } = await runSpecproof(['init', target.baseUrl, '--yes', '--no-run'], { cwd });
    expect(wrote(stdout, 'left alone')).toEqual(['specproof.config.json']);
    expect(wrote(stdout, 'wrote').filter((name) => name.includes('specproof.config'))).toEqual([]);
  });

  it('leaves all that is there alone, unless forced, and then the manifest and the lock', async () => {
    const cwd = await freshFolder({ 'package.json': '{ "name": "ours" }', 'specproof.config.mjs': '// ours' });
    const first = await runSpecproof(['init', target.baseUrl, '--yes', '--no-run'], { cwd });
    expect(wrote(first.stdout, 'left alone')).toEqual(['specproof.config.mjs']);
    expect(first.stdout).toContain('npm install --save-dev specproof newman@6 vite vitest\n');
    const second = await runSpecproof(['init', target.baseUrl, '--yes', '--no-run'], { cwd });
    expect(wrote(second.stdout, 'wrote')).toEqual([]);
    const forced = await runSpecproof(['init', target.baseUrl, '--yes', '--no-run', '--force'], { cwd });
    expect(wrote(forced.stdout, 'left alone')).toEqual(['specs/notes']);
    expect(await readFile(join(cwd, 'package.json'), 'utf8')).toBe('{ "name": "ours" }');
    expect(await readFile(join(cwd, 'specproof.config.mjs'), 'utf8')).toContain("@type {import('specproof').Config}");
  });
});
