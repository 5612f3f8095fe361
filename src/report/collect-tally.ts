/** Counts a run: suites, outcomes, what could not be judged, what was skipped or left behind. */
import type { RunEvent, SuiteName } from '../run/events.ts';
import type { Judgement, Verdict } from '../verdicts/verdict.ts';
import { createBoundedLabels } from './bounded-labels.ts';
import { compareText } from './collect-results.ts';
import { entryOf, noOutcomes, type MutableOutcomeCounts } from './outcome-counts.ts';
import { unknownOperation, type LeftBehind, type Report, type Skipped, type SuiteSummary, type Unjudged } from './report.ts';

type Growing<T> = { -readonly [Key in keyof T]: T[Key] };
type Suite = Growing<Omit<SuiteSummary, 'causes' | 'sharedCauses' | 'outcomes' | 'reached'>> & {
  readonly outcomes: MutableOutcomeCounts;
  readonly reached: Set<string>;
};
type UnjudgedEntry = Growing<Omit<Unjudged, 'operations'>> & { readonly operations: Set<string> };

/** Everything of a report that is plain counting. */
export type TallySummary = Pick<
  Report,
  'cannotJudge' | 'skipped' | 'leftBehind' | 'counts' | 'seconds' | 'interrupted' | 'judgedNothing'
> & {
  readonly suites: readonly Omit<SuiteSummary, 'causes' | 'sharedCauses'>[];
  /** Whether the API went away for good. */
  readonly gone: boolean;
};

export interface RunTally {
  readonly add: (event: RunEvent) => void;
  readonly summary: (operations: readonly string[]) => TallySummary;
}

interface State {
  readonly suites: Map<SuiteName, Suite>;
  readonly byCheck: Map<string, MutableOutcomeCounts>;
  readonly unjudged: Map<string, UnjudgedEntry>;
  readonly skipped: Map<string, Growing<Skipped>>;
  readonly leftBehind: Map<string, Growing<LeftBehind>>;
  readonly label: (scope: string, label: string) => string;
  exchanges: number;
  answered: number;
  faulted: number;
  held: number;
  seconds: number;
  ended: boolean;
  gone: boolean;
  interrupted: boolean;
}

/** A tally whose size follows the contract, and at most a thousand different reasons or titles of a kind. */
export function createRunTally(): RunTally {
  const state: State = {
    suites: new Map(),
    byCheck: new Map(),
    unjudged: new Map(),
    skipped: new Map(),
    leftBehind: new Map(),
    label: createBoundedLabels(1000),
    exchanges: 0,
    answered: 0,
    faulted: 0,
    held: 0,
    seconds: 0,
    ended: false,
    gone: false,
    interrupted: false,
  };
  return { add: (event) => addEvent(state, event), summary: (operations) => summary(state, operations) };
}

function addEvent(state: State, event: RunEvent): void {
  if (event.kind === 'end') {
    state.ended = true;
    state.interrupted = event.interrupted;
    state.seconds = event.seconds;
    return;
  }
  const suite = suiteOf(state, event.suite);
  switch (event.kind) {
    case 'plan':
      suite.planned = event.total;
      return;
    case 'done':
      suite.done += 1;
      suite.lastTitle = event.title;
      return;
    case 'flaky':
      return;
    case 'verdict':
      addVerdict(state, suite, event.verdict);
      return;
    case 'judgement':
      addJudgement(state, suite, event.judgement, event.operation ?? unknownOperation);
      return;
    case 'skipped':
      suite.failed ||= event.failure;
      state.gone ||= event.gone === true;
      addSkipped(state, event);
      return;
    case 'left-behind': {
      const label = state.label(`left ${event.suite}`, event.label);
      const { suite: name, reason } = event;
      entryOf(state.leftBehind, `${name}\n${label}`, () => ({ suite: name, label, reason, count: 0 })).count += 1;
    }
  }
}

function suiteOf(state: State, name: SuiteName): Suite {
  return entryOf(state.suites, name, () => ({
    name,
    planned: 0,
    done: 0,
    exchanges: 0,
    reached: new Set(),
    outcomes: noOutcomes(),
    failed: false,
    lastTitle: undefined,
  }));
}

