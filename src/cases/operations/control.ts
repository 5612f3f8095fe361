/** The valid request that a phase about one operation starts from, and its renewal for each variation of it. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { pathAfter } from '../../lib/names.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { shortHash } from '../../lib/short-hash.ts';
import type { Operation } from '../../spec/contract.ts';
import { attempt, type Attempt } from '../steps/attempt.ts';
import { fieldsWritten } from '../inference/body-fields.ts';
import type { Conversation, JudgedAnswer, RequestPlan, Scenario } from '../case.ts';
import { expectAccepted, isAccepted, isRefusal, untilConfirmed } from '../expectations.ts';
import { proofOf, type Proof } from '../steps/look-back.ts';
import { takesDeclaredType } from '../values/media-types.ts';
import { writesAll, type Planning } from '../planning.ts';
import { furnish, prepareRequest } from '../steps/prepare.ts';
import { createScope, type Scope } from '../steps/scope.ts';
import { furnishSibling } from '../steps/siblings.ts';
import { jobDone } from '../steps/jobs.ts';
import { withUniqueItems } from '../steps/unique-items.ts';
import { withUniqueNames } from '../steps/unique-names.ts';
import { beginWithLeast, heeded, learn, nameWhatExists, referToCalled, textsIn } from '../steps/lessons.ts';
import type { Resource } from '../inference/resources.ts';
import { isAllowed, validVariations, type Variation } from '../values/variations.ts';
import { referencesIn, referencesOf } from '../inference/references.ts';
import { usesUp } from '../inference/used-up.ts';

/** Where each phase begins to count its values: what one cannot remove must not be in the way of the next. */
const offsets = { examples: 0, boundaries: 1_000_000, invalid: 2_000_000, random: 3_000_000 };

/** One scenario of the phase for each operation that the plan may touch. */
export function* perOperation(
  planning: Planning,
  phase: keyof typeof offsets,
  talk: (scope: Scope, operation: Operation) => Conversation,
): Generator<Scenario, void, undefined> {
  const operations = planning.contract.operations.filter((operation) => isAllowed(planning, operation));
  for (const [index, operation] of operations.entries()) {
    yield {
      id: shortHash(phase, operation.id),
      phase,
      title: operation.id,
      about: [operation.id],
      size: 1,
      quiet: writesAll(planning, operation),
      start: () => talk(createScope(planning, phase, offsets[phase] + index * 100), operation),
    };
  }
}

/** A valid request that the operation has answered: what its variations are held against. */
export interface Control {
  readonly request: RequestPlan;
  readonly answer: JudgedAnswer;
  readonly accepted: boolean;
  /** Whether the request, once accepted, leaves nothing for it to be sent to again. */
  readonly usesUp: boolean;
  /** True after an accepted deletion, and after an action that a thing takes once: the next request needs a new thing. */
  consumed: boolean;
  /** Whether a thing takes the operation once only, as `publish`; undefined until a conflict asks. */
  once?: boolean;
  /** The request that leads to what is there now: a newer one after a deletion. */
  base: RequestPlan;
  /** What its answer showed of what it wrote. */
  readonly proof: Proof;
}

/** Most refusals of one request that are learned from. */
const mostLessons = 6;

