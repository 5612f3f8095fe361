import { gzipSync, brotliCompressSync, deflateRawSync, deflateSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { get, serve, text, transport } from './sending.ts';

test.each([
  ['gzip', gzipSync('the content')],
  ['x-gzip', gzipSync('the content')],
  ['deflate', deflateSync('the content')],
  ['deflate', deflateRawSync('the content')],
  ['br', brotliCompressSync('the content')],
  ['zstd', zstdCompressSync('the content')],
  ['identity', Buffer.from('the content')],
  ['gzip, br', brotliCompressSync(gzipSync('the content'))],
])('undoes the content coding %s', async (coding, bytes) => {
  const server = await serve((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${bytes.length}\r\n\r\n`);
    socket.write(bytes);
  });
  const exchange = await get(transport(), server.url);
  expect([exchange.fault, text(exchange)]).toEqual([undefined, 'the content']);
});

test('a coded body is never decoded to more than is allowed, and what of a broken one can be decoded is', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000, 'x'));
  const half = gzipSync(Array.from({ length: 2000 }, (_, index) => index).join()).subarray(0, 3000);
  const server = await serve((socket, request) => {
    const bytes = request.startsWith('GET /bomb') ? bomb : half;
    socket.write(
      `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${request.startsWith('GET /bomb') ? bomb.length : 5000}\r\n\r\n`,
    );
    socket.end(bytes);
  });
  const sender = transport();
  expect((await get(sender, `${server.url}/bomb`)).fault?.kind).toBe('too-large');
  const cut = await get(sender, `${server.url}/half`);
  expect([cut.fault?.kind, text(cut)?.slice(0, 10)]).toEqual(['cut-short', '0,1,2,3,4,']);
});
