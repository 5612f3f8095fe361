/** The stateful phase: the life of a thing from creation to its second deletion, two of each kind. Pure. */
import { shortHash } from '../lib/short-hash.ts';
import { isObject, type Json } from '../lib/json.ts';
import { listIn, successBody } from '../spec/properties.ts';
import { bodiesTakeEffect } from './lives/action-bodies.ts';
import { addedAtOnce } from './lives/additions-at-once.ts';
import { actionsDone } from './lives/actions.ts';
import { atOnce } from './lives/at-once.ts';
import { attempt } from './steps/attempt.ts';
import { bodyTagsHeeded } from './lives/body-tags.ts';
import { cloned } from './lives/clones.ts';
import { bulkCreations, bulkMakesAll } from './lives/bulk-creations.ts';
import type { Answer, Conversation, Expectation, RequestPlan, Scenario } from './case.ts';
import { addressOf, identifierIn, namedMember, type Entity } from './steps/entity.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { identifiersChosen } from './lives/chosen-identifiers.ts';
import { amountsFollow } from './lives/amounts-follow.ts';
import { amountsHeld } from './lives/amounts-held.ts';
import { deletedNotNamed } from './lives/deleted-named.ts';
import { dependantsHeeded } from './lives/dependants.ts';
import { distinctBody } from './values/distinct-body.ts';
import { keyMakesOne } from './lives/idempotency-keys.ts';
import { identifiersStayUsed } from './lives/identifiers-again.ts';
import { jsonPatched } from './lives/json-patches.ts';
import { isJob } from './steps/jobs.ts';
import { listsBelow } from './lives/lists-below.ts';
import { itemRequest, makeThing, type Made } from './steps/make-thing.ts';
import { namedThingsMoved } from './lives/named-things.ts';
import { namesParent, nestedScoped } from './lives/nested.ts';
import { partsRemoved } from './lives/parts.ts';
import { statesHeeded } from './lives/states-heeded.ts';
import { statesPatched } from './lives/patched-states.ts';
import { isJsonPatch, type Planning } from './planning.ts';
import { itemParameters } from './steps/enter-created.ts';
import { createScope, type Scope } from './steps/scope.ts';
import { defaultsApplied, sharedFlags, writtenBack } from './steps/read-back.ts';
import { refusedMakesNothing } from './lives/refused-creations.ts';
import { itemsAt } from './inference/representation.ts';
import { rehearsed } from './lives/rehearsals.ts';
import { removed } from './lives/removal.ts';
import type { Resource } from './inference/resources.ts';
import { unchangedByReading } from './lives/repeated-reads.ts';
import { roundTrips } from './lives/round-trips.ts';
import { singletonLife, singletonsOf } from './lives/singletons.ts';
import { changedAfterMade } from './lives/server-values.ts';
import { followStray, strayCreations } from './lives/stray-locations.ts';
import { idsAbout } from './subjects.ts';
import { masksHeeded } from './lives/update-masks.ts';
import { updated } from './lives/updates.ts';
import { uploadScenarios } from './lives/uploads.ts';

