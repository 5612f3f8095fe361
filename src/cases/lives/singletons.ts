/** Things that are there once, under a path without an identifier of their own: `/settings`, `/bikes/{id}/insurance`. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Operation } from '../../spec/contract.ts';
import { listIn, propertiesOf, successBody } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { pathSegments, segmentParameter } from '../../lib/names.ts';
import { makeCase, preferredBody, send, type Planning } from '../planning.ts';
import { itemParameters } from '../steps/enter-created.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { updated } from './updates.ts';
import { putTwice } from '../writes/write-relations.ts';
import { thingIn } from '../inference/representation.ts';

/** The document's singletons: paths that are read as one JSON value and written or deleted. */
export function singletonsOf({ contract, resources }: Planning): Resource[] {
  return [...Map.groupBy(contract.operations, ({ path }) => path)].flatMap(([path, operations]): Resource[] => {
    const last = pathSegments(path).at(-1) ?? '';
    const find = (method: string): Operation | undefined => operations.find((operation) => operation.method === method);
    const read = find('GET');
    const body = read && successBody(read);
    const known = resources.all.some(({ item, collection }) => item === path || collection === path);
    if (!read || !body || last === '' || segmentParameter(last) !== undefined || known || listIn(contract, body.schema)) return [];
    const [replace, patch, remove] = ['PUT', 'PATCH', 'DELETE'].map(find);
    if (!replace && !patch && !remove) return [];
    const writes = { create: undefined, replace, patch, remove };
    return [
      { name: last, collection: path, item: path, parameter: '', list: undefined, read, identifier: undefined, numeric: false, ...writes },
    ];
  });
}

/** Writes it, twice and in part, reads it after each, deletes it as it was written, and puts it back. */
export function* singletonLife(scope: Scope, resource: Resource): Conversation {
  const { read } = resource;
  const request = read && (yield* prepareRequest(scope, read));
  if (!read || !request) return;
  const before = yield* attempt(scope, request, { title: 'read it before it is written' });
  const path = new Map(request.parameters.filter((one) => one.in === 'path').map(({ name, value }) => [name, value] as const));
  const entity: Entity = { resource, path, id: '', json: before.json, created: undefined };
  yield* updated(scope, resource, { entity, request, body: undefined, answer: before }, undefined);
  yield* putTwice(scope, resource, entity);
  yield* removedOnce(scope, resource, entity, { look: request, first: before });
  yield* putBack(scope, resource, entity, before);
}

/** Writes what was there before. */
function* putBack(scope: Scope, { replace }: Resource, { path }: Entity, before: Answer): Conversation {
  const media = replace && preferredBody(replace);
  if (!replace || !media?.schema || !isAccepted(before) || before.json === undefined) return;
  const { contract } = scope.planning;
  const names = propertiesOf(contract, media.schema);
  const shown: Json = isObject(before.json)
    ? Object.fromEntries(Object.entries(thingIn(before.json)).filter(([name]) => names.has(name)))
    : before.json;
  if (contract.validators.validate(media.schema, shown, 'request').kind !== 'valid') return;
  yield* send(
    makeCase({
      phase: scope.phase,
      title: 'to put it back as it was',
      request: { operation: replace, parameters: itemParameters(replace, path), body: { mediaType: media.type, value: shown } },
    }),
  );
}

/** What was deleted is not there as it was; another value may be a default that took its place, and so may the one that was there at first. */
function* removedOnce(
  scope: Scope,
  resource: Resource,
  entity: Entity,
  { look, first }: { readonly look: RequestPlan; readonly first: Answer },
): Conversation {
  const { remove } = resource;
  if (!remove) return;
  const before = yield* attempt(scope, look, { title: 'read it before DELETE' });
  const request = yield* prepareRequest(scope, remove);
  const path = itemParameters(remove, entity.path);
  if (!request || !isAccepted(before)) return;
  const answer = yield* attempt(
    scope,
    { ...request, parameters: [...path, ...request.parameters.filter((one) => one.in !== 'path')] },
    { title: 'delete it' },
  );
  if (!isAccepted(answer)) return;
  const written = !isAccepted(first) || !isSameJson(first.json ?? null, before.json ?? null);
  const expectation: Expectation = {
    check: 'deleted-gone',
    confidence: written && answer.status !== 202 ? 'certain' : 'unsure',
    why: `${remove.id} answered ${answer.status ?? ''}`,
    promise: remove.pointer,
    topic: resource.item,
    holds: (after) =>
      isAccepted(after) && after.json !== undefined && isSameJson(after.json, before.json ?? null)
        ? { kind: 'broken', message: 'what was deleted is read as it was before', where: 'response.status', came: cameOf(after) }
        : { kind: 'kept' },
  };
  yield* attempt(scope, look, { title: 'read it after DELETE', expectations: [expectation] });
}
