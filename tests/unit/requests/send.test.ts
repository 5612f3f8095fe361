import { expect, test } from 'vitest';
import { get, ok, serve, tags, text, transport } from './sending.ts';

test('records what was sent and what came, field names, repeated fields and order as they were', async () => {
  const server = await serve((socket) =>
    socket.write(
      'HTTP/1.1 201 Created\r\nX-One: 1\r\nSET-cookie: a=1\r\nset-Cookie: b=2\r\nX-Name: caf\u00c3\u00a9\r\nContent-Length: 5\r\n\r\nhello',
      'latin1',
    ),
  );
  const sender = transport({ now: () => 1_700_000_000_000 });
  const exchange = await sender.send(
    {
      method: 'POST',
      url: `${server.url}/a%2Fb/../c?q=%20#part`,
      headers: [
        ['X-Mixed', 'ü'],
        ['X-Two', 'a'],
        ['X-Two', 'b'],
      ],
      body: Buffer.from('body'),
    },
    tags,
  );
  expect(exchange).toMatchObject({
    ...tags,
    request: {
      method: 'POST',
      headers: [
        ['X-Mixed', 'ü'],
        ['X-Two', 'a'],
        ['X-Two', 'b'],
      ],
      body: Buffer.from('body'),
    },
    response: {
      status: 201,
      headers: [
        ['X-One', '1'],
        ['SET-cookie', 'a=1'],
        ['set-Cookie', 'b=2'],
        ['X-Name', 'café'],
        ['Content-Length', '5'],
      ],
    },
    fault: undefined,
    timing: { startedAt: 1_700_000_000_000 },
  });
  expect(text(exchange)).toBe('hello');
  expect(server.received[0]).toMatch(/^POST \/a%2Fb\/\.\.\/c\?q=%20 HTTP\/1\.1\r\n/);
  expect(server.received[0]).toContain('X-Mixed: Ã¼\r\nX-Two: a\r\nX-Two: b\r\ncontent-length: 4\r\n\r\nbody');
  const { headers, total } = exchange.timing;
  expect(headers).toBeGreaterThan(0);
  expect(total).toBeGreaterThanOrEqual(headers ?? Infinity);
});

test('follows no redirect and retries no error', async () => {
  const server = await serve((socket, request) =>
    socket.write(
      request.startsWith('GET /moved')
        ? 'HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n'
        : 'HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n',
    ),
  );
  const sender = transport();
  expect((await get(sender, `${server.url}/moved`)).response?.status).toBe(302);
  expect((await get(sender, `${server.url}/busy`)).response?.status).toBe(503);
  expect(server.received.join('').match(/GET /g)).toHaveLength(2);
});

test('sends one request after the other over one connection, and as many at once as it may', async () => {
  let now = 0;
  let most = 0;
  const server = await serve((socket) => {
    now += 1;
    most = Math.max(most, now);
    setTimeout(() => {
      now -= 1;
      socket.write(ok);
    }, 5);
  });
  const sender = transport({ connections: 3 });
  const all = await Promise.all(Array.from({ length: 30 }, () => get(sender, server.url)));
  expect(all.map(text)).toEqual(Array.from({ length: 30 }, () => 'ok'));
  expect([most, server.received.length]).toEqual([3, 3]);
});

test('an interim answer is not the answer', async () => {
  const server = await serve((socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok}`));
  expect((await get(transport(), server.url)).response).toMatchObject({ status: 200, headers: [['Content-Length', '2']] });
});

test('the answer to HEAD, 204 and 304 has no body, whatever its fields announce', async () => {
  const server = await serve((socket, request) =>
    socket.write(
      request.startsWith('HEAD')
        ? 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\nContent-Encoding: gzip\r\n\r\n'
        : 'HTTP/1.1 304 Not Modified\r\nContent-Length: 20\r\n\r\n',
    ),
  );
  const sender = transport();
  for (const method of ['HEAD', 'GET']) {
    const exchange = await get(sender, server.url, method);
    expect([exchange.fault, text(exchange)]).toEqual([undefined, '']);
  }
});

test('keeps to the rate', async () => {
  const server = await serve((socket) => socket.write(ok));
  const sender = transport({ connections: 10, rate: 50 });
  const begun = performance.now();
  await Promise.all(Array.from({ length: 11 }, () => get(sender, server.url)));
  expect(performance.now() - begun).toBeGreaterThanOrEqual(199);
});

test('no secret is in the exchange, wherever it was', async () => {
  const token = 'secret-token-0123456789';
  const server = await serve((socket, request) => {
    const body = JSON.stringify({
      echo: /authorization: Bearer (\S+)/i.exec(request)?.[1],
      b64: Buffer.from(`x ${token} y`).toString('base64'),
    });
    socket.write(`HTTP/1.1 200 OK\r\nX-Echo: ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
  const sender = transport({ secrets: () => [token] });
  const exchange = await sender.send(
    {
      method: 'POST',
      url: `${server.url}/?key=${token}`,
      headers: [
        ['Authorization', `Bearer ${token}`],
        ['X-Key', token],
      ],
      body: Buffer.from(`token=${token}`),
    },
    tags,
  );
  expect(server.received[0]).toContain(`Bearer ${token}`);
  expect(exchange.request).toEqual({
    method: 'POST',
    url: `${server.url}/?key=‹secret›`,
    headers: [
      ['Authorization', 'Bearer ‹token›'],
      ['X-Key', '‹secret›'],
    ],
    body: Buffer.from(`token=${'*'.repeat(token.length)}`),
  });
  expect(exchange.response?.headers[0]).toEqual(['X-Echo', '‹secret›']);
  expect(JSON.parse(text(exchange) ?? '')).toMatchObject({
    echo: '*'.repeat(token.length),
    b64: expect.stringMatching(/^\w{1,4}\*{27,}[\w=]{1,4}$/),
  });
  expect(String(exchange.response?.body.length)).toBe(exchange.response?.headers[1]?.[1]);
});

test.each([
  {
    why: 'a field that HTTP/1.1 has no room for',
    request: { method: 'GET', headers: [['X-Bad', 'a\nb']] as const },
    message: /^GET request cannot be sent: invalid X-Bad header$/,
  },
  {
    why: 'a method that is none',
    request: { method: 'GE T', headers: [] },
    message: /^GE T request cannot be sent: invalid request method$/,
  },
  {
    why: 'a field of the connection',
    request: { method: 'GET', headers: [['Transfer-Encoding', 'chunked']] as const },
    message: /invalid transfer-encoding header$/,
  },
])('$why is an error of the user', async ({ request, message }) => {
  const server = await serve((socket) => socket.write(ok));
  const sent = transport().send({ ...request, url: server.url, body: undefined }, tags);
  await expect(sent).rejects.toMatchObject({ code: 'E_USAGE', message: expect.stringMatching(message) });
});

test('closing ends what is under way and what waits, and nothing goes out afterwards', async () => {
  const server = await serve(() => undefined);
  const sender = transport();
  const pending = [get(sender, server.url), get(sender, server.url)];
  await expect.poll(() => server.received.length).toBe(1);
  await sender.close();
  const late = get(sender, server.url.replace('127.0.0.1', 'localhost'));
  const ended = await Promise.all([...pending, late]);
  expect(ended.map(({ fault }) => fault?.kind)).toEqual(['reset', 'reset', 'reset']);
  expect(server.received).toHaveLength(1);
});
