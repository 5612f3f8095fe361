/** The stateful phase: the life of a thing from creation to its second deletion, two of each kind. Pure. */
import { shortHash } from '../lib/short-hash.ts';
import { valueAt } from '../lib/json-pointer.ts';
import { isObject, member, type Json } from '../lib/json.ts';
import type { Operation } from '../spec/contract.ts';
import { listIn, successBody } from '../spec/properties.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan, Scenario } from './case.ts';
import { namedMember, type Entity } from './entity.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { comparable, readBack, withoutServerOwned } from './read-back.ts';
import { makeCase, ordinaryBody, preferredBody, send, type Planning } from './planning.ts';
import { create, createScope, itemParameters, prepareRequest, withReferences, type Scope } from './prepare.ts';
import type { Resource } from './resources.ts';

/** One scenario for each resource that can be created, and one for each set of links that the document declares. */
export function statefulScenarios(planning: Planning): Scenario[] {
  if (planning.safeOnly) return [];
  return planning.resources.all
    .filter((resource) => resource.create !== undefined)
    .map((resource, index) => ({
      id: shortHash('stateful', resource.item),
      phase: 'stateful',
      title: `the life of ${resource.name}`,
      size: 10,
      quiet: false,
      start: () => life(createScope(planning, 'stateful', 80_000 + index * 100), resource),
    }));
}

function* life(scope: Scope, resource: Resource): Conversation {
  const first = yield* make(scope, resource);
  if (!first) {
    if (resource.create) yield { kind: 'note', operation: resource.create, reason: `none of ${resource.name} could be created, so its life was not followed` };
    return;
  }
  scope.entities.set(resource.item, first.entity);
  const second = yield* make(scope, resource);
  yield* readMade(scope, resource, first);
  if (second) yield* readMade(scope, resource, second);
  yield* listed(scope, resource, first.entity);
  yield* updated(scope, resource, first);
  if (second) yield* readMade(scope, resource, second);
  yield* removed(scope, resource, first.entity);
  if (second) yield* readMade(scope, resource, second);
}

/** A thing and the body that it was made from. */
interface Made {
  readonly entity: Entity;
  readonly body: Json | undefined;
}

function* make(scope: Scope, resource: Resource): Conversation<Made | undefined> {
  let body: Json | undefined;
  const steps = create(scope, resource);
  // the request is what the creation's own last case carried
  let step = steps.next();
  while (!step.done) {
    if (step.value.kind === 'case' && step.value.case.request.operation.id === resource.create?.id) body = step.value.case.request.body?.value;
    step = steps.next(yield step.value);
  }
  return step.value && { entity: step.value, body };
}

function itemRequest(operation: Operation, entity: Entity): RequestPlan {
  return { operation, parameters: itemParameters(operation, entity.path) };
}

function* readMade(scope: Scope, resource: Resource, made: Made): Conversation<Answer | undefined> {
  if (!resource.read) return undefined;
  const promise = resource.read.pointer;
  const expectations: Expectation[] = [
    {
      check: 'created-readable',
      confidence: 'certain',
      why: `${resource.create?.id ?? 'its creation'} was accepted`,
      promise,
      topic: resource.item,
      holds: (answer) =>
        isAccepted(answer) ? { kind: 'kept' } : { kind: 'broken', message: 'what was created cannot be read', where: 'response.status', came: cameOf(answer) },
    },
    ...(made.body === undefined ? [] : [readBack(scope.planning, resource, resource.read, made.body, made.entity.json)]),
  ];
  return yield* attempt(scope, itemRequest(resource.read, made.entity), { title: `read what was created`, expectations });
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
          return { kind: 'broken', message: `${identifier} ${JSON.stringify(entity.id)} is not in the list`, where: `response.body${place.pointer}`, came: cameOf(answer) };
        },
      },
    ],
  });
}

function sameId(left: Json | undefined, right: Json): boolean {
  return left !== undefined && String(left) === String(right);
}

/** Whether an envelope says, or a bare list lets expect, that there is more. */
function isPartial(body: Json | undefined, shown: number): boolean {
  const numbers = Object.entries(isObject(body) ? body : {}).filter(([name, value]) => typeof value === 'number' && /total|count/i.test(name));
  if (numbers.length > 0) return numbers.some(([, value]) => Number(value) > shown);
  return shown >= 10;
}

