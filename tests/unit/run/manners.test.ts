import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { safeMethods } from '../../../src/lib/methods.ts';
import { bodyOf, serve } from '../sources/newman/collections.ts';
import { document, serveThings } from '../sources/vitest/thing-api.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { makeFolder, runMain, type Outcome } from '../../support/run-main.ts';

// whole runs, with vitest and newman in them
vi.setConfig({ testTimeout: 120_000 });

async function documentFile(more: object = {}): Promise<string> {
  const folder = await makeFolder({ 'things.json': JSON.stringify({ ...document, ...more }) });
  onTestFinished(folder.dispose);
  return join(folder.path, 'things.json');
}

/** Lines of NDJSON of one type. */
function lines(outcome: Outcome, type: string): Record<string, unknown>[] {
  const all = outcome.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return all.filter((line) => line['type'] === type);
}

describe('smoke', () => {
  test('lets no unsafe request reach the target, from any suite', async () => {
    const { origin, asked } = await serveThings();
    const elsewhere = await serve((_, response) => void response.writeHead(200).end());
    vi.stubEnv('SPECPROOF_TEST_ELSEWHERE', elsewhere.origin);
    onTestFinished(() => void vi.unstubAllEnvs());
    const paths = {
      ...(document['paths'] as object),
      '/rebuild': { get: { 'x-specproof-safe': false, responses: { 200: { description: '' } } } },
    };
    const file = await documentFile({ paths });
    const cwd = join(import.meta.dirname, '../sources/vitest/suite');
    const outcome = await runMain(['smoke', file, '--env', 'staging', '--base-url', origin, '--format', 'ndjson', '--quiet'], { cwd });
    const [summary] = lines(outcome, 'summary');
    const suites = summary?.['suites'] as readonly { readonly name: string; readonly exchanges: number }[];
    expect(suites.filter(({ exchanges }) => exchanges > 0).map(({ name }) => name)).toEqual(['generated', 'tests', 'newman']);
    expect(asked.filter((line) => !safeMethods.has(line.split(' ')[0] ?? ''))).toEqual([]);
    expect(asked.filter((line) => line.includes('/rebuild'))).toEqual([]);
    const skipped = (summary?.['skipped'] as readonly { readonly title: string }[] | undefined)?.map(({ title }) => title);
    expect(skipped).toEqual(
      expect.arrayContaining(['POST /things', 'GET /rebuild', 'write with fetch', 'create', 'delete by script: DELETE by its script']),
    );
  });
});

