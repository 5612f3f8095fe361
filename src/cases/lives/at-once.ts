/** Requests that come at the same time: each has its own effect, and of two that exclude each other one is refused. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import type { Operation } from '../../spec/contract.ts';
import { actionsOn } from './actions.ts';
import { attempt } from '../steps/attempt.ts';
import { fieldsWritten } from '../inference/body-fields.ts';
import type { Case, Conversation, Expectation, JudgedAnswer, RequestPlan } from '../case.ts';
import { conditional, speaksOf } from '../writes/conditional-requests.ts';
import { uniqueName } from '../writes/conflicts.ts';
import { distinctBody } from '../values/distinct-body.ts';
import type { Entity } from '../steps/entity.ts';
import { cameOf, isAbsent, isAccepted, keptUnless } from '../expectations.ts';
import { ownedNames, proofOf } from '../steps/look-back.ts';
import { changingBody, itemRequest, makeThing, type Made } from '../steps/make-thing.ts';
import { makeCase, send } from '../planning.ts';
import { enterCreated } from '../steps/enter-created.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { sharedFlags, writtenBack } from '../steps/read-back.ts';
import type { Resource } from '../inference/resources.ts';
import { renamedBody } from '../steps/unique-names.ts';

/** Things that are created at once. */
const several = 4;

/** Creates several at once and reads each; then, two at once, what the document lets only one do: take a unique name, an action that is done once, a write under one entity tag. */
export function* atOnce(scope: Scope, resource: Resource): Conversation {
  const made = yield* makeThing(scope, resource);
  if (!made || made.request.operation.method !== 'POST') return;
  yield* creationsAtOnce(scope, resource, made);
  yield* nameTakenAtOnce(scope, resource, made);
  yield* doneAtOnce(scope, resource);
  yield* changedAtOnce(scope, resource, made.entity);
}

/** Sends all of them at the same time, and gives back their answers in order. */
export function* sendAtOnce(cases: readonly Case[]): Conversation<readonly JudgedAnswer[]> {
  yield { kind: 'at-once', cases };
  const answers: JudgedAnswer[] = [];
  for (const planned of cases) answers.push(yield* send(planned));
  return answers;
}

function* creationsAtOnce(scope: Scope, resource: Resource, { request, answer: alone, entity: former }: Made): Conversation {
  const { planning, phase } = scope;
  const { operation, body } = request;
  const { read } = resource;
  const value = body?.value;
  if (!body || !isObject(value)) return;
  const written = { write: operation, proven: proofOf(planning, request, alone).proven, owned: ownedNames(planning, request) };
  const requests = Array.from({ length: several }, (_, index): RequestPlan => ({
    ...request,
    body: renamedBody(scope, operation, { ...body, value: distinctBody(planning, operation, value, index * 3 + 1) }),
  }));
  const cases = requests.map((one, index) =>
    makeCase({
      phase,
      title: `${index + 1} of ${several} created at once`,
      request: one,
      expectations: writtenBack(planning, { ...written, look: operation, body: one.body?.value }),
    }),
  );
  const answers = yield* sendAtOnce(cases);
  const entities: (Entity | undefined)[] = [];
  for (const [index, answer] of answers.entries()) {
    const one = requests[index];
    entities.push(one && isAccepted(answer) ? yield* enterCreated(scope, resource, one, answer) : undefined);
  }
  // a creation may give back what is there already under its natural key
  if (entities.some((entity) => entity !== undefined && String(entity.id) === String(former.id))) return;
  const given = Object.groupBy(
    entities.filter((entity) => entity !== undefined),
    ({ id }) => String(id),
  );
  for (const [index, entity] of entities.entries()) {
    if (!entity || !read) continue;
    const many = given[String(entity.id)]?.length ?? 1;
    const echo = answers[index];
    const sent = requests[index]?.body?.value;
    // which of them came last is not known
    const flags = requests.flatMap((one, other) => (other === index ? [] : sharedFlags(sent, one.body?.value)));
    const owned = new Set([...written.owned, ...flags]);
    const kept = writtenBack(planning, { ...written, owned, look: read, body: sent, echo });
    yield* attempt(scope, itemRequest(read, entity), {
      title: `read ${index + 1} of ${several} that were created at once`,
      expectations: many > 1 ? [oneIdentifier(resource, entity.id, many)] : [thereToRead(resource, operation), ...kept],
    });
  }
}

function oneIdentifier(resource: Resource, id: Json, many: number): Expectation {
  return {
    check: 'created-once',
    confidence: 'certain',
    why: `${several} were created at once`,
    promise: resource.create?.pointer ?? '',
    topic: `${resource.collection} identifiers at once`,
    holds: (answer) => ({
      kind: 'broken',
      message: `${many} creations at once were given one identifier, ${JSON.stringify(id)}`,
      where: 'response.body',
      came: cameOf(answer),
    }),
  };
}

