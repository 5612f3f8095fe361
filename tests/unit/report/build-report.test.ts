import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/run/events.ts';
import {
  builder,
  createOrder,
  end,
  getOrder,
  judgement,
  listOrders,
  orders,
  plannedCase,
  reportOf,
  undeclared,
  verdict,
} from './sample-run.ts';

const first = <T>(list: readonly T[]): T => {
  const [item] = list;
  if (item === undefined) throw new Error('the list is empty');
  return item;
};

describe('createReportBuilder', () => {
  it('makes one cause of one topic in several operations', () => {
    const report = reportOf([
      verdict(getOrder, { status: 401 }, [undeclared(401, getOrder)]),
      verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]),
      verdict(listOrders, { status: 403 }, [undeclared(403, listOrders)]),
    ]);
    expect(report.causes.map((cause) => [cause.topic, cause.operations])).toEqual([
      ['401', ['GET /orders', 'GET /orders/{id}']],
      ['403', ['GET /orders']],
    ]);
    expect(new Set(report.findings.map((finding) => finding.id)).size).toBe(3);
    for (const finding of report.findings) expect(finding.id).toMatch(/^[0-9a-f]{8}$/);
  });

  it('returns a finding when an event is the first to show it, and nothing when it is seen again', () => {
    const made = builder();
    const event = verdict(listOrders, { status: 401 }, [
      undeclared(401, listOrders),
      judgement('headers-match', 'fail', { topic: 'etag' }),
    ]);
    expect(made.add(event).map((finding) => finding.check)).toEqual(['status-declared', 'headers-match']);
    expect(made.add(event)).toEqual([]);
    expect(made.report().findings.map((finding) => finding.count)).toEqual([2, 2]);
  });

  it('tells a finding by its smallest request, whatever the order of the answers', () => {
    const events = ['/orders?limit=100&offset=20', '/orders', '/orders?limit=1'].map((path, index) =>
      verdict(listOrders, { id: `x${index}`, path, status: 401 }, [undeclared(401, listOrders)], {
        case: plannedCase(listOrders, `c${index}`, path),
      }),
    );
    for (const order of [events, events.toReversed()]) {
      const finding = first(reportOf(order).findings);
      expect(finding).toMatchObject({ count: 3, exchange: 'x1', caseId: 'c1', title: '/orders' });
      expect(finding.reproduce).toContain('curl');
      expect(finding.reproduce).not.toContain('limit');
      expect(finding.evidence?.request.url).toMatch(/\/orders$/);
    }
  });

  it('prefers a surer judgement to a smaller request', () => {
    const likely = verdict(listOrders, { id: 'small', status: 401 }, [undeclared(401, listOrders, { confidence: 'likely' })]);
    const certain = verdict(listOrders, { id: 'large', path: '/orders?limit=1', status: 401 }, [undeclared(401, listOrders)]);
    for (const order of [
      [likely, certain],
      [certain, likely],
    ]) {
      expect(first(reportOf(order).findings)).toMatchObject({ confidence: 'certain', exchange: 'large' });
    }
  });

  it('says where the promise stands', () => {
    const { promise } = first(reportOf([verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)])]).findings);
    const pointer = '/paths/~1orders/get/responses';
    expect(promise).toEqual({ pointer, text: '200, 422', file: 'specs/orders/openapi.json', line: pointer.length });
  });

  it('keeps text as text, bytes as base64, and only the beginning of a large body', () => {
    const of = (body: string): unknown =>
      first(reportOf([verdict(listOrders, { status: 401, body }, [undeclared(401, listOrders)])]).findings).evidence?.response?.body;
    expect(of('{"ä":1}')).toEqual({ encoding: 'utf-8', text: '{"ä":1}', bytes: 8, cut: false });
    expect(of('€'.repeat(4000))).toEqual({ encoding: 'utf-8', text: '€'.repeat(2730), bytes: 12000, cut: true });
  });

  it('puts surer causes first, then those of more operations', () => {
    const report = reportOf([
      verdict(listOrders, {}, [judgement('sort-respected', 'fail', { topic: 'sort', confidence: 'likely' })]),
      verdict(getOrder, {}, [judgement('sort-respected', 'fail', { topic: 'sort', confidence: 'likely' })]),
      verdict(listOrders, {}, [judgement('headers-match', 'fail', { topic: 'etag' })]),
      verdict(listOrders, {}, [undeclared(401, listOrders)]),
      verdict(getOrder, {}, [undeclared(401, getOrder)]),
    ]);
    expect(report.causes.map((cause) => cause.check)).toEqual(['status-declared', 'headers-match', 'sort-respected']);
  });

  it('names a finding without an operation with a dash, and one without an exchange has nothing to reproduce', () => {
    const report = reportOf([
      verdict(undefined, {}, [judgement('path-known', 'fail', { topic: 'GET /nowhere' })]),
      {
        kind: 'judgement',
        suite: 'tests',
        judgement: judgement('test-passes', 'fail', { topic: 'a test' }),
        operation: undefined,
        title: 'a test',
      },
    ]);
    expect(report.findings.map(({ operation, title, sources, reproduce }) => [operation, title, sources, reproduce === undefined])).toEqual(
      [
        ['-', '', ['generated'], false],
        ['-', 'a test', ['tests'], true],
      ],
    );
  });

  it('counts a request that no operation knows where its findings are told: under the one that it was planned for', () => {
    const planned = { case: plannedCase(listOrders, 'c1', 'the undeclared method PUT') };
    const event = verdict(undefined, {}, [judgement('method-refused', 'fail', { topic: 'PUT' })], planned);
    const report = reportOf([event]);
    expect(report.results.map(({ operation, checks }) => [operation, checks.map(({ check, fail }) => `${check} ${fail}`)])).toEqual([
      [listOrders.id, ['method-refused 1']],
    ]);
    expect(report.findings.map(({ operation }) => operation)).toEqual([listOrders.id]);
  });

  it('counts suites, and says which of their causes an earlier suite has shown', () => {
    const report = reportOf([
      { kind: 'plan', suite: 'generated', total: 2 },
      verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]),
      { kind: 'done', suite: 'generated', title: 'one' },
      { kind: 'plan', suite: 'newman', total: 1 },
      verdict(listOrders, { status: 401, source: 'newman' }, [undeclared(401, listOrders), judgement('collection-assertion', 'pass')], {
        suite: 'newman',
      }),
      { kind: 'done', suite: 'newman', title: 'two' },
    ]);
    expect(report.suites).toMatchObject([
      { name: 'generated', planned: 2, done: 1, exchanges: 1, causes: 1, sharedCauses: 0, failed: false },
      { name: 'newman', planned: 1, done: 1, exchanges: 1, causes: 1, sharedCauses: 1, failed: false },
    ]);
    expect(first(report.findings)).toMatchObject({ sources: ['generated', 'newman'], suites: ['generated', 'newman'] });
    expect(report.counts).toMatchObject({ exchanges: 2, answered: 2, faults: 0, judgements: { pass: 1, fail: 2 } });
    expect(report.counts.byCheck['collection-assertion']).toEqual({ pass: 1, fail: 0, 'not-applicable': 0, 'cannot-judge': 0 });
  });

  it('groups what could not be judged by check and reason', () => {
    const unjudged = judgement('body-matches-schema', 'cannot-judge', { reason: 'text/plain without a schema' });
    const report = reportOf([verdict(getOrder, {}, [unjudged]), verdict(listOrders, {}, [unjudged]), verdict(listOrders, {}, [unjudged])]);
    expect(report.cannotJudge).toEqual([
      { check: 'body-matches-schema', reason: 'text/plain without a schema', count: 3, operations: ['GET /orders', 'GET /orders/{id}'] },
    ]);
  });

  it('is interrupted until the end event says otherwise', () => {
    const made = builder();
    expect(made.report().interrupted).toBe(true);
    made.add(end);
    expect(made.report()).toMatchObject({ interrupted: false, seconds: 2.9 });
  });

  it('is plain JSON', () => {
    const report = reportOf([verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)])]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('a finding that did not come again', () => {
  const failure = judgement('no-server-error', 'fail', { topic: '500 GET /orders', came: '500' });
  const broken = verdict(listOrders, { status: 500 }, [failure]);
  const doubted: RunEvent = {
    kind: 'flaky',
    suite: 'generated',
    check: 'no-server-error',
    operation: 'GET /orders',
    topic: '500 GET /orders',
    again: '200 []',
  };
  const found = (...events: readonly RunEvent[]): object[] =>
    reportOf(events).findings.map(({ confidence, flaky, came }) => ({ confidence, flaky, came }));

  it('is unsure, and told with both answers', () => {
    expect(found(broken, doubted)).toEqual([{ confidence: 'unsure', flaky: '200 []', came: '500' }]);
  });

  it('is certain again once it comes after all', () => {
    expect(found(broken, doubted, broken)).toEqual([{ confidence: 'certain', flaky: undefined, came: '500' }]);
  });
});

