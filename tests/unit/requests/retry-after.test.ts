import { describe, expect, it } from 'vitest';
import { get, ok, serve, text, transport } from './sending.ts';

/** A server that answers with these heads in turn, then well. */
async function busy(...heads: readonly string[]): Promise<{ readonly url: string; readonly asked: () => number }> {
  const left = [...heads];
  const server = await serve((socket) => {
    const head = left.shift();
    socket.write(head === undefined ? ok : `HTTP/1.1 ${head}\r\nContent-Length: 0\r\n\r\n`);
  });
  return { url: `${server.url}/`, asked: () => server.received.join('').match(/HTTP\/1\.1\r\n/g)?.length ?? 0 };
}

const soon = '429 Slow down\r\nRetry-After: 0';

describe('Retry-After', () => {
  const limit = 10_000;
  const table = [
    { what: 'a 429 was not carried out: any request is sent again', heads: [soon, soon], method: 'POST', status: 200, asked: 3, held: 2 },
    {
      what: 'a 503 says that of what may be sent twice',
      heads: ['503 Busy\r\nRetry-After: 0'],
      method: 'GET',
      status: 200,
      asked: 2,
      held: 1,
    },
    { what: 'a 503 may have been carried out', heads: ['503 Busy\r\nRetry-After: 0'], method: 'POST', status: 503, asked: 1 },
    { what: 'nothing asks to wait', heads: ['429 Slow down'], method: 'GET', status: 429, asked: 1 },
    { what: 'another status', heads: ['500 Oh\r\nRetry-After: 0'], method: 'GET', status: 500, asked: 1 },
    { what: 'a wait beyond the limit', heads: ['429 Slow down\r\nRetry-After: 3600'], method: 'GET', status: 429, asked: 1 },
    {
      what: 'a date by the server’s own clock',
      heads: ['429 Slow down\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT'],
      method: 'GET',
      status: 200,
      asked: 2,
      held: 1,
    },
    {
      what: 'a date beyond the limit',
      heads: ['429 Slow down\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 09:49:37 GMT'],
      method: 'GET',
      status: 429,
      asked: 1,
    },
    { what: 'no date and no number', heads: ['429 Slow down\r\nRetry-After: later'], method: 'GET', status: 429, asked: 1 },
    { what: 'it never ends', heads: Array<string>(9).fill(soon), method: 'GET', status: 429, asked: 6, held: 5 },
  ];

  it.each(table)('$what', async ({ heads, method, status, asked, held }) => {
    const server = await busy(...heads);
    const exchange = await get(transport({ retryAfter: limit }), server.url, method);
    expect([exchange.response?.status, server.asked(), exchange.timing.held]).toEqual([status, asked, held]);
  });

  it('holds every request back while the API asks to wait', async () => {
    const server = await busy('429 Slow down\r\nRetry-After: 1');
    const sender = transport({ retryAfter: limit });
    const [first, second] = await Promise.all([get(sender, server.url), get(sender, server.url)]);
    expect([text(first), text(second)]).toEqual(['ok', 'ok']);
    expect(server.asked()).toBe(3);
  });

  it('is no reason to wait unless it is asked for, or once the transport is closed', async () => {
    const unasked = await busy(soon);
    expect((await get(transport(), unasked.url)).response?.status).toBe(429);
    const server = await busy('429 Slow down\r\nRetry-After: 9');
    const sender = transport({ retryAfter: limit });
    const held = get(sender, server.url);
    setTimeout(() => void sender.close(), 100);
    expect((await held).fault).toBeDefined();
  });
});
