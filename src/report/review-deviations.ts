/** What became of each known deviation in a run: whether it still excuses something, has run out, or is no longer seen. */
import { appliesTo, dayNumber, describes, namesOperation, strayNames, type KnownDeviation } from './known-deviations.ts';
import type { ResultGroup } from './collect-results.ts';
import type { Finding } from './report.ts';

/**
 * `seen`: it excuses findings. `expired`: its day is past, so it excuses nothing. `not-seen`: its operations were judged by its check
 * and nothing was found. `other-topic`: something was found there, but not of its topic. `not-judged`: they were not, or not by all that a run asks,
 * so nothing is known.
 * `other-target`: it does not apply here.
 */
export type DeviationState = 'seen' | 'expired' | 'not-seen' | 'other-topic' | 'not-judged' | 'other-target';

/** A deviation after the run. */
export interface ReviewedDeviation extends KnownDeviation {
  readonly state: DeviationState;
  /** Days until it no longer excuses; negative when expired. */
  readonly daysLeft: number;
  /** What it calls operations, though the document has none of that name. */
  readonly strays: readonly string[];
  /** Ids of the findings that it describes. */
  readonly findings: readonly string[];
}

/** Every deviation with its state, in the file's order. */
export function reviewDeviations(
  deviations: readonly KnownDeviation[],
  run: {
    readonly findings: readonly Finding[];
    readonly results: readonly ResultGroup[];
    /** Ids of the document's. */
    readonly operations: readonly string[];
    readonly targetNames: readonly string[];
    /** See `ReportOptions.partial`. */
    readonly partial: boolean;
    /** `YYYY-MM-DD`. */
    readonly today: string;
  },
): ReviewedDeviation[] {
  return deviations.map((deviation) => {
    const applies = appliesTo(deviation, run.targetNames);
    const findings = applies ? run.findings.filter((finding) => describes(deviation, finding)).map((finding) => finding.id) : [];
    return {
      ...deviation,
      state: stateOf(deviation, applies, findings.length > 0, run),
      daysLeft: daysBetween(run.today, deviation.expires),
      strays: strayNames(deviation, run.operations),
      findings,
    };
  });
}

function stateOf(
  deviation: KnownDeviation,
  applies: boolean,
  seen: boolean,
  run: {
    readonly findings: readonly Finding[];
    readonly results: readonly ResultGroup[];
    readonly partial: boolean;
    readonly today: string;
  },
): DeviationState {
  if (!applies) return 'other-target';
  if (isExpired(deviation, run.today)) return 'expired';
  if (seen) return 'seen';
  if (run.partial) return 'not-judged';
  if (run.findings.some(({ check, operation }) => check === deviation.check && namesOperation(deviation, operation))) return 'other-topic';
  const judged = run.results.some(
    (group) =>
      namesOperation(deviation, group.operation) && group.checks.some((row) => row.check === deviation.check && row.pass + row.fail > 0),
  );
  return judged ? 'not-seen' : 'not-judged';
}

/** Whether the deviation's last day is before `today` (`YYYY-MM-DD`). */
export function isExpired(deviation: KnownDeviation, today: string): boolean {
  return today > deviation.expires;
}

function daysBetween(from: string, to: string): number {
  return (dayNumber(to) ?? 0) - (dayNumber(from) ?? 0);
}
