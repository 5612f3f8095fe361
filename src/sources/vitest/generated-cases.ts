/** Generated cases in vitest: planned for the provided API, sent and judged one scenario at a time. */
import type { Phase, Scenario } from '../../cases/case.ts';
import { planScenarios, plannedPhases } from '../../cases/plan-scenarios.ts';
import { runScenarios } from '../../run/generated-suite.ts';
import { createJudge } from '../../run/pipeline.ts';
import { plannable } from '../../run/plannable-operations.ts';
import type { Verdict } from '../../verdicts/verdict.ts';
import type { OpenApi } from './open-api.ts';

export interface PlannedCases {
  /** All that can be planned by default. */
  readonly phases?: readonly Phase[] | undefined;
  /** That of the provided API by default, else 1. */
  readonly seed?: number | undefined;
  readonly randomCases?: number | undefined;
}

/** The scenarios that the provided API lets be sent. */
export function scenariosOf({ provided, contract, choice }: OpenApi, { phases, seed, randomCases }: PlannedCases): Scenario[] {
  const { chosen, skipped } = choice();
  const target = { kind: provided.target, baseUrl: provided.baseUrl };
  return planScenarios(plannable(contract, { target, skipped }), {
    phases: new Set(phases ?? plannedPhases),
    seed: seed ?? provided.seed ?? 1,
    safeOnly: provided.safeOnly !== undefined,
    chosen,
    writePrefix: provided.writePrefix,
    readers: provided.readers ?? [],
    peers: provided.peers ?? [],
    strangers: provided.strangers ?? [],
    authenticated: provided.main !== undefined,
    randomCases,
  });
}

/** The verdicts on a scenario's exchanges, those of its cleaning up included. */
export async function* verdictsOf(open: OpenApi, scenario: Scenario, signal: AbortSignal): AsyncGenerator<Verdict, void, undefined> {
  const { provided, contract, transport, identities, choice } = open;
  const { baseUrl, maxResponseTime, strict } = provided;
  const judge = createJudge({ contract, baseUrl, maxResponseTime, strict });
  const events = runScenarios({
    contract,
    baseUrl,
    transport,
    identities,
    main: provided.main,
    isLeftOut: choice().isLeftOut,
    headers: provided.headers ?? [],
    scenarios: [scenario],
    concurrency: 1,
    maxCases: undefined,
    judge,
    repeat: false,
    signal,
  });
  for await (const event of events) if (event.kind === 'exchange') yield judge(event);
}
