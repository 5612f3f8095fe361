import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { shownFiles } from '../support/documentation.ts';
import { notesDocument } from '../support/apis/notes.ts';
import { makeFolder } from '../support/run-main.ts';
import { requestToken, startServe } from '../support/run-serve.ts';
import { repository } from '../support/run-specproof.ts';

const run = promisify(execFile);
const platform = process.platform === 'win32' ? 'win' : process.platform;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program gave, whatever its exit code. */
function outcome(program: string, args: readonly string[], cwd: string, own: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...own, CI: 'true', NO_COLOR: '1', FORCE_COLOR: undefined, VITEST: undefined, NODE_ENV: undefined };
    execFile(program, [...args], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
    });
  });
}

const specproof = (project: string, ...args: readonly string[]): Promise<Outcome> =>
  outcome(process.execPath, [join(project, 'node_modules/specproof/bin/specproof.cjs'), ...args], project);

type Item = Record<string, Record<string, Record<string, object>>>;
const refusal = { description: '' };

function mapValues<From, To>(from: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(value)]));
}

/** The notes without PUT, and with the refusals that every operation may answer. */
const document = {
  ...notesDocument,
  paths: mapValues(notesDocument['paths'] as Item, ({ put: _, ...item }) =>
    mapValues(item, (operation) => ({ ...operation, responses: { ...operation['responses'], 401: refusal, 404: refusal, 422: refusal } })),
  ),
};

const config = {
  api: 'notes',
  environments: { local: { target: { kind: 'embedded' } } },
  tests: ['notes.test.ts'],
  collections: [{ file: 'notes.postman_collection.json' }],
  seed: 1,
};

const suite = `import { expect } from 'vitest';
import { apiTest } from 'specproof/vitest';
import type { paths } from './specs/notes/types.ts';

const test = apiTest<paths>();

test('a note is read as it was written', async ({ api }) => {
  const { body } = await api.post('/notes', { body: { title: 'packed', stars: 3 }, expect: 201 });
  const read = await api.get('/notes/{id}', { path: { id: body.id }, expect: 200 });
  expect(read.body.title).toBe('packed');
});
`;

const library = `import { createContract, defineConfig, HarnessError, planScenarios, type Config } from 'specproof';
import { runCollection } from 'specproof/newman';

const own: Config = defineConfig({ api: 'x', environments: { a: { target: { kind: 'live', baseUrl: 'http://127.0.0.1:1' } } } });
const document = { openapi: '3.1.0', info: { title: 'x', version: '1' }, paths: { '/a': { get: { responses: { 200: { description: '' } } } } } };
const contract = createContract(document, { location: 'x.json' });
console.log(own.api, contract.operations.length, typeof runCollection, new HarnessError('E_USAGE', 'm').exit, typeof planScenarios);
`;

const collection = {
  info: { name: 'notes', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
  item: [{ name: 'list', request: { method: 'GET', url: '{{baseUrl}}/notes' } }],
};

const tarball = inject('tarball');
const folders: (() => Promise<void>)[] = [];

async function project(files: Readonly<Record<string, string>>, ...packages: readonly string[]): Promise<string> {
  const made = await makeFolder({ 'package.json': '{ "private": true, "type": "module" }', ...files });
  folders.push(made.dispose);
  await run('npm', ['install', '--no-audit', '--no-fund', tarball, ...packages], { cwd: made.path });
  return made.path;
}

afterAll(async () => {
  for (const dispose of folders) await dispose();
});

describe('the package alone', () => {
  it('brings no development tool, and says what an optional part needs', async () => {
    const api = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    onTestFinished(() => void api.close());
    await once(api, 'listening');
    const baseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    const folder = await project({
      'openapi.json': JSON.stringify(document),
      'specproof.config.json': JSON.stringify({
        ...config,
        document: 'openapi.json',
        environments: { local: { target: { kind: 'live', baseUrl } } },
      }),
      'notes.test.ts': suite,
      'notes.postman_collection.json': JSON.stringify(collection),
    });
    const installed = await readdir(join(folder, 'node_modules'));
    const tools = ['vitest', 'newman', 'testcontainers', 'oidc-provider', 'oxlint', 'tsdown', `node-${platform}-${process.arch}`];
    expect(installed.filter((name) => tools.includes(name))).toEqual([]);
    expect(await readdir(join(folder, 'node_modules/specproof'))).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'package.json',
      'schemas',
    ]);
    expect((await specproof(folder, '--version')).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    const lacking = await specproof(folder, 'run', 'openapi.json', '--target', 'embedded');
    expect(lacking.code).toBe(2);
    expect(lacking.stderr).toContain('npm install --save-dev oidc-provider');
    const suites = await specproof(folder, 'run', '--only', 'tests,newman');
    expect(suites.stdout).toContain('vitest is not installed');
    expect(suites.stdout).toContain('newman is not installed');
    expect(suites.code).toBe(3);
  });
});