/** Of each resource that can be created: its life, what texts and read-only members become, and what a refused creation leaves; then the round trips of bytes. */
export function statefulScenarios(planning: Planning): Scenario[] {
  if (planning.safeOnly) return [];
  const scenario = (
    title: string,
    resource: Resource,
    offset: number,
    quiet: boolean,
    talk: (scope: Scope, resource: Resource) => Conversation,
  ): Scenario => ({
    id: shortHash('stateful', resource.item, title),
    phase: 'stateful',
    title: `${title} ${resource.name}`,
    about: idsAbout(planning, resource),
    size: 10,
    quiet,
    start: () => talk(createScope(planning, 'stateful', offset), resource),
  });
  const created = planning.resources.all.filter((resource) => resource.create !== undefined);
  return [
    // quiet: what one update or action does to another thing shows only where no other scenario's thing is in between
    ...created.map((resource, index) => scenario('the life of', resource, 80_000 + index * 100, true, life)),
    ...created.map((resource, index) => scenario('what is kept of', resource, 90_000 + index * 100, false, roundTrips)),
    ...created.map((resource, index) => scenario('actions on', resource, 98_000 + index * 100, true, actionsDone)),
    ...created.map((resource, index) => scenario('actions with a body on', resource, 97_000 + index * 100, false, bodiesTakeEffect)),
    ...created.map((resource, index) => scenario('update masks of', resource, 94_000 + index * 100, false, masksHeeded)),
    ...created
      .filter(({ patch }) => patch?.requestBody?.content.some(({ type }) => isJsonPatch(type)) === true)
      .map((resource, index) => scenario('JSON Patches of', resource, 91_000 + index * 100, false, jsonPatched)),
    ...created.map((resource, index) => scenario('etags in bodies of', resource, 93_000 + index * 100, false, bodyTagsHeeded)),
    ...created.map((resource, index) => scenario('rehearsals of', resource, 92_000 + index * 100, false, rehearsed)),
    ...created.map((resource, index) => scenario('chosen identifiers of', resource, 96_000 + index * 100, false, identifiersChosen)),
    ...created.map((resource, index) => scenario('idempotency keys of', resource, 99_000 + index * 100, false, keyMakesOne)),
    ...created.map((resource, index) => scenario('copies of', resource, 91_500 + index * 100, false, cloned)),
    ...created.map((resource, index) => scenario('several at once of', resource, 91_000 + index * 100, false, atOnce)),
    ...created.map((resource, index) => scenario('states of', resource, 93_500 + index * 100, false, everyState)),
    ...created.map((resource, index) => scenario('what refers to', resource, 94_500 + index * 100, false, referrersHeeded)),
    ...created.map((resource, index) => scenario('additions at once to', resource, 92_500 + index * 100, false, addedAtOnce)),
    ...created.map((resource, index) => scenario('lists below', resource, 95_500 + index * 100, false, listsBelow)),
    ...singletonsOf(planning).map((resource, index) => scenario('the one', resource, 100_000 + index * 100, true, singletonLife)),
    ...strayCreations(planning).map((operation, index): Scenario => ({
      id: shortHash('stateful', operation.id, 'Location'),
      phase: 'stateful',
      title: `where ${operation.id} leads`,
      about: [operation.id],
      size: 3,
      quiet: false,
      start: () => followStray(createScope(planning, 'stateful', 105_000 + index * 100), operation),
    })),
    ...bulkCreations(planning).map((bulk, index): Scenario => ({
      id: shortHash('stateful', bulk.operation.id, 'several'),
      phase: 'stateful',
      title: `several by ${bulk.operation.id}`,
      about: [bulk.operation.id],
      size: 2,
      quiet: false,
      start: () => bulkMakesAll(createScope(planning, 'stateful', 107_000 + index * 100), bulk),
    })),
    ...uploadScenarios(planning),
    ...created.map((resource, index) => scenario('refused creations of', resource, 95_000 + index * 100, true, refusedMakesNothing)),
  ];
}

/** What a thing's own state forbids, and what becomes of those that it names. */
function* everyState(scope: Scope, resource: Resource): Conversation {
  yield* statesHeeded(scope, resource);
  yield* namedThingsMoved(scope, resource);
}

/** What names a thing, what it gives to the thing, and takes. */
function* referrersHeeded(scope: Scope, resource: Resource): Conversation {
  yield* dependantsHeeded(scope, resource);
  yield* deletedNotNamed(scope, resource);
  yield* amountsHeld(scope, resource);
  yield* amountsFollow(scope, resource);
}

function* life(scope: Scope, resource: Resource): Conversation {
  const first = yield* make(scope, resource, 1);
  if (!first) {
    if (resource.create)
      yield { kind: 'note', operation: resource.create, reason: 'none could be created, so the life of one was not followed' };
    return;
  }
  scope.entities.set(resource.item, first.entity);
  // of two values both have one, so that an update may give the first what the second has not
  const second = yield* make(scope, resource, 11, first.entity);
  const read = yield* readMade(scope, resource, first, second);
  if (read && resource.read) {
    // what differs once may have settled meanwhile, what differs twice does not
    const again = yield* attempt(scope, itemRequest(resource.read, first.entity), { title: 'read it again' });
    // what was only accepted is still at work: how far it is moves on by itself (RFC 9110 section 15.3.3)
    const expectations = (isJob(resource) ? (['certain'] as const) : (['certain', 'likely'] as const)).map((sure) =>
      unchangedByReading(scope.planning, resource, again, sure),
    );
    yield* attempt(scope, itemRequest(resource.read, first.entity), { title: 'read it a third time', expectations });
  }
  if (second) yield* readMade(scope, resource, second);
  yield* listed(scope, resource, first.entity);
  yield* updated(scope, resource, first, second);
  if (second) yield* nestedScoped(scope, resource, second.entity);
  yield* removed(scope, first.entity, second?.entity, read !== undefined && isAccepted(read));
  yield* partsRemoved(scope, resource);
  if (second) yield* identifiersStayUsed(scope, resource, second.entity, first.entity);
  yield* statesPatched(scope, resource);
}

