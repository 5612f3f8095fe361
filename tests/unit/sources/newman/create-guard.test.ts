import { createServer as createTcpServer, connect } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createGuard, withholdUnsafe } from '../../../../src/sources/newman.ts';
import { schemaContract } from '../../../support/schema-contract.ts';
import { createReachesTarget } from '../../../../src/sources/newman/reaches-target.ts';
import { answerJson, eventsOf, exchangesOf, judgementsOf, serve, skippedOf } from './collections.ts';

const withhold = withholdUnsafe(schemaContract({}).contract, 'http://127.0.0.1', 'nothing may change');
const send = (url: string, script: string): string => `pm.sendRequest({ url: '${url}', method: 'DELETE' }, () => { ${script} });`;

describe('createGuard', () => {
  it('lets safe requests through as they are and refuses the rest', async () => {
    const { origin, asked } = await serve((request, response) => {
      response.writeHead(200, { 'X-Host': request.headers.host, 'X-Mixed-Case': 'kept' }).end(`${request.method} ${request.url}`);
    });
    const guard = await createGuard({ baseUrl: `${origin}/api/`, withhold });
    onTestFinished(() => guard.close());
    const safe = await fetch(`${guard.baseUrl}/things?x=%20`);
    expect(await safe.text()).toBe('GET /api/things?x=%20');
    expect(safe.headers.get('x-host')).toBe(new URL(origin).host);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PURGE']) {
      const refused = await fetch(`${guard.baseUrl}/things`, { method });
      expect([refused.status, refused.headers.get('specproof-guard')]).toEqual([
        403,
        `${method} is not a safe method, and nothing may change`,
      ]);
    }
    const hidden = await fetch(`${guard.baseUrl}/things`, { headers: { 'X-HTTP-Method-Override': 'DELETE' } });
    expect(hidden.headers.get('specproof-guard')).toBe('the method is overridden with DELETE, and nothing may change');
    const unset = await fetch(`${guard.baseUrl}/things/{{thingId}}`);
    expect(unset.headers.get('specproof-guard')).toBe('nothing has set the variable thingId');
    expect(asked).toEqual(['GET /api/things?x=%20']);
    expect(guard.refused().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/things',
      'PUT /api/things',
      'PATCH /api/things',
      'DELETE /api/things',
      'PURGE /api/things',
      'GET /api/things',
      'GET /api/things/%7B%7BthingId%7D%7D',
    ]);
  });
});

describe('createReachesTarget', () => {
  const reaches = async (baseUrl: string, host: string, port: number, hostField?: string): Promise<boolean> =>
    createReachesTarget(baseUrl)({ host, port, hostField });

  const table = [
    { base: 'http://127.0.0.1:8000/x', host: '127.0.0.1', port: 8000, want: true },
    { base: 'http://127.0.0.1:8000', host: 'localhost', port: 8000, want: true },
    { base: 'http://localhost:8000', host: '::1', port: 8000, want: true },
    { base: 'http://127.0.0.1:8000', host: '127.9.9.9', port: 8000, want: true },
    { base: 'http://127.0.0.1:8000', host: '0.0.0.0', port: 8000, want: true },
    { base: 'http://127.0.0.1:8000', host: '::ffff:127.0.0.1', port: 8000, want: true },
    { base: 'http://127.0.0.1:8000', host: '127.0.0.1', port: 8001, want: false },
    { base: 'https://192.0.2.1', host: '192.0.2.1', port: 80, want: true },
    { base: 'https://192.0.2.1', host: '192.0.2.2', port: 443, want: false },
    { base: 'http://Api.localhost:8000', host: 'api.localhost.', port: 8000, want: true },
  ];
  it.each(table)('says $want of $host:$port for $base', async ({ base, host, port, want }) => {
    expect(await reaches(base, host, port)).toBe(want);
  });
});

