import { expect, test } from 'vitest';
import { makeCase } from '../../../src/cases/planning.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { judge } from '../../../src/verdicts/judge.ts';

const body = { 'application/json': { schema: { type: 'object' } } };
const headers = { 'X-Request-Id': { required: true, schema: { type: 'string' } } };
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/things': {
      get: { responses: { 200: { description: '', headers, content: body }, 400: { description: '', headers, content: body } } },
    },
  },
});
const [operation] = contract.operations;
if (!operation) throw new TypeError('the document has it');

test.each([
  ['a refusal of an odd path', 400, '/things%zz', []],
  ['a refusal of a field that is longer than servers read', 400, 8192, []],
  ['a refusal of a field that they read', 400, 2000, ['content-type-declared', 'headers-match']],
  ['a refusal of the path itself', 400, undefined, ['content-type-declared', 'headers-match']],
  ['what an odd path is answered with success', 200, '/things%zz', ['content-type-declared', 'headers-match']],
])('what a server says before the API hears of it keeps no promise of it: %s', (_, status, odd, want) => {
  const planned = makeCase({
    phase: 'stateful',
    title: 't',
    request: {
      operation,
      parameters: [],
      ...(typeof odd === 'string' && { rawPath: odd }),
      ...(typeof odd === 'number' && { headers: [['X-Filler', 'x'.repeat(odd)] as const] }),
    },
  });
  const exchange = {
    id: '1',
    source: 'generated',
    title: 't',
    identity: undefined,
    request: { method: 'GET', url: 'http://api.test/things', headers: [], body: undefined },
    response: { status, headers: [['content-type', 'text/plain']] as const, body: new TextEncoder().encode('400 Bad Request') },
    fault: undefined,
    timing: { startedAt: 0, headers: 1, total: 2 },
  } as const;
  const { judgements } = judge(contract, exchange, { baseUrl: 'http://api.test', case: planned });
  expect(
    judgements
      .filter(({ outcome }) => outcome === 'fail')
      .map(({ check }) => check)
      .sort(),
  ).toEqual(want);
});
