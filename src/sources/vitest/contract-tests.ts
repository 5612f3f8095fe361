/** Registers generated cases as vitest tests: one for each operation and phase. Under a run it registers nothing to run: the run generates them itself. */
import { AssertionError } from 'node:assert';
import { describe, test } from 'vitest';
import type { Phase, Scenario } from '../../cases/case.ts';
import { theApi } from './api-test.ts';
import { explainVerdict } from './explain-verdict.ts';
import { scenariosOf, verdictsOf } from './generated-cases.ts';
import type { OpenApi } from './open-api.ts';

/** Which generated cases become tests. */
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
  const scenarios = scenariosOf(open, options);
  for (const phase of new Set(scenarios.map((scenario) => scenario.phase))) {
    const own = scenarios.filter((scenario) => scenario.phase === phase && (options.operations?.test(scenario.title) ?? true));
    describe(`${contract.title}: ${phase}`, () => {
      for (const scenario of own) test(scenario.title, ({ signal }) => runScenario(open, scenario, signal));
    });
  }
}

async function runScenario(open: OpenApi, scenario: Scenario, signal: AbortSignal): Promise<void> {
  const { provided, contract, accuse } = open;
  const told: string[] = [];
  for await (const verdict of verdictsOf(open, scenario, signal)) {
    const accused = accuse(verdict);
    if (accused.length > 0) told.push(explainVerdict(contract, verdict, accused, provided.baseUrl));
  }
  if (told.length === 0) return;
  const more = told.length > toldInFull ? [`and ${told.length - toldInFull} more`] : [];
  throw new AssertionError({ message: [...told.slice(0, toldInFull), ...more].join('\n\n') });
}
