/** The phase that draws whole requests at random, valid ones and ones with a single promise broken, and makes what fails as small as it gets. Pure. */
import type * as fc from 'fast-check';
import type { Conversation, JudgedAnswer, RequestPlan, Scenario } from './case.ts';
import { findControl, perOperation, sendVaried, type Control } from './operations/control.ts';
import { arbitraryRequest, draw, hasChoices } from './values/draws.ts';
import { isAccepted, isRefusal, signsOf, untilConfirmed } from './expectations.ts';
import type { Planning } from './planning.ts';
import { withReferences } from './steps/prepare.ts';
import type { Scope } from './steps/scope.ts';
import { brokenValues, type BrokenValues } from './values/invalid-variations.ts';
import { planTrial, type Kind, type Trial } from './operations/random-trials.ts';

const order: readonly Kind[] = ['tame', 'wild', 'invalid', 'tame', 'invalid', 'tame', 'wild'];
const ordinaryCases = 20;

/** One scenario for each operation that has something to vary. */
export function randomScenarios(planning: Planning): Iterable<Scenario> {
  return perOperation(planning, 'random', function* (scope, operation) {
    if (!hasChoices(operation)) return;
    const control = yield* findControl(scope, operation);
    const tame = control && arbitraryRequest(planning, control.request, true);
    const wild = control && arbitraryRequest(planning, control.request, false);
    if (!control || !tame || !wild) return;
    const cases = planning.randomCases ?? ordinaryCases;
    const hunt: Hunt = {
      scope,
      control,
      broken: brokenValues(planning, control.request),
      known: new Set(signsOf(control.answer)),
      left: cases,
    };
    for (let number = 0; number < cases; number++) {
      const kind = order[number % order.length] ?? 'tame';
      const arbitrary = kind === 'wild' ? wild : tame;
      yield* follow(hunt, { kind, arbitrary, value: draw(arbitrary, planning.seed, operation.id, number), path: String(number) });
    }
  });
}

/** One operation's search. */
interface Hunt {
  readonly scope: Scope;
  readonly control: Control;
  readonly broken: BrokenValues;
  /** What is wrong already without anything special, or has been followed. */
  readonly known: Set<string>;
  /** Requests that may still be spent on making failing ones smaller. */
  left: number;
}

interface Drawn {
  readonly kind: Kind;
  readonly arbitrary: fc.Arbitrary<RequestPlan>;
  readonly value: fc.Value<RequestPlan>;
  /** Number of the draw, then of each step towards a smaller one, as fast-check counts them. */
  readonly path: string;
}

/** Stands among the signs for the refusal of what has to be accepted. */
const refusal = 'refused';

/** What is wrong with the answer to a draw. */
function signsOfDraw(answer: JudgedAnswer, kind: Kind): string[] {
  return kind === 'tame' && isRefusal(answer) ? [...signsOf(answer), refusal] : signsOf(answer);
}

/** Sends a draw, and follows each new failure down to the smallest request that shows it. */
function* follow(hunt: Hunt, drawn: Drawn): Conversation {
  const trial = yield* trialOf(hunt, drawn, undefined);
  const answer = trial && (yield* sendTrial(hunt, trial));
  if (!trial || !answer) return;
  for (const sign of signsOfDraw(answer, drawn.kind)) {
    if (hunt.known.has(sign)) continue;
    hunt.known.add(sign);
    const smallest = yield* shrink(hunt, drawn, trial, sign);
    if (sign === refusal) yield* confirmRefusal(hunt, smallest);
  }
}

/** Walks down fast-check's tree of smaller values for as long as the sign stays. */
function* shrink(hunt: Hunt, first: Drawn, trial: Trial, sign: string): Conversation<Trial> {
  let smallest = trial;
  let at: Drawn | undefined = first;
  while (at) {
    const { arbitrary, value, path }: Drawn = at;
    at = undefined;
    let step = -1;
    for (const smaller of arbitrary.shrink(value.value_, value.context)) {
      step += 1;
      const drawn: Drawn = { ...first, value: smaller, path: `${path}:${step}` };
      const next = yield* trialOf(hunt, drawn, trial);
      if (!next || isSamePlan(next.request, smallest.request)) continue;
      if (hunt.left-- <= 0) return smallest;
      const answer = yield* sendTrial(hunt, next);
      if (!answer || !signsOfDraw(answer, first.kind).includes(sign)) continue;
      smallest = next;
      at = drawn;
      break;
    }
  }
  return smallest;
}

function isSamePlan(left: RequestPlan, right: RequestPlan): boolean {
  return JSON.stringify([left.parameters, left.body?.value]) === JSON.stringify([right.parameters, right.body?.value]);
}

/** A refusal of valid data counts when the control, sent again, is still accepted. */
function* confirmRefusal(hunt: Hunt, trial: Trial): Conversation {
  const control: Trial = { request: hunt.control.request, place: '', title: 'an ordinary request again', intent: 'valid' };
  const again = yield* sendTrial(hunt, control);
  if (again && isAccepted(again)) yield* sendTrial(hunt, trial, true);
}

/** The trial of a draw: one like another where it is given. Things that the request refers to are put in before anything is broken. */
function* trialOf(
  { scope, control, broken }: Hunt,
  { kind, value, path }: Drawn,
  like: Trial | undefined,
): Conversation<Trial | undefined> {
  const { operation, body } = control.request;
  const drawn = value.value.body?.value;
  const existing = drawn === undefined ? undefined : yield* withReferences(scope, operation, drawn);
  const request: RequestPlan = body && existing !== undefined ? { ...value.value, body: { ...body, value: existing } } : value.value;
  return planTrial(scope.planning, request, { kind, path, like, broken });
}

function* sendTrial({ scope, control }: Hunt, trial: Trial, confirmed = false): Conversation<JudgedAnswer | undefined> {
  const { title, intent, expectation } = trial;
  const judged = expectation && (confirmed || intent === 'invalid' ? expectation : untilConfirmed(expectation));
  const sent = yield* sendVaried(scope, control, { request: trial.request, places: [trial.place] }, () => ({
    title,
    intent,
    expectations: judged ? [judged] : [],
  }));
  return sent?.answer;
}