function* make(scope: Scope, resource: Resource, number: number, before?: Entity): Conversation<Made | undefined> {
  const { create } = resource;
  const { planning } = scope;
  return yield* makeThing(scope, resource, {
    ...(create && { change: (body) => distinctBody(planning, create, body, number) }),
    expectations: (request) => [
      ...writtenBack(planning, { write: request.operation, look: request.operation, body: request.body?.value, owned: owned(resource) }),
      ...namesParent(scope, resource, request),
      ...(before && request.operation.method === 'POST' ? [another(resource, before)] : []),
    ],
  });
}

/** Two creations make two things. */
function another(resource: Resource, { id }: Entity): Expectation {
  return {
    check: 'created-once',
    confidence: 'certain',
    why: 'something else was created before',
    promise: resource.create?.pointer ?? '',
    topic: `${resource.collection} identifiers`,
    holds: (answer) =>
      isAccepted(answer) && resource.identifier !== undefined && String(namedMember(answer.json, resource.identifier)) === String(id)
        ? {
            kind: 'broken',
            message: `two creations were given one identifier, ${JSON.stringify(id)}`,
            where: 'response.body',
            came: cameOf(answer),
          }
        : { kind: 'kept' },
  };
}

function owned({ identifier }: Resource): ReadonlySet<string> {
  return new Set(identifier === undefined ? [] : [identifier]);
}

function readable(resource: Resource, { id }: Entity): Expectation {
  return {
    check: 'created-readable',
    confidence: 'certain',
    why: `${resource.create?.id ?? 'its creation'} was accepted`,
    promise: resource.read?.pointer ?? '',
    topic: resource.item,
    holds: (answer) => {
      if (!isAccepted(answer))
        return { kind: 'broken', message: 'what was created cannot be read', where: 'response.status', came: cameOf(answer) };
      const other = resource.identifier === undefined ? undefined : identifierIn(answer, resource);
      return other === undefined || String(addressOf(resource, other)) === String(addressOf(resource, id))
        ? { kind: 'kept' }
        : {
            kind: 'broken',
            message: `the read of ${JSON.stringify(id)} answers ${JSON.stringify(other)}`,
            where: 'response.body',
            came: cameOf(answer),
          };
    },
  };
}

function* readMade(scope: Scope, resource: Resource, made: Made, later?: Made): Conversation<Answer | undefined> {
  const { read, create } = resource;
  if (!read) return undefined;
  const { planning } = scope;
  const expectations = [readable(resource, made.entity), ...changedAfterMade(planning, resource)];
  if (create) {
    const own = new Set([...owned(resource), ...sharedFlags(made.body, later?.body)]);
    expectations.push(...writtenBack(planning, { write: create, look: read, body: made.body, echo: made.answer, owned: own }));
    expectations.push(...defaultsApplied(planning, create, read, made.body));
  }
  return yield* attempt(scope, itemRequest(read, made.entity), { title: `read what was created`, expectations });
}

/** The list must show the new thing, where one page can show all. */
function* listed(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { list, identifier } = resource;
  const body = list && successBody(list);
  const place = body && listIn(scope.planning.contract, body.schema);
  if (!list || !place || identifier === undefined) return;
  const request: RequestPlan = { operation: list, parameters: itemParameters(list, entity.path) };
  yield* attempt(scope, request, {
    title: 'list what was created',
    expectations: [
      ...namesParent(scope, resource, request),
      {
        check: 'created-listed',
        // a list may have filters of its own that no document tells
        confidence: 'likely',
        why: `${resource.create?.id ?? ''} made it, and ${list.id} lists ${resource.name}`,
        promise: list.pointer,
        topic: resource.collection,
        holds: (answer) => {
          const items = itemsAt(answer.json, place.pointer);
          if (!isAccepted(answer) || !items) return { kind: 'cannot-judge', reason: 'the list did not come' };
          if (items.some((item) => sameId(namedMember(item, identifier), entity.id))) return { kind: 'kept' };
          if (isPartial(answer.json, items.length)) return { kind: 'cannot-judge', reason: 'the list is one page of several' };
          return {
            kind: 'broken',
            message: `${identifier} ${JSON.stringify(entity.id)} is not in the list`,
            where: `response.body${place.pointer}`,
            came: cameOf(answer),
          };
        },
      },
    ],
  });
}

function sameId(left: Json | undefined, right: Json): boolean {
  return left !== undefined && String(left) === String(right);
}

/** Whether an envelope says, or a bare list lets expect, that there is more. A first page with nothing on it is no page of several. */
function isPartial(body: Json | undefined, shown: number): boolean {
  if (shown === 0) return false;
  const numbers = Object.entries(isObject(body) ? body : {}).filter(
    ([name, value]) => typeof value === 'number' && /total|count/i.test(name),
  );
  if (numbers.length > 0) return numbers.some(([, value]) => Number(value) > shown);
  return shown >= 10;
}
