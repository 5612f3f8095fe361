/** What a plan is made with where a test has no wish of its own. */
import type { PlanOptions } from '../../src/cases/planning.ts';

/** One identity that may do everything, and nobody else. */
export const planOptions: Omit<PlanOptions, 'phases'> = {
  seed: 1,
  safeOnly: false,
  readers: [],
  peers: [],
  strangers: [],
  authenticated: true,
};
