/** A planning for requests that people are shown or given, and that no phase sends. Pure. */
import type { Contract } from '../spec/contract.ts';
import { createPlanning, type Planning } from './planning.ts';

/** The planning: the same for the same contract. */
export function examplePlanning(contract: Contract): Planning {
  const nobody = { readers: [], peers: [], strangers: [] };
  return createPlanning(contract, { phases: new Set(), seed: 1, safeOnly: false, authenticated: true, ...nobody });
}
