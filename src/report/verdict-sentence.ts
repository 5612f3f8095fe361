/** What a run amounts to, in a few words. */
import { missedCoverage } from './coverage-gate.ts';
import { exitCode, failsRun, nothingAnswered } from './exit-code.ts';
import type { Report } from './report.ts';
import { plural } from './text-layout.ts';

/** Goes on after a colon: `2 broken promises`. Says what decided the exit code. */
export function verdictSentence(report: Report): string {
  const notAgain = report.replay?.again === false;
  if (exitCode(report) === 0) return notAgain ? 'the finding did not come again' : 'every judged promise was kept';
  if (report.error !== undefined) return 'ended by an error';
  if (report.interrupted) return 'interrupted';
  if (nothingAnswered(report)) return 'nothing answered';
  const failing = report.causes.filter((cause) => failsRun(cause, report.failOn)).length;
  if (failing > 0) return `${plural(failing, 'broken promise')}${notAgain ? ', but the finding did not come again' : ''}`;
  if (report.judgedNothing) return 'nothing was judged';
  return missedCoverage(report).length > 0 ? 'too little is covered' : 'something asked for did not run';
}
