import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { TransportOptions } from '../../../src/requests/send.ts';
import { get, ok, serve, text, transport } from './sending.ts';

interface Broken {
  readonly why: string;
  readonly answer: (socket: net.Socket) => void;
  readonly want: { readonly kind: string; readonly status: number | undefined; readonly body?: string };
  readonly options?: Partial<TransportOptions>;
}

function endless(head: string, piece: string): (socket: net.Socket) => void {
  return (socket) => {
    socket.write(head);
    const timer = setInterval(() => socket.write(piece), 2);
    socket.once('close', () => {
      clearInterval(timer);
    });
  };
}

test.each<Broken>([
  {
    why: 'a body shorter than announced',
    answer: (s) => s.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'),
    want: { kind: 'cut-short', status: 200, body: 'half' },
  },
  {
    why: 'a short body on a connection announced to close',
    answer: (s) => s.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\nhalf'),
    want: { kind: 'cut-short', status: 200, body: 'half' },
  },
  {
    why: 'chunks without an end',
    answer: (s) => s.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
    want: { kind: 'cut-short', status: 200, body: 'half' },
  },
  {
    why: 'chunks without an end on a connection announced to close',
    answer: (s) => s.end('HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
    want: { kind: 'cut-short', status: 200, body: 'half' },
  },
  {
    why: 'a reset in the middle of a body',
    answer: (s) => {
      s.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
      setTimeout(() => s.resetAndDestroy(), 30);
    },
    want: { kind: 'cut-short', status: 200, body: 'half' },
  },
  { why: 'a close instead of an answer', answer: (s) => s.end(), want: { kind: 'reset', status: undefined } },
  { why: 'a reset instead of an answer', answer: (s) => s.resetAndDestroy(), want: { kind: 'reset', status: undefined } },
  {
    why: 'a close in the middle of the header section',
    answer: (s) => s.end('HTTP/1.1 200 OK\r\nContent-Le'),
    want: { kind: 'reset', status: undefined },
  },
  { why: 'something that is not HTTP', answer: (s) => s.end('SSH-2.0-OpenSSH_9.2\r\n'), want: { kind: 'protocol', status: undefined } },
  {
    why: 'two lengths that disagree',
    answer: (s) => s.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc'),
    want: { kind: 'protocol', status: undefined },
  },
  {
    why: 'a chunk size that is no number',
    answer: (s) => s.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\n'),
    want: { kind: 'protocol', status: 200, body: 'ab' },
  },
  {
    why: 'a header section without end',
    answer: endless('HTTP/1.1 200 OK\r\n', `X-More: ${'a'.repeat(1000)}\r\n`),
    want: { kind: 'protocol', status: undefined },
  },
  {
    why: 'an upgrade nobody asked for',
    answer: (s) => s.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n'),
    want: { kind: 'protocol', status: undefined },
  },
  { why: 'no answer at all', answer: () => undefined, want: { kind: 'timeout', status: undefined }, options: { headersTimeout: 100 } },
  {
    why: 'a body that stands still',
    answer: (s) => s.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'),
    want: { kind: 'timeout', status: 200, body: 'half' },
    options: { bodyTimeout: 100 },
  },
  {
    why: 'a body that never ends',
    answer: endless('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\na\r\n'),
    want: { kind: 'timeout', status: 200 },
    options: { totalTimeout: 200 },
  },
  {
    why: 'a body that never ends and is fast',
    answer: endless('HTTP/1.1 200 OK\r\n\r\n', 'b'.repeat(5000)),
    want: { kind: 'too-large', status: 200, body: 'b'.repeat(12_345) },
    options: { maxBodyBytes: 12_345 },
  },
  {
    why: 'an announced body that is too large',
    answer: (s) => s.write(`HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${'c'.repeat(5000)}`),
    want: { kind: 'too-large', status: 200, body: 'c'.repeat(99) },
    options: { maxBodyBytes: 99 },
  },
  {
    why: 'a body that is not the gzip it is said to be',
    answer: (s) => s.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain'),
    want: { kind: 'encoding', status: 200, body: 'plain' },
  },
  {
    why: 'a content coding nobody knows',
    answer: (s) => s.write('HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 5\r\n\r\nuryyb'),
    want: { kind: 'encoding', status: 200, body: 'uryyb' },
  },
])('$why is a fault of kind $want.kind, with what had come', async ({ answer, want, options }) => {
  let requests = 0;
  const server = await serve((socket, request) => {
    requests += 1;
    if (request.startsWith('GET /next')) socket.end(ok);
    else answer(socket);
  });
  const sender = transport(options);
  const exchange = await get(sender, server.url);
  expect([exchange.fault?.kind, exchange.response?.status]).toEqual([want.kind, want.status]);
  if (want.body !== undefined) expect(text(exchange)).toBe(want.body);
  expect(requests).toBe(1);
  expect(exchange.fault?.message).toMatch(/^[^\n]{10,200}$/);
  // The connection's fate is not the next request's.
  expect(text(await get(sender, `${server.url}/next`))).toBe('ok');
});

test.each([
  ['refused', 'http://127.0.0.1:1/'],
  ['unresolved', 'http://no-such-host.invalid/'],
])('a connection that does not come about is %s', async (kind, url) => {
  const exchange = await get(transport(), url);
  expect([exchange.fault?.kind, exchange.response]).toEqual([kind, undefined]);
});

test('TLS with somebody who speaks none is a fault of kind tls', async () => {
  const rude = net
    .createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    .listen(0, '127.0.0.1');
  await new Promise((resolve) => rude.once('listening', resolve));
  onTestFinished(() => void rude.close());
  const { port } = rude.address() as net.AddressInfo;
  expect((await get(transport(), `https://127.0.0.1:${port}/`)).fault?.kind).toBe('tls');
});
