import { request, type ClientRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { buildConnector } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Exchange } from '../../../../src/requests/exchange.ts';
import type { SuiteEvent } from '../../../../src/run/events.ts';
import { runProxy, type ProxyOptions } from '../../../../src/sources/proxy/run-proxy.ts';
import { serve } from '../newman/collections.ts';

interface RunningProxy {
  /** Where clients find the API. */
  readonly url: string;
  readonly port: number;
  /** Stops the proxy and gives what it told. */
  readonly stop: () => Promise<{ readonly exchanges: readonly Exchange[]; readonly skipped: readonly string[] }>;
}

async function startProxy(baseUrl: string, more: Partial<ProxyOptions> = {}): Promise<RunningProxy> {
  const stopping = new AbortController();
  const ready = Promise.withResolvers<string>();
  const events: SuiteEvent[] = [];
  const options = {
    baseUrl,
    port: 0,
    connect: buildConnector({}),
    contract: { document: {}, securitySchemes: new Map() },
    secrets: () => [],
    timeout: undefined,
  };
  const run = (async () => {
    for await (const event of runProxy({ ...options, onReady: ready.resolve, signal: stopping.signal, ...more })) events.push(event);
  })();
  run.catch(ready.reject);
  const stop: RunningProxy['stop'] = async () => {
    stopping.abort();
    await run;
    return {
      exchanges: events.flatMap((event) => (event.kind === 'exchange' ? [event.exchange] : [])),
      skipped: events.flatMap((event) => (event.kind === 'skipped' ? [`${event.title}: ${event.reason}`] : [])),
    };
  };
  const url = await ready.promise;
  onTestFinished(async () => void (await stop()));
  return { url, port: Number(new URL(url).port), stop };
}

/** A target and a proxy before it. */
async function behindProxy(
  listener: RequestListener,
  more: Partial<ProxyOptions> = {},
): Promise<RunningProxy & { readonly origin: string }> {
  const { origin } = await serve(listener);
  return { ...(await startProxy(`${origin}/api/`, more)), origin };
}

function ask(
  port: number,
  options: object,
  send: (outgoing: ClientRequest) => void = (outgoing) => outgoing.end(),
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, agent: false, ...options });
    outgoing.on('error', reject).on('response', resolve);
    send(outgoing);
  });
}