describe('the package in a team’s project', () => {
  let folder: string;
  beforeAll(async () => {
    const manifest = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
    const wanted = ['vitest', 'vite', 'newman', 'oidc-provider', 'typescript7', '@types/node'].map(
      (name) => `${name}@${manifest.devDependencies[name]}`,
    );
    folder = await project(
      {
        'openapi.json': JSON.stringify(document),
        'specproof.config.json': JSON.stringify(config),
        'notes.test.ts': suite,
        'library.ts': library,
        'notes.postman_collection.json': JSON.stringify(collection),
        'tsconfig.json': JSON.stringify({
          compilerOptions: {
            module: 'nodenext',
            target: 'es2024',
            strict: true,
            noEmit: true,
            allowImportingTsExtensions: true,
            types: ['node'],
          },
          include: ['*.ts'],
        }),
      },
      ...wanted,
    );
  }, 240_000);

  it('locks, generates types that the suite compiles with, and runs generated cases, tests and collections', async () => {
    expect(await specproof(folder, 'pull', 'openapi.json')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'specs/notes/types.ts'))).toBe(true);
    expect(await outcome(process.execPath, ['node_modules/typescript7/bin/tsc', '-p', '.'], folder)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const ran = await specproof(folder, 'run', '--format', 'json');
    const report = JSON.parse(ran.stdout) as { readonly suites: readonly { readonly name: string; readonly done: number }[] };
    expect({ code: ran.code, stderr: ran.stderr.split('\n').filter((line) => line.includes('✗')) }).toEqual({ code: 0, stderr: [] });
    expect(report.suites.filter(({ done }) => done > 0).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['generated', 'tests', 'newman']),
    );
  });

  it('makes a project whose files compile against the package', async () => {
    const made = await specproof(
      folder,
      'init',
      'openapi.json',
      '--base-url',
      'http://127.0.0.1:8000',
      '--out',
      'fresh',
      '--yes',
      '--no-run',
    );
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('wrote fresh/specproof.config.ts') as string });
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--allowImportingTsExtensions',
      '--types',
      'node',
    ];
    const files = ['fresh/specproof.config.ts', 'fresh/tests/contract/notes.test.ts'];
    const compiled = await outcome(process.execPath, ['node_modules/typescript7/bin/tsc', ...flags, ...files], folder);
    expect(compiled).toMatchObject({ code: 0, stdout: '' });
  });

  it('is a library', async () => {
    expect(await outcome(process.execPath, ['library.ts'], folder)).toMatchObject({ code: 0, stdout: 'x 1 function 2 function\n' });
  });

  it('works in tests of vitest alone and in programs, as the guide shows', async () => {
    const served = await startServe(folder);
    onTestFinished(served.stop);
    const files = shownFiles('docs/guides/programs.md');
    expect(Object.keys(files)).toEqual(['vitest.config.ts', 'specproof.config.ts', 'by-hand.test.ts', 'collection.ts', 'one.ts']);
    for (const [name, text] of Object.entries(files))
      await writeFile(join(folder, name), text.replaceAll('http://127.0.0.1:8000', served.baseUrl));
    onTestFinished(async () => void (await Promise.all(Object.keys(files).map((name) => rm(join(folder, name))))));
    expect(await outcome(process.execPath, ['node_modules/typescript7/bin/tsc', '-p', '.'], folder)).toMatchObject({ code: 0, stdout: '' });
    const env = { TOKEN: await requestToken(served.issuer, 'specproof', 'specproof-test-secret') };
    const tested = await outcome(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'by-hand'], folder, env);
    expect(tested).toMatchObject({ code: 0, stdout: expect.stringMatching(/Tests {2}\d+ passed/) as string });
    const collected = await outcome(process.execPath, ['collection.ts'], folder, env);
    expect(collected).toMatchObject({ code: 0, stdout: expect.stringContaining('newman') as string });
    expect((await outcome(process.execPath, ['one.ts'], folder, env)).stdout).toContain('pass body-matches-schema');
  });

  it.concurrent.for(['26', '22', '20'])(
    'on Node %s runs, or says in one sentence which Node it needs',
    async (major, { expect, onTestFinished }) => {
      const other = await makeFolder({ 'package.json': '{ "private": true }' });
      onTestFinished(other.dispose);
      await run('npm', ['install', '--no-audit', '--no-fund', `node-${platform}-${process.arch}@${major}`], { cwd: other.path });
      const node = join(other.path, `node_modules/node-${platform}-${process.arch}/bin/node`);
      const ran = await outcome(
        node,
        [join(folder, 'node_modules/specproof/bin/specproof.cjs'), 'run', '--only', 'generated', '--format', 'json'],
        folder,
      );
      if (Number(major) >= 26) expect({ code: ran.code, judged: ran.stdout.length > 0 }).toEqual({ code: 0, judged: true });
      else {
        expect(ran.code).toBe(2);
        expect(ran.stderr).toMatch(/^specproof: Node\.js [\d.]+ is too old: install Node\.js 24\.15 or newer[^\n]*\n$/);
      }
    },
  );
});

it('passes publint and are-the-types-wrong', async () => {
  expect(await outcome(join(repository, 'node_modules/.bin/publint'), ['run', tarball, '--strict'], repository)).toMatchObject({ code: 0 });
  expect(await outcome(join(repository, 'node_modules/.bin/attw'), [tarball, '--profile', 'esm-only'], repository)).toMatchObject({
    code: 0,
  });
});
