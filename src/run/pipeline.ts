/** The run: suites make exchanges, the judge judges each, and events come out in completion order. Read this first. */
import type { Contract } from '../spec/contract.ts';
import { judge } from '../verdicts/judge.ts';
import type { RunEvent, SuiteEvent, SuiteName } from './events.ts';

/** A maker of exchanges. */
export interface Suite {
  readonly name: SuiteName;
  /** Starts it; ends early, and cleans up, when the signal is aborted. */
  readonly start: (signal: AbortSignal) => AsyncIterable<SuiteEvent>;
}

export interface RunOptions {
  readonly contract: Contract;
  readonly baseUrl: string;
  /** In the order in which they run. */
  readonly suites: readonly Suite[];
  /** Only these checks; all where it is left out. */
  readonly checks?: ReadonlySet<string> | undefined;
  /** Milliseconds; see the check `response-time`. */
  readonly maxResponseTime?: number | undefined;
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
  for (const suite of options.suites) {
    if (options.signal.aborted) break;
    for await (const event of suite.start(options.signal)) yield runEvent(suite.name, event, options);
  }
  yield { kind: 'end', interrupted: options.signal.aborted, seconds: (clock() - started) / 1000 };
}

function runEvent(suite: SuiteName, event: SuiteEvent, options: RunOptions): RunEvent {
  switch (event.kind) {
    case 'planned':
      return { kind: 'plan', suite, total: event.total };
    case 'exchange': {
      const { exchange, case: planned, scenario, judgements } = event;
      const { contract, baseUrl, checks, maxResponseTime } = options;
      return {
        kind: 'verdict',
        suite,
        verdict: judge(contract, exchange, { baseUrl, case: planned, scenario, judgements, checks, maxResponseTime }),
      };
    }
    case 'judgement':
    case 'done':
    case 'skipped':
    case 'left-behind':
      return { ...event, suite };
    default:
      return event satisfies never;
  }
}
