/** What refers to a thing, as runs refer to their template: where the document says so, it goes with the thing, or keeps it from being deleted. Pure. */
import { declaresStatus } from '../../spec/declares-status.ts';
import { descriptionAt, sentencesAt } from '../../spec/descriptions.ts';
import { refusalsSaid } from './actions.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { isAbsent, isAccepted, keptUnless } from '../expectations.ts';
import { itemRequest, makeThing } from '../steps/make-thing.ts';
import type { Planning } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import { namesOne, namesThing } from '../inference/references.ts';
import type { Resource } from '../inference/resources.ts';
import { saysDeleted } from './restoration.ts';
import { about, broughtTo, stateNow, statesOf, stepsTo, type States } from './states.ts';
import { holdingStates, namesOf } from '../inference/told-refusals.ts';

/** Deletes things that others refer to, where the document says what becomes of those or that they are in the way. */
export function* dependantsHeeded(scope: Scope, resource: Resource): Conversation {
  const { remove, read } = resource;
  if (!remove || !read) return;
  for (const dependant of dependantsOf(scope.planning, resource)) {
    if (saysGone(scope.planning, resource, dependant)) yield* goneWith(scope, resource, dependant);
    yield* inTheWay(scope, resource, dependant);
  }
}

/** Resources of which the deletion speaks, and whose creation names a thing of the other resource. */
function dependantsOf(planning: Planning, resource: Resource): readonly Resource[] {
  const said = textsOf(planning, resource).join(' ');
  return planning.resources.all.filter((one) => naming(one.name).test(said) && refersTo(planning, one, resource));
}

/** Whether things of a resource that are made and read elsewhere name things of another one. */
export function refersTo(planning: Planning, { create, read, collection }: Resource, resource: Resource): boolean {
  const elsewhere = create?.method === 'POST' && read !== undefined && !collection.startsWith(`${resource.item}/`);
  return elsewhere && namesThing(planning, create, resource);
}

function naming(name: string): RegExp {
  return new RegExp(String.raw`\b(?:${namesOf({ name })})\b`, 'i');
}

function textsOf({ contract }: Planning, { remove }: Resource): readonly string[] {
  if (!remove) return [];
  return [descriptionAt(contract, remove.pointer, 'summary'), ...sentencesAt(contract, remove.pointer)];
}

/** `Delete a template with its files and its runs`. */
function saysGone(planning: Planning, resource: Resource, { name }: Resource): boolean {
  const listed = String.raw`(?:[\w-]+(?:, (?:its )?| and (?:its )?))*(?:[\w-]+ )?`;
  const its = new RegExp(
    String.raw`(?<!\b(?:from|of|to|in|for|on) )\bits ${listed}(?:${namesOf({ name })})(?= *(?:$|[,(]|and\b|are\b|too\b|as well\b))`,
    'i',
  );
  const other =
    /\b(?:not?|never|unless|except|without|only|if|while|when|cannot|409)\b|\b(?:keep|kept|stay|remain|detach|un(?:link|assign)|re-?assign|move|archive|cancel|close|stop|release)/i;
  return textsOf(planning, resource).some((text) => /\b(?:delet|remov|destroy)\w*\b/i.test(text) && its.test(text) && !other.test(text));
}

/** A thing, and another one that names it. */
export interface Pair {
  readonly thing: Entity;
  readonly other: Entity;
}

/** A new pair; undefined where it cannot be had. */
export function* pairOf(scope: Scope, resource: Resource, dependant: Resource): Conversation<Pair | undefined> {
  const thing = (yield* makeThing(scope, resource))?.entity;
  if (!thing) return undefined;
  scope.entities.set(resource.item, thing);
  const made = yield* makeThing(scope, dependant);
  const names = made && namesOne(scope.planning, made.request.operation, made.body, resource, thing.id);
  return names ? { thing, other: made.entity } : undefined;
}

function* goneWith(scope: Scope, resource: Resource, dependant: Resource): Conversation {
  const { remove, read } = resource;
  const made = yield* pairOf(scope, resource, dependant);
  if (!made || !remove || !read || !dependant.read) return;
  const look = itemRequest(dependant.read, made.other);
  if (!isAccepted(yield* attempt(scope, look, { title: `read one of ${dependant.name} before ${remove.id}` }))) return;
  const request = yield* about(scope, remove, made.thing);
  const deleted = request && (yield* attempt(scope, request, { title: `delete what one of ${dependant.name} names` }));
  if (!deleted || !isAccepted(deleted) || deleted.status === 202) return;
  if (!isAbsent(yield* attempt(scope, itemRequest(read, made.thing), { title: 'read what was deleted' }))) return;
  const expectation: Expectation = {
    check: 'deleted-gone',
    confidence: 'certain',
    why: `the document says that ${dependant.name} go with it`,
    promise: remove.pointer,
    topic: `${remove.id} ${dependant.name}`,
    holds: keptUnless(
      ({ status, json }) => status === 200 && !saysDeleted(json),
      'what goes with a deleted thing, as the document says, can still be read',
    ),
  };
  yield* attempt(scope, look, { title: `read one of ${dependant.name} after ${remove.id}`, intent: 'probe', expectations: [expectation] });
}

/** Deletes a thing while another one is in the way; where that is accepted, the same once more, of a state that was seen to last. */
function* inTheWay(scope: Scope, resource: Resource, dependant: Resource): Conversation {
  const { remove } = resource;
  if (!remove || !declaresStatus(remove, '409')) return;
  const states = statesOf(scope.planning, dependant);
  const stateful = states ?? { name: dependant.name, states: [], final: [] };
  const [holding] = refusalsSaid(scope.planning.contract, remove)
    .map((text) => holdingStates(text, stateful))
    .filter((told) => told !== undefined);
  if (!holding) return;
  const expectation: Expectation = {
    check: 'conflict-refused',
    confidence: 'certain',
    why: `the document says that one of ${dependant.name} is in the way`,
    promise: remove.pointer,
    topic: `${remove.id} ${dependant.name}`,
    holds: keptUnless(isAccepted, `what one of ${dependant.name} names is deleted`),
  };
  for (const expectations of [[], [expectation]]) {
    const made = yield* pairOf(scope, resource, dependant);
    if (!made || (states && !(yield* brought(scope, states, made.other, holding)))) return;
    const request = yield* about(scope, remove, made.thing);
    const title = `delete what one of ${dependant.name} names`;
    if (!request || !isAccepted(yield* attempt(scope, request, { title, intent: 'probe', expectations }))) return;
  }
}

/** Whether a thing is in one of the states, or could be brought to one, and stays there. */
function* brought(scope: Scope, states: States, entity: Entity, wanted: readonly string[]): Conversation<boolean> {
  const now = yield* stateNow(scope, states, entity);
  const state = now === undefined || wanted.includes(now) ? now : wanted.find((one) => stepsTo(states, now, one));
  if (state === undefined || (yield* broughtTo(scope, states, state, entity)) !== entity) return false;
  return (yield* stateNow(scope, states, entity)) === state;
}
