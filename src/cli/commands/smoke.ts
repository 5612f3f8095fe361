/** `specproof smoke`: the job where nothing may change. */
import type { Execute } from '../command.ts';
import { runSuites } from '../run-suites.ts';

/** As `run`, but no unsafe method reaches the target. */
export const smoke: Execute = (invocation) => runSuites(invocation, true);
