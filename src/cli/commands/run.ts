/** `specproof run`: the whole job. */
import type { Execute } from '../command.ts';
import { runSuites } from '../run-suites.ts';

/** Runs every suite and judges every exchange; the exit code tells the truth. */
export const runAll: Execute = (invocation) => runSuites(invocation, false);
