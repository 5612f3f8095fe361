/** The APIs that can be broken on purpose, and what is found in them when they are. */
import type { Phase, Scenario } from '../../src/cases/case.ts';
import type { Finding, Report } from '../../src/report/report.ts';
import type { Contract } from '../../src/spec/contract.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { upgradeDocument } from '../../src/spec/upgrade-document.ts';
import { document } from './faulty-api/document.ts';
import { startFaultyApi } from './faulty-api/start.ts';
import { switches } from './faulty-api/switches.ts';
import { findInApi, type Looking } from './find-in-api.ts';
import { rentalDocument } from './rental-api/document.ts';
import { startRental } from './rental-api/start.ts';
import { rentalSwitches } from './rental-api/switches.ts';
import type { TestApi } from './test-api.ts';

/** One broken promise that can be switched on. */
export interface Mark {
  readonly id: string;
  readonly class: string;
  /** Id of the check that must catch it. */
  readonly check: string;
  /** Phases that suffice to see it. */
  readonly phase: readonly Phase[];
  /** Ids of operations that suffice to see it, joined by `, `. */
  readonly operation: string;
}

export interface Yardstick {
  readonly name: string;
  readonly contract: Contract;
  readonly marks: readonly Mark[];
  readonly start: (switches: readonly string[], seed: number) => Promise<TestApi>;
}

const rental = upgradeDocument(rentalDocument);

export const yardsticks: readonly Yardstick[] = [
  {
    name: 'observatory',
    contract: createContract(document),
    marks: switches,
    start: (ids, seed) => startFaultyApi({ switches: ids, seed }),
  },
  {
    name: 'rental',
    contract: createContract(rental.document, { dialect: rental.dialect }),
    marks: rentalSwitches,
    start: startRental,
  },
];

/** What is found in an API with the given switches on. */
export async function findIn(
  { contract, start }: Yardstick,
  ids: readonly string[],
  phases: Iterable<Phase>,
  seed: number,
  looking?: Looking,
): Promise<Report> {
  return findInApi(await start(ids, seed), contract, phases, seed, looking);
}

/** How sure a switch's own check is of it. */
export type Catch = 'certain' | 'likely' | 'unsure' | 'missed';

/** Looks for single switches with one seed; remembers what the unbroken API shows, so that only news counts, and which scenarios meet an operation. */
export function createCatcher(yardstick: Yardstick, seed: number): (mark: Mark) => Promise<Caught> {
  const innocents = new Map<string, Innocent>();
  const innocent = async (phases: readonly Phase[]): Promise<Innocent> => {
    const key = phases.join();
    const known = innocents.get(key) ?? (await lookAtInnocent(yardstick, phases, seed));
    innocents.set(key, known);
    return known;
  };
  return async (mark) => {
    const { findings, met } = await innocent(mark.phase);
    const wanted = mark.operation.split(', ');
    const report = await findIn(yardstick, [mark.id], mark.phase, seed, {
      choose: (scenarios) => scenarios.filter(({ id }) => wanted.some((operation) => met.get(id)?.has(operation))),
      // where an answer never comes, waiting longer shows nothing more
      ...(mark.class === 'transport' && { patience: 2000 }),
    });
    const news = report.findings.filter(({ id }) => !findings.has(id));
    const own = news.filter(({ check }) => check === mark.check).map(({ confidence }) => confidence);
    return { news, how: (['certain', 'likely', 'unsure'] as const).find((one) => own.includes(one)) ?? 'missed' };
  };
}

export interface Caught {
  readonly how: Catch;
  /** Also by other checks. */
  readonly news: readonly Finding[];
}

interface Innocent {
  readonly findings: ReadonlySet<string>;
  /** Ids of operations that a scenario sent, by scenario id. */
  readonly met: ReadonlyMap<string, ReadonlySet<string>>;
}

async function lookAtInnocent(yardstick: Yardstick, phases: readonly Phase[], seed: number): Promise<Innocent> {
  const met = new Map<string, Set<string>>();
  const report = await findIn(yardstick, [], phases, seed, { choose: (scenarios) => scenarios.map((scenario) => watched(scenario, met)) });
  return { findings: new Set(report.findings.map(({ id }) => id)), met };
}

/** The scenario, with a note of each operation that it sends. */
function watched(scenario: Scenario, met: Map<string, Set<string>>): Scenario {
  const own = new Set<string>();
  met.set(scenario.id, own);
  return {
    ...scenario,
    *start() {
      const steps = scenario.start();
      let step = steps.next();
      while (!step.done) {
        if (step.value.kind === 'case') own.add(step.value.case.request.operation.id);
        step = steps.next(yield step.value);
      }
    },
  };
}
