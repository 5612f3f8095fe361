import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { validate as validateCtrf } from 'ctrf';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderAnnotations } from '../../../src/report/render-annotations.ts';
import { renderCtrf } from '../../../src/report/render-ctrf.ts';
import { renderMarkdown } from '../../../src/report/render-markdown.ts';
import { renderSarif } from '../../../src/report/render-sarif.ts';
import { renderWfc } from '../../../src/report/render-wfc.ts';
import type { Report } from '../../../src/report/report.ts';
import { readText } from '../../support/source-files.ts';
import { getOrder, judgement, listOrders, reportOf, undeclared, verdict } from './sample-run.ts';

const sarifSchema = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const isSarif = new Ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  JSON.parse(readFileSync(sarifSchema, 'utf8')) as object,
);

/** A finding that fails, one that does not, an excused one, a fault, and a suite that did not run. */
const report: Report = reportOf(
  [
    verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]),
    verdict(getOrder, { status: 401 }, [undeclared(401, getOrder)]),
    verdict(listOrders, {}, [judgement('sort-respected', 'fail', { confidence: 'likely', reason: 'not sorted, `by` | name' })]),
    verdict(getOrder, { status: 500 }, [judgement('no-server-error', 'fail', { reason: '500 for\n100 %', came: '500 a|b' })]),
    { kind: 'skipped', suite: 'newman', title: 'newman', reason: 'not installed', failure: true },
  ],
  {
    deviations: [
      {
        entry: 1,
        check: 'no-server-error',
        operations: ['*'],
        topic: undefined,
        targets: undefined,
        reason: 'soon',
        expires: '2026-12-31',
      },
    ],
  },
);
const kept = reportOf([verdict(listOrders, {}, [judgement('status-declared', 'pass')])]);

describe('renderSarif', () => {
  it.each([
    ['findings', report],
    ['nothing found', kept],
    ['nothing judged', reportOf([])],
  ])('is valid SARIF 2.1.0 with %s', (_, given) => {
    expect(isSarif(JSON.parse(renderSarif(given))) || isSarif.errors).toBe(true);
  });

  it('points at the line of the promise, and keeps the finding’s identity', () => {
    const [run] = (JSON.parse(renderSarif(report)) as Log).runs;
    expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual(['no-server-error', 'status-declared', 'sort-respected']);
    const undeclaredStatus = run?.results?.find(({ ruleId, locations }) => ruleId === 'status-declared' && locations);
    expect(undeclaredStatus).toMatchObject({
      level: 'error',
      message: { text: expect.stringContaining('401 is answered but not declared') as string },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'specs/orders/openapi.json' }, region: { startLine: 29 } },
          logicalLocations: [{ fullyQualifiedName: 'GET /orders' }],
        },
      ],
      partialFingerprints: { 'specproofFinding/v1': expect.stringMatching(/^[0-9a-f]{8}$/) as string },
    });
    expect(run?.results?.find(({ ruleId }) => ruleId === 'sort-respected')).toMatchObject({ level: 'warning' });
  });

  it('suppresses known deviations, and tells what did not run', () => {
    const [run] = (JSON.parse(renderSarif(report)) as Log).runs;
    const suppressed = run?.results?.filter(({ suppressions }) => suppressions !== undefined);
    expect(suppressed).toMatchObject([{ ruleId: 'no-server-error', suppressions: [{ justification: 'soon (until 2026-12-31)' }] }]);
    expect(run?.invocations).toMatchObject([
      {
        exitCode: 1,
        executionSuccessful: true,
        toolExecutionNotifications: [{ message: { text: 'newman did not run: not installed' } }],
      },
    ]);
    expect((JSON.parse(renderSarif(reportOf([]))) as Log).runs[0]?.invocations).toMatchObject([
      { exitCode: 3, executionSuccessful: false },
    ]);
  });
});

