/** Counts what every check said, by suite, phase and operation: what a report lists beside its findings, so that passes show too. */
import type { Phase } from '../cases/case.ts';
import type { RunEvent, SuiteName } from '../run/events.ts';
import type { Judgement } from '../verdicts/verdict.ts';
import { createBoundedLabels } from './bounded-labels.ts';
import { entryOf } from './outcome-counts.ts';
import { unknownOperation } from './report.ts';

/** What one check said in one group. Not-applicable judgements are left out. */
export interface CheckResult {
  readonly check: string;
  /** What was judged when it was no exchange: a test's name. */
  readonly title: string | undefined;
  readonly pass: number;
  readonly fail: number;
  readonly cannotJudge: number;
  /** Why it failed (the alphabetically first reason, so that it does not depend on the order of answers). */
  readonly failReason: string | undefined;
  readonly cannotJudgeReason: string | undefined;
}

/** The results of one operation in one phase of one suite. */
export interface ResultGroup {
  readonly suite: SuiteName;
  readonly phase: Phase | undefined;
  readonly operation: string;
  readonly exchanges: number;
  /** Sum of the exchanges' durations. */
  readonly seconds: number;
  readonly checks: readonly CheckResult[];
}

type Growing<T> = { -readonly [Key in keyof T]: T[Key] };
interface GrowingGroup extends Growing<Omit<ResultGroup, 'checks'>> {
  readonly rows: Map<string, Growing<CheckResult>>;
}

export interface ResultCollector {
  readonly add: (event: Extract<RunEvent, { kind: 'verdict' | 'judgement' }>) => void;
  /** Sorted by suite as they first came, phase, operation as `operations` orders them, and check. */
  readonly groups: (operations: readonly string[]) => ResultGroup[];
}

/** A collector whose size depends on the contract and on at most `titles` test names a suite, not on the number of exchanges. */
export function createResultCollector(titles = 5000): ResultCollector {
  const groups = new Map<string, GrowingGroup>();
  const bounded = createBoundedLabels(titles);
  const groupOf = (suite: SuiteName, phase: Phase | undefined, operation: string): GrowingGroup =>
    entryOf(groups, `${suite} ${phase ?? ''} ${operation}`, () => ({ suite, phase, operation, exchanges: 0, seconds: 0, rows: new Map() }));
  return {
    add: (event) => {
      if (event.kind === 'judgement') {
        count(groupOf(event.suite, undefined, event.operation ?? unknownOperation), event.judgement, bounded(event.suite, event.title));
        return;
      }
      const { verdict, suite } = event;
      const { operation, case: planned } = verdict;
      // a request that no operation knows is told under the one that it was planned for, as its findings are
      const group = groupOf(suite, planned?.phase, operation?.id ?? planned?.request.operation.id ?? unknownOperation);
      group.exchanges += 1;
      group.seconds += verdict.exchange.timing.total / 1000;
      for (const judgement of verdict.judgements) count(group, judgement, undefined);
    },
    groups: (operations) => sorted([...groups.values()], operations),
  };
}

function count(group: GrowingGroup, judgement: Judgement, title: string | undefined): void {
  const { check, outcome, reason } = judgement;
  if (outcome === 'not-applicable') return;
  const row = entryOf(group.rows, title === undefined ? check : `${check} ${title}`, () => ({
    check,
    title,
    pass: 0,
    fail: 0,
    cannotJudge: 0,
    failReason: undefined,
    cannotJudgeReason: undefined,
  }));
  if (outcome === 'pass') row.pass += 1;
  else if (outcome === 'fail') {
    row.fail += 1;
    row.failReason = first(row.failReason, reason);
  } else {
    row.cannotJudge += 1;
    row.cannotJudgeReason = first(row.cannotJudgeReason, reason);
  }
}

function first(kept: string | undefined, next: string): string {
  return kept !== undefined && kept <= next ? kept : next;
}

function sorted(groups: readonly GrowingGroup[], operations: readonly string[]): ResultGroup[] {
  const place = new Map(operations.map((operation, index) => [operation, index]));
  const suites = [...new Set(groups.map((group) => group.suite))];
  return groups
    .toSorted(
      (a, b) =>
        suites.indexOf(a.suite) - suites.indexOf(b.suite) ||
        compareText(a.phase ?? '', b.phase ?? '') ||
        (place.get(a.operation) ?? operations.length) - (place.get(b.operation) ?? operations.length) ||
        compareText(a.operation, b.operation),
    )
    .map(({ rows, ...group }) => ({
      ...group,
      seconds: Math.round(group.seconds * 1000) / 1000,
      checks: [...rows.values()]
        .toSorted((a, b) => compareText(a.check, b.check) || compareText(a.title ?? '', b.title ?? ''))
        .map((row) => ({ ...row })),
    }));
}

/** Negative, 0 or positive as `a` stands before, beside or after `b` by code units: the same order on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
