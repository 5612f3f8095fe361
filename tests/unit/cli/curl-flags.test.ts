import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { insteadOf } from '../../../src/cli/curl-flags.ts';
import { makeFolder, runMain, type Outcome } from '../../support/run-main.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: { '/things': { get: { responses: { 200: { description: '', content: { 'application/json': {} } } } } } },
};

/** A call with these flags: what it gave, what arrived, and its folder. */
async function call(
  ...flags: readonly string[]
): Promise<Outcome & { readonly arrived: IncomingMessage | undefined; readonly folder: string }> {
  let arrived: IncomingMessage | undefined;
  const server = createServer((request, response) => {
    arrived = request;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"a": 1}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const folder = await makeFolder({ 'openapi.json': JSON.stringify(document) });
  onTestFinished(folder.dispose);
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outcome = await runMain(['call', '/things', '--document', 'openapi.json', '--base-url', base, ...flags], { cwd: folder.path });
  return { ...outcome, arrived, folder: folder.path };
}

it('-o keeps the body in a file, and gives stdout nothing', async () => {
  const { code, stdout, stderr, folder } = await call('-o', 'kept/answer.json');
  expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: '' });
  expect(await readFile(join(folder, 'kept/answer.json'), 'utf8')).toBe('{"a": 1}');
});

it('-I gives status and header fields', async () => {
  const { stdout, arrived } = await call('-I');
  expect(arrived?.method).toBe('HEAD');
  expect(stdout).toMatch(/^200\ncontent-type: application\/json\n/);
});

it('--compressed asks for what can be unpacked', async () => {
  expect((await call('--compressed')).arrived?.headers['accept-encoding']).toBe('gzip, deflate, br, zstd');
});

it.each([
  { flag: '-L', want: '-L: redirects are not followed' },
  { flag: '-sS', want: '-s: the body goes to stdout alone anyway' },
  { flag: '-iv', want: '-v: -i prints the answer' },
  { flag: '--data-urlencode', want: '--data-urlencode: -q name=value' },
])('$flag has something in its place', ({ flag, want }) => {
  expect(insteadOf(flag)).toContain(want);
});

it('a flag that is none of curl’s has nothing', () => {
  expect(insteadOf('--frobnicate')).toBeUndefined();
});

it.each([
  { flags: ['-sS'], want: "specproof: unknown option '-sS'\n  -s: the body" },
  { flags: ['--max-time=5'], want: '--max-time: --timeout 30s' },
  { flags: ['--querry', 'a=b'], want: 'did you mean --query?\n  see specproof call --help' },
])('$flags is told with what to do', async ({ flags, want }) => {
  const { code, stderr, arrived } = await call(...flags);
  expect({ code, arrived }).toEqual({ code: 2, arrived: undefined });
  expect(stderr).toContain(want);
});
