/** What is said of an API that is a function. */
import type { Answer, Case } from '../../src/cases/case.ts';
import { planScenarios } from '../../src/cases/plan-scenarios.ts';
import type { PlanOptions } from '../../src/cases/planning.ts';
import type { Contract } from '../../src/spec/contract.ts';
import { converse } from './converse.ts';

/** Every broken expectation of a plan, as `converse` tells it; each scenario meets a new API. */
export function brokenIn(contract: Contract, options: PlanOptions, create: () => (asked: Case) => Answer): readonly string[] {
  return planScenarios(contract, options).flatMap((scenario) => converse(scenario, create()).broken);
}
