/** The stateful phase: the life of a thing from creation to its second deletion, two of each kind. Pure. */
import { shortHash } from '../lib/short-hash.ts';
import { valueAt } from '../lib/json-pointer.ts';
import { isObject, type Json } from '../lib/json.ts';
import { isSameJson } from '../lib/same-json.ts';
import { listIn, successBody } from '../spec/properties.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan, Scenario } from './case.ts';
import { namedMember, type Entity } from './entity.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { distinctBody } from './distinct-body.ts';
import { itemRequest, makeThing, type Made } from './make-thing.ts';
import { nameWords } from './names.ts';
import { nestedScoped } from './nested.ts';
import type { Planning } from './planning.ts';
import { createScope, itemParameters, type Scope } from './prepare.ts';
import { defaultsApplied, writtenBack } from './read-back.ts';
import { refusedMakesNothing } from './refusals.ts';
import { removed } from './removal.ts';
import type { Resource } from './resources.ts';
import { roundTrips } from './round-trips.ts';
import { updated } from './updates.ts';
import { uploadScenarios } from './uploads.ts';

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
    size: 10,
    quiet,
    start: () => talk(createScope(planning, 'stateful', offset), resource),
  });
  const created = planning.resources.all.filter((resource) => resource.create !== undefined);
  return [
    ...created.map((resource, index) => scenario('the life of', resource, 80_000 + index * 100, false, life)),
    ...created.map((resource, index) => scenario('what is kept of', resource, 90_000 + index * 100, false, roundTrips)),
    ...uploadScenarios(planning),
    ...created.map((resource, index) => scenario('refused creations of', resource, 95_000 + index * 100, true, refusedMakesNothing)),
  ];
}

function* life(scope: Scope, resource: Resource): Conversation {
  const first = yield* make(scope, resource, 1);
  if (!first) {
    if (resource.create)
      yield { kind: 'note', operation: resource.create, reason: `none of ${resource.name} could be created, so its life was not followed` };
    return;
  }
  scope.entities.set(resource.item, first.entity);
  const second = yield* make(scope, resource, 10);
  const read = yield* readMade(scope, resource, first);
  if (read && resource.read)
    yield* attempt(scope, itemRequest(resource.read, first.entity), {
      title: 'read it again',
      expectations: [unchangedByReading(resource, read)],
    });
  if (second) yield* readMade(scope, resource, second);
  yield* listed(scope, resource, first.entity);
  yield* updated(scope, resource, first, second);
  if (second) yield* nestedScoped(scope, resource, second.entity);
  yield* removed(scope, resource, first.entity);
  if (second && resource.read)
    yield* attempt(scope, itemRequest(resource.read, second.entity), {
      title: 'read the other after DELETE',
      expectations: [readable(resource)],
    });
}

function* make(scope: Scope, resource: Resource, number: number): Conversation<Made | undefined> {
  const { create } = resource;
  const { planning } = scope;
  return yield* makeThing(scope, resource, {
    ...(create && { change: (body) => distinctBody(planning, create, body, number) }),
    expectations: ({ operation, body }) =>
      writtenBack(planning, { write: operation, look: operation, body: body?.value, owned: owned(resource) }),
  });
}

function owned({ identifier }: Resource): ReadonlySet<string> {
  return new Set(identifier === undefined ? [] : [identifier]);
}

function readable(resource: Resource): Expectation {
  return {
    check: 'created-readable',
    confidence: 'certain',
    why: `${resource.create?.id ?? 'its creation'} was accepted`,
    promise: resource.read?.pointer ?? '',
    topic: resource.item,
    holds: (answer) =>
      isAccepted(answer)
        ? { kind: 'kept' }
        : { kind: 'broken', message: 'what was created cannot be read', where: 'response.status', came: cameOf(answer) },
  };
}

function* readMade(scope: Scope, resource: Resource, made: Made): Conversation<Answer | undefined> {
  const { read, create } = resource;
  if (!read) return undefined;
  const { planning } = scope;
  const expectations = [readable(resource)];
  if (create) {
    expectations.push(...writtenBack(planning, { write: create, look: read, body: made.body, echo: made.answer, owned: owned(resource) }));
    expectations.push(...defaultsApplied(planning, create, read, made.body));
  }
  return yield* attempt(scope, itemRequest(read, made.entity), { title: `read what was created`, expectations });
}

/** What looking at a thing may well change, by name. */
const volatile =
  /^(?:accessed|seen|viewed|views|reads?|hits|visits|last|now|age|uptime|expires?|remaining|ttl|served|generated|signed|signature|token|nonce|url|request|trace)$/;

/** Two reads with nothing between them agree, counters included. */
function unchangedByReading(resource: Resource, before: Answer): Expectation {
  const steady = (json: Json | undefined): Json =>
    isObject(json)
      ? Object.fromEntries(Object.entries(json).filter(([name]) => !nameWords(name).some((word) => volatile.test(word))))
      : (json ?? null);
  return {
    check: 'safe-repeatable',
    confidence: 'likely',
    why: 'nothing was changed between the two reads',
    promise: resource.read?.pointer ?? '',
    topic: resource.item,
    holds: (answer) => {
      if (!isAccepted(answer) || !isAccepted(before)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      if (isSameJson(steady(before.json), steady(answer.json))) return { kind: 'kept' };
      return {
        kind: 'broken',
        message: 'the repeat of a read answers something else',
        where: 'response.body',
        came: `before ${cameOf(before)}; after ${cameOf(answer)}`.slice(0, 400),
      };
    },
  };
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
      {
        check: 'created-listed',
        // a list may have filters of its own that no document tells
        confidence: 'likely',
        why: `${resource.create?.id ?? ''} made it, and ${list.id} lists ${resource.name}`,
        promise: list.pointer,
        topic: resource.collection,
        holds: (answer) => {
          const items = answer.json === undefined ? undefined : valueAt(answer.json, place.pointer);
          if (!isAccepted(answer) || !Array.isArray(items)) return { kind: 'cannot-judge', reason: 'the list did not come' };
          if (items.some((item: Json) => sameId(namedMember(item, identifier), entity.id))) return { kind: 'kept' };
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
