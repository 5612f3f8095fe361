/**
 * What broke a promise once is asked again: scenarios with findings that showed in one exchange only are sent once more, alone.
 * A finding that then does not come, though all went as before, is flaky.
 */
import type { Scenario } from '../cases/case.ts';
import { cameLine } from '../verdicts/subject.ts';
import type { Judgement } from '../verdicts/verdict.ts';
import type { ExchangeEvent, FlakyEvent, Judge } from './events.ts';

/** Sees each exchange of a scenario in order; false ends the scenario. */
export type Watch = (event: ExchangeEvent, index: number) => boolean;

/** A scenario to be sent again, until what was seen in it has had its chance. */
interface Repeat {
  readonly scenario: Scenario;
  /** How many requests that takes. */
  readonly size: number;
  readonly watch: Watch;
  /** What did not come again, so far. */
  readonly flaky: readonly FlakyEvent[];
}

/** Remembers where findings showed. */
export interface Witness {
  /** For the first time that a scenario is sent. */
  readonly watch: (scenario: Scenario) => Watch;
  /** What is worth repeating, in so many requests. */
  readonly repeats: (budget: number) => Repeat[];
}

/** Checks that are about repetition itself: what does not come again proves them right. */
const aboutRepetition: ReadonlySet<string> = new Set(['safe-repeatable']);

/** What was sent and what came, as far as a repeat has to agree. */
interface Step {
  readonly case: string | undefined;
  readonly status: number | undefined;
}

/** A finding and where it showed. */
interface Sight {
  readonly scenario: Scenario;
  readonly index: number;
  readonly operation: string;
  readonly judgement: Judgement;
  /** Of the whole scenario. */
  readonly steps: readonly Step[];
  /** How many exchanges showed it: two prove that it comes again. */
  count: number;
}

/** A witness of one run: of what failed for certain, by operation, check and topic. */
export function createWitness(judge: Judge): Witness {
  const sights = new Map<string, Sight>();
  return {
    watch: (scenario) => {
      const steps: Step[] = [];
      return (event, index) => {
        steps[index] = stepOf(event);
        for (const [key, operation, judgement] of accusations(event, judge)) {
          const known = sights.get(key);
          if (known) known.count += 1;
          else sights.set(key, { scenario, index, operation, judgement, steps, count: 1 });
        }
        return true;
      };
    },
    repeats: (budget) => {
      const once = [...sights.values()].filter(({ count }) => count === 1);
      const all = [...Map.groupBy(once, ({ scenario }) => scenario)].map(([scenario, seen]) => repeatOf(scenario, seen, judge));
      let left = budget;
      return all
        .toSorted((one, other) => one.size - other.size || (one.scenario.id < other.scenario.id ? -1 : 1))
        .filter(({ size }) => (left -= size) >= 0);
    },
  };
}

function repeatOf(scenario: Scenario, seen: readonly Sight[], judge: Judge): Repeat {
  const flaky: FlakyEvent[] = [];
  const size = Math.max(...seen.map(({ index }) => index)) + 1;
  const watch: Watch = (event, index) => {
    const step = stepOf(event);
    const before = seen[0]?.steps[index];
    const { response } = event.exchange;
    // a scenario that takes another way proves nothing, nor does a conflict with what the first one could not remove
    if (!response || step.case !== before?.case || (step.status === 409 && before?.status !== 409)) return false;
    const again = new Set(accusations(event, judge).map(([key]) => key));
    for (const { operation, judgement, ...sight } of seen) {
      if (sight.index !== index || again.has(keyOf(operation, judgement))) continue;
      flaky.push({ kind: 'flaky', operation, check: judgement.check, topic: judgement.topic, again: cameLine(response) });
    }
    return index + 1 < size && step.status === before?.status;
  };
  return { scenario, size, watch, flaky };
}

function stepOf({ exchange, case: planned }: ExchangeEvent): Step {
  return { case: planned?.id, status: exchange.response?.status };
}

function accusations(event: ExchangeEvent, judge: Judge): (readonly [key: string, operation: string, judgement: Judgement])[] {
  const { operation, case: planned, judgements } = judge(event);
  const id = operation?.id ?? planned?.request.operation.id ?? '';
  return judgements
    .filter(({ outcome, confidence, check }) => outcome === 'fail' && confidence === 'certain' && !aboutRepetition.has(check))
    .map((judgement) => [keyOf(id, judgement), id, judgement]);
}

function keyOf(operation: string, { check, topic }: Judgement): string {
  return `${operation}\n${check}\n${topic}`;
}