describe('what passes the proxy', () => {
  it('reaches the target as the client wrote it, but for the fields of the connection and our own name', async () => {
    let seen: IncomingMessage | undefined;
    const { port, origin } = await behindProxy((incoming, answer) => {
      seen = incoming;
      answer.end();
    });
    const headers = { 'X-Mixed-Case': ['a', 'b'], Connection: 'close, X-Hop', 'X-Hop': '1', TE: 'trailers', Host: `localhost:${port}` };
    await ask(port, { path: '/api/things?x=%20&y=a+b', headers });
    expect(seen?.url).toBe('/api/things?x=%20&y=a+b');
    expect(seen?.rawHeaders).toEqual(['X-Mixed-Case', 'a', 'X-Mixed-Case', 'b', 'Host', new URL(origin).host, 'Connection', 'close']);
  });

  it('keeps a Host that is not our own', async () => {
    const { port } = await behindProxy((incoming, answer) => void answer.end(incoming.headers.host));
    expect(await text(await ask(port, { path: '/api/', headers: { Host: 'api.example' } }))).toBe('api.example');
  });

  it('comes back as the target wrote it: status line, repeated fields, coded bytes', async () => {
    const packed = gzipSync('{"a":1}');
    const { port, stop } = await behindProxy((_, answer) => {
      answer.sendDate = false;
      answer.writeHead(299, 'Odd', {
        'Set-Cookie': ['a=1', 'b=2'],
        'X-Case': 'kept',
        'Content-Encoding': 'gzip',
        'Content-Type': 'application/json',
      });
      answer.end(packed);
    });
    const came = await ask(port, { path: '/api/' });
    expect([came.statusCode, came.statusMessage]).toEqual([299, 'Odd']);
    expect(came.rawHeaders.slice(0, 8)).toEqual(['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Case', 'kept', 'Content-Encoding', 'gzip']);
    expect(await buffer(came)).toEqual(packed);
    const [exchange] = (await stop()).exchanges;
    expect(Buffer.from(exchange?.response?.body ?? []).toString()).toBe('{"a":1}');
  });

  it.each([
    ['a length', { 'Content-Length': '6' }, 'content-length: 6'],
    ['chunks', { 'Transfer-Encoding': 'chunked' }, 'transfer-encoding: chunked'],
  ])('has a request body framed with %s', async (_, headers, frame) => {
    const { port, stop } = await behindProxy((incoming, answer) => {
      const { 'content-length': length, 'transfer-encoding': coding } = incoming.headers;
      void text(incoming).then((body) =>
        answer.end(`${length === undefined ? `transfer-encoding: ${coding}` : `content-length: ${length}`} ${body}`),
      );
    });
    const came = await ask(port, { method: 'DELETE', path: '/api/', headers }, (outgoing) => outgoing.end('a body'));
    expect(await text(came)).toBe(`${frame} a body`);
    expect(Buffer.from((await stop()).exchanges[0]?.request.body ?? []).toString()).toBe('a body');
  });

  it('gets no body that the client did not send', async () => {
    const { port } = await behindProxy(
      (incoming, answer) => void answer.end(JSON.stringify([incoming.headers['content-length'], incoming.headers['transfer-encoding']])),
    );
    const socket = connect(port, '127.0.0.1', () => socket.write('POST /api/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
    expect(await text(socket)).toContain('[null,null]');
  });

  it('streams both ways', async () => {
    const { port } = await behindProxy((incoming, answer) => {
      incoming.on('data', (chunk: Buffer) => void answer.write(chunk));
      incoming.on('end', () => answer.end());
    });
    let outgoing: ClientRequest | undefined;
    const came = await ask(port, { method: 'POST', path: '/api/' }, (opened) => (outgoing = opened).write('first'));
    const pieces: string[] = [];
    for await (const piece of came) {
      pieces.push(String(piece));
      if (pieces.length === 1) outgoing?.end('second');
    }
    expect(pieces).toEqual(['first', 'second']);
  });

  it('asks the target whether a body may come', async () => {
    const { port } = await behindProxy((incoming, answer) => void text(incoming).then((body) => answer.end(body)));
    const asking = { method: 'POST', path: '/api/', headers: { Expect: '100-continue', 'Content-Length': 4 } };
    const came = await ask(port, asking, (outgoing) => void outgoing.on('continue', () => outgoing.end('body')));
    expect(await text(came)).toBe('body');
  });

  it('keeps the announced length of an answer to HEAD', async () => {
    const { port, stop } = await behindProxy((_, answer) => void answer.writeHead(200, { 'Content-Length': 500 }).end());
    const came = await ask(port, { method: 'HEAD', path: '/api/' });
    expect(came.headers['content-length']).toBe('500');
    expect((await stop()).exchanges[0]).toMatchObject({ request: { method: 'HEAD' }, fault: undefined });
  });

  it('takes several requests over one connection', async () => {
    const { port, stop } = await behindProxy((_, answer) => void answer.end('x'));
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET /api/1 HTTP/1.1\r\nHost: x\r\n\r\nGET /api/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    );
    expect((await text(socket)).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect((await stop()).exchanges.map(({ title }) => title)).toEqual(['GET /api/1', 'GET /api/2']);
  });

  it.each([
    ['the target', (origin: string) => `${origin}/api/b?c#d`, (own: string) => `${own}/api/b?c#d`],
    ['a path', () => '/api/b', () => '/api/b'],
    ['another server', () => 'http://other.example/b', () => 'http://other.example/b'],
  ])('stays with us when it is redirected to %s, and is judged by what the target said', async (_, location, want) => {
    const { port, origin, stop } = await behindProxy((__, answer) => void answer.writeHead(307, { Location: location(origin) }).end());
    const own = `localhost:${port}`;
    const came = await ask(port, { path: '/api/a', headers: { Host: own } });
    expect(came.headers.location).toBe(want(`http://${own}`));
    expect((await stop()).exchanges[0]?.response?.headers.find(([name]) => name === 'Location')?.[1]).toBe(location(origin));
  });

  it('may be asked for in the absolute form, and is refused for other servers', async () => {
    const { port, origin, stop } = await behindProxy((incoming, answer) => void answer.end(incoming.url));
    expect(await text(await ask(port, { path: `${origin}/api/a?b` }))).toBe('/api/a?b');
    const refused = await ask(port, { path: 'http://other.example/x' });
    expect([refused.statusCode, await text(refused)]).toEqual([421, expect.stringContaining(origin)]);
    expect((await stop()).skipped).toEqual(['GET http://other.example/x: asked of the proxy, but meant for another server']);
  });
});

describe('an exchange through the proxy', () => {
  it('is one with the target, without the client’s credentials', async () => {
    const { port, origin, stop } = await behindProxy((incoming, answer) => {
      answer.writeHead(200, { 'Content-Type': 'application/json', 'Set-Cookie': 'sid=fedcba9876543210' });
      answer.end(JSON.stringify({ echo: incoming.headers.authorization, access_token: 'opaque-token' }));
    });
    const headers = { Authorization: 'Bearer the-clients-token', Cookie: 'sid=0123456789abcdef' };
    const answered = await ask(port, { path: '/api/things?token=in-the-query', headers });
    expect(JSON.parse(await text(answered))).toMatchObject({ echo: 'Bearer the-clients-token' });
    const [exchange] = (await stop()).exchanges;
    expect(exchange).toMatchObject({ source: 'proxy', title: 'GET /api/things', request: { url: `${origin}/api/things?token=‹secret›` } });
    expect(exchange?.request.headers).toContainEqual(['Authorization', 'Bearer ‹token›']);
    expect(exchange?.request.headers).toContainEqual(['Cookie', 'sid=‹secret›']);
    expect(Buffer.from(exchange?.response?.body ?? []).toString()).toBe(
      '{"echo":"Bearer *****************","access_token":"************"}',
    );
    expect(JSON.stringify(exchange)).not.toMatch(/the-clients-token|0123456789abcdef|fedcba9876543210|in-the-query/);
  });

  it('is a fault, and the client is told, when nobody listens', async () => {
    const { url, stop } = await startProxy('http://127.0.0.1:1/api');
    const answered = await fetch(`${url}/things`);
    expect([answered.status, answered.headers.get('content-type')]).toEqual([502, 'application/problem+json']);
    expect(await answered.json()).toEqual({
      type: 'about:blank',
      title: 'Bad Gateway',
      status: 502,
      detail: 'specproof: http://127.0.0.1:1 gave no whole answer: nobody listens there: the connection was refused',
    });
    expect((await stop()).exchanges).toMatchObject([{ response: undefined, fault: { kind: 'refused' } }]);
  });

  it('is a fault when the target hangs up', async () => {
    const { url, stop } = await behindProxy((incoming) => incoming.socket.destroy());
    expect((await fetch(`${url}/things`)).status).toBe(502);
    expect((await stop()).exchanges).toMatchObject([{ response: undefined, fault: { kind: 'reset' } }]);
  });

  it('is a fault when the target takes longer than allowed', async () => {
    const { url, stop } = await behindProxy(() => undefined, { timeout: 100 });
    expect((await fetch(`${url}/things`)).status).toBe(504);
    expect((await stop()).exchanges).toMatchObject([{ fault: { kind: 'timeout' } }]);
  });

  it('is cut short for the client where the target cut it', async () => {
    const target = createTcpServer(
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning')),
    );
    await new Promise<void>((resolve) => void target.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void target.close());
    const { port, stop } = await startProxy(`http://127.0.0.1:${(target.address() as { port: number }).port}`);
    await expect(text(await ask(port, { path: '/things' }))).rejects.toThrow('aborted');
    const [exchange] = (await stop()).exchanges;
    expect(exchange).toMatchObject({ response: { status: 200 }, fault: { kind: 'cut-short' } });
    expect(Buffer.from(exchange?.response?.body ?? []).toString()).toBe('beginning');
  });

  it('is none when the client leaves: that is told, and accuses nobody', async () => {
    const arrived = Promise.withResolvers<void>();
    const { port, stop } = await behindProxy((incoming, answer) => {
      incoming.on('close', () => arrived.resolve());
      answer.writeHead(200, { 'Content-Length': 100 }).write('beginning');
    });
    const came = await ask(port, { path: '/api/slow?x=1' });
    came.destroy();
    await arrived.promise;
    expect(await stop()).toEqual({ exchanges: [], skipped: ['GET /api/slow: the client did not wait for the whole answer'] });
  });
});

describe('the proxy', () => {
  it('says that its port is taken', async () => {
    const { port } = await serve((_, answer) => void answer.end());
    await expect(startProxy('http://127.0.0.1:1', { port })).rejects.toMatchObject({
      code: 'E_TARGET',
      message: `the proxy cannot listen on 127.0.0.1:${port}: EADDRINUSE`,
    });
  });

  it('lets what is under way end when it is stopped, and takes nothing more', async () => {
    const asked = Promise.withResolvers<void>();
    const { url, stop } = await behindProxy((_, answer) => {
      asked.resolve();
      void sleep(200).then(() => answer.end('late'));
    });
    const slow = fetch(`${url}/slow`).then((answered) => answered.text());
    await asked.promise;
    const { exchanges } = await stop();
    expect([await slow, exchanges.length]).toEqual(['late', 1]);
    await expect(fetch(`${url}/more`)).rejects.toThrow('fetch failed');
  });
});
