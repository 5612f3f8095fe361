import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { embeddedTarget, type EmbeddedTarget } from '../../../src/targets/embedded/embedded-target.ts';
import { makeFolder, runMain } from '../../support/run-main.ts';

const get = { responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'integer' } } } } } };
const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Moved', version: '1' },
  servers: [{ url: 'https://api.a.test/v1' }],
  paths: {
    '/first': { get },
    '/second': { servers: [{ url: 'https://api.a.test/v2' }], get },
    '/third': { get: { servers: [{ url: 'https://files.a.test' }], ...get } },
  },
};

const entry = (url: string, text: string): JsonObject => ({
  startedDateTime: '2026-11-25T10:00:00Z',
  time: 5,
  request: { method: 'GET', url, headers: [], bodySize: 0 },
  response: { status: 200, headers: [{ name: 'content-type', value: 'application/json' }], content: { text }, bodySize: -1 },
  timings: {},
});
const entries = [
  entry('https://api.a.test/v1/first', '1'),
  entry('https://api.a.test/v2/second', '"no integer"'),
  entry('https://files.a.test/third', '3'),
  entry('https://b.test/first', '1'),
];

let standIn: EmbeddedTarget;
let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  standIn = await embeddedTarget(createContract(document), { kind: 'embedded' });
  folder = await makeFolder({ 'api.json': JSON.stringify(document), 'all.har': JSON.stringify({ log: { version: '1.2', entries } }) });
});

afterAll(async () => {
  await standIn.dispose();
  await folder.dispose();
});

test.each([
  ['/v1/first', 200],
  ['/v2/second', 200],
  ['/v1/third', 200],
  ['/v1/second', 404],
  ['/v2/first', 404],
])('the stand-in answers %s with %i', async (path, status) => {
  const response = await fetch(new URL(path, standIn.baseUrl));
  expect(response.status).toBe(status);
});

test('a run asks operations at their own servers, and tells those that are elsewhere', async () => {
  const argv = ['run', 'api.json', '--base-url', standIn.baseUrl, '--phases', 'examples', '--format', 'json'];
  const { code, stdout } = await runMain(argv, { cwd: folder.path });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    findings: [],
    skipped: [{ title: 'GET /third', reason: expect.stringContaining('it is at https://files.a.test') }],
    coverage: { dimensions: { operation: { total: 3 } }, withSuccess: 2 },
  });
});

test('a recording is judged at every address that the document names', async () => {
  const { code, stdout } = await runMain(['judge', 'all.har', '--document', 'api.json', '--format', 'json'], { cwd: folder.path });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    counts: { exchanges: 3 },
    findings: [{ check: 'body-matches-schema', operation: 'GET /second' }],
    skipped: [{ title: 'requests to https://b.test' }],
  });
});
