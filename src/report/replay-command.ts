/** A command that sends a scenario again. Pure. */
import type { Report } from './report.ts';

/** The scenario of the report's run, against the same API, with its seed. */
export function replayCommand({ rerun, seed }: Pick<Report, 'rerun' | 'seed'>, scenario: string): string {
  return `${rerun} --replay ${scenario} --seed ${seed}`;
}
