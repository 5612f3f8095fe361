/** Registers generated cases as vitest tests: one for each operation and phase. Under a run it registers nothing to run: the run generates them itself. */
import { AssertionError } from 'node:assert';
import { describe, test } from 'vitest';
import type { Phase, Scenario } from '../../cases/case.ts';
import { planScenarios, plannedPhases } from '../../cases/plan-scenarios.ts';
import { runScenarios } from '../../run/generated-suite.ts';
import { createJudge } from '../../run/pipeline.ts';
import { theApi } from './api-test.ts';
import { explainVerdict } from './explain-verdict.ts';
import type { OpenApi } from './open-api.ts';

export interface ContractTestsOptions {
  /** All that can be planned by default. */
  readonly phases?: readonly Phase[];
  /** The same seed makes the same cases; 1 by default. */
  readonly seed?: number;
  /** Only operations whose `METHOD /path` fits. */
  readonly operations?: RegExp;
}

/** Findings that one failed test tells in full. */
const toldInFull = 5;

/**
 * Registers a test for each operation and phase, its cases sent and judged within. The contract comes from what is
 * provided, so it can be called at the top of a test file.
 */
export function contractTests(options: ContractTestsOptions = {}): void {
  const open = theApi();
  const { provided, contract } = open;
  if (provided.mode === 'run') {
    test('generated cases', ({ skip }) => skip('the generated suite of this run sends them'));
    return;
  }
  const scenarios = planScenarios(contract, {
    phases: new Set(options.phases ?? plannedPhases),
    seed: options.seed ?? provided.seed ?? 1,
    safeOnly: provided.safeOnly ?? false,
    readers: provided.readers ?? [],
    peers: provided.peers ?? [],
    strangers: provided.strangers ?? [],
    authenticated: provided.main !== undefined,
  });
  for (const phase of new Set(scenarios.map((scenario) => scenario.phase))) {
    const own = scenarios.filter((scenario) => scenario.phase === phase && (options.operations?.test(scenario.title) ?? true));
    describe(`${contract.title}: ${phase}`, () => {
      for (const scenario of own) test(scenario.title, ({ signal }) => runScenario(open, scenario, signal));
    });
  }
}

async function runScenario(open: OpenApi, scenario: Scenario, signal: AbortSignal): Promise<void> {
  const { provided, contract, transport, identities, accuse } = open;
  const { baseUrl, maxResponseTime } = provided;
  const told: string[] = [];
  const judge = createJudge({ contract, baseUrl, maxResponseTime });
  const events = runScenarios({
    contract,
    baseUrl,
    transport,
    identities,
    main: provided.main,
    headers: provided.headers ?? [],
    scenarios: [scenario],
    concurrency: 1,
    maxCases: undefined,
    judge,
    repeat: false,
    signal,
  });
  for await (const event of events) {
    if (event.kind !== 'exchange') continue;
    const verdict = judge(event);
    const accused = accuse(verdict);
    if (accused.length > 0) told.push(explainVerdict(contract, verdict, accused, baseUrl));
  }
  if (told.length === 0) return;
  const more = told.length > toldInFull ? [`and ${told.length - toldInFull} more`] : [];
  throw new AssertionError({ message: [...told.slice(0, toldInFull), ...more].join('\n\n') });
}