/** PUT and PATCH with other values, then the read shows them. */
function* updated(scope: Scope, resource: Resource, made: Made): Conversation {
  for (const operation of [resource.replace, resource.patch]) {
    if (!operation || operation.id === resource.create?.id || operation.requestBody === undefined) continue;
    const body = ordinaryBody(scope.planning, operation, scope.variant++);
    if (body?.value === undefined) continue;
    const before = resource.read && operation.method === 'PATCH' ? yield* attempt(scope, itemRequest(resource.read, made.entity), { title: 'read before PATCH' }) : undefined;
    const whole = yield* withReferences(scope, operation, body.value);
    const value = before ? oneMember(scope.planning, operation, whole, before) : whole;
    const request: RequestPlan = { ...itemRequest(operation, made.entity), body: { mediaType: body.mediaType, value } };
    const answer = yield* attempt(scope, request, { title: 'update it' });
    if (!isAccepted(answer) || !resource.read) continue;
    yield* attempt(scope, itemRequest(resource.read, made.entity), {
      title: `read after ${operation.method}`,
      expectations: [readBack(scope.planning, resource, resource.read, value, answer.json), ...(before ? [keptRest(operation, before, value)] : [])],
    });
  }
}

/** A patch that names as little as it may, and changes something. */
function oneMember(planning: Planning, operation: Operation, whole: Json, before: Answer): Json {
  const media = preferredBody(operation);
  if (!isObject(whole) || !media?.schema) return whole;
  for (const [name, value] of Object.entries(whole)) {
    const patch = { [name]: value };
    const changes = comparable(value) && member(before.json, name) !== undefined && member(before.json, name) !== value;
    if (changes && planning.contract.validators.validate(media.schema, patch, 'request').kind === 'valid') return patch;
  }
  return whole;
}

/** PATCH touches only what it names. @see https://www.rfc-editor.org/rfc/rfc5789#section-2 */
function keptRest(operation: Operation, before: Answer, named: Json): Expectation {
  const former = Object.entries(withoutServerOwned(before.json)).filter(([name, value]) => comparable(value) && !(isObject(named) && name in named));
  return {
    check: 'update-keeps-rest',
    confidence: 'certain',
    why: `PATCH named only ${Object.keys(isObject(named) ? named : {}).join(', ')}`,
    promise: operation.pointer,
    topic: operation.id,
    holds: (answer) => {
      if (!isAccepted(answer) || !isAccepted(before)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      const lost = former.find(([name, value]) => member(answer.json, name) !== value);
      return lost ? { kind: 'broken', message: `${lost[0]} changed though the update did not name it`, where: `response.body/${lost[0]}`, came: cameOf(answer) } : { kind: 'kept' };
    },
  };
}

/** DELETE, then the thing is gone, and a second deletion neither crashes nor pretends. */
function* removed(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { remove, read } = resource;
  if (!remove) return;
  const request = yield* removalRequest(scope, remove, entity);
  if (!request) return;
  const answer = yield* send(makeCase({ phase: scope.phase, title: 'delete it', request }));
  if (!isAccepted(answer)) return;
  scope.entities.delete(resource.item);
  if (entity.created) yield { kind: 'gone', created: entity.created };
  // accepted for later (202) promises nothing about now (RFC 9110 section 15.3.3)
  const gone: Expectation = {
    check: 'deleted-gone',
    confidence: answer.status === 202 ? 'unsure' : 'certain',
    why: `${remove.id} answered ${answer.status ?? ''}`,
    promise: remove.pointer,
    topic: resource.item,
    holds: (after) => {
      if (after.status === 404 || after.status === 410) return { kind: 'kept' };
      if (after.status !== undefined && after.status >= 200 && after.status < 300) {
        return { kind: 'broken', message: 'what was deleted can still be read', where: 'response.status', came: cameOf(after) };
      }
      return { kind: 'cannot-judge', reason: `after the deletion the read was answered with ${after.status ?? 'nothing'}` };
    },
  };
  if (read) yield* attempt(scope, itemRequest(read, entity), { title: 'read after DELETE', intent: 'probe', expectations: [gone] });
  yield* send(makeCase({ phase: scope.phase, title: 'delete it again', intent: 'probe', request: itemRequest(remove, entity) }));
}

function* removalRequest(scope: Scope, remove: Operation, entity: Entity): Conversation<RequestPlan | undefined> {
  scope.entities.set(entity.resource.item, entity);
  return yield* prepareRequest(scope, remove);
}