describe('renderWfc', () => {
  it.each([
    { name: 'findings', given: report },
    { name: 'nothing', given: reportOf([]) },
  ])('is a valid report of Web Fuzzing Commons with $name', ({ given }) => {
    const isWfc = new Ajv2020({ strict: false, validateFormats: false }).compile(
      parse(readText('tests/web-fuzzing-commons/report.yaml')) as object,
    );
    isWfc(JSON.parse(renderWfc(given)));
    expect(isWfc.errors).toBeNull();
  });

  it('classifies unexcused findings, and tells the statuses of every operation', () => {
    const wfc = JSON.parse(renderWfc(report)) as {
      faults: { foundFaults: object[] };
      problemDetails: { rest: { coveredHttpStatus: object[] } };
    };
    expect(wfc.faults.foundFaults).toMatchObject([
      { endpointId: 'GET:/orders', faultCategories: [{ code: 101, context: 'status-declared 401' }] },
      { endpointId: 'GET:/orders/{id}', faultCategories: [{ code: 101, context: 'status-declared 401' }] },
      { endpointId: 'GET:/orders', faultCategories: [{ code: 900, context: 'sort-respected' }] },
    ]);
    expect(wfc.problemDetails.rest.coveredHttpStatus).toContainEqual({
      endpointId: 'GET:/orders/{id}',
      testCaseId: 'GET:/orders/{id}',
      httpStatus: [401, 500],
    });
  });
});

describe('renderCtrf', () => {
  it.each([
    ['findings', report],
    ['nothing found', kept],
    ['nothing judged', reportOf([])],
  ])('is valid CTRF with %s', (_, given) => {
    expect(validateCtrf(JSON.parse(renderCtrf(given)))).toMatchObject({ valid: true });
  });

  it('counts what fails the run and what did not run as failed, the rest as passed or skipped', () => {
    const { results } = JSON.parse(renderCtrf(report)) as {
      readonly results: { readonly summary: object; readonly tests: readonly object[] };
    };
    expect(results.summary).toMatchObject({
      tests: 5,
      passed: 0,
      failed: 3,
      skipped: 2,
      start: Date.UTC(2026, 2, 1),
      stop: Date.UTC(2026, 2, 1) + 2900,
    });
    expect(results.tests).toContainEqual(
      expect.objectContaining({ name: 'status-declared GET /orders', status: 'failed', filePath: 'specs/orders/openapi.json', line: 29 }),
    );
    expect(results.tests).toContainEqual(expect.objectContaining({ name: 'newman', status: 'failed', rawStatus: 'error' }));
  });
});

describe('renderMarkdown', () => {
  it('tells the verdict, the causes and how to see them again', () => {
    const text = renderMarkdown(report);
    expect(text).toContain('## ❌ Orders API 5.12.0: 1 broken promise');
    expect(text).toContain(
      '| ❌ certain | `status-declared` | 401 is answered but not declared | `GET /orders and 1 more` | `401 application/json',
    );
    expect(text).toContain('not sorted, \\`by\\` \\| name');
    expect(text).toContain('- newman did not run: not installed');
    expect(text).toContain('curl -i');
    expect(text).not.toContain('500 for');
    expect(renderMarkdown(kept)).toContain('## ✅ Orders API 5.12.0: every judged promise was kept');
    expect(renderMarkdown(reportOf([]))).toContain('nothing was judged');
  });
});

describe('renderAnnotations', () => {
  it('puts each cause on its line, with what GitHub reads escaped', () => {
    const lines = renderAnnotations(report).split('\n');
    expect(lines[0]).toMatch(
      /^::error file=specs\/orders\/openapi\.json,line=29,title=specproof status-declared::GET \/orders and 1 more: 401 is answered but not declared/,
    );
    expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(1);
    expect(
      renderAnnotations(reportOf([verdict(getOrder, {}, [judgement('no-server-error', 'fail', { reason: '100 %\nnow' })])])),
    ).toContain('100 %25%0Anow');
    expect(renderAnnotations(kept)).toBe('');
    const file = (text: string): string | undefined => /file=([^,]*)/.exec(text)?.[1];
    expect(file(renderAnnotations(report, 'services/shop'))).toBe(`services/shop/${file(lines[0] ?? '') ?? ''}`);
  });
});