/** The operation's ordinary request, changed as its refusals ask for, and its answer. */
export function* baseAnswer(scope: Scope, operation: Operation): Conversation<Control | undefined> {
  let request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!request) return undefined;
  const what = 'an ordinary request';
  const unready = new Set(scope.planning.stated.get(operation.id)?.requires.map(({ status }) => status));
  const expectation = expectAccepted({
    confidence: 'likely',
    what,
    promise: operation.pointer,
    topic: `${operation.id} ordinary`,
    unready,
    things: [
      ...request.parameters.filter((parameter) => parameter.in === 'path').map(({ value }) => value),
      ...textsIn(request.body?.value),
    ],
  });
  // the phase about examples says whether it is accepted; elsewhere it is only the control
  const media = request.body ? takesDeclaredType(operation, request.body.mediaType) : [];
  const expectations = scope.phase === 'examples' ? [expectation, ...media] : [];
  let answer = yield* attempt(scope, request, { title: what, expectations: expectations.map(untilConfirmed) });
  // the read of a part that nobody has written yet
  if (answer.status === 404 && (yield* furnishSibling(scope, request)))
    answer = yield* attempt(scope, request, { title: what, expectations });
  while (nameWhatExists(scope, request, answer)) {
    request = (yield* prepareRequest(scope, operation)) ?? request;
    answer = yield* attempt(scope, request, {
      title: `${what}, with names of what exists`,
      expectations: expectations.map(untilConfirmed),
    });
  }
  ({ request, answer } = yield* asRefusalsAsk(scope, { request, answer }, what));
  if (isEarly(answer) && (yield* jobDone(scope, operation)))
    answer = yield* attempt(scope, request, { title: `${what}, once the job is done`, expectations });
  // a conflict may be about what the thing refers to: too little in stock
  while ((isRefusal(answer) || answer.status === 409) && (yield* furnish(scope, operation)))
    answer = yield* attempt(scope, request, { title: what, expectations: expectations.map(untilConfirmed) });
  if (referToCalled(scope, request, answer)) {
    const named = (yield* prepareRequest(scope, operation)) ?? request;
    const grown = yield* acceptedInstead(scope, named, what, 'with names of what exists');
    if (grown) ({ request, answer } = grown);
    else scope.called.delete(operation.id);
  }
  if (beginWithLeast(scope, request, answer)) {
    const grown = yield* acceptedInstead(scope, heeded(scope, request), what, 'with no more than it has to have');
    if (grown) ({ request, answer } = grown);
    else scope.least.delete(operation.id);
  }
  if (isRefusal(answer) && expectations.length > 0) answer = yield* attempt(scope, request, { title: what, expectations });
  const isOnce = isUsedUp(scope.planning, request);
  return {
    request,
    base: request,
    answer,
    accepted: isAccepted(answer),
    usesUp: isOnce,
    consumed: isAccepted(answer) && isOnce,
    proof: proofOf(scope.planning, request, answer),
  };
}

/** Whether an accepted request leaves nothing for it to be sent to again: it deletes, or names what may be named once. */
function isUsedUp(planning: Planning, { operation, body }: RequestPlan): boolean {
  if (operation.method === 'DELETE') return true;
  return referencesIn(planning, operation, body?.value ?? null).some(({ resource }) => usesUp(planning, operation, resource));
}

/** Whether an answer may say that it is too early. */
function isEarly({ status }: JudgedAnswer): boolean {
  return status === 404 || status === 409 || status === 425;
}

interface Sent {
  readonly request: RequestPlan;
  readonly answer: JudgedAnswer;
}

/** Sends the request again for as long as its refusals say what to change. */
function* asRefusalsAsk(scope: Scope, { request, answer }: Sent, what: string): Conversation<Sent> {
  let sent: Sent = { request, answer };
  for (let lesson = 0; lesson < mostLessons && learn(scope, sent.request, sent.answer); lesson++) {
    const better = heeded(scope, sent.request);
    sent = { request: better, answer: yield* attempt(scope, better, { title: `${what}, as its refusal asks for` }) };
  }
  return sent;
}

/** Another request in place of a refused one, changed as its own refusals ask for; undefined where that is not accepted either. */
function* acceptedInstead(scope: Scope, request: RequestPlan, what: string, how: string): Conversation<Sent | undefined> {
  const answer = yield* attempt(scope, request, { title: `${what}, ${how}` });
  const grown = yield* asRefusalsAsk(scope, { request, answer }, what);
  return isAccepted(grown.answer) ? grown : undefined;
}

/** Most variations tried as a control where the ordinary request is refused. */
const mostControls = 12;

/** A request that is accepted: the ordinary one, else one of its variations. Without one, later refusals would say nothing. */
export function* findControl(scope: Scope, operation: Operation): Conversation<Control | undefined> {
  const base = yield* baseAnswer(scope, operation);
  if (!base || base.accepted) return base;
  for (const variation of validVariations(scope.planning, base.request).slice(0, mostControls)) {
    const answer = yield* attempt(scope, variation.request, { title: variation.title });
    if (!isAccepted(answer)) continue;
    if (variation.ordinary) yield* withoutOptional(scope, base, variation);
    const isOnce = isUsedUp(scope.planning, variation.request);
    return {
      request: variation.request,
      base: variation.request,
      answer,
      accepted: true,
      usesUp: isOnce,
      consumed: isOnce,
      proof: proofOf(scope.planning, variation.request, answer),
    };
  }
  return undefined;
}

/** The refused request again, beside one that was accepted with one parameter more: the document says that it may be left out. */
function* withoutOptional(scope: Scope, { request }: Control, { promise, place }: Variation): Conversation {
  const parameter = request.operation.parameters.find(({ pointer }) => pointer === place);
  if (!parameter || request.parameters.some(({ name, in: at }) => name === parameter.name && at === parameter.in)) return;
  const what = `without \`${parameter.name}\`, which may be left out`;
  yield* attempt(scope, request, {
    title: what,
    expectations: [expectAccepted({ confidence: 'certain', what, promise, topic: `${place} required` })],
  });
}

