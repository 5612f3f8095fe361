/** Sends the scenario of a finding once more, for a test that keeps the finding. */
import type { Verdict } from '../../verdicts/verdict.ts';
import { scenariosOf, verdictsOf } from './generated-cases.ts';
import type { OpenApi } from './open-api.ts';

/** Which case to come to, as a report names it. */
export interface ReplayedCase {
  readonly scenario: string;
  readonly case: string;
  /** Of the run that found it. */
  readonly seed: number;
  /** Of that run, where it was told. */
  readonly randomCases?: number;
}

/** The verdict on the case, for `toMeetContract`. Throws Error where the document no longer leads to such a case. */
export type Replay = (wanted: ReplayedCase) => Promise<{ readonly verdict: Verdict }>;

/** A replay against an opened API. Of several exchanges of the case, the one that breaks a promise is given back. */
export function createReplay(open: OpenApi, signal: AbortSignal): Replay {
  return async ({ scenario: id, case: planned, seed, randomCases }) => {
    const scenario = scenariosOf(open, { seed, randomCases }).find((one) => one.id === id);
    let found: Verdict | undefined;
    if (scenario) {
      for await (const verdict of verdictsOf(open, scenario, signal)) {
        if (verdict.case?.id !== planned) continue;
        found = verdict;
        if (open.broken(verdict).length > 0) break;
      }
    }
    if (found) return { verdict: found };
    throw new Error(
      `scenario ${id} no longer sends case ${planned}: the document or the answers before it have changed; look with specproof run, and write the test anew`,
    );
  };
}
