import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildRequest } from '../../../src/requests/build.ts';
import type { Exchange, Headers } from '../../../src/requests/exchange.ts';
import { curlCommand } from '../../../src/requests/reproduce.ts';
import { contract, mediaType, operation } from './operation.ts';

interface Arrived {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

const arrived: Arrived[] = [];
const server = createServer((request: IncomingMessage, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    arrived.push({ method: request.method, path: request.url, headers: request.rawHeaders, body: Buffer.concat(chunks) });
    response.end();
  });
});
let base = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterAll(() => server.close());

function exchange(given: { method?: string; url?: string; headers?: Headers; body?: Uint8Array }): Exchange {
  return {
    id: 'x',
    source: 'generated',
    title: '',
    identity: undefined,
    request: {
      method: given.method ?? 'GET',
      url: given.url ?? `${base}/things`,
      headers: given.headers ?? [['Accept', '*/*']],
      body: given.body,
    },
    response: undefined,
    fault: undefined,
    timing: { startedAt: 0, headers: undefined, total: 0 },
  };
}

/** What arrives when the command is run by a POSIX shell with the variables set. */
async function run(command: string, shell = 'bash'): Promise<Arrived> {
  arrived.length = 0;
  // By standard input: as an argument, a long script would be refused.
  const child = spawn(shell, [], {
    env: { ...process.env, BASE: base, TOKEN: 'the token', OTHER_TOKEN: 'other' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.end(`${command}\n`);
  await once(child, 'exit');
  const [first] = arrived;
  if (first === undefined) throw new Error(`nothing arrived from ${command}`);
  return first;
}

/** Name and value pairs, as an exchange has them, of the fields that were asked for. */
function fields(headers: readonly string[], names: readonly string[]): string[][] {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return headers.flatMap((name, index) => (index % 2 === 0 && wanted.has(name.toLowerCase()) ? [[name, headers[index + 1] ?? '']] : []));
}

test('is short and readable where the request is simple', () => {
  const headers = [
    ['Accept', 'application/json'],
    ['Authorization', 'Bearer ‹token›'],
  ] as const;
  expect(curlCommand(exchange({ headers, url: `${base}/things?size=5` }), { baseUrl: `${base}/` })).toBe(
    'curl -i -H \'Accept: application/json\' -H "Authorization: Bearer $TOKEN" "$BASE/things?size=5"',
  );
  expect(curlCommand(exchange({ method: 'DELETE', headers, url: 'https://other.example/things' }), { baseUrl: base })).toBe(
    'curl -i -X DELETE -H \'Accept: application/json\' -H "Authorization: Bearer $TOKEN" https://other.example/things',
  );
  const byPostman = [
    ['User-Agent', 'PostmanRuntime/7.39.1'],
    ['Accept', '*/*'],
    ['Cache-Control', 'no-cache'],
    ['Postman-Token', 'c17297b9'],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['X-Team', 'a'],
  ] as const;
  expect(curlCommand(exchange({ headers: byPostman, url: `${base}/things` }), { baseUrl: base })).toBe(
    'curl -i -H \'X-Team: a\' "$BASE/things"',
  );
  const byBrowser = [
    ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0'],
    ['sec-ch-ua-platform', '"Linux"'],
    ['Sec-Fetch-Mode', 'cors'],
    ['Accept', 'application/json'],
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['Referer', `${base}/`],
    ['X-Team', 'a'],
  ] as const;
  expect(curlCommand(exchange({ headers: byBrowser, url: `${base}/things` }), { baseUrl: base })).toBe(
    `curl -i -H 'Accept: application/json' -H 'X-Team: a' "$BASE/things"`,
  );
});

const json = [
  ['Accept', '*/*'],
  ['Content-Type', 'application/json'],
] as const;
const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));

describe.each(['bash', 'sh'])('run by %s, the same request arrives', (shell) => {
  test.each<{ why: string; given: Parameters<typeof exchange>[0]; headers?: Headers }>([
    { why: 'a plain GET', given: {} },
    { why: 'a HEAD', given: { method: 'HEAD' } },
    { why: 'another method without a body', given: { method: 'PUT' } },
    { why: 'a method nobody knows', given: { method: 'QUERY', headers: json, body: Buffer.from('{}') } },
    { why: 'a POST of JSON', given: { method: 'POST', headers: json, body: Buffer.from('{"a":"it\'s $HOME `id` \\"!x!\\" ü@"}') } },
    { why: 'a body that looks like a file name', given: { method: 'POST', headers: json, body: Buffer.from('@/etc/hostname') } },
    { why: 'an empty body', given: { method: 'PUT', headers: json, body: Buffer.alloc(0) } },
    { why: 'a GET with a body', given: { method: 'GET', headers: json, body: Buffer.from('{}') } },
    { why: 'a body of several lines', given: { method: 'PATCH', headers: json, body: Buffer.from('{\r\n\t"a": "%d \\\\ \'%%\'"\n}\n') } },
    { why: 'a body of all bytes', given: { method: 'POST', headers: json, body: bytes } },
    { why: 'a body too long for an argument', given: { method: 'POST', headers: json, body: Buffer.alloc(300_000, 'a1') } },
    { why: 'a body without a type', given: { method: 'POST', headers: [], body: Buffer.from('a') } },
    {
      why: 'fields with special characters and none',
      given: {
        headers: [
          ['Accept', 'a/b'],
          ['X-Quote', `it's "$HOME" \`id\` \\ !x`],
          ['X-Empty', ''],
          ['X-Twice', '1'],
          ['X-Twice', '2'],
        ],
      },
    },
    {
      why: 'a URL with special characters',
      given: { url: "‹base›/a%2Fb/..;x=1/{c}[1]/%2e%2e/d?q=it's&r=$HOME&s=[1-3]&t={a,b}&u=!x&v=`id`" },
    },
    { why: 'steps in the path', given: { url: '‹base›/a/./b/../c?x=/../d' } },
    {
      why: 'a credential',
      given: {
        headers: [
          ['Accept', '*/*'],
          ['Authorization', 'Bearer ‹token›'],
        ],
      },
      headers: [['Authorization', 'Bearer the token']],
    },
    {
      why: 'a credential altered on purpose',
      given: {
        headers: [
          ['Accept', '*/*'],
          ['Authorization', 'Basic ‹other token›'],
        ],
      },
      headers: [['Authorization', 'Basic other']],
    },
    {
      why: 'a bare credential among special characters',
      given: {
        headers: [
          ['Accept', '*/*'],
          ['Cookie', 'a="1"; sid=‹secret›x'],
        ],
      },
      headers: [['Cookie', 'a="1"; sid=the tokenx']],
    },
  ])('$why', async ({ given, headers }) => {
    const made = exchange({ ...given, ...(given.url === undefined ? {} : { url: given.url.replace('‹base›', base) }) });
    const command = curlCommand(made, { baseUrl: base });
    expect(command.split('\n')).toHaveLength(1);
    expect(command).toContain('$BASE');
    const got = await run(command, shell);
    const { method, url, body } = made.request;
    expect([got.method, got.path]).toEqual([method, url.slice(new URL(base).origin.length)]);
    expect(got.body.equals(Buffer.from(body ?? []))).toBe(true);
    const want = headers ?? made.request.headers;
    const names = [...want.map(([name]) => name), 'Content-Type'];
    expect(fields(got.headers, headers === undefined ? [...names, 'Accept'] : want.map(([name]) => name))).toEqual(
      want.map(([name, value]) => [name, value]),
    );
  });
});

test('a multipart form becomes form arguments that say the same', async () => {
  const type = 'multipart/form-data';
  const value = { file: '#!/bin/sh "quoted" \\ it\'s; $HOME', note: '@x;type=y', map: { a: '"1"' } };
  const schema = { properties: { file: { type: 'string', format: 'binary' } } };
  const plan = {
    operation: operation({ method: 'POST', requestBody: { required: true, content: [mediaType(type, { schema })], pointer: '' } }),
    parameters: [],
    body: { mediaType: type, value },
  };
  const made = exchange({ ...(buildRequest(plan, base, contract()) as { body: Uint8Array; headers: Headers }), method: 'POST' });
  const command = curlCommand(made, { baseUrl: base });
  expect(command).toMatch(/^curl -i -F .* --form-string 'note=@x;type=y' -F 'map=.*;type=application\/json' "\$BASE\/things"$/);
  const got = await run(command);
  const boundary = /boundary=(\S+)/.exec(fields(got.headers, ['Content-Type'])[0]?.[1] ?? '')?.[1] ?? 'none';
  expect(got.body.toString().replaceAll(boundary, 'specproof-part-1')).toBe(Buffer.from(made.request.body ?? []).toString());
});

test.each([
  ['a part that is no text', Buffer.from([0xff, 0x00, 0x0a])],
  ['a part of several lines', Buffer.from('one\r\ntwo')],
])('a multipart form with %s is sent byte by byte', async (_why, content) => {
  const body = Buffer.concat([
    Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="f.bin"\r\n\r\n'),
    content,
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const made = exchange({
    method: 'POST',
    headers: [
      ['Accept', '*/*'],
      ['Content-Type', 'multipart/form-data; boundary=b'],
    ],
    body,
  });
  const got = await run(curlCommand(made, { baseUrl: base }));
  expect(got.body.equals(body)).toBe(true);
  expect(fields(got.headers, ['Content-Type'])).toEqual([['Content-Type', 'multipart/form-data; boundary=b']]);
});