/** A request, and the places in which it is not the control's. */
interface Varied {
  readonly request: RequestPlan;
  readonly places: readonly string[];
}

/** Sends the control's request varied at some places, with names of its own in all others. A conflict is met with another thing once: what is done to one may be done once only. */
export function* sendVaried(
  scope: Scope,
  control: Control,
  varied: Varied,
  parts: (request: RequestPlan) => Attempt,
): Conversation<Sent | undefined> {
  const request = yield* renewed(scope, control, varied);
  if (!request) return undefined;
  const { operation } = request;
  const sent = { request, answer: yield* attempt(scope, request, parts(request)) };
  control.consumed = isAccepted(sent.answer) && (control.usesUp || control.once === true);
  if (sent.answer.status !== 409 || !control.accepted || control.once !== undefined || !actedOn(scope.planning, operation)) return sent;
  control.consumed = true;
  const anew = yield* renewed(scope, control, varied);
  const again = anew && { request: anew, answer: yield* attempt(scope, anew, parts(anew)) };
  control.once = again !== undefined && again.answer.status !== 409;
  control.consumed = control.once && again !== undefined && isAccepted(again.answer);
  return again ?? sent;
}

/** What an action below the path of a thing is done to, or a creation adds to: the show of `POST /shows/{id}/publish`. */
function actedOn({ resources }: Planning, operation: Operation): Resource | undefined {
  const { path } = operation;
  const above = resources.all.filter(({ item }) => pathAfter(item, path) !== undefined);
  return above.toSorted((one, other) => one.item.length - other.item.length).at(-1);
}

/** The varied request with names of its own, and with a new thing where the last one was used up. */
function* renewed(scope: Scope, control: Control, { request, places }: Varied): Conversation<RequestPlan | undefined> {
  const { operation, body } = request;
  const kept = request === control.request ? [] : places;
  const within = fieldsWritten(scope.planning.contract, operation);
  const members = new Set(kept.flatMap((place) => within?.nameAt(place) ?? []));
  const fresh = (value: Json): Json => withUniqueItems(scope, operation, renamed(scope, control.request, value, members), new Set(kept));
  const named: RequestPlan = body?.value === undefined ? request : { ...request, body: { ...body, value: fresh(body.value) } };
  if (control.consumed) {
    const thing = operation.method === 'DELETE' ? undefined : actedOn(scope.planning, operation);
    if (thing) scope.entities.delete(thing.item);
    const anew = yield* prepareRequest(scope, operation);
    scope.variant += 1;
    if (!anew) return undefined;
    control.base = anew;
  }
  return rebased(scope.planning, named, control, kept);
}

/** The body with names of its own. What breaks its schema takes them from the control: a name that is taken would be refused for another reason. */
function renamed(scope: Scope, { operation, body }: RequestPlan, value: Json, varied: ReadonlySet<string>): Json {
  const own = withUniqueNames(scope, operation, value, varied);
  const within = fieldsWritten(scope.planning.contract, operation);
  if (!within || !isSameJson(own, value) || !isObject(value) || !isObject(body?.value)) return own;
  const control = within.of(body.value);
  const fresh = within.of(withUniqueNames(scope, operation, body.value, varied));
  const changed = Object.entries(within.of(value)).filter(([name, member]) => isSameJson(member, control[name] ?? null));
  return within.with(value, Object.fromEntries(changed.map(([name, member]) => [name, fresh[name] ?? member])));
}

/** The variation with the path values of a newer base, and with what that one names. */
function rebased(planning: Planning, varied: RequestPlan, { request: old, base }: Control, [except]: readonly string[]): RequestPlan {
  if (base === old) return varied;
  const path = new Map(base.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => [parameter.name, parameter]));
  const unchanged = (name: string, value: Json): boolean =>
    old.parameters.some((parameter) => parameter.in === 'path' && parameter.name === name && parameter.value === value);
  const { body } = varied;
  const named = base.body?.value;
  return {
    ...varied,
    parameters: varied.parameters.map((parameter) =>
      parameter.in === 'path' && unchanged(parameter.name, parameter.value) ? (path.get(parameter.name) ?? parameter) : parameter,
    ),
    ...(body?.value !== undefined &&
      named !== undefined && { body: { ...body, value: referencesOf(planning, base.operation, named)(body.value, except) } }),
  };
}
