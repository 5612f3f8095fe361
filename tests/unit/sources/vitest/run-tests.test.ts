import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SuiteEvent } from '../../../../src/run/events.ts';
import { runTests, type RunTestsOptions } from '../../../../src/sources/vitest/run-tests.ts';
import { exchangesOf, judgementsOf, serve, skippedOf } from '../newman/collections.ts';
import { provide, serveThings } from './thing-api.ts';

const root = join(import.meta.dirname, 'suite');

async function eventsOf(options: Pick<RunTestsOptions, 'provided'> & Partial<RunTestsOptions>): Promise<SuiteEvent[]> {
  const events: SuiteEvent[] = [];
  for await (const event of runTests({ root, files: ['things.suite.ts'], ...options })) events.push(event);
  return events;
}

describe('runTests', () => {
  it('yields exchanges, judgements and skipped tests, and counts a broken promise once', async () => {
    const { origin, tokens } = await serveThings();
    const exitCode = process.exitCode;
    const events = await eventsOf({ provided: provide(origin) });
    expect(process.exitCode).toBe(exitCode);
    expect(tokens).toContain('Bearer secret-token-of-reader');
    expect(JSON.stringify(events)).toContain('‹token›');
    expect(JSON.stringify(events).includes('secret-token')).toBe(false);
    expect(events.findLast(({ kind }) => kind === 'planned')).toEqual({ kind: 'planned', total: 8 });
    expect(exchangesOf(events).map(({ source, title, identity, response }) => [source, title, identity, response?.status])).toEqual([
      ['tests', 'things > are listed', 'admin', 200],
      ['tests', 'things > break their promise', 'admin', 200],
      ['tests', 'things > fail on their own', 'reader', 200],
      ['tests', 'things > can be created', 'admin', 201],
      ['tests', 'things > get no answer', 'admin', undefined],
    ]);
    expect(Buffer.from(exchangesOf(events)[3]?.request.body ?? []).toString()).toBe('{"name":"two"}');
    expect(judgementsOf(events).map(({ check, outcome, topic }) => [check, outcome, topic])).toEqual([
      ['test-passes', 'pass', 'things > are listed'],
      ['test-passes', 'pass', 'things > break their promise'],
      ['test-passes', 'fail', 'things > fail on their own'],
      ['test-passes', 'pass', 'things > can be created'],
      ['test-passes', 'cannot-judge', 'things > get no answer'],
    ]);
    expect(judgementsOf(events)[2]).toMatchObject({
      reason: expect.stringContaining('expected status 404, got 200'),
      where: 'things.suite.ts:24',
    });
    expect(skippedOf(events)).toEqual([
      'things > have a history: needs the real API: the stand-in makes none',
      'things > are not tested: it is skipped in its file',
      'things > are to be tested: it is still to be written (todo)',
    ]);
    expect(events.filter(({ kind }) => kind === 'done')).toHaveLength(5);
  });

  it('runs what needs the real API on one, and sends only safe requests where it must', async () => {
    const { origin, asked } = await serveThings();
    const events = await eventsOf({ provided: provide(origin, { target: 'live', safeOnly: 'nothing may change' }) });
    expect(exchangesOf(events).map(({ title }) => title)).toContain('things > have a history');
    expect(skippedOf(events)).toContain('things > can be created: POST is not a safe method, and nothing may change');
    expect(asked.filter((line) => !line.startsWith('GET '))).toEqual([]);
  });

  it('lets no unsafe request reach the target, whatever client a test uses', async () => {
    const { origin, asked } = await serveThings();
    const other = await serve((_, response) => void response.writeHead(200).end());
    vi.stubEnv('SPECPROOF_TEST_ELSEWHERE', other.origin);
    onTestFinished(() => void vi.unstubAllEnvs());
    const provided = provide(origin, { target: 'live', safeOnly: 'nothing may change' });
    const events = await eventsOf({ provided, files: ['writes.suite.ts'] });
    expect(asked.toSorted()).toEqual(['GET /things', 'GET /things', 'GET /things', 'GET /things']);
    expect(other.asked).toEqual(['POST /', 'POST /']);
    const withheld = (method: string): string => `this request is withheld: ${method} is not a safe method, and nothing may change`;
    expect(skippedOf(events)).toEqual([
      'write with the client: POST is not a safe method, and nothing may change',
      `write with fetch: ${withheld('POST')}`,
      `write with fetch by another name: ${withheld('DELETE')}`,
      'write with a hidden method: this request is withheld: the method is overridden with DELETE, and nothing may change',
      `write with undici: ${withheld('PUT')}`,
      `write with node:http: ${withheld('PATCH')}`,
    ]);
    expect(judgementsOf(events).map(({ outcome, topic }) => [outcome, topic])).toEqual([
      ['pass', 'read in every way'],
      ['pass', 'write elsewhere'],
    ]);
  });

  it('lends the suites variables that the process does not have', async () => {
    const { origin, tokens } = await serveThings();
    const provided = provide(origin);
    const identities = { ...provided.identities, reader: { kind: 'environment', variable: 'SPECPROOF_TEST_LENT' } as const };
    await eventsOf({ provided: { ...provided, identities }, env: { SPECPROOF_TEST_LENT: 'secret-token-of-lender' } });
    expect(tokens).toContain('Bearer secret-token-of-lender');
    expect(process.env['SPECPROOF_TEST_LENT']).toBeUndefined();
  });

  it('leaves the files that something changed touches: those that changed, and those that import it', async () => {
    const { origin } = await serveThings();
    const titles = async (changed: readonly string[]): Promise<ReadonlySet<string>> => {
      const files = ['things.suite.ts', 'writes.suite.ts', 'imports.suite.ts'];
      const events = await eventsOf({ provided: provide(origin), files, changed: changed.map((name) => join(root, name)) });
      return new Set(judgementsOf(events).map(({ topic }) => topic));
    };
    expect(await titles(['imports.suite.ts'])).toEqual(new Set(['is one']));
    expect(await titles(['one.ts'])).toEqual(new Set(['is one']));
    expect(await titles(['nobody-imports-this.ts'])).toEqual(new Set());
  });

  it('says when a file cannot be loaded', async () => {
    const events = await eventsOf({ provided: provide('http://127.0.0.1:1'), files: ['broken.suite.ts'] });
    expect(judgementsOf(events)).toMatchObject([
      { check: 'test-passes', outcome: 'fail', reason: 'this file cannot be loaded', where: 'broken.suite.ts:1' },
    ]);
  });

  it('refuses patterns without files and files outside the configuration', async () => {
    const provided = provide('http://127.0.0.1:1');
    await expect(eventsOf({ provided, files: ['no-*.suite.ts'] })).rejects.toMatchObject({
      code: 'E_TESTS',
      message: 'no test file matches no-*.suite.ts',
    });
    await expect(eventsOf({ provided, files: ['vitest.config.ts'] })).rejects.toMatchObject({ code: 'E_TESTS' });
  });

  it('ends where a test finds the provider gone', async () => {
    const { origin } = await serveThings();
    const admin = {
      kind: 'client-credentials',
      issuer: 'http://127.0.0.1:1',
      clientId: 'x',
      clientSecret: { testValue: 'never-shown' },
    } as const;
    await expect(eventsOf({ provided: provide(origin, { identities: { admin } }) })).rejects.toMatchObject({
      code: 'E_IDENTITY',
      message: expect.stringContaining('http://127.0.0.1:1 cannot be reached'),
      hint: expect.any(String),
    });
  });

  it('stops with its consumer', async () => {
    const { origin } = await serveThings();
    const seen: string[] = [];
    for await (const event of runTests({ root, files: ['things.suite.ts'], provided: provide(origin) })) {
      seen.push(event.kind);
      if (event.kind === 'exchange') break;
    }
    expect(seen.at(-1)).toBe('exchange');
  });
});
