/** Runs planned scenarios: sends what they yield, resumes them with the answers, cleans up what they made, also when they are cut short, and repeats what failed once. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Case, Created, JudgedAnswer, Scenario } from '../cases/case.ts';
import { createEventQueue, type EventQueue } from '../lib/event-queue.ts';
import { answerOf } from '../requests/answer.ts';
import { judgeExpectations } from '../verdicts/judge.ts';
import type { ExchangeEvent, Judge, SuiteEvent } from './events.ts';
import { createListening, type Listening } from './listening.ts';
import { createWitness, type Watch } from './repeat-findings.ts';
import { sendCase, type Sender } from './send-case.ts';
import { takeTurns, type Course } from './take-turns.ts';

/** What scenarios are run with. */
export interface GeneratedOptions extends Sender {
  readonly scenarios: Iterable<Scenario>;
  /** Most scenarios at once. */
  readonly concurrency: number;
  /** Most cases in all; cleaning up is not counted. */
  readonly maxCases: number | undefined;
  /** Milliseconds after which no case begins; cleaning up is not hurried. */
  readonly maxTime?: number | undefined;
  /** Milliseconds of a clock that never goes back; `performance.now` by default. */
  readonly clock?: () => number;
  /** Tells scenarios what became of their exchanges. */
  readonly judge: Judge;
  /** Whether findings that showed once only are asked for again. */
  readonly repeat: boolean;
  readonly signal: AbortSignal;
}

/** An event on its way to the consumer. */
interface Told {
  readonly event: SuiteEvent;
  /** Called right before the consumer gets it. */
  readonly seen?: (() => void) | undefined;
}

/** What the running scenarios share. */
interface Stage {
  readonly options: GeneratedOptions;
  readonly queue: EventQueue<Told>;
  /** True when the consumer has left, or a scenario has failed: all others end. */
  stopped: boolean;
  /** How many cases were sent. */
  sent: number;
  /** Whether the time for cases is over. */
  readonly isOver: () => boolean;
  /** Whether a case was withheld because of that. */
  late: boolean;
  /** How often an operation used up the time of a whole exchange. */
  readonly timeouts: Map<string, number>;
  readonly listening: Listening;
}

/** One passage through a scenario. */
interface Passage {
  readonly scenario: Scenario;
  readonly watch: Watch;
  /** Whether the watch may end it, and so has to see an exchange before the scenario goes on. */
  readonly repeats: boolean;
  /** Number of its first exchange: ids are unique in a run. */
  readonly first: number;
}

/** So many exchanges that never ended prove it; more would only wait. */
const enoughTimeouts = 2;

/** The least that repeats may cost in requests; in a larger run it is a tenth of what was sent. */
const fewestRepeats = 300;

/** Events that may wait for the consumer before scenarios do. */
const backlog = 64;

/**
 * The events of all scenarios: the first one alone, then quiet ones, while collections are small, then as many at once as may be, and repeats last.
 * Where cases or their time are limited, ordinary requests to all operations go before the quiet ones.
 */
export async function* runScenarios(options: GeneratedOptions): AsyncGenerator<SuiteEvent, void, undefined> {
  const queue = createEventQueue<Told>();
  const clock = options.clock ?? ((): number => performance.now());
  const endsAt = clock() + (options.maxTime ?? Infinity);
  const isOver = (): boolean => clock() >= endsAt;
  const stage: Stage = { options, queue, stopped: false, sent: 0, isOver, late: false, timeouts: new Map(), listening: createListening() };
  const running = runAll(stage).then(() => queue.end(), queue.end);
  try {
    while (await queue.more()) {
      for (let told = queue.take(); told !== undefined; told = queue.take()) {
        told.seen?.();
        yield told.event;
      }
    }
  } finally {
    stage.stopped = true;
    // a consumer that has left takes no more events: then the cleaning is done in silence
    queue.end();
    await running;
  }
}