describe('faults', () => {
  const refused = { kind: 'refused', message: 'connection refused' } as const;
  const timeout = { kind: 'timeout', message: 'no answer within 30 s' } as const;
  const accused = judgement('answer-received', 'fail', { topic: 'timeout', reason: 'no whole answer came' });

  it('are findings about the operation when the API answers otherwise', () => {
    const report = reportOf([
      verdict(listOrders, {}, [judgement('status-declared', 'pass')]),
      verdict(listOrders, { fault: timeout }, [accused]),
      verdict(createOrder, { fault: refused }, [judgement('answer-received', 'cannot-judge', { reason: 'connection refused' })]),
    ]);
    expect(report.findings.map(({ check, operation, message }) => [check, operation, message])).toEqual([
      ['answer-received', 'POST /orders', 'no answer came though the API answers otherwise: connection refused'],
      ['answer-received', 'GET /orders', 'no whole answer came'],
    ]);
    expect(report.faults).toEqual([]);
    expect(report.counts).toMatchObject({ faults: 2, answered: 1 });
  });

  it('that may be the age of a connection are one unsure cause for all operations', () => {
    const reused = { kind: 'reset', message: 'closed before an answer came', reused: true } as const;
    const cannotJudge = judgement('answer-received', 'cannot-judge', { reason: reused.message });
    const report = reportOf([
      verdict(listOrders, {}, [judgement('status-declared', 'pass')]),
      verdict(createOrder, { fault: reused }, [cannotJudge]),
      verdict(getOrder, { fault: reused }, [cannotJudge]),
    ]);
    expect(report.causes.map(({ topic, operations, confidence }) => [topic, operations, confidence])).toEqual([
      ['reset on a reused connection', ['POST /orders', 'GET /orders/{id}'], 'unsure'],
    ]);
  });

  it('are only listed when nothing answers, even if the judge accuses', () => {
    const report = reportOf([
      verdict(listOrders, { fault: timeout }, [accused]),
      verdict(listOrders, { fault: refused }, []),
      verdict(listOrders, { fault: refused }, []),
    ]);
    expect(report.findings).toEqual([]);
    expect(report.faults.map(({ operation, kind, count }) => [operation, kind, count])).toEqual([
      ['GET /orders', 'refused', 2],
      ['GET /orders', 'timeout', 1],
    ]);
    expect(report.judgedNothing).toBe(true);
  });

  it('are only listed when they came of an API that was gone for good', () => {
    const events = [verdict(listOrders, {}, [judgement('status-declared', 'pass')]), verdict(createOrder, { fault: refused }, [])];
    const gone = {
      kind: 'skipped',
      suite: 'generated',
      title: 'further cases',
      reason: 'nobody listens',
      failure: true,
      gone: true,
    } as const;
    expect(reportOf(events).findings).toHaveLength(1);
    expect(reportOf([...events, gone])).toMatchObject({ findings: [], faults: [{ operation: 'POST /orders', kind: 'refused' }] });
  });

  it('are only listed for requests that the document does not know', () => {
    const report = reportOf([
      verdict(listOrders, {}, [judgement('status-declared', 'pass')]),
      verdict(undefined, { fault: refused, path: '/elsewhere' }, []),
    ]);
    expect(report.findings).toEqual([]);
    expect(report.faults).toMatchObject([{ operation: '-', kind: 'refused', message: 'connection refused', count: 1 }]);
  });
});

