import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../support/run-main.ts';
import { linesOf, runSpecproof } from '../support/run-specproof.ts';

/** A small API without configuration: one guarded list that breaks its promise when told to. */
let server: Server;
let origin: string;
let folder: Awaited<ReturnType<typeof makeFolder>>;
let answer: unknown;
const methods = new Set<string>();

let servers: object[] | undefined = [{ url: '/v1' }];

const documentOf = (): object => ({
  openapi: '3.0.3',
  info: { title: 'Shop', version: '1' },
  servers,
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  security: [{ bearer: [] }],
  paths: {
    '/things': {
      get: {
        responses: {
          200: { description: 'ok', content: { 'application/json': { schema: { type: 'array', items: { type: 'string' } } } } },
          401: { description: 'who are you' },
        },
      },
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'string' } } } },
        responses: {
          201: { description: 'made' },
          400: { description: 'no' },
          401: { description: 'who are you' },
          415: { description: 'no' },
        },
      },
    },
  },
});

async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', headers } = request;
  const url = (request.url ?? '').replaceAll(/%[4-7][\dA-Fa-f]/g, decodeURIComponent);
  const end = (status: number, body?: unknown, fields: Readonly<Record<string, string>> = {}): void => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    response.writeHead(status, { ...json, ...fields }).end(body === undefined ? undefined : JSON.stringify(body));
  };
  const body = await text(request);
  if (url === '/openapi.json') return end(200, documentOf());
  methods.add(method);
  if (!url.startsWith('/v1/things')) return end(404);
  if (!['GET', 'HEAD', 'POST'].includes(method)) return end(405, undefined, { allow: 'GET, HEAD, POST' });
  if (!/^[Bb]earer letmein$/.test(headers.authorization ?? '')) return end(401, undefined, { 'www-authenticate': 'Bearer' });
  if (method !== 'POST') return end(200, answer);
  if (!/^application\/json(?:; *charset=utf-8)?$/i.test(headers['content-type'] ?? '')) return end(415);
  return end(/^\s*"(?:[^"\\]|\\.)*"\s*$/.test(body) ? 201 : 400);
}

beforeAll(async () => {
  folder = await makeFolder({});
  server = createServer((request, response) => void answerRequest(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await folder.dispose();
});

const run = (...argv: readonly string[]): ReturnType<typeof runSpecproof> => runSpecproof([...argv, '--quiet'], { cwd: folder.path });

describe('an API without configuration', () => {
  it('is judged by its served document, at its own server', async () => {
    answer = ['a'];
    const { code, stdout, stderr } = await run(
      'run',
      `${origin}/openapi.json`,
      '-H',
      'Authorization: Bearer letmein',
      '--format',
      'ndjson',
      '--seed',
      '7',
    );
    expect(linesOf(stdout, 'finding'), stderr).toEqual([]);
    expect(code).toBe(0);
    expect(linesOf(stdout, 'summary')[0]).toMatchObject({ seed: '7', coverage: { operations: 2, reached: 2 } });
  });

  it.each([{ says: undefined }, { says: [{ url: '' }] }])(
    'is found below a usual prefix that its document leaves out: $says',
    async ({ says }) => {
      answer = ['a'];
      servers = says;
      const { code, stdout, stderr } = await runSpecproof(['run', `${origin}/openapi.json`, '-H', 'Authorization: Bearer letmein'], {
        cwd: folder.path,
      });
      servers = [{ url: '/v1' }];
      expect({ code, stdout }).toMatchObject({ code: 0 });
      expect(stderr).toContain(
        `its paths are absent (404) below ${origin}, but not below ${origin}/v1: that is taken, --base-url says otherwise`,
      );
    },
  );

  it('fails when it breaks its promise, naming where the promise stands', async () => {
    answer = [1];
    const { code, stdout } = await run(
      'run',
      `${origin}/openapi.json`,
      '--identity',
      'me=letmein',
      '--format',
      'ndjson',
      '--phases',
      'examples',
    );
    expect(code).toBe(1);
    const [finding] = linesOf(stdout, 'finding').filter(({ check }) => check === 'body-matches-schema');
    expect(finding).toMatchObject({ operation: 'GET /things', confidence: 'certain', where: 'response.body/0' });
    expect(finding?.['reproduce']).toContain('$TOKEN');
    expect(stdout).not.toContain('letmein');
  });

  it('gets only safe methods from smoke', async () => {
    answer = ['a'];
    methods.clear();
    const { stdout } = await run('smoke', `${origin}/openapi.json`, '--identity', 'me=letmein');
    expect([...methods].filter((method) => !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method))).toEqual([]);
    expect(methods).toContain('GET');
    expect(stdout).toContain('smoke sends safe methods only');
  });

  it('is called, with the body on stdout and the verdict on stderr', async () => {
    answer = ['a'];
    const good = await runSpecproof(['call', 'GET', '/things', '--document', `${origin}/openapi.json`, '--identity', 'me=letmein'], {
      cwd: folder.path,
    });
    expect(good).toMatchObject({ code: 0, stdout: '["a"]' });
    expect(good.stderr).toContain('200 application/json');
    answer = [1];
    const bad = await runSpecproof(['call', 'GET', '/things', '--document', `${origin}/openapi.json`, '--identity', 'me=letmein'], {
      cwd: folder.path,
    });
    expect(bad).toMatchObject({ code: 1, stdout: '[1]' });
    expect(bad.stderr).toContain('✗ body-matches-schema');
  });

  it('takes a call’s body from stdin', async () => {
    const argv = ['call', 'post', '/things', '-d', '@-', '--document', `${origin}/openapi.json`, '--identity', 'me=letmein'];
    expect(await runSpecproof(argv, { cwd: folder.path, stdin: '"x"' })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('201') as string,
    });
  });

  it('gets no token elsewhere', async () => {
    const { code, stderr } = await run(
      'call',
      'GET',
      'http://127.0.0.1:9/things',
      '--document',
      `${origin}/openapi.json`,
      '--identity',
      'me=letmein',
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`is not below ${origin}/v1`);
  });

  it('has its call printed as curl, the token as a variable', async () => {
    const { code, stdout } = await run(
      'call',
      'GET',
      '/things',
      '--as',
      'curl',
      '-q',
      'a=b c',
      '--document',
      `${origin}/openapi.json`,
      '--identity',
      'me=letmein',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('"Authorization: Bearer $TOKEN"');
    expect(stdout).toContain(`${origin}/v1/things?a=b%20c`);
    expect(stdout).not.toContain('letmein');
  });

  it('ends at the first finding with --bail, and says so', async () => {
    answer = [1];
    const { code, stdout } = await run('run', `${origin}/openapi.json`, '--identity', 'me=letmein', '--bail', '--concurrency', '1');
    expect(code).toBe(1);
    expect(stdout).toContain('--bail ended the run at its first finding');
  });
});