async function runAll(stage: Stage): Promise<void> {
  const { options, queue, timeouts } = stage;
  const { concurrency, maxCases, maxTime = 0 } = options;
  const tell = (event: SuiteEvent): void => queue.push({ event });
  const witness = createWitness(options.judge);
  const start = (scenario: Scenario): Course => runScenario(stage, { scenario, watch: witness.watch(scenario), repeats: false, first: 0 });
  const waiting = Iterator.from(options.scenarios);
  const first = waiting.next();
  const opening = first.done === true ? [] : [first.value];
  // To plan the others of a large document takes a while in which no answer could be timed: so nothing else is under way, and what came is told.
  const early = opening.filter(({ quiet }) => !quiet);
  const inTurns = (list: readonly Scenario[], limit: number): Promise<void> =>
    takeTurns(list.map(start), limit, () => void (stage.stopped = true));
  await inTurns(early, 1);
  await queue.below(1);
  await turn();
  const scenarios = [...opening, ...waiting];
  tell({ kind: 'planned', total: scenarios.length });
  const others = scenarios.slice(early.length);
  // a run that may end early sees something of each operation before it goes deep into some
  const isBrief = maxCases !== undefined || options.maxTime !== undefined;
  const {
    broad = [],
    quiet = [],
    loud = [],
  } = Object.groupBy(others, (scenario) => (scenario.quiet ? 'quiet' : isBrief && scenario.phase === 'examples' ? 'broad' : 'loud'));
  await inTurns(broad, concurrency);
  await inTurns(quiet, 1);
  await inTurns(loud, concurrency);
  // what the consumer has not seen yet may be a finding
  await queue.below(1);
  const repeats = options.repeat ? witness.repeats(Math.max(fewestRepeats, stage.sent / 10)) : [];
  if (repeats.length > 0) tell({ kind: 'planned', total: scenarios.length + repeats.length });
  for (const { scenario, watch, flaky } of repeats) {
    if (stage.stopped) return;
    const again = runScenario(stage, { scenario, watch, repeats: true, first: 20_000 });
    while ((await again.next()).done !== true);
    flaky.forEach(tell);
  }
  for (const [operation, count] of timeouts) {
    if (count >= enoughTimeouts)
      tell({ kind: 'skipped', title: operation, reason: `not asked again after ${count} answers that never ended`, failure: false });
  }
  if (maxCases !== undefined && stage.sent >= maxCases)
    tell({ kind: 'skipped', title: 'further cases', reason: `--max-cases ${maxCases} is reached`, failure: false });
  const gone = stage.listening.gone();
  if (gone !== undefined) tell({ kind: 'skipped', title: 'further cases', reason: gone, failure: true, gone: true });
  if (stage.late) tell({ kind: 'skipped', title: 'further cases', reason: `--max-time ${maxTime / 1000}s is over`, failure: false });
}

async function* runScenario(stage: Stage, passage: Passage): Course {
  const { scenario } = passage;
  if (stage.stopped || stage.options.signal.aborted || isSpent(stage)) return;
  const ledger: Created[] = [];
  let completed = false;
  try {
    yield* converse(stage, passage, ledger);
    completed = true;
  } finally {
    await cleanUp(stage, passage, ledger, (event) => {
      if (completed) stage.queue.push({ event });
    });
  }
  stage.queue.push({ event: { kind: 'done', title: `${scenario.phase} ${scenario.title}` } });
}

async function* converse(stage: Stage, passage: Passage, ledger: Created[]): Course {
  const { options, queue } = stage;
  const { scenario, watch } = passage;
  const conversation = scenario.start();
  let step = conversation.next();
  let index = 0;
  let goesOn = true;
  const ahead = new Map<Case, ExchangeEvent | undefined>();
  // not before what the last answer made is in the ledger
  const maySend = (): boolean => goesOn && !stage.stopped && !options.signal.aborted && !isSpent(stage);
  while (!step.done) {
    let answer: JudgedAnswer | undefined;
    if (step.value.kind === 'case') {
      const planned = step.value.case;
      if (!ahead.has(planned) && !maySend()) return;
      const event = ahead.has(planned) ? ahead.get(planned) : await sent(stage, passage, planned, index);
      if (event) {
        answer = judged(event, options.judge);
        if (passage.repeats) goesOn = watch(event, index);
        queue.push({ event, seen: passage.repeats ? undefined : noteOf(watch, event, index) });
        const room = queue.below(backlog);
        if (room !== undefined) await room;
      } else answer = unsent;
      index += 1;
    } else if (step.value.kind === 'at-once') {
      if (!maySend()) return;
      const { cases } = step.value;
      const events = await Promise.all(cases.map((planned, offset) => sent(stage, passage, planned, index + offset)));
      cases.forEach((planned, offset) => ahead.set(planned, events[offset]));
    } else if (step.value.kind === 'created') ledger.push(step.value.created);
    else if (step.value.kind === 'gone') ledger.splice(ledger.indexOf(step.value.created), 1);
    else if (step.value.kind === 'pause') {
      // what looks at whole collections, or writes them, is not left standing among others that do
      if (!scenario.quiet) yield;
    } else queue.push({ event: { kind: 'skipped', title: step.value.operation.id, reason: step.value.reason, failure: false } });
    step = conversation.next(answer);
  }
}