describe('a large run', () => {
  const feed = (count: number): { readonly size: number; readonly findings: number } => {
    const made = builder();
    const passes = ['answer-received', 'status-declared', 'body-parses', 'headers-match'].map((check) => judgement(check, 'pass'));
    for (let index = 0; index < count; index += 1) {
      const unique = String(index);
      const judgements = [
        ...passes,
        judgement('body-matches-schema', 'fail', { topic: unique, reason: `wrong in way ${unique}` }),
        judgement('request-matches', 'cannot-judge', { reason: `unknown ${unique}` }),
      ];
      made.add(verdict(listOrders, { id: unique, path: `/orders?limit=${unique}` }, judgements));
      made.add({ kind: 'skipped', suite: 'tests', title: unique, reason: unique, failure: false });
      made.add({ kind: 'left-behind', suite: 'generated', label: unique, reason: unique });
    }
    const report = made.report();
    return { size: JSON.stringify(report).length, findings: report.findings.length };
  };

  it('makes a report that does not grow with 100,000 verdicts that all say something new', () => {
    const small = feed(2000);
    const large = feed(100_000);
    expect(small.findings).toBe(201);
    expect(large.findings).toBe(201);
    expect(large.size).toBeLessThan(small.size * 1.02);
  });

  it('still counts every one of them', () => {
    const events: RunEvent[] = Array.from({ length: 3000 }, (_, index) =>
      verdict(listOrders, {}, [judgement('body-matches-schema', 'fail', { topic: String(index), reason: 'wrong' })]),
    );
    const report = reportOf(events);
    expect(report.findings.reduce((sum, finding) => sum + finding.count, 0)).toBe(3000);
    expect(report.causes.map((cause) => cause.topic)).toContain('(further, not told apart)');
    expect(report.api.operations).toBe(orders.operations.length);
  });
});
