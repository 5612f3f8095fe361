/** Things that are deleted by a mark, or out of sight only, and what brings them back: `POST /rooms/{room}:undelete`. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { nameWords, pathAfter, plainName } from '../../lib/names.ts';
import { refusalsSaid } from './actions.ts';
import type { Operation } from '../../spec/contract.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, Held } from '../case.ts';
import { namedMember, type Entity } from '../steps/entity.ts';
import { cameOf, isAccepted, keptUnless } from '../expectations.ts';
import { itemRequest } from '../steps/make-thing.ts';
import type { Planning } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { itemsIn } from '../steps/refused-trace.ts';
import { writableNames } from './updates.ts';
import { thingIn } from '../inference/representation.ts';

/** Whether a thing says that it is deleted: `deleteTime`, `deleted_at`, `is_deleted`, or a state. */
export function saysDeleted(json: Json | undefined): boolean {
  return Object.entries(isObject(json) ? thingIn(json) : {}).some(([name, value]) => {
    const words = nameWords(name);
    if (words.some((word) => states.has(word))) return typeof value === 'string' && past.test(plainName(value));
    return (
      words.some((word) => past.test(word) || (word === 'delete' && words.length === 2)) &&
      (value === true || (typeof value === 'string' && value !== ''))
    );
  });
}

const states = new Set(['status', 'state']);
const past = /^(?:deleted|removed|trashed|archived|deactivated)$/;
const restoring = /^(?:undelete|undestroy|restore|recover|revive|reactivate|unarchive|untrash)$/;

/** Brings the deleted thing back where an operation does that: it is there as it was, and listed. Leaves it to the ledger to delete it again. */
export function* restored(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { read, list, identifier } = resource;
  yield* actsRefused(scope, resource, entity);
  const operation = restorationOf(scope.planning, resource);
  if (!operation || !read || !entity.created) return;
  const deleted = yield* attempt(scope, itemRequest(read, entity), { title: 'read what is deleted' });
  scope.entities.set(resource.item, entity);
  const request = yield* prepareRequest(scope, operation);
  const listing = list && (yield* prepareRequest(scope, list));
  scope.entities.delete(resource.item);
  const before = listing && (yield* attempt(scope, listing, { title: `list before ${operation.id}` }));
  const answer = request && (yield* attempt(scope, request, { title: `${operation.id}, after its deletion` }));
  // 202 is a promise for later
  if (!answer || !isAccepted(answer) || answer.status === 202) return;
  yield { kind: 'created', created: entity.created };
  const expectations = [asBefore(scope.planning, resource, operation, deleted)];
  yield* attempt(scope, itemRequest(read, entity), { title: `read after ${operation.id}`, expectations });
  if (!list || !listing || !before || identifier === undefined) return;
  const ids = (answer: Answer): readonly string[] | undefined =>
    itemsIn(scope.planning, list, answer)?.map((item) => String(namedMember(item, identifier)));
  const shown = ids(before);
  // where the deletion took it from the list is not known, the list says nothing
  if (shown === undefined || shown.includes(String(entity.id))) return;
  yield* attempt(scope, listing, { title: `list after ${operation.id}`, expectations: [listedAgain(operation, entity, shown, ids)] });
}

/** Writes to what is deleted, where the document says that they are refused. */
function* actsRefused(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { contract } = scope.planning;
  for (const operation of contract.operations) {
    const verb = operation.path === resource.item ? '' : pathAfter(resource.item, operation.path);
    if (verb === undefined || !['POST', 'PUT', 'PATCH'].includes(operation.method) || restoring.test(verb)) continue;
    if (
      !refusalsSaid(contract, operation).some((sentence) => /\bdeleted\b/i.test(sentence) && !/\bnot deleted\b|^\s*only\b/i.test(sentence))
    )
      continue;
    scope.entities.set(resource.item, entity);
    const request = yield* prepareRequest(scope, operation);
    scope.variant += 1;
    if (request)
      yield* attempt(scope, request, {
        title: `${operation.id} of what is deleted`,
        intent: 'probe',
        expectations: [refusedWhenDeleted(operation)],
      });
  }
  scope.entities.delete(resource.item);
}

function refusedWhenDeleted(operation: Operation): Expectation {
  return {
    check: 'deleted-gone',
    confidence: 'certain',
    why: 'the document says that what is deleted is refused',
    promise: operation.pointer,
    topic: `${operation.id} deleted`,
    holds: keptUnless(isAccepted, 'a deleted thing is written to'),
  };
}

function restorationOf({ contract }: Planning, { item }: Resource): Operation | undefined {
  return contract.operations.find(({ method, path }) => method === 'POST' && restoring.test(pathAfter(item, path) ?? ''));
}

function asBefore(planning: Planning, resource: Resource, operation: Operation, deleted: Answer): Expectation {
  const [written, before] = [writableNames(planning, resource), isAccepted(deleted) ? thingIn(deleted.json) : {}];
  return {
    check: 'action-takes-effect',
    confidence: 'certain',
    why: `${operation.id} was accepted`,
    promise: operation.pointer,
    topic: operation.id,
    holds: (answer) => {
      const broken = (message: string): Held => ({ kind: 'broken', message, where: 'response.body', came: cameOf(answer) });
      if (!isAccepted(answer)) return broken('what was brought back cannot be read');
      if (saysDeleted(answer.json)) return broken('what was brought back is still marked as deleted');
      const now = thingIn(answer.json);
      const lost = Object.keys(before).find(
        (name) =>
          written.has(name) && !saysDeleted({ [name]: before[name] ?? null }) && !isSameJson(before[name] ?? null, now[name] ?? null),
      );
      return lost === undefined
        ? { kind: 'kept' }
        : broken(`${lost} was ${JSON.stringify(before[lost])} and is ${JSON.stringify(now[lost])} once it was brought back`.slice(0, 200));
    },
  };
}

/** Likely: a long list may show it on another page. */
function listedAgain(
  operation: Operation,
  { id }: Entity,
  before: readonly string[],
  ids: (answer: Answer) => readonly string[] | undefined,
): Expectation {
  return {
    check: 'action-takes-effect',
    confidence: 'likely',
    why: `${operation.id} was accepted`,
    promise: operation.pointer,
    topic: `${operation.id} listed`,
    holds: (answer) => {
      const now = ids(answer);
      if (now === undefined || now.includes(String(id)) || now.length > before.length || now.length >= 10) return { kind: 'kept' };
      const message = `${JSON.stringify(id)} was brought back and is not in the list`;
      return { kind: 'broken', message, where: 'response.body', came: cameOf(answer) };
    },
  };
}