function thereToRead(resource: Resource, create: Operation): Expectation {
  return {
    check: 'created-readable',
    confidence: 'certain',
    why: `${create.id} was accepted, beside ${several - 1} others`,
    promise: resource.read?.pointer ?? '',
    topic: `${resource.item} at once`,
    holds: keptUnless(isAbsent, 'what was created beside others cannot be read'),
  };
}

/** Two requests of which the API lets only one succeed, and how a third one is refused that comes after them. */
interface Rivals {
  readonly what: string;
  readonly requests: readonly [RequestPlan, RequestPlan];
  readonly late: RequestPlan;
  readonly refusal: number;
  readonly parts: Pick<Expectation, 'check' | 'confidence'>;
  /** Enters what an accepted one made. */
  readonly enter?: (request: RequestPlan, answer: JudgedAnswer) => Conversation<unknown>;
}

/** Whether both succeed at once though a later one is refused: then nothing but their coming together let them. */
function* oneOfTwo(scope: Scope, { what, requests, late, refusal, parts, enter }: Rivals): Conversation {
  const { phase } = scope;
  const cases = requests.map((request, index) =>
    makeCase({ phase, title: `${index + 1} of two at once: ${what}`, request, intent: 'probe' }),
  );
  const answers = yield* sendAtOnce(cases);
  for (const [index, answer] of answers.entries()) if (isAccepted(answer)) yield* enter?.(requests[index] ?? late, answer) ?? [];
  const both = answers.every(isAccepted);
  const { operation } = late;
  const after = makeCase({
    phase,
    title: `after two at once: ${what}`,
    request: late,
    intent: 'probe',
    expectations: [
      {
        ...parts,
        why: `${operation.id} refuses with ${refusal} what comes later`,
        promise: operation.pointer,
        topic: `${operation.id} at once`,
        holds: keptUnless(({ status }) => both && status === refusal, `two at once are both accepted: ${what}`),
      },
    ],
  });
  const answer = yield* send(after);
  if (isAccepted(answer)) yield* enter?.(late, answer) ?? [];
}

function* nameTakenAtOnce(scope: Scope, resource: Resource, { request }: Made): Conversation {
  const { operation, body } = request;
  const name = uniqueName(scope.planning, operation);
  const within = fieldsWritten(scope.planning.contract, operation);
  const value = body?.value;
  if (!body || name === undefined || !within || !isObject(value)) return;
  const taken = within.of(renamedBody(scope, operation, body).value)[name] ?? null;
  const named = (number: number): RequestPlan => ({
    ...request,
    body: { ...body, value: within.with(distinctBody(scope.planning, operation, value, number), { [name]: taken }) },
  });
  yield* oneOfTwo(scope, {
    what: `creations with the same ${name}`,
    requests: [named(2), named(5)],
    late: named(8),
    refusal: 409,
    parts: { check: 'conflict-refused', confidence: 'certain' },
    enter: (one, answer) => enterCreated(scope, resource, one, answer),
  });
}

/** Likely: an action whose second time does nothing harms nobody. */
function* doneAtOnce(scope: Scope, resource: Resource): Conversation {
  const once = actionsOn(scope.planning, resource).filter(({ past, operation }) => past && declaresStatus(operation, '409'));
  for (const { operation } of once) {
    const made = yield* makeThing(scope, resource);
    if (!made) return;
    scope.entities.set(resource.item, made.entity);
    const request = yield* prepareRequest(scope, operation);
    if (!request) continue;
    yield* oneOfTwo(scope, {
      what: operation.id,
      requests: [request, request],
      late: request,
      refusal: 409,
      parts: { check: 'action-takes-effect', confidence: 'likely' },
    });
  }
}

/** Two writes under the entity tag of what both of them change. @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1 */
function* changedAtOnce(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { read, patch, replace } = resource;
  const change = [patch, replace].find((one) => one !== undefined && speaksOf(one, 'if-match', '412'));
  if (!read || !change) return;
  const before = yield* send(makeCase({ phase: scope.phase, title: 'read its entity tag', request: itemRequest(read, entity) }));
  const tag = before.headers.get('etag');
  scope.entities.set(resource.item, entity);
  const base = yield* prepareRequest(scope, change);
  const value = base?.body?.value;
  if (!isAccepted(before) || tag === undefined || tag.startsWith('W/') || !base?.body || !isObject(value)) return;
  const changing = (former: Json | undefined): RequestPlan & { readonly body: { readonly value: Json } } => {
    const body = { ...base.body, mediaType: base.body?.mediaType ?? '', value: changingBody(scope, change, value, before.json, former) };
    return { ...conditional(base, 'If-Match', tag), body };
  };
  const first = changing(undefined);
  const second = changing(first.body.value);
  if (isSameJson(first.body.value, second.body.value)) return;
  yield* oneOfTwo(scope, {
    what: `${change.method} under one entity tag`,
    requests: [first, second],
    late: changing(second.body.value),
    refusal: 412,
    parts: { check: 'preconditions-kept', confidence: 'certain' },
  });
}