describe('runCollection with the guard', () => {
  it('lets no unsafe request reach the target, whatever way it is asked for', async () => {
    const target = await serve(answerJson({ id: 7 }));
    const other = await serve((_, response) => void response.writeHead(307, { Location: `${target.origin}/redirected` }).end());
    const local = target.origin.replace('127.0.0.1', 'localhost');
    const events = await eventsOf(
      [
        { name: 'list', path: '/things', test: "pm.test('answers', () => pm.response.to.have.status(200))" },
        {
          name: 'create',
          method: 'POST',
          path: '/things',
          test: "pm.test('is created', () => pm.response.to.have.status(201));\npm.environment.set('id', pm.response.json().id)",
        },
        { name: 'read what was created', path: '/things/{{id}}' },
        { name: 'absolute', method: 'PUT', path: `${target.origin}/absolute` },
        { name: 'other name', method: 'PATCH', path: `${local}/local` },
        { name: 'by redirect', method: 'POST', path: `${other.origin}/elsewhere` },
        { name: 'by script', path: '/safe', before: send(`${target.origin}/script`, ''), test: send(`${local}/script`, '') },
        { name: 'by redirected script', path: '/safe', before: send(`${other.origin}/script`, '') },
        { name: 'overridden', path: '/safe', header: [{ key: 'X-HTTP-Method-Override', value: 'DELETE' }] },
        { name: 'list again', path: '/things' },
      ],
      { baseUrl: target.origin, withhold },
    );
    expect(target.asked).toEqual(['GET /things', 'GET /safe', 'GET /safe', 'GET /things']);
    expect(exchangesOf(events).map(({ request, title }) => [title, `${request.method} ${request.url}`])).toEqual([
      ['list', `GET ${target.origin}/things`],
      ['by script', `GET ${target.origin}/safe`],
      ['by redirected script', `GET ${target.origin}/safe`],
      ['list again', `GET ${target.origin}/things`],
    ]);
    expect(skippedOf(events)).toEqual([
      'create: the guard refused it: POST is not a safe method, and nothing may change',
      'read what was created: the guard refused it: nothing has set the variable id',
      'absolute: the guard refused it: PUT is not a safe method, and nothing may change',
      'other name: the guard refused it: PATCH is not a safe method, and nothing may change',
      'by redirect: the guard refused it: POST is not a safe method, and nothing may change',
      'by script: DELETE by its script: the guard refused it: DELETE is not a safe method, and nothing may change',
      'by script: DELETE by its script: the guard refused it: DELETE is not a safe method, and nothing may change',
      'by redirected script: DELETE by its script: the guard refused it: DELETE is not a safe method, and nothing may change',
      'overridden: the guard refused it: the method is overridden with DELETE, and nothing may change',
    ]);
    expect(judgementsOf(events).map(({ topic, outcome }) => [topic, outcome])).toEqual([['answers', 'pass']]);
  });

  it('is less sure of an assertion once a request was refused', async () => {
    const { origin } = await serve(answerJson([]));
    const test = "pm.test('has one', () => pm.expect(pm.response.json()).to.have.lengthOf(1))";
    const items = [
      { name: 'before', test },
      { name: 'create', method: 'POST' },
      { name: 'after', test },
    ];
    const judgements = judgementsOf(await eventsOf(items, { baseUrl: origin, withhold }));
    expect(judgements.map(({ outcome, confidence }) => [outcome, confidence])).toEqual([
      ['fail', 'certain'],
      ['fail', 'likely'],
    ]);
    expect(judgements[1]?.reason).toContain('the guard had refused requests before (1)');
  });

  it('makes the same faults as without it', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/reset') request.socket.destroy();
      else response.writeHead(200, { 'Content-Length': '100' }).write('half', () => request.socket.destroy());
    });
    const items = [
      { name: 'reset', path: '/reset' },
      { name: 'cut', path: '/cut' },
    ];
    const events = await eventsOf(items, { baseUrl: origin, withhold });
    const refused = await eventsOf([{ name: 'refused' }], { baseUrl: 'http://127.0.0.1:1', withhold });
    expect(exchangesOf([...events, ...refused]).map(({ fault }) => fault?.kind)).toEqual(['reset', 'cut-short', 'refused']);
  });

  describe('with proxies', () => {
    const before = { ...process.env };
    afterEach(() => {
      process.env.HTTP_PROXY = before.HTTP_PROXY;
      if (before.HTTP_PROXY === undefined) delete process.env.HTTP_PROXY;
      process.env.NO_PROXY = before.NO_PROXY;
      if (before.NO_PROXY === undefined) delete process.env.NO_PROXY;
    });

    it('uses none, neither of the environment nor of an item', async () => {
      const target = await serve(answerJson({}));
      const proxy = createTcpServer((client) => {
        const upstream = connect(target.port, '127.0.0.1');
        client.pipe(upstream).pipe(client);
        for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
      });
      await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void proxy.close());
      const address = proxy.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      process.env.HTTP_PROXY = `http://127.0.0.1:${port}`;
      delete process.env.NO_PROXY;
      const events = await eventsOf(
        [
          { name: 'environment', method: 'DELETE' },
          { name: 'item', method: 'DELETE', proxy: { match: '*://*/*', host: '127.0.0.1', port, tunnel: false } },
          { name: 'script', before: send(`${target.origin}/x`, '') },
        ],
        { baseUrl: target.origin, withhold },
      );
      expect(target.asked).toEqual(['GET /']);
      expect(skippedOf(events)).toHaveLength(3);
    });
  });
});
