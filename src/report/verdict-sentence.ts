/** What a run amounts to, in a few words. */
import { missedCoverage } from './coverage-gate.ts';
import { exitCode, failsRun, nothingAnswered } from './exit-code.ts';
import type { Report } from './report.ts';
import { plural } from './text-layout.ts';

/** Goes on after a colon: `2 broken promises`. Says what decided the exit code. */
export function verdictSentence(report: Report): string {
  if (exitCode(report) === 0) return 'every judged promise was kept';
  if (report.interrupted) return 'interrupted';
  if (nothingAnswered(report)) return 'nothing answered';
  const failing = report.causes.filter((cause) => failsRun(cause, report.failOn)).length;
  if (failing > 0) return plural(failing, 'broken promise');
  if (report.judgedNothing) return 'nothing was judged';
  return missedCoverage(report).length > 0 ? 'too little is covered' : 'something asked for did not run';
}