describe('a target outside loopback', () => {
  /** An API that remembers its things, by a name that is no loopback's. */
  async function staging(): Promise<{ readonly args: readonly string[]; readonly asked: string[]; readonly bodies: string[] }> {
    const bodies: string[] = [];
    const { origin, asked } = await serve(async (request, response) => {
      const body = await bodyOf(request);
      if (request.method === 'POST') bodies.push(String(body));
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'Content-Type': 'application/json' });
      response.end(request.method === 'POST' ? JSON.stringify({ id: 1, ...(JSON.parse(String(body)) as object) }) : '[]');
    });
    const { port } = new URL(origin);
    return { args: ['--base-url', `http://staging.test:${port}`, '--resolve', `staging.test:${port}:127.0.0.1`], asked, bodies };
  }

  test('gets no unsafe request by call either, unless writes are allowed', async () => {
    const { args, asked } = await staging();
    const call = ['call', 'POST', '/things', '-d', '{"name":"x"}', '--document', await documentFile(), ...args];
    const refused = await runMain(call);
    expect([refused.code, asked]).toEqual([2, []]);
    expect(refused.stderr).toContain('POST is not a safe method, and staging.test:');
    expect(refused.stderr).toContain('--allow-writes');
    expect((await runMain([...call, '--allow-writes'])).code).toBe(0);
    expect(asked).toEqual(['POST /things']);
  });

  test('is reached by every suite, and so is the provider of each, through the proxy and with the certificates that the user names', async () => {
    const certificates = makeCertificates();
    onTestFinished(certificates.remove);
    const { path, text } = certificates;
    const tls = { cert: text('server.pem'), key: text('server.key'), ca: text('ca.pem'), requestCert: true, rejectUnauthorized: true };
    const asked: string[] = [];
    const server = createServer(tls, (request, response) => {
      const { url, headers } = request;
      asked.push(url === '/token' ? 'a token' : `${url} ${headers.authorization ?? 'of nobody'}`);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const token = { access_token: 'a-token', token_type: 'Bearer', expires_in: 300 };
      response.end(JSON.stringify(url === '/token' ? token : [{ id: 1, name: 'one' }]));
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const proxy = await connectProxy(undefined, (server.address() as AddressInfo).port);
    onTestFinished(proxy.close);
    const way = ['--proxy', proxy.url, '--cacert', path('ca.pem'), '--cert', path('client.pem'), '--key', path('client.key')];
    for (const suite of ['generated', 'tests', 'newman']) {
      asked.length = 0;
      const smoke = [
        'smoke',
        await documentFile(),
        '--env',
        'behind-a-proxy',
        '--only',
        suite,
        '--max-cases',
        '3',
        '--format',
        'ndjson',
        '--quiet',
      ];
      const outcome = await runMain([...smoke, ...way], { cwd: join(import.meta.dirname, '../sources/vitest/suite') });
      expect(lines(outcome, 'summary'), outcome.stderr).toMatchObject([{ faults: 0 }]);
      // the collection makes no use of the token that it is given
      expect(asked, suite).toEqual(
        expect.arrayContaining(['a token', suite === 'newman' ? '/things of nobody' : '/things Bearer a-token']),
      );
    }
    expect(new Set(proxy.asked)).toEqual(new Set(['staging.test:443']));
  });

  test('is waited for when it asks for that, which is no finding and told', async () => {
    let first = true;
    const { origin } = await serve((_, response) => {
      response.writeHead(first ? 429 : 200, { 'Content-Type': 'application/json', ...(first && { 'Retry-After': '0' }) }).end('[]');
      first = false;
    });
    const run = ['run', await documentFile(), '--base-url', origin, '--phases', 'examples', '--max-cases', '1', '--quiet'];
    const outcome = await runMain([...run, '--format', 'ndjson']);
    expect(lines(outcome, 'finding')).toEqual([]);
    expect(lines(outcome, 'summary')).toMatchObject([{ held: 1, requests: 1 }]);
    first = true;
    expect((await runMain(run)).stdout).toContain('1 exchange · 0 faults · asked to wait 1 time ·');
    first = true;
    expect(lines(await runMain([...run, '--retry-after', '0', '--format', 'ndjson']), 'summary')).toMatchObject([{ held: 0 }]);
  });

  test('is shown the credential of the main identity for a document at its own origin, and nobody else is', async () => {
    const seen: (string | undefined)[] = [];
    const { origin } = await serve((request, response) => {
      seen.push(request.headers.authorization);
      const known = request.headers.authorization === 'Bearer secret-token';
      response.writeHead(known ? 200 : 401, { 'Content-Type': 'application/json' }).end(known ? JSON.stringify(document) : '{}');
    });
    const pull = (from: string): Promise<Outcome> =>
      runMain(['call', 'GET', '/things', '--document', `${from}/openapi.json`, '--identity', 'me=secret-token', '--base-url', origin]);
    expect((await pull(origin)).stderr).not.toContain('E_SPEC_FETCH');
    expect(seen.slice(0, 2)).toEqual([undefined, 'Bearer secret-token']);
    seen.length = 0;
    const refused = await pull(origin.replace('127.0.0.1', 'localhost'));
    expect([refused.code, seen]).toEqual([3, [undefined]]);
    expect(refused.stderr).toContain('answers 401');
  });

  test('that cannot be reached for its certificate or a proxy is told in one line', async () => {
    const file = await documentFile();
    const run = (...more: readonly string[]): Promise<Outcome> => runMain(['run', file, '--quiet', '--base-url', ...more]);
    const table: readonly (readonly [readonly string[], number, string])[] = [
      [['https://127.0.0.1:1', '--proxy', 'http://127.0.0.1:1'], 3, 'the proxy 127.0.0.1:1 cannot be used: nobody listens there'],
      [['https://127.0.0.1:1', '--cacert', 'none.pem'], 2, 'none.pem cannot be read: there is no such file'],
      [['http://no-such-host.invalid'], 3, 'nobody answers at http://no-such-host.invalid'],
      [['http://127.0.0.1:1', '--resolve', 'staging'], 2, '--resolve must have the form HOST:PORT:ADDRESS'],
    ];
    for (const [more, code, message] of table) {
      const outcome = await run(...more);
      expect([outcome.code, outcome.stderr.trim().split('\n').length <= 2]).toEqual([code, true]);
      expect(outcome.stderr).toContain(message);
    }
  });

  test('is told of what could not be removed, also when the first finding ends the run', async () => {
    const { origin, asked } = await serve((request, response) => {
      const status = request.method === 'POST' ? 201 : 403;
      response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"id":17,"name":5}');
    });
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
    const remove = { delete: { parameters: [id], responses: { 204: { description: '' }, 403: { description: '' } } } };
    const file = await documentFile({ paths: { ...(document['paths'] as object), '/things/{id}': remove } });
    const outcome = await runMain(['run', file, '--base-url', origin, '--phases', 'stateful', '--bail', '--format', 'ndjson', '--quiet']);
    expect(outcome.code).toBe(1);
    expect(new Set(asked)).toEqual(new Set(['POST /things', 'DELETE /things/17']));
    expect(lines(outcome, 'summary')).toMatchObject([
      { interrupted: false, leftBehind: [{ label: 'things 17', reason: 'DELETE /things/{id} answered 403' }] },
    ]);
  });

  test('has what is made there marked, as far as the schema lets it', async () => {
    const { args, bodies } = await staging();
    const schema = {
      type: 'object',
      required: ['name', 'slug', 'kind'],
      properties: { name: { type: 'string' }, slug: { type: 'string', maxLength: 10 }, kind: { enum: ['a', 'b'] } },
    };
    const content = { 'application/json': { schema, examples: { one: { value: { name: 'one', slug: 'one', kind: 'a' } } } } };
    const responses = { 201: { description: '' }, 422: { description: '' } };
    const file = await documentFile({ paths: { '/things': { post: { requestBody: { required: true, content }, responses } } } });
    const run = ['run', file, ...args, '--allow-writes', '--phases', 'examples', '--seed', '7', '--quiet'];
    await runMain(run);
    await runMain([...run, '--write-prefix', 'qa-']);
    const made = bodies.map((body) => JSON.parse(body) as Readonly<Record<'name' | 'slug' | 'kind', string>>);
    expect(made.length).toBeGreaterThan(2);
    expect(made.filter(({ name }) => !/^(?:specproof|qa)-/.test(name))).toEqual([]);
    expect(made.filter(({ name }) => name.startsWith('qa-'))).toHaveLength(made.length / 2);
    expect(made.filter(({ slug }) => slug.length > 10)).toEqual([]);
    expect(made.filter(({ kind }) => kind !== 'a' && kind !== 'b')).toEqual([]);
  });
});
