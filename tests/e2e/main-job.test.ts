import { readFile } from 'node:fs/promises';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../support/run-main.ts';
import { linesOf, runSpecproof, type ProcessOutcome } from '../support/run-specproof.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let outcome: ProcessOutcome;

beforeAll(async () => {
  folder = await makeFolder({});
  const reports = ['json', 'junit', 'ndjson'].flatMap((kind) => ['--report', `${kind}=${folder.path}/run.${kind}`]);
  outcome = await runSpecproof(['run', '--format', 'ndjson', ...reports]);
}, 300_000);
afterAll(() => folder.dispose());

describe('the whole job on the embedded target', () => {
  it('ends well', () => {
    expect(linesOf(outcome.stdout, 'finding').filter(({ known }) => known === false)).toEqual([]);
    expect({ code: outcome.code, faults: linesOf(outcome.stdout, 'fault') }).toEqual({ code: 0, faults: [] });
  });

  it('ends its NDJSON with the summary', () => {
    const last = outcome.stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ type: 'summary', exit: 0, seed: '1', faults: 0 });
  });

  it('runs all four suites, and judges something in each', async () => {
    const report = JSON.parse(await readFile(`${folder.path}/run.json`, 'utf8')) as {
      suites: { name: string; outcomes: { pass: number }; failed: boolean }[];
    };
    expect(report.suites.map(({ name, outcomes, failed }) => ({ name, judged: outcomes.pass > 0, failed }))).toEqual(
      ['contract', 'generated', 'tests', 'newman'].map((name) => ({ name, judged: true, failed: false })),
    );
  });

  it('reaches every operation', async () => {
    const [summary] = linesOf(outcome.stdout, 'summary');
    expect(summary?.['coverage']).toMatchObject({ operations: 50, reached: 50 });
  });

  it('writes JUnit that a parser reads', async () => {
    const junit = new XMLParser({ ignoreAttributes: false }).parse(await readFile(`${folder.path}/run.junit`, 'utf8')) as {
      testsuites: Record<string, string>;
    };
    expect(Number(junit.testsuites['@_tests'])).toBeGreaterThan(100);
    expect(junit.testsuites['@_failures']).toBe('0');
  });

  it('lets no secret into any report or stream', async () => {
    const files = await Promise.all(['json', 'junit', 'ndjson'].map((kind) => readFile(`${folder.path}/run.${kind}`, 'utf8')));
    const all = [outcome.stdout, outcome.stderr, ...files].join('\n');
    // A JWT in clear, unless a case made it up, or a client's secret.
    expect(all).not.toMatch(/specproof-\w+-secret/);
    expect(all).not.toMatch(/Bearer eyJ/);
  });
});
