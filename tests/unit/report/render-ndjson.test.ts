import { describe, expect, it } from 'vitest';
import { findingLine, renderNdjson } from '../../../src/report/render-ndjson.ts';
import { renderJson } from '../../../src/report/render-json.ts';
import { getOrder, judgement, listOrders, reportOf, undeclared, verdict } from './sample-run.ts';

const lines = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('renderNdjson', () => {
  it('writes findings, then the summary, one object a line', () => {
    const report = reportOf([
      verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]),
      verdict(getOrder, {}, [
        judgement('status-declared', 'pass'),
        judgement('sort-respected', 'fail', { confidence: 'likely', topic: 'a\nb', reason: 'line\nbreak' }),
      ]),
    ]);
    const [one, two, summary, ...more] = lines(renderNdjson(report));
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      type: 'finding',
      check: 'status-declared',
      operation: 'GET /orders',
      confidence: 'certain',
      known: false,
      deviation: null,
      message: '401 is answered but not declared',
      where: 'response.status',
      promise: { pointer: '/paths/~1orders/get/responses', text: '200, 422', file: 'specs/orders/openapi.json', line: 29 },
    });
    expect(two).toMatchObject({ confidence: 'likely', where: null, promise: null, came: null });
    expect(summary).toMatchObject({
      type: 'summary',
      exit: 1,
      outcomes: { pass: 1, fail: 2, 'not-applicable': 0, 'cannot-judge': 0 },
      requests: 2,
      seconds: 2.9,
      seed: '7f3a91',
      findings: { certain: 1, likely: 1, unsure: 0, known: 0 },
      coverage: { operations: 3, reached: 2, withSuccess: 1, dimensions: { status: { reached: 1, total: 6 } }, missed: [] },
    });
  });

  it('gives every finding the same keys', () => {
    const report = reportOf([
      verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]),
      { kind: 'judgement', suite: 'tests', judgement: judgement('test-passes', 'fail'), operation: undefined, title: 'a test' },
    ]);
    const [one = [], two] = report.findings.map((finding) => Object.keys(JSON.parse(findingLine(finding)) as object));
    expect(two).toEqual(one);
    expect(one.slice(0, 5)).toEqual(['type', 'id', 'check', 'operation', 'confidence']);
  });

  it('writes a fault line where nothing answers', () => {
    const report = reportOf([verdict(listOrders, { fault: { kind: 'refused', message: 'connection refused' } }, [])]);
    expect(lines(renderNdjson(report))).toMatchObject([
      { type: 'fault', operation: 'GET /orders', kind: 'refused', message: 'connection refused', count: 1 },
      { type: 'summary', exit: 3, faults: 1, judgedNothing: true },
    ]);
  });

  it('says of an excused finding that it is known, and why', () => {
    const deviations = [
      {
        entry: 1,
        check: 'status-declared',
        operations: ['*'],
        topic: undefined,
        targets: undefined,
        reason: 'later',
        expires: '2026-12-31',
      },
    ];
    const report = reportOf([verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)])], { deviations });
    expect(lines(renderNdjson(report))[0]).toMatchObject({ known: true, deviation: { reason: 'later', expires: '2026-12-31' } });
  });
});

describe('renderJson', () => {
  it('is the report with its exit code', () => {
    const report = reportOf([verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)])]);
    expect(JSON.parse(renderJson(report))).toEqual({ ...(JSON.parse(JSON.stringify(report)) as object), exit: 1 });
  });
});
