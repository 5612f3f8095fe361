/** The plan: which scenarios a run sends. Pure: the same contract, options and seed give the same scenarios. */
import type { Contract } from '../spec/contract.ts';
import { accessScenarios } from './access.ts';
import type { Phase, Scenario } from './case.ts';
import { boundaryScenarios, examplesScenarios, invalidScenarios } from './operation-scenarios.ts';
import { createPlanning, type Planning, type PlanOptions } from './planning.ts';
import { protocolScenarios } from './protocol.ts';
import { randomScenarios } from './random.ts';
import { relationsScenarios } from './relations.ts';
import { statefulScenarios } from './stateful.ts';

const planners: Partial<Record<Phase, (planning: Planning) => Scenario[]>> = {
  examples: examplesScenarios,
  boundaries: boundaryScenarios,
  invalid: invalidScenarios,
  random: randomScenarios,
  stateful: statefulScenarios,
  relations: relationsScenarios,
  access: accessScenarios,
  protocol: protocolScenarios,
};

/** Phases that are planned at all, in the order in which they run. */
export const plannedPhases: readonly Phase[] = Object.keys(planners) as Phase[];

/** The scenarios of the wanted phases. Within a phase, read-only operations come first. */
export function planScenarios(contract: Contract, options: PlanOptions): Scenario[] {
  const planning = createPlanning(contract, options);
  return plannedPhases.filter((phase) => options.phases.has(phase)).flatMap((phase) => planners[phase]?.(planning) ?? []);
}
