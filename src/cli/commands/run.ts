/** `specproof run`: the whole job. */
import type { Execute } from '../command.ts';
import { runSuites } from '../run-suites.ts';
import { watchRuns } from '../watch-run.ts';

/** Runs every suite and judges every exchange; the exit code tells the truth. */
export const runAll: Execute = (invocation) => (invocation.flags['watch'] === true ? watchRuns(invocation) : runSuites(invocation, false));
