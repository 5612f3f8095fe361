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
import { isChosen } from './subjects.ts';

/** What shows much in few requests comes first. */
const planners: Partial<Record<Phase, (planning: Planning) => Iterable<Scenario>>> = {
  examples: examplesScenarios,
  stateful: statefulScenarios,
  relations: relationsScenarios,
  access: accessScenarios,
  protocol: protocolScenarios,
  invalid: invalidScenarios,
  boundaries: boundaryScenarios,
  random: randomScenarios,
};

/** Phases that are planned at all, in the order in which they run. */
export const plannedPhases: readonly Phase[] = Object.keys(planners) as Phase[];

/** The scenarios of the wanted phases. Within a phase, read-only operations come first. */
export function planScenarios(contract: Contract, options: PlanOptions): Scenario[] {
  return [...eachScenario(contract, options)];
}

/** The same, each planned when it is asked for: the first scenario of a large document can be sent long before all others are planned. */
export function* eachScenario(contract: Contract, options: PlanOptions): Generator<Scenario, void, undefined> {
  const planning = createPlanning(contract, options);
  const isWanted = ({ about }: Scenario): boolean => about.some((id) => isChosen(options, id));
  for (const phase of plannedPhases)
    if (options.phases.has(phase)) yield* Iterator.from(planners[phase]?.(planning) ?? []).filter(isWanted);
}
