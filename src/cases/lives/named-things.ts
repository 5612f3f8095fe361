/** What becomes of the things that another one names, where the document says so: `the seats become held`, and held they are refused to the next. Pure. */
import type { Operation } from '../../spec/contract.ts';
import { member, type Json } from '../../lib/json.ts';
import { pathAfter } from '../../lib/names.ts';
import { sentencesAt } from '../../spec/descriptions.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { itemParameters } from '../steps/enter-created.ts';
import { namedMember, type Entity } from '../steps/entity.ts';
import { cameOf, isAccepted, keptUnless } from '../expectations.ts';
import { makeThing, type Made } from '../steps/make-thing.ts';
import { namesOne, resourcesNamed } from '../inference/references.ts';
import { itemsShown, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import { toldState } from '../inference/told-moves.ts';
import { stateAfter } from '../inference/used-up.ts';
import { renamedRequest } from '../steps/unique-names.ts';
import type { Scope } from '../steps/scope.ts';
import { conflictsOver } from './conflicts-over.ts';
import { about, stateMember, type Stated } from './states.ts';

/** Makes things that name others, does to them what the document says moves those, and looks at these; then names them again where that is a conflict. */
export function* namedThingsMoved(scope: Scope, resource: Resource): Conversation {
  const { planning } = scope;
  const { create } = resource;
  if (!create) return;
  for (const named of resourcesNamed(planning, create).values()) {
    const stated = named.item === resource.item ? undefined : stateMember(planning, named);
    if (!stated) continue;
    for (const operation of [create, ...actionsBelow(scope, resource)]) {
      const [state] = sentencesAt(planning.contract, operation.pointer).flatMap((one) => toldState(one, stated) ?? []);
      if (state !== undefined) yield* moved(scope, resource, { stated, operation, state });
    }
    yield* namedTwice(scope, resource, create, stated);
  }
}

/** Operations on one thing that need nothing beside it. */
function actionsBelow({ planning }: Scope, { item }: Resource): readonly Operation[] {
  return planning.contract.operations.filter(
    ({ method, path, requestBody }) => method === 'POST' && !requestBody?.required && /^[\w-]+$/.test(pathAfter(item, path) ?? ''),
  );
}

/** An operation, and the state that it leaves in what is named, by its words. */
interface Effect {
  readonly stated: Stated;
  readonly operation: Operation;
  readonly state: string;
}

function* moved(scope: Scope, resource: Resource, effect: Effect): Conversation {
  const { stated, operation } = effect;
  const made = yield* makeThing(scope, resource);
  const other = made && namedBy(scope, made, stated.resource);
  if (!made || !other) return;
  if (operation.id !== resource.create?.id) {
    const request = yield* about(scope, operation, made.entity);
    if (!request || !isAccepted(yield* attempt(scope, request, { title: operation.id }))) return;
  }
  yield* lookAt(scope, other, `read what it names after ${operation.id}`, [hasState(scope, effect, other)]);
}

/** The thing of the resource that is named in what was made. */
function namedBy({ planning, entities }: Scope, made: Made, resource: Resource): Entity | undefined {
  const other = entities.get(resource.item);
  return other && namesOne(planning, made.request.operation, made.body, resource, other.id) ? other : undefined;
}

/** Reads the thing, or the list that shows it. */
function* lookAt(scope: Scope, { resource, path }: Entity, title: string, expectations: readonly Expectation[]): Conversation {
  const look = resource.read ?? resource.list;
  if (look) yield* attempt(scope, { operation: look, parameters: itemParameters(look, path) }, { title, expectations });
}

/** The thing in what a read of it, or a list, answered. */
function shownIn({ planning }: Scope, { resource, id }: Entity, { json }: Answer): Json | undefined {
  const { read, list, identifier = 'id' } = resource;
  if (read || !list) return thingIn(json);
  return itemsShown(planning.contract, list, json)?.find((item) => String(namedMember(item, identifier)) === String(id));
}

function hasState(scope: Scope, { stated, operation, state }: Effect, other: Entity): Expectation {
  const { name, property } = stated;
  return {
    check: 'action-takes-effect',
    confidence: 'certain',
    why: `${operation.id} was accepted, and the document says that ${name} become ${state}`,
    promise: operation.pointer,
    topic: `${operation.id} ${name} ${state}`,
    holds: (answer) => {
      const now = isAccepted(answer) ? member(shownIn(scope, other, answer), property) : undefined;
      if (now === undefined) return { kind: 'cannot-judge', reason: `${property} could not be read` };
      if (now === state) return { kind: 'kept' };
      const message = `after ${operation.id} ${property} of what it names is ${JSON.stringify(now)}, not ${JSON.stringify(state)}`;
      return { kind: 'broken', message, where: 'response.body', came: cameOf(answer) };
    },
  };
}

/** Names the same things again where these are in a state by now in which the document calls that a conflict; where that is accepted, others once more. */
function* namedTwice(scope: Scope, resource: Resource, create: Operation, stated: Stated): Conversation {
  const state = stateAfter(scope.planning, create, stated.resource);
  if (state === undefined || !conflictsOver(scope.planning, create, stated).includes(state)) return;
  const expectation: Expectation = {
    check: 'conflict-refused',
    confidence: 'certain',
    why: `the document says that ${stated.name} which are ${state} are a conflict`,
    promise: create.pointer,
    topic: `${create.id} ${stated.name} again`,
    holds: keptUnless(isAccepted, `${create.id} is accepted though what it names was named before`),
  };
  for (const expectations of [[], [expectation]]) {
    const made = yield* makeThing(scope, resource);
    const again: RequestPlan | undefined = made && namedBy(scope, made, stated.resource) && renamedRequest(scope, made.request);
    const title = `name the same of ${stated.name} again`;
    if (!again || !isAccepted(yield* attempt(scope, again, { title, intent: 'probe', expectations }))) return;
  }
}
