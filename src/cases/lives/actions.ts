/** Actions on a thing, such as `POST /rentals/{id}/return`: a property tells in the word's past whether it was done. Pure. */
import { member, type Json } from '../../lib/json.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { sentencesAt } from '../../spec/descriptions.ts';
import { successBody, typesOf } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation } from '../case.ts';
import { cameOf, isAccepted, keptUnless } from '../expectations.ts';
import { statedValues } from '../inference/list-parameters.ts';
import { itemRequest, makeThing } from '../steps/make-thing.ts';
import { nameWords, pathAfter, plainName } from '../../lib/names.ts';
import { declaresStatus, responsesTo } from '../../spec/declares-status.ts';
import type { Planning } from '../planning.ts';
import { furnish, prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { representation, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import { refusedStates } from '../inference/told-refusals.ts';
import { isPast } from '../../lib/past-words.ts';

/** An action, and what a property of the thing is once it is done. */
export interface Action {
  readonly operation: Operation;
  readonly property: string;
  readonly value: Json;
  /** Whether the value is the past of the verb, and not spelled as the verb is. */
  readonly past: boolean;
  /** What else the property may be. */
  readonly states: readonly string[];
  /** The property that tells when it was done: `submitted_at`. */
  readonly stamp: string | undefined;
}

/** Every action on things of the resource whose effect a property of theirs tells. */
export function actionsOn(planning: Planning, resource: Resource): Action[] {
  const shown = resource.read && successBody(resource.read);
  if (!shown) return [];
  const places = representation(planning.contract, shown.schema);
  return planning.contract.operations.flatMap((operation): Action[] => {
    const verb = pathAfter(resource.item, operation.path) ?? '';
    if (!/^[a-z][a-z-]*$/i.test(verb) || !['POST', 'PUT', 'PATCH'].includes(operation.method)) return [];
    for (const [property, place] of places) {
      const value = effectOf(planning, plainName(verb), property, place);
      if (value === undefined) continue;
      const stamp = [...places.keys()].find((name) => /at$/i.test(name) && isPast(plainName(name).replace(/at$/, ''), plainName(verb)));
      const states = statedValues(planning.contract, place).filter((one) => typeof one === 'string');
      return [{ operation, property, value, states, past: plainName(String(value)) !== plainName(verb), stamp }];
    }
    return [];
  });
}

const states = new Set(['status', 'state', 'phase', 'stage', 'lifecycle']);

function effectOf({ contract }: Planning, verb: string, property: string, place: SchemaPlace): Json | undefined {
  const undone = /^(?:un|dis|de)(?=[a-z]{3})/.exec(verb)?.[0];
  if (typesOf(contract, place).has('boolean')) {
    if (isPast(plainName(property).replace(/^is/, ''), verb)) return true;
    return undone !== undefined &&
      isPast(plainName(property).replace(/^is/, ''), undone === 'dis' ? `en${verb.slice(3)}` : verb.slice(undone.length))
      ? false
      : undefined;
  }
  if (!nameWords(property).some((word) => states.has(word))) return undefined;
  const known = statedValues(contract, place).filter((value) => typeof value === 'string');
  const fitting = known.filter((value) => isPast(plainName(value), verb));
  // what an adjective says is done by the verb that is spelled the same: `clean`, `open`
  const [only, ...others] = fitting.length > 0 ? fitting : known.filter((value) => plainName(value) === verb);
  return others.length === 0 ? only : undefined;
}

/** Makes two things for each action, does it to one, and reads what became of both; then does it again. */
export function* actionsDone(scope: Scope, resource: Resource): Conversation {
  const { read } = resource;
  for (const action of read ? actionsOn(scope.planning, resource) : []) {
    const beside = yield* makeThing(scope, resource);
    const made = yield* makeThing(scope, resource);
    if (!made || !read) return;
    const other = beside && itemRequest(read, beside.entity);
    const otherBefore = other && (yield* attempt(scope, other, { title: `read another before ${action.operation.id}` }));
    scope.entities.set(resource.item, made.entity);
    const before = yield* attempt(scope, itemRequest(read, made.entity), { title: `read before ${action.operation.id}` });
    const request = yield* prepareRequest(scope, action.operation);
    if (!request || member(thingIn(before.json), action.property) === action.value) continue;
    let done = yield* attempt(scope, request, { title: action.operation.id });
    while (done.status === 409 && (yield* furnish(scope, action.operation)))
      done = yield* attempt(scope, request, { title: action.operation.id });
    if (!isAccepted(done)) continue;
    yield* attempt(scope, itemRequest(read, made.entity), {
      title: `read after ${action.operation.id}`,
      expectations: [taken(action, done.status === 202), ...stamped(action, before)],
    });
    if (other && otherBefore && isAccepted(otherBefore) && member(thingIn(otherBefore.json), action.property) !== action.value)
      yield* attempt(scope, other, { title: `read another after ${action.operation.id}`, expectations: [notTaken(action)] });
    // what is clean may be cleaned once more, what is cancelled is not cancelled again
    const refuses = action.past && declaresStatus(action.operation, '409');
    yield* attempt(scope, request, {
      title: `${action.operation.id}, again`,
      intent: 'probe',
      expectations: refuses ? [refusedAgain(scope.planning, resource, action)] : [],
    });
  }
}

function taken({ operation, property, value }: Action, later: boolean): Expectation {
  return {
    check: 'action-takes-effect',
    confidence: later ? 'unsure' : 'certain',
    why: `${operation.id} was accepted, and ${property} can be ${JSON.stringify(value)}`,
    promise: operation.pointer,
    topic: operation.id,
    holds: (answer) => {
      const now = isAccepted(answer) ? member(thingIn(answer.json), property) : undefined;
      if (now === undefined) return { kind: 'cannot-judge', reason: `${property} could not be read` };
      return now === value
        ? { kind: 'kept' }
        : {
            kind: 'broken',
            message: `after it ${property} is ${JSON.stringify(now)}, not ${JSON.stringify(value)}`,
            where: `response.body/${property}`,
            came: cameOf(answer),
          };
    },
  };
}

/** When it was done is told once it was. */
function stamped(action: Action, before: Answer): Expectation[] {
  const { operation, property, value, stamp } = action;
  if (stamp === undefined || (member(thingIn(before.json), stamp) ?? null) !== null) return [];
  return [
    {
      check: 'action-takes-effect',
      confidence: 'certain',
      why: `${operation.id} was accepted, and ${property} is ${JSON.stringify(value)}`,
      promise: operation.pointer,
      topic: `${operation.id} ${stamp}`,
      holds: (answer) => {
        const thing = thingIn(answer.json);
        if (!isAccepted(answer) || member(thing, property) !== value) return { kind: 'cannot-judge', reason: 'it was not done' };
        return (member(thing, stamp) ?? null) === null
          ? { kind: 'broken', message: `after it ${stamp} is not told`, where: `response.body/${stamp}`, came: cameOf(answer) }
          : { kind: 'kept' };
      },
    },
  ];
}

/** What is done to one thing is not done to another. */
function notTaken({ operation, property, value }: Action): Expectation {
  return {
    check: 'others-untouched',
    confidence: 'certain',
    why: `${operation.id} addressed another one`,
    promise: operation.pointer,
    topic: `${operation.id} ${property}`,
    holds: (answer) =>
      isAccepted(answer) && member(thingIn(answer.json), property) === value
        ? {
            kind: 'broken',
            message: `${operation.id} of another one made ${property} of this one ${JSON.stringify(value)}`,
            where: `response.body/${property}`,
            came: cameOf(answer),
          }
        : { kind: 'kept' },
  };
}

/** The document declares a conflict, and what is done already is the only one that can be. */
function refusedAgain({ contract }: Planning, { name }: Resource, { operation, property, value, states }: Action): Expectation {
  const said = refusalsSaid(contract, operation).some(
    (sentence) =>
      (plainName(sentence).includes(plainName(String(value))) && !/\bnot\b/i.test(sentence)) ||
      refusedStates(sentence, { name, states, final: [] }).includes(String(value)),
  );
  return {
    check: 'action-takes-effect',
    confidence: said ? 'certain' : 'likely',
    why: `${property} is ${JSON.stringify(value)} already, and the document declares 409`,
    promise: operation.pointer,
    topic: `${operation.id} again`,
    holds: keptUnless(isAccepted, 'what is done already is done once more'),
  };
}

/** The sentences of an operation and of its 409 that speak of a refusal, and not of what is done all the same. */
export function refusalsSaid(contract: Contract, operation: Operation): readonly string[] {
  const conflicts = responsesTo(operation, '409').map(({ pointer }) => pointer);
  const own = sentencesAt(contract, operation.pointer).filter((one) =>
    /\b409\b|refus|reject|conflict|already|cannot|^\s*only\b/i.test(one),
  );
  const done = /\b(?:20\d|unchanged|nothing happens|no-?op|idempoten\w+|ignored|succeeds?)\b/i;
  return [...own, ...sentencesAt(contract, ...conflicts)].filter((one) => !done.test(one));
}
