import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/requests/exchange.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { judge } from '../../src/verdicts/judge.ts';
import { exchangeChecks } from '../../src/verdicts/registry.ts';

interface Golden {
  readonly why: string;
  readonly request: { readonly method: string; readonly path: string; readonly headers?: Record<string, string>; readonly body?: string; readonly bodyLost?: true };
  readonly response: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string; readonly bodyLost?: true; readonly total?: number };
  /** `outcome topic` of every judgement of the check, in order. */
  readonly expected: readonly string[];
}

const folder = new URL('./checks/', import.meta.url);
const contract = createContract(JSON.parse(readFileSync(new URL('document.json', folder), 'utf8')));
const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
/** Checks that can always judge what they apply to. */
const alwaysJudge = new Set(['challenge-sent', 'no-server-error', 'status-declared', 'body-parses', 'empty-where-required', 'response-time', 'properties-declared', 'values-agree']);

function exchangeOf({ request, response }: Golden): Exchange {
  const bytes = (text: string | undefined): Uint8Array => new TextEncoder().encode(text ?? '');
  return {
    id: '1',
    source: 'call',
    title: 'golden',
    identity: undefined,
    request: { method: request.method, url: `http://api.test${request.path}`, headers: Object.entries(request.headers ?? {}), body: request.body === undefined ? undefined : bytes(request.body), ...(request.bodyLost && { bodyLost: true }) },
    response: { status: response.status, headers: Object.entries(response.headers ?? {}), body: bytes(response.body), ...(response.bodyLost && { bodyLost: true }) },
    fault: undefined,
    timing: { startedAt: 0, headers: 1, total: response.total ?? 2 },
  };
}

test('every check on exchanges has golden files, and every folder is a check', () => {
  expect(folders.map(({ name }) => name).sort()).toEqual(exchangeChecks.map(({ id }) => id).sort());
});

describe.each(folders.map(({ name }) => name))('%s', (check) => {
  const files = readdirSync(new URL(`${check}/`, folder));

  test('is shown to pass, to fail, and to admit what it cannot judge', () => {
    const kinds = ['pass', 'fail', ...(alwaysJudge.has(check) ? [] : ['cannot-judge'])];
    expect(kinds.filter((kind) => !files.some((file) => file.startsWith(kind)))).toEqual([]);
  });

  test.each(files)('%s', (file) => {
    const golden = JSON.parse(readFileSync(new URL(`${check}/${file}`, folder), 'utf8')) as Golden;
    const verdict = judge(contract, exchangeOf(golden), { baseUrl: 'http://api.test', maxResponseTime: 1000, strict: { '*': 'fail' } });
    const said = verdict.judgements.filter((judgement) => judgement.check === check);
    const lines = said.map(({ outcome, topic }) => (outcome === 'fail' ? `fail ${topic}` : outcome));
    expect(lines, golden.why).toEqual(golden.expected);
  });
});
