import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { planEnvironment } from '../../../src/run/plan-environment.ts';
import { waitForServer } from '../../../src/run/wait-for-server.ts';
import { freePort } from '../../support/free-port.ts';

async function serve(listener: RequestListener, port = 0): Promise<string> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What was told while it waited. */
async function waited(baseUrl: string, wait: number | undefined, document?: string, signal?: AbortSignal): Promise<readonly string[]> {
  const told: string[] = [];
  const plan = await planEnvironment({ document: 'openapi.json', baseUrl, ...(wait !== undefined && { wait }) }, '/', {});
  await waitForServer(plan, document, { signal, onProgress: (line) => void told.push(line) });
  return told;
}

it('goes on at once where the API answers anything, and where nobody asks it to wait', async () => {
  const base = await serve((_, response) => response.writeHead(401).end());
  expect(await waited(base, 60_000)).toEqual([]);
  expect(await waited('http://127.0.0.1:1', undefined)).toEqual([]);
});

it('waits until somebody listens', async () => {
  const port = await freePort();
  const waiting = waited(`http://127.0.0.1:${port}`, 60_000);
  await new Promise((done) => setTimeout(done, 300));
  await serve((_, response) => response.end(), port);
  expect(await waiting).toEqual([`waiting for http://127.0.0.1:${port}: nobody answers`]);
});

it('waits for the document, and while a gateway stands in for what is not there yet', async () => {
  const asked: string[] = [];
  const left = { '/openapi.json': [404, 502], '/': [503] } as Record<string, number[]>;
  const base = await serve(({ url = '' }, response) => {
    asked.push(url);
    response.writeHead(left[url]?.shift() ?? 200).end();
  });
  expect(await waited(base, 60_000, `${base}/openapi.json`)).toEqual([
    `waiting for ${base}: status 404`,
    `waiting for ${base}: status 503`,
  ]);
  expect(asked).toEqual(['/openapi.json', '/openapi.json', '/openapi.json', '/', '/']);
});

it('gives up when the time is over, or when the user wants to stop', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  expect(await waited(nobody, 1)).toHaveLength(1);
  expect(await waited(nobody, 60_000, undefined, AbortSignal.timeout(100))).toHaveLength(1);
});
