import { describe, expect, it } from 'vitest';
import { HarnessError } from '../../../src/errors.ts';
import { dayNumber, describes, parseKnownDeviations, type KnownDeviation } from '../../../src/report/known-deviations.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { judgement, listOrders, builder, reportOf, undeclared, verdict, getOrder } from './sample-run.ts';

const valid = { check: 'status-declared', operation: 'GET /orders', reason: 'to be declared', expires: '2026-03-10' };
const entry = (over: Partial<KnownDeviation> = {}): KnownDeviation => ({
  entry: 1,
  check: 'status-declared',
  operations: ['GET /orders'],
  topic: undefined,
  targets: undefined,
  reason: 'to be declared',
  expires: '2026-03-10',
  ...over,
});

describe('parseKnownDeviations', () => {
  it('reads a list, or an object that holds the list', () => {
    const want = [entry()];
    expect(parseKnownDeviations([valid], 'known.yaml')).toEqual(want);
    expect(parseKnownDeviations({ deviations: [valid] }, 'known.yaml')).toEqual(want);
    expect(parseKnownDeviations(null, 'known.yaml')).toEqual([]);
    expect(parseKnownDeviations({ deviations: null }, 'known.yaml')).toEqual([]);
  });

  it('reads several operations, a topic that YAML took for a number, and targets', () => {
    const given = [{ ...valid, operation: ['GET /orders', 'PUT *'], topic: 401, targets: ['embedded'] }];
    expect(parseKnownDeviations(given, 'known.yaml')).toEqual([
      entry({ operations: ['GET /orders', 'PUT *'], topic: '401', targets: ['embedded'] }),
    ]);
  });

  it.each<{ given: unknown; want: string }>([
    { given: 'text', want: 'known.yaml: must be a list of deviations' },
    { given: { entries: [] }, want: 'known.yaml: must be a list of deviations' },
    { given: { deviations: [], entries: [] }, want: 'known.yaml: unknown key "entries" beside "deviations"' },
    { given: [valid, 'text'], want: 'known.yaml: entry 2: must be an object' },
    { given: [valid, { ...valid, until: 'x' }], want: 'known.yaml: entry 2: unknown key "until"' },
    { given: [{ check: 'a', operation: 'b', reason: 'c' }], want: 'known.yaml: entry 1: key "expires" is missing' },
    {
      given: [{ ...valid, check: 'status-declard' }],
      want: 'known.yaml: entry 1: there is no check "status-declard", did you mean status-declared?',
    },
    { given: [{ ...valid, reason: ' ' }], want: 'known.yaml: entry 1: key "reason" must be a text that is not empty' },
    { given: [{ ...valid, operation: [] }], want: 'known.yaml: entry 1: key "operation" must be a text or a list of texts' },
    { given: [{ ...valid, operation: ['a', 1] }], want: 'known.yaml: entry 1: key "operation" must be a text or a list of texts' },
    { given: [{ ...valid, topic: {} }], want: 'known.yaml: entry 1: key "topic" must be a text that is not empty' },
    { given: [{ ...valid, expires: '2026-02-29' }], want: 'known.yaml: entry 1: key "expires" must be a day as YYYY-MM-DD' },
    { given: [{ ...valid, expires: 'never' }], want: 'known.yaml: entry 1: key "expires" must be a day as YYYY-MM-DD' },
  ])('refuses with "$want"', ({ given, want }) => {
    let caught: unknown;
    try {
      parseKnownDeviations(given, 'known.yaml');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(HarnessError);
    expect(caught).toMatchObject({ code: 'E_DEVIATIONS', message: want });
  });
});

describe('dayNumber', () => {
  it.each([
    ['1970-01-01', 0],
    ['2024-02-29', 19_782],
    ['2026-02-29', undefined],
    ['2026-13-01', undefined],
    ['2026-04-00', undefined],
  ])('of %s is %s', (date, want) => {
    expect(dayNumber(date)).toBe(want);
  });
});

describe('describes', () => {
  const accusation = { check: 'status-declared', operation: 'GET /orders/{id}', topic: '401', message: '401 is answered but not declared' };
  it.each<{ over: Partial<KnownDeviation>; want: boolean }>([
    { over: { operations: ['GET /orders/{id}'] }, want: true },
    { over: { operations: ['GET /orders'] }, want: false },
    { over: { operations: ['*'] }, want: true },
    { over: { operations: ['GET *'] }, want: true },
    { over: { operations: ['* /orders*'] }, want: true },
    { over: { operations: ['GET /orders*orders*'] }, want: false },
    { over: { operations: ['POST *', 'GET /ord*{id}'] }, want: true },
    { over: { operations: ['*'], check: 'headers-match' }, want: false },
    { over: { operations: ['*'], topic: '401' }, want: true },
    { over: { operations: ['*'], topic: 'not declared' }, want: true },
    { over: { operations: ['*'], topic: '403' }, want: false },
    { over: { operations: ['*'], topic: '40*' }, want: true },
    { over: { operations: ['*'], topic: '*declared' }, want: true },
    { over: { operations: ['*'], topic: '*is' }, want: false },
  ])('$over says $want', ({ over, want }) => {
    expect(describes(entry(over), accusation)).toBe(want);
  });
});

describe('known deviations in a run', () => {
  const seen = verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]);
  const kept = verdict(listOrders, {}, [judgement('status-declared', 'pass')]);

  it.each<{ name: string; deviation: KnownDeviation; events: (typeof seen)[]; known: boolean[]; state: string }>([
    { name: 'excuses what it describes', deviation: entry(), events: [seen], known: [true], state: 'seen' },
    { name: 'excuses on its last day', deviation: entry({ expires: '2026-03-01' }), events: [seen], known: [true], state: 'seen' },
    { name: 'no longer excuses after it', deviation: entry({ expires: '2026-02-28' }), events: [seen], known: [false], state: 'expired' },
    {
      name: 'excuses on the targets that it names',
      deviation: entry({ targets: ['process', 'embedded'] }),
      events: [seen],
      known: [true],
      state: 'seen',
    },
    { name: 'does not excuse on others', deviation: entry({ targets: ['live'] }), events: [seen], known: [false], state: 'other-target' },
    { name: 'is no longer seen when its operation was judged', deviation: entry(), events: [kept], known: [], state: 'not-seen' },
    {
      name: 'is told apart where its topic is in no finding',
      deviation: entry({ topic: '403' }),
      events: [seen],
      known: [false],
      state: 'other-topic',
    },
    {
      name: 'is not judged when its operation was not exercised',
      deviation: entry({ operations: [getOrder.id] }),
      events: [kept],
      known: [],
      state: 'not-judged',
    },
    {
      name: 'is not judged when its check did not run',
      deviation: entry({ check: 'headers-match' }),
      events: [kept],
      known: [],
      state: 'not-judged',
    },
  ])('$name', ({ deviation, events, known, state }) => {
    const report = reportOf(events, { deviations: [deviation] });
    expect(report.findings.map((finding) => finding.known !== undefined)).toEqual(known);
    expect(report.deviations.map((reviewed) => reviewed.state)).toEqual([state]);
  });

  it('says of no entry that it is no longer seen where less was asked than could be', () => {
    const states = (events: readonly RunEvent[], partial: boolean): string[] =>
      reportOf(events, { partial, deviations: [entry(), entry({ topic: '403' })] }).deviations.map(({ state }) => state);
    expect(states([kept], true)).toEqual(['not-judged', 'not-judged']);
    expect(states([seen], true)).toEqual(['seen', 'not-judged']);
    expect(states([kept, { kind: 'end', interrupted: true, seconds: 1 }], false)).toEqual(['not-judged', 'not-judged']);
  });

  it('is told of what it calls an operation and the document does not', () => {
    const { deviations } = reportOf([seen], {
      deviations: [entry({ operations: ['GET /orders', 'GET /ordres', 'PATCH *', '*'] }), entry()],
    });
    expect(deviations.map(({ strays }) => strays)).toEqual([['GET /ordres', 'PATCH *'], []]);
  });

  it('may name the environment as target', () => {
    const report = reportOf([seen], { deviations: [entry({ targets: ['staging'] })], targetKind: 'live', environment: 'staging' });
    expect(report.findings[0]?.known).toEqual({ reason: 'to be declared', expires: '2026-03-10' });
    expect(report.deviations[0]).toMatchObject({ daysLeft: 9, findings: [report.findings[0]?.id] });
  });

  it('does not excuse a finding of which it describes only some judgements, and tells it when that shows', () => {
    const made = builder({ deviations: [entry({ topic: 'by the proxy' })] });
    const said = (reason: string) => made.add(verdict(listOrders, { status: 401 }, [undeclared(401, listOrders, { reason })]));
    expect(said('401 by the proxy').map((finding) => finding.known !== undefined)).toEqual([true]);
    expect(said('401 by the API').map((finding) => finding.known !== undefined)).toEqual([false]);
    expect(said('401 by the proxy')).toEqual([]);
  });

  it('keeps excused and other findings of one topic apart as causes', () => {
    const other = verdict(getOrder, { status: 401 }, [undeclared(401, getOrder)]);
    const { causes } = reportOf([seen, other], { deviations: [entry()] });
    expect(causes.map((cause) => [cause.known, cause.operations])).toEqual([
      [false, [getOrder.id]],
      [true, [listOrders.id]],
    ]);
  });
});
