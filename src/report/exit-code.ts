/** What a run says to the shell. */
import type { Confidence } from '../cases/case.ts';
import { missedCoverage } from './coverage-gate.ts';
import type { Finding, Report } from './report.ts';

const sureness: Readonly<Record<Confidence, number>> = { unsure: 0, likely: 1, certain: 2 };

/** Negative when `a` is surer than `b`, positive when `b` is, else 0: sorts surest first. */
export function compareConfidence(a: Confidence, b: Confidence): number {
  return sureness[b] - sureness[a];
}

/** Whether the finding (or cause) fails a run that fails on this confidence and surer ones. */
export function failsRun(
  finding: { readonly confidence: Confidence; readonly known: Finding['known'] | boolean },
  failOn: Confidence,
): boolean {
  return (finding.known === undefined || finding.known === false) && sureness[finding.confidence] >= sureness[failOn];
}

/**
 * The exit code of a run: 2 or 3 of the error that ended it, 130 interrupted, 3 nothing answered, 1 a finding that fails the run, 3 nothing judged,
 * 1 something asked for did not run or too little was covered, else 0.
 */
export function exitCode(
  report: Pick<Report, 'causes' | 'counts' | 'coverage' | 'error' | 'failOn' | 'interrupted' | 'judgedNothing' | 'minCoverage' | 'suites'>,
): 0 | 1 | 2 | 3 | 130 {
  if (report.error !== undefined) return report.error.exit;
  if (report.interrupted) return 130;
  // Whatever else fails without a single answer fails because of that.
  if (nothingAnswered(report)) return 3;
  if (report.causes.some((cause) => failsRun(cause, report.failOn))) return 1;
  if (report.judgedNothing) return 3;
  return report.suites.some((suite) => suite.failed) || missedCoverage(report).length > 0 ? 1 : 0;
}

/** Whether requests were sent and not one was answered. */
export function nothingAnswered(report: Pick<Report, 'counts'>): boolean {
  return report.counts.exchanges > 0 && report.counts.answered === 0;
}
