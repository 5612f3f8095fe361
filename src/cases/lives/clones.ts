/** Copies of a thing, such as `POST /templates/{id}/clone`: what is not given anew is as it is in the original. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { pathAfter } from '../../lib/names.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Operation } from '../../spec/contract.ts';
import { descriptionAt } from '../../spec/descriptions.ts';
import { attempt, resourceMade } from '../steps/attempt.ts';
import { fieldsWritten } from '../inference/body-fields.ts';
import type { Answer, Conversation, Expectation } from '../case.ts';
import { distinctBody } from '../values/distinct-body.ts';
import { addressPath, identifierIn, type Entity } from '../steps/entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { followLocation } from '../steps/follow-location.ts';
import { changingBody, itemRequest, makeThing } from '../steps/make-thing.ts';
import { creationsBelow } from './parts.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { unchanged } from '../steps/refusals.ts';
import { thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import { isUnique } from '../steps/unique-names.ts';
import { isAssigned } from '../values/written-differences.ts';

/** Copies a thing whose values are no defaults. */
export function* cloned(scope: Scope, resource: Resource): Conversation {
  const { create, read } = resource;
  const { planning } = scope;
  const copying = planning.contract.operations.filter(
    (one) =>
      one.method === 'POST' &&
      /^(?:clone|copy|duplicate)$/i.test(pathAfter(resource.item, one.path) ?? '') &&
      resourceMade(planning, one) === resource,
  );
  if (!create || !read || copying.length === 0) return;
  const made = yield* makeThing(scope, resource, { change: (body) => distinctBody(planning, create, body, 3) });
  if (!made) return;
  for (const operation of copying) {
    const original = yield* attempt(scope, itemRequest(read, made.entity), { title: `read before ${operation.id}` });
    scope.entities.set(resource.item, made.entity);
    const request = yield* prepareRequest(scope, operation);
    if (!request || !isAccepted(original)) continue;
    const given = new Set(Object.keys(fieldsWritten(planning.contract, operation)?.of(request.body?.value) ?? {}));
    const answer = yield* attempt(scope, request, {
      title: operation.id,
      expectations: [alike(scope, create, operation, { original, given })],
    });
    const id = isAccepted(answer) ? identifierIn(answer, resource) : undefined;
    if (id === undefined) continue;
    const path = addressPath(resource, [...made.entity.path], id);
    const copy = { ...made.entity, id, path, json: answer.json };
    yield* followLocation(scope, resource, copy, request, answer);
    yield* independent(scope, operation, made.entity, copy);
  }
}

/** Certain where the document says that what a copy has is the same. */
function alike(
  { planning }: Scope,
  create: Operation,
  operation: Operation,
  { original, given }: { readonly original: Answer; readonly given: ReadonlySet<string> },
): Expectation {
  const { contract } = planning;
  const names = [...(fieldsWritten(contract, create)?.places ?? [])]
    .filter(([name, place]) => !given.has(name) && !isAssigned(name) && !isUnique(contract, name, place))
    .map(([name]) => name);
  const before = thingIn(original.json);
  return {
    check: 'action-takes-effect',
    confidence: /\b(?:same|identical)\b/i.test(descriptionAt(contract, operation.pointer)) ? 'certain' : 'likely',
    why: `${operation.id} makes a copy`,
    promise: operation.pointer,
    topic: `${operation.id} copy`,
    holds: (answer) => {
      if (!isAccepted(answer)) return { kind: 'open' };
      const copy = thingIn(answer.json);
      const lost = names.find(
        (name) => member(before, name) !== undefined && !isSameJson(member(before, name) ?? null, member(copy, name) ?? null),
      );
      if (lost === undefined) return { kind: 'kept' };
      const [left, right]: (Json | undefined)[] = [member(before, lost), member(copy, lost)];
      return {
        kind: 'broken',
        message: `${lost} of the copy is ${JSON.stringify(right)}, and of the original ${JSON.stringify(left)}`,
        where: `response.body/${lost}`,
        came: cameOf(answer),
      };
    },
  };
}

/** What is done to a copy, and put below it, is not done to the original. Certain where the document says that a copy is on its own. */
function* independent(scope: Scope, operation: Operation, original: Entity, copy: Entity): Conversation {
  const { resource } = original;
  const { read } = resource;
  const change = resource.patch ?? resource.replace;
  if (!read || String(copy.id) === String(original.id)) return;
  const look = itemRequest(read, original);
  const before = yield* attempt(scope, look, { title: 'read the original' });
  scope.entities.set(resource.item, copy);
  const request = change && (yield* prepareRequest(scope, change));
  if (request?.body && isObject(request.body.value)) {
    const value = changingBody(scope, request.operation, request.body.value, before.json, copy.json);
    yield* attempt(scope, { ...request, body: { ...request.body, value } }, { title: 'change the copy' });
  }
  const below = creationsBelow(scope.planning, resource).find(({ method }) => method === 'POST');
  const addition = below && (yield* prepareRequest(scope, below));
  if (addition) yield* attempt(scope, addition, { title: 'add to the copy' });
  const said = /\bindependent|\b(?:deep|own|separate) cop(?:y|ies)\b|\bcopies of\b/i.test(
    descriptionAt(scope.planning.contract, operation.pointer),
  );
  const expectation = unchanged(resource, before, {
    check: 'others-untouched',
    confidence: said ? 'certain' : 'likely',
    why: `${operation.id} made a copy, and only that was changed`,
    topic: `${operation.id} original`,
    message: 'what is done to a copy is done to the original',
  });
  yield* attempt(scope, look, { title: 'read the original after its copy was changed', expectations: [expectation] });
}