function addVerdict(state: State, suite: Suite, verdict: Verdict): void {
  const { exchange } = verdict;
  const operation = verdict.operation?.id ?? unknownOperation;
  state.exchanges += 1;
  suite.exchanges += 1;
  if (exchange.response !== undefined) {
    state.answered += 1;
    if (verdict.operation !== undefined) suite.reached.add(operation);
  }
  if (exchange.fault !== undefined) state.faulted += 1;
  state.held += exchange.timing.held ?? 0;
  for (const judgement of verdict.judgements) addJudgement(state, suite, judgement, operation);
}

function addJudgement(state: State, suite: Suite, judgement: Judgement, operation: string): void {
  const { check, outcome } = judgement;
  suite.outcomes[outcome] += 1;
  entryOf(state.byCheck, check, noOutcomes)[outcome] += 1;
  if (outcome !== 'cannot-judge') return;
  const reason = state.label(`cannot-judge ${check}`, judgement.reason);
  const entry = entryOf(state.unjudged, `${check}\n${reason}`, () => ({ check, reason, count: 0, operations: new Set<string>() }));
  entry.count += 1;
  entry.operations.add(operation);
}

function addSkipped(state: State, event: Extract<RunEvent, { kind: 'skipped' }>): void {
  const { suite, failure } = event;
  const reason = state.label(`reason ${suite}`, event.reason);
  const title = state.label(`skipped ${suite}`, event.title);
  entryOf(state.skipped, `${suite}\n${title}\n${reason}\n${failure}`, () => ({ suite, title, reason, failure, count: 0 })).count += 1;
}

function summary(state: State, operations: readonly string[]): TallySummary {
  const place = new Map(operations.map((operation, index) => [operation, index]));
  const byPlace = (a: string, b: string): number => (place.get(a) ?? place.size) - (place.get(b) ?? place.size) || compareText(a, b);
  const judgements = noOutcomes();
  for (const { outcomes } of state.suites.values()) for (const [outcome, count] of entries(outcomes)) judgements[outcome] += count;
  return {
    suites: [...state.suites.values()].map((suite) => ({
      ...suite,
      reached: suite.reached.size,
      planned: Math.max(suite.planned, suite.done),
      outcomes: { ...suite.outcomes },
      failed: suite.failed || isSilent(state, suite),
    })),
    cannotJudge: [...state.unjudged.values()]
      .map((entry) => ({ ...entry, operations: [...entry.operations].toSorted(byPlace) }))
      .toSorted((a, b) => b.count - a.count || compareText(a.check, b.check) || compareText(a.reason, b.reason)),
    skipped: [...state.skipped.values()]
      .map((skip) => ({ ...skip }))
      .toSorted(
        (a, b) =>
          Number(b.failure) - Number(a.failure) ||
          compareText(a.suite, b.suite) ||
          compareText(a.reason, b.reason) ||
          byPlace(a.title, b.title),
      ),
    leftBehind: [...state.leftBehind.values()].map((left) => ({ ...left })).toSorted((a, b) => compareText(a.label, b.label)),
    counts: {
      exchanges: state.exchanges,
      answered: state.answered,
      faults: state.faulted,
      held: state.held,
      judgements,
      byCheck: Object.fromEntries(
        [...state.byCheck].toSorted(([a], [b]) => compareText(a, b)).map(([check, counts]) => [check, { ...counts }]),
      ),
    },
    gone: state.gone,
    seconds: state.seconds,
    interrupted: !state.ended || state.interrupted,
    judgedNothing: judgedNothing(state),
  };
}

function entries(outcomes: MutableOutcomeCounts): [keyof MutableOutcomeCounts, number][] {
  return [
    ['pass', outcomes.pass],
    ['fail', outcomes.fail],
    ['not-applicable', outcomes['not-applicable']],
    ['cannot-judge', outcomes['cannot-judge']],
  ];
}

/** Whether nothing at all came of a suite, not even a word why: it must not pass for a suite that ran. */
function isSilent(state: State, suite: Suite): boolean {
  const said = suite.exchanges + suite.done + entries(suite.outcomes).reduce((sum, [, count]) => sum + count, 0);
  return said === 0 && ![...state.skipped.values()].some((skip) => skip.suite === suite.name);
}

/** Comparing the document with its lock judges no answer: beside other suites it does not count. */
function judgedNothing(state: State): boolean {
  if (state.exchanges > 0 && state.answered === 0) return true;
  const suites = [...state.suites.values()];
  const asked = suites.some((suite) => suite.name !== 'contract') ? suites.filter((suite) => suite.name !== 'contract') : suites;
  return asked.every((suite) => suite.outcomes.pass + suite.outcomes.fail === 0);
}
