/** The run: suites make exchanges, the judge judges each, and events come out in completion order. Read this first. */
import { keepLast } from '../lib/keep-last.ts';
import { underWay } from '../requests/answer.ts';
import type { Contract } from '../spec/contract.ts';
import { judge } from '../verdicts/judge.ts';
import type { Strictness } from '../verdicts/strictness.ts';
import type { Judge, RunEvent, SuiteEvent, SuiteName } from './events.ts';

/** A maker of exchanges. */
export interface Suite {
  readonly name: SuiteName;
  /** Starts it; ends early, and cleans up, when the signal is aborted. Who needs to know what becomes of its exchanges asks the judge. */
  readonly start: (signal: AbortSignal, judge: Judge) => AsyncIterable<SuiteEvent>;
}

/** What every exchange of a run is judged by. */
export interface JudgeOptions {
  readonly contract: Contract;
  readonly baseUrl: string;
  /** Only these checks; all where it is left out. */
  readonly checks?: ReadonlySet<string> | undefined;
  /** Milliseconds; see the check `response-time`. */
  readonly maxResponseTime?: number | undefined;
  /** See the check `properties-declared`. */
  readonly strict?: Strictness | undefined;
}

/** What a run is made of. */
export interface RunOptions extends JudgeOptions {
  /** In the order in which they run. */
  readonly suites: readonly Suite[];
  readonly signal: AbortSignal;
  /** Milliseconds of a clock that never goes back. */
  readonly clock?: () => number;
}

/**
 * Runs the suites and emits `plan`, verdicts and the rest, and `end` last. Throws only HarnessError, for a run that cannot go on.
 * A consumer that stops early leaves nothing running.
 */
export async function* run(options: RunOptions): AsyncGenerator<RunEvent, void, undefined> {
  const clock = options.clock ?? ((): number => performance.now());
  const started = clock();
  const judgeOnce = createJudge(options);
  for (const suite of options.suites) {
    if (options.signal.aborted) break;
    for await (const event of suite.start(options.signal, judgeOnce)) yield runEvent(suite.name, event, judgeOnce);
  }
  yield { kind: 'end', interrupted: options.signal.aborted, seconds: (clock() - started) / 1000 };
}

/** The one judge of all suites. Who asks about the same event again, before many others are judged, gets the same verdict. */
export function createJudge({ contract, ...options }: JudgeOptions): Judge {
  return keepLast(
    ({ exchange, case: planned, scenario, judgements, expected }) =>
      judge(contract, exchange, { ...options, case: planned, scenario, judgements, expected }),
    underWay,
  );
}

function runEvent(suite: SuiteName, event: SuiteEvent, judgeOnce: Judge): RunEvent {
  switch (event.kind) {
    case 'planned':
      return { kind: 'plan', suite, total: event.total };
    case 'exchange':
      return { kind: 'verdict', suite, verdict: judgeOnce(event) };
    case 'flaky':
    case 'judgement':
    case 'done':
    case 'skipped':
    case 'left-behind':
      return { ...event, suite };
    default:
      return event satisfies never;
  }
}
