/** Runs planned scenarios: sends what they yield, resumes them with the answers, cleans up what they made, also when they are cut short, and repeats what failed once. */
import type { Case, Created, JudgedAnswer, Scenario } from '../cases/case.ts';
import { mergeGenerators } from '../lib/merge-generators.ts';
import { answerOf } from '../requests/answer.ts';
import type { ExchangeEvent, Judge, SuiteEvent } from './events.ts';
import { createWitness, type Watch } from './repeat-findings.ts';
import { sendCase, type Sender } from './send-case.ts';

export interface GeneratedOptions extends Sender {
  readonly scenarios: Iterable<Scenario>;
  /** Most scenarios at once. */
  readonly concurrency: number;
  /** Most cases in all; cleaning up is not counted. */
  readonly maxCases: number | undefined;
  /** Tells scenarios what became of their exchanges. */
  readonly judge: Judge;
  /** Whether findings that showed once only are asked for again. */
  readonly repeat: boolean;
  readonly signal: AbortSignal;
}

type Events = AsyncGenerator<SuiteEvent, void, undefined>;

/** What the running scenarios share. */
interface Tally {
  /** How many cases were sent. */
  sent: number;
  /** How often an operation used up the time of a whole exchange. */
  readonly timeouts: Map<string, number>;
}

/** One passage through a scenario. */
interface Course {
  readonly tally: Tally;
  readonly watch: Watch;
  /** Number of its first exchange: ids are unique in a run. */
  readonly first: number;
}

/** So many exchanges that never ended prove it; more would only wait. */
const enoughTimeouts = 2;

/** The least that repeats may cost in requests; in a larger run it is a tenth of what was sent. */
const fewestRepeats = 300;

/** The events of all scenarios: the first one alone, then quiet ones, while collections are small, then as many at once as may be, and repeats last. */
export async function* runScenarios(options: GeneratedOptions): Events {
  const { concurrency } = options;
  const tally: Tally = { sent: 0, timeouts: new Map() };
  const witness = createWitness(options.judge);
  const start = (scenario: Scenario) => (): Events => runScenario(options, scenario, { tally, watch: witness.watch(scenario), first: 0 });
  const waiting = Iterator.from(options.scenarios);
  const first = waiting.next();
  const opening = first.done === true ? [] : [first.value];
  // To plan the others of a large document takes a while in which no answer could be timed: so nothing else is under way.
  const early = opening.filter(({ quiet }) => !quiet);
  yield* mergeGenerators(early.map(start), 1);
  const scenarios = [...opening, ...waiting];
  yield { kind: 'planned', total: scenarios.length };
  const others = scenarios.slice(early.length);
  yield* mergeGenerators(others.filter(({ quiet }) => quiet).map(start), 1);
  yield* mergeGenerators(others.filter(({ quiet }) => !quiet).map(start), concurrency);
  const repeats = options.repeat ? witness.repeats(Math.max(fewestRepeats, tally.sent / 10)) : [];
  if (repeats.length > 0) yield { kind: 'planned', total: scenarios.length + repeats.length };
  for (const { scenario, watch, flaky } of repeats) {
    yield* runScenario(options, scenario, { tally, watch, first: 20_000 });
    yield* flaky;
  }
  for (const [operation, count] of tally.timeouts) {
    if (count >= enoughTimeouts)
      yield { kind: 'skipped', title: operation, reason: `not asked again after ${count} answers that never ended`, failure: false };
  }
  if (options.maxCases !== undefined && tally.sent >= options.maxCases) {
    yield { kind: 'skipped', title: 'further cases', reason: `--max-cases ${options.maxCases} is reached`, failure: false };
  }
}

async function* runScenario(options: GeneratedOptions, scenario: Scenario, course: Course): Events {
  const ledger: Created[] = [];
  let completed = false;
  try {
    yield* converse(options, scenario, course, ledger);
    completed = true;
  } finally {
    // a consumer that has stopped takes no more events: then the cleaning is done in silence
    for await (const event of cleanUp(options, scenario, course, ledger)) if (completed) yield event;
  }
  yield { kind: 'done', title: `${scenario.phase} ${scenario.title}` };
}

async function* converse(options: GeneratedOptions, scenario: Scenario, course: Course, ledger: Created[]): Events {
  const { tally, watch, first } = course;
  const conversation = scenario.start();
  let step = conversation.next();
  let index = 0;
  let goesOn = true;
  while (!step.done) {
    let answer: JudgedAnswer | undefined;
    if (step.value.kind === 'case') {
      // not before: what the last answer made has to be in the ledger
      if (!goesOn || options.signal.aborted || tally.sent >= (options.maxCases ?? Infinity)) return;
      const planned = step.value.case;
      let event: ExchangeEvent | undefined;
      if (!isStuck(tally, planned)) {
        tally.sent += 1;
        event = await exchangeOf(options, scenario, planned, first + index);
        if (event?.exchange.fault?.kind === 'timeout') noteTimeout(tally, planned);
      }
      if (event) yield event;
      goesOn = event === undefined || watch(event, index);
      index += 1;
      answer = event ? judged(event, options.judge) : unsent;
    } else if (step.value.kind === 'created') ledger.push(step.value.created);
    else if (step.value.kind === 'gone') ledger.splice(ledger.indexOf(step.value.created), 1);
    else yield { kind: 'skipped', title: step.value.operation.id, reason: step.value.reason, failure: false };
    step = conversation.next(answer);
  }
}

/** Whether the operation has proved that it never answers. */
function isStuck({ timeouts }: Tally, { request }: Case): boolean {
  return (timeouts.get(request.operation.id) ?? 0) >= enoughTimeouts;
}

function noteTimeout({ timeouts }: Tally, { request }: Case): void {
  const { id } = request.operation;
  timeouts.set(id, (timeouts.get(id) ?? 0) + 1);
}

/** Stands for the answer to a request that could not be made. */
const unsent: JudgedAnswer = { status: undefined, headers: new Map(), json: undefined, bytes: new Uint8Array(), url: '', broken: () => [] };

function judged(event: ExchangeEvent, judge: Judge): JudgedAnswer {
  return { ...answerOf(event.exchange), broken: () => judge(event).judgements.filter(({ outcome }) => outcome === 'fail') };
}

async function exchangeOf(options: GeneratedOptions, scenario: Scenario, planned: Case, index: number): Promise<ExchangeEvent | undefined> {
  const exchange = await sendCase(options, planned, `${scenario.id}-${index}`);
  return exchange && { kind: 'exchange', exchange, case: planned, scenario: scenario.id };
}

/** Removes what is left in the ledger, youngest first, and tells what could not be removed. */
async function* cleanUp(options: GeneratedOptions, scenario: Scenario, { first }: Course, ledger: readonly Created[]): Events {
  for (const [index, created] of ledger.toReversed().entries()) {
    if (!created.removal) {
      yield { kind: 'left-behind', label: created.label, reason: 'the document has no operation that removes it' };
      continue;
    }
    const event = await exchangeOf(options, scenario, created.removal, first + 10_000 + index);
    if (event) yield event;
    const status = event?.exchange.response?.status;
    const removed = status !== undefined && (status < 300 || status === 404 || status === 410);
    if (!removed)
      yield {
        kind: 'left-behind',
        label: created.label,
        reason: `${created.removal.request.operation.id} answered ${status ?? 'nothing'}`,
      };
  }
}
