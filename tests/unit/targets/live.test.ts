import { once } from 'node:events';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { liveTarget } from '../../../src/targets/live.ts';

async function listen(): Promise<number> {
  const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as net.AddressInfo).port;
}

test('is up when somebody accepts connections, whatever he answers', async () => {
  const port = await listen();
  const target = await liveTarget({ kind: 'live', baseUrl: `http://127.0.0.1:${port}/api/` });
  expect(target).toMatchObject({ kind: 'live', baseUrl: `http://127.0.0.1:${port}/api`, documentUrl: undefined, issuer: undefined });
  await target.dispose();
  await target.dispose();
});

test('names the URL when nobody listens', async () => {
  await expect(liveTarget({ kind: 'live', baseUrl: 'http://127.0.0.1:1/api' })).rejects.toMatchObject({
    code: 'E_TARGET',
    message: expect.stringMatching(/^nobody answers at http:\/\/127\.0\.0\.1:1\/api: .*ECONNREFUSED/),
  });
});

test.each([
  ['localhost:8000', 'base URL "localhost:8000" is not an http or https URL'],
  ['', 'base URL "" is not an http or https URL'],
  ['http://user:s3cret@127.0.0.1/api', 'base URL http://127.0.0.1/api must not hold credentials'],
  ['//user:s3cret@127.0.0.1', 'base URL "//127.0.0.1" is not an http or https URL'],
  ['http://127.0.0.1/api?x=1', 'base URL http://127.0.0.1/api?x=1 must not hold a query'],
  ['http://127.0.0.1/api#top', 'base URL http://127.0.0.1/api#top must not hold a fragment'],
])('refuses %j as a base URL', async (baseUrl, message) => {
  await expect(liveTarget({ kind: 'live', baseUrl })).rejects.toMatchObject({ code: 'E_CONFIG', message });
});
