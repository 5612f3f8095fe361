import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { makeFolder } from '../support/run-main.ts';
import { runSpecproof } from '../support/run-specproof.ts';

/** A document whose one answer has this schema. */
const documentWith = (schema: object): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    servers: [{ url: '/' }],
    paths: { '/things': { get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } } } },
  });

const configWith = (more: object): string =>
  JSON.stringify({
    api: 'shop',
    environments: { local: { target: { kind: 'embedded', clients: { it: { secret: 'it-secret' } } } } },
    ...more,
  });

let folder: Awaited<ReturnType<typeof makeFolder>>;
/** A port that nobody listens on. */
let closed: number;

beforeAll(async () => {
  folder = await makeFolder({
    'text.txt': 'this: is: no: document\n\t- at all',
    'other.json': '{"hello":"world"}',
    'dangling.json': documentWith({ $ref: '#/components/schemas/Gone' }),
    'schema.json': documentWith({ type: 'strng' }),
    'good.json': documentWith({ type: 'object' }),
    'config/specproof.config.json': configWith({ colections: [] }),
    'collection/specproof.config.json': configWith({ document: 'good.json', collections: [{ file: 'no-collection.json' }] }),
    'collection/good.json': documentWith({ type: 'object' }),
    'collection/no-collection.json': '{"hello":"world"}',
    'secret/specproof.config.json': JSON.stringify({
      api: 'shop',
      document: '../good.json',
      environments: {
        local: {
          target: { kind: 'embedded', clients: { it: { secret: 'x' } } },
          identities: { admin: { kind: 'environment', variable: 'SHOP_TOKEN_THAT_IS_NOT_SET' } },
        },
      },
    }),
    'refused/specproof.config.json': JSON.stringify({
      api: 'shop',
      document: '../good.json',
      environments: {
        local: {
          target: { kind: 'embedded', clients: { it: { secret: 'right-secret' } } },
          identities: {
            admin: { kind: 'client-credentials', issuer: 'target', clientId: 'it', clientSecret: { testValue: 'wrong-secret' } },
          },
        },
      },
    }),
  });
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closed = (server.address() as AddressInfo).port;
  await new Promise((done) => server.close(done));
});
afterAll(() => folder.dispose());

describe('bad input ends in one line that names the place, and a hint', () => {
  it.each([
    { what: 'a text that is no document', argv: ['run', 'text.txt'], code: 2, want: ['text.txt'] },
    { what: 'JSON that is no document', argv: ['run', 'other.json'], code: 2, want: ['other.json', '"hello"', 'not an OpenAPI document'] },
    {
      what: 'a reference that leads nowhere',
      argv: ['run', 'dangling.json', '--base-url', 'http://127.0.0.1:PORT'],
      code: 2,
      want: ['dangling.json: ', '#/components/schemas/Gone'],
    },
    {
      what: 'a schema that cannot be compiled',
      argv: ['pull', 'schema.json'],
      code: 2,
      want: ['schema.json: ', '/paths/~1things/get/responses/200', 'strng'],
    },
    { what: 'a missing file', argv: ['run', 'nowhere.json'], code: 3, want: ['nowhere.json'] },
    {
      what: 'a base URL that nobody listens on',
      argv: ['run', 'good.json', '--base-url', 'http://127.0.0.1:PORT'],
      code: 3,
      want: ['nobody answers at http://127.0.0.1:', 'the connection was refused'],
    },
    {
      what: 'a document that nobody serves',
      argv: ['run', 'http://127.0.0.1:PORT/openapi.json'],
      code: 3,
      want: ['http://127.0.0.1:', '/openapi.json'],
    },
    { what: 'a document that leaves its server open', argv: ['run', 'good.json'], code: 2, want: ['good.json names no absolute server'] },
    {
      what: 'a configuration with an unknown key',
      argv: ['run'],
      cwd: 'config',
      code: 2,
      want: ['specproof.config.json: colections is no key, did you mean collections?'],
    },
    {
      what: 'a collection that is none',
      argv: ['run', '--only', 'newman', '--quiet'],
      cwd: 'collection',
      code: 2,
      want: ['no-collection.json'],
    },
    {
      what: 'a secret that is not set',
      argv: ['run', '--quiet'],
      cwd: 'secret',
      code: 2,
      want: ['identity admin', 'SHOP_TOKEN_THAT_IS_NOT_SET'],
    },
    { what: 'a provider that refuses the client', argv: ['token', '--quiet'], cwd: 'refused', code: 3, want: ['identity admin', 'it'] },
    { what: 'a provider that refuses the client in a run', argv: ['run', '--quiet'], cwd: 'refused', code: 3, want: ['identity admin'] },
  ])('$what', async ({ argv, cwd, code, want }) => {
    const args = argv.map((argument) => argument.replace('PORT', String(closed)));
    const outcome = await runSpecproof(args, { cwd: cwd === undefined ? folder.path : `${folder.path}/${cwd}` });
    expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: '' });
    const lines = outcome.stderr
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('specproof: the embedded provider ends'));
    expect(lines[0]).toMatch(/^specproof: /);
    for (const part of want) expect(lines[0]).toContain(part);
    expect(lines[1]).toMatch(/^ {2}\S/);
    expect(lines).toHaveLength(2);
    expect(outcome.stderr).not.toContain('wrong-secret');
  });

  it('leaves nothing behind', async () => {
    const files = await readdir(folder.path, { recursive: true });
    expect(files.filter((file) => /specs|lock\.json|\.tmp|reports/.test(file))).toEqual([]);
  });
});
