import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../../src/report/render-junit.ts';
import type { ReportOptions } from '../../../src/report/build-report.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { getOrder, judgement, listOrders, plannedCase, reportOf, undeclared, verdict } from './sample-run.ts';

interface Element {
  readonly [name: string]: unknown;
}

const suitesOf = (
  events: readonly RunEvent[],
  over: Partial<ReportOptions> = {},
): { readonly root: Element; readonly suites: Element[] } => {
  const xml = renderJunit(reportOf(events, over));
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });
  const root = (parser.parse(xml) as { testsuites: Element }).testsuites;
  return { root, suites: root['testsuite'] as Element[] };
};
const kept = judgement('status-declared', 'pass');

describe('renderJunit', () => {
  it('lists passes, by suite, phase and operation', () => {
    const { root, suites } = suitesOf([
      verdict(listOrders, {}, [kept, judgement('headers-match', 'not-applicable')], { case: plannedCase(listOrders, 'c', 'any') }),
      verdict(getOrder, {}, [kept], { suite: 'newman' }),
    ]);
    expect(root).toMatchObject({ tests: '2', failures: '0', errors: '0', time: '2.900' });
    expect(suites).toMatchObject([
      {
        name: 'generated.boundaries: GET /orders',
        tests: '1',
        testcase: [{ name: 'status-declared GET /orders', classname: 'generated.boundaries.status-declared' }],
      },
      {
        name: 'newman: GET /orders/{id}',
        tests: '1',
        testcase: [{ name: 'status-declared GET /orders/{id}', classname: 'newman.status-declared' }],
      },
    ]);
  });

  it('fails a testcase with what was promised, what came and how to see it again', () => {
    const { suites } = suitesOf([verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]), verdict(listOrders, {}, [kept])]);
    const failure = suites.flatMap((suite) => suite['testcase'] as Element[])[0]?.['failure'] as Element;
    expect(suites[0]).toMatchObject({ tests: '1', failures: '1', skipped: '0' });
    expect(failure).toMatchObject({ message: '401 is answered but not declared', type: 'certain' });
    expect(failure['#text']).toContain('promised: 200, 422 (specs/orders/openapi.json:29)');
    expect(failure['#text']).toContain('try: curl');
  });

  it('skips what cannot be judged, beside what passes, and findings that do not fail the run', () => {
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
    const { root, suites } = suitesOf(
      [
        verdict(listOrders, { status: 401 }, [undeclared(401, listOrders), judgement('body-parses', 'pass')]),
        verdict(listOrders, {}, [judgement('body-parses', 'cannot-judge', { reason: 'no media type' })]),
        verdict(listOrders, {}, [judgement('sort-respected', 'fail', { confidence: 'likely', reason: 'not sorted' })]),
      ],
      { deviations },
    );
    expect(root).toMatchObject({ failures: '0', errors: '0' });
    expect(suites[0]).toMatchObject({
      skipped: '3',
      testcase: [
        { name: 'body-parses GET /orders' },
        { name: 'body-parses GET /orders (cannot judge)', skipped: { message: '1 could not be judged: no media type' } },
        { skipped: { message: 'likely, does not fail the run: not sorted' } },
        { skipped: { message: 'known deviation until 2026-12-31, later: 401 is answered but not declared' } },
      ],
    });
  });

  it('gives every test its own testcase', () => {
    const test = (title: string, outcome: 'pass' | 'fail'): RunEvent => ({
      kind: 'judgement',
      suite: 'tests',
      judgement: judgement('test-passes', outcome, { reason: `${title} went wrong`, topic: title }),
      operation: undefined,
      title,
    });
    const { suites } = suitesOf([test('a', 'pass'), test('b', 'fail'), test('c', 'fail')]);
    expect(suites[0]?.['testcase']).toMatchObject([
      { name: 'a', classname: 'tests.test-passes' },
      { name: 'b', failure: { message: 'b went wrong' } },
      { name: 'c', failure: { message: 'c went wrong' } },
    ]);
  });

  it('makes errors of faults, of suites that did not run and of a run that judged nothing', () => {
    const { root, suites } = suitesOf([
      verdict(listOrders, { fault: { kind: 'refused', message: 'connection refused' } }, []),
      { kind: 'skipped', suite: 'newman', title: 'newman', reason: 'not installed', failure: true },
      { kind: 'skipped', suite: 'tests', title: 'agents', reason: 'needs the real API', failure: false },
    ]);
    expect(root).toMatchObject({ tests: '4', failures: '0', errors: '3' });
    expect(suites.flatMap((suite) => suite['testcase'] as Element[])).toMatchObject([
      { name: 'GET /orders: refused', error: { message: 'connection refused (1 time)', type: 'refused' } },
      { name: 'newman', error: { message: 'not installed', type: 'not-run' } },
      { name: 'agents', skipped: { message: 'needs the real API' } },
      { name: 'something was judged', error: { type: 'run' } },
    ]);
  });

  it('escapes markup and replaces what XML cannot hold', () => {
    const reason = 'a <b> & "c" ]]> \u0000\u001b\uD800 \uFFFE\r\nnext\ttab 🙂';
    const xml = renderJunit(reportOf([verdict(listOrders, {}, [judgement('body-parses', 'fail', { reason, came: reason })])]));
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).toContain('message="a &lt;b&gt; &amp; &quot;c&quot; ]]&gt; \uFFFD\uFFFD\uFFFD \uFFFD&#13;&#10;next&#9;tab 🙂"');
  });
});
