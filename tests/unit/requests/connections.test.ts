import { expect, test } from 'vitest';
import { get, ok, serve, text, transport } from './sending.ts';

test.each(['GET', 'POST', 'DELETE'])('a connection that the server closed while it was idle is no fault of the next %s', async (method) => {
  const server = await serve((socket) => {
    socket.write(ok);
    setTimeout(() => socket.end(), 10);
  });
  const sender = transport();
  await get(sender, server.url);
  await new Promise((resolve) => {
    setTimeout(resolve, 60);
  });
  expect(text(await get(sender, server.url, method))).toBe('ok');
});

test('an idempotent request is sent once more when a connection used before ends without a word', async () => {
  const server = await serve((socket, _request, before) => (before === 0 ? socket.write(ok) : socket.end()));
  const sender = transport();
  for (const method of ['GET', 'DELETE', 'PUT']) expect(text(await get(sender, server.url, method))).toBe('ok');
  expect(server.received).toHaveLength(3);
});

test.each(['POST', 'DELETE'])(
  'a %s is not, since its second answer may be another, and its fault says what may have happened',
  async (method) => {
    const server = await serve((socket, request) => (request.startsWith(method) ? socket.resetAndDestroy() : socket.write(ok)));
    const sender = transport();
    for (let count = 0; count < 3; count += 1) await get(sender, server.url);
    const { fault } = await get(sender, server.url, method);
    expect(fault).toMatchObject({
      kind: 'reset',
      reused: true,
      message: expect.stringMatching(/had served another request moments before$/),
    });
    expect(server.received.join('').match(new RegExp(method, 'g'))).toHaveLength(1);
  },
);

test.each(['POST', 'DELETE'])('a server that closes behind an error without saying so costs no %s', async (method) => {
  const failed = ok.replace('200 OK', '500 Internal Server Error');
  const server = await serve((socket, request, before) => {
    if (request.startsWith('PUT')) socket.write(failed);
    else if (before > 0 && request.startsWith(method)) socket.resetAndDestroy();
    else socket.write(ok);
  });
  const sender = transport();
  for (const first of ['GET', 'GET', 'PUT']) await get(sender, server.url, first);
  expect(text(await get(sender, server.url, method))).toBe('ok');
});

test('an idempotent request that ends a new connection too is a fault after two tries', async () => {
  const server = await serve((socket, request) => (request.includes('/crash') ? socket.end() : socket.write(ok)));
  const sender = transport();
  await get(sender, server.url);
  expect((await get(sender, `${server.url}/crash`)).fault?.kind).toBe('reset');
  expect(server.received.join('').match(/crash/g)).toHaveLength(2);
});

test('a server that closes every connection without saying so costs no POST', async () => {
  const server = await serve((socket) => socket.end(ok));
  const sender = transport({ connections: 4 });
  const all = await Promise.all(Array.from({ length: 100 }, () => get(sender, server.url, 'POST')));
  expect(all.filter((exchange) => exchange.fault !== undefined)).toEqual([]);
});