/** Sends a case; undefined where its operation has proved that it never answers, or the request could not be made. */
async function sent(stage: Stage, passage: Passage, planned: Case, index: number): Promise<ExchangeEvent | undefined> {
  if (isStuck(stage, planned)) return undefined;
  stage.sent += 1;
  const event = await exchangeOf(stage, passage, planned, index);
  if (event) await stage.listening.note(planned, event.exchange);
  return event;
}

/** Whether as many cases were sent as may be, their time is over, or nobody is there to take them. */
function isSpent(stage: Stage): boolean {
  if (stage.listening.gone() !== undefined) return true;
  if (stage.sent >= (stage.options.maxCases ?? Infinity)) return true;
  stage.late ||= stage.isOver();
  return stage.late;
}

function noteOf(watch: Watch, event: ExchangeEvent, index: number): () => void {
  return () => void watch(event, index);
}

/** Whether the operation has proved that it never answers. */
function isStuck({ timeouts }: Stage, { request }: Case): boolean {
  return (timeouts.get(request.operation.id) ?? 0) >= enoughTimeouts;
}

/** Stands for the answer to a request that could not be made. */
const unsent: JudgedAnswer = { status: undefined, headers: new Map(), json: undefined, bytes: new Uint8Array(), url: '', broken: () => [] };

function judged(event: ExchangeEvent, judge: Judge): JudgedAnswer {
  const answer = answerOf(event.exchange);
  const { status, headers, bytes, url } = answer;
  return {
    status,
    headers,
    bytes,
    url,
    get json() {
      return answer.json;
    },
    broken: () => judge(event).judgements.filter(({ outcome }) => outcome === 'fail'),
  };
}

/** The exchange of a case; one that timed out is held against its operation. */
async function exchangeOf(
  { options, timeouts }: Stage,
  { scenario, first }: Passage,
  planned: Case,
  index: number,
): Promise<ExchangeEvent | undefined> {
  const exchange = await sendCase(options, planned, `${scenario.id}-${first + index}`);
  const { id } = planned.request.operation;
  if (exchange?.fault?.kind === 'timeout') timeouts.set(id, (timeouts.get(id) ?? 0) + 1);
  return exchange && { kind: 'exchange', exchange, case: planned, scenario: scenario.id, expected: judgeExpectations(exchange, planned) };
}

/** Removes what is left in the ledger, youngest first, and tells what could not be removed. */
async function cleanUp(stage: Stage, passage: Passage, ledger: readonly Created[], tell: (event: SuiteEvent) => void): Promise<void> {
  const reason = stage.options.isLeftOut
    ? 'no operation that may be asked for removes it'
    : 'the document has no operation that removes it';
  for (const [index, { label, removal }] of ledger.toReversed().entries()) {
    if (!removal) {
      tell({ kind: 'left-behind', label, reason });
      continue;
    }
    const { id } = removal.request.operation;
    if (isStuck(stage, removal)) {
      tell({ kind: 'left-behind', label, reason: `the answers of ${id} never ended` });
      continue;
    }
    const event = await exchangeOf(stage, passage, removal, 10_000 + index);
    if (event) tell(event);
    const status = event?.exchange.response?.status;
    const removed = status !== undefined && (status < 300 || status === 404 || status === 410);
    if (!removed) tell({ kind: 'left-behind', label, reason: `${id} answered ${status ?? 'nothing'}` });
  }
}
