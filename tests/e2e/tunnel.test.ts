import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { connectProxy, type ConnectProxy } from '../support/connect-proxy.ts';
import { notesDocument } from '../support/apis/notes.ts';
import { makeFolder } from '../support/run-main.ts';
import { runSpecproof } from '../support/run-specproof.ts';

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[],"total":0}');
});
let proxy: ConnectProxy;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await connectProxy(undefined, (server.address() as AddressInfo).port);
});
afterAll(() => {
  proxy.close();
  server.close();
});

// Each command loads what it needs alone: as a process of its own, as users run it.
it.each([
  ['call', 'GET', '/notes'],
  ['smoke', '--max-cases', '3'],
  ['run', '--only', 'generated', '--max-cases', '3'],
])('%s goes through the proxy that the environment names', async (...argv) => {
  const folder = await makeFolder({
    'notes.json': JSON.stringify({ ...notesDocument, security: [] }),
    'specproof.config.json': JSON.stringify({
      api: 'notes',
      document: 'notes.json',
      environments: { main: { target: { kind: 'live', baseUrl: 'http://api.corp.example' } } },
    }),
  });
  onTestFinished(folder.dispose);
  const before = proxy.asked.length;
  const { stdout, stderr } = await runSpecproof(argv, { cwd: folder.path, env: { HTTP_PROXY: proxy.url, http_proxy: proxy.url } });
  expect(stderr).not.toContain('bug');
  expect(stdout).toMatch(argv[0] === 'call' ? /"total":\s*0/ : / exchanges · 0 faults/);
  expect(proxy.asked.slice(before)).toContain('api.corp.example:80');
});
