/** What can be read below a thing, such as its picture or its comments, goes with it. Pure. */
import type { Operation } from '../../spec/contract.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, JudgedAnswer, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { cameOf, isAccepted, isAbsent } from '../expectations.ts';
import { nameWords, pathAfter } from '../../lib/names.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import type { Planning } from '../planning.ts';
import { itemParameters } from '../steps/enter-created.ts';
import { create, prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { itemsIn } from '../steps/refused-trace.ts';
import type { Resource } from '../inference/resources.ts';
import { furnishSibling } from '../steps/siblings.ts';

/** Makes a thing and what is below it, deletes the thing, and looks for what was below. */
export function* partsRemoved(scope: Scope, resource: Resource): Conversation {
  const { read, remove } = resource;
  const parts = partsOf(scope.planning, resource);
  const entity = read && remove && parts.length > 0 ? yield* create(scope, resource) : undefined;
  if (!read || !remove || !entity) return;
  scope.entities.set(resource.item, entity);
  const shown: RequestPlan[] = [];
  for (const operation of parts) {
    const request = { operation, parameters: itemParameters(operation, entity.path) };
    if (yield* isShown(scope, request)) shown.push(request);
  }
  const request = shown.length > 0 ? yield* prepareRequest(scope, remove) : undefined;
  if (!request || !isAccepted(yield* attempt(scope, request, { title: 'delete it, and what is below it' }))) return;
  const look = { operation: read, parameters: itemParameters(read, entity.path) };
  if (!isAbsent(yield* attempt(scope, look, { title: 'read what was deleted with its parts' }))) return;
  for (const part of shown) {
    const title = `read ${part.operation.path} after DELETE`;
    yield* attempt(scope, part, { title, intent: 'probe', expectations: [goneToo(scope.planning, remove, part.operation)] });
  }
}

/** Reads what is below a thing that has things of its own by now: an answer about nothing shows little. */
export function* partsRead(scope: Scope, resource: Resource, entity: Entity): Conversation {
  for (const operation of readsBelow(scope.planning, resource))
    yield* attempt(scope, { operation, parameters: itemParameters(operation, entity.path) }, { title: `read ${operation.path} of it` });
}

/** A path below a thing that names no other thing. */
const fixed = /^(?:\/[^/{}]+)+$/;
/** What may well outlive the thing that it tells of. */
const lasting = /^(?:history|histories|audit|audits|logs?|trail|activity|activities|events?|versions?|revisions?|changes|archive)$/;

function partsOf(planning: Planning, resource: Resource): Operation[] {
  return readsBelow(planning, resource).filter(
    ({ path }) => !nameWords(path.slice(resource.item.length)).some((word) => lasting.test(word)),
  );
}

/** Creations below a thing, in the document's order. */
export function creationsBelow({ contract, resources }: Planning, { item }: Resource): Operation[] {
  return contract.operations.filter((one) => pathAfter(item, one.path) !== undefined && resources.createdBy(one) !== undefined);
}

/** Reads of a path below a thing that names no other thing, and asks for nothing else. */
export function readsBelow({ contract }: Planning, { item }: Resource): Operation[] {
  return contract.operations.filter(
    ({ method, path, parameters }) =>
      method === 'GET' &&
      path.startsWith(item) &&
      fixed.test(path.slice(item.length)) &&
      !parameters.some((one) => one.required && one.in !== 'path'),
  );
}

/** Whether the read shows something, which is written first where nothing is there yet. */
function* isShown(scope: Scope, request: RequestPlan): Conversation<boolean> {
  const look = { title: `read ${request.operation.path} before DELETE` };
  const shows = (answer: JudgedAnswer): boolean => isAccepted(answer) && itemsIn(scope.planning, request.operation, answer)?.length !== 0;
  if (shows(yield* attempt(scope, request, look))) return true;
  return (yield* furnishSibling(scope, request)) && shows(yield* attempt(scope, request, look));
}

/** Sure where the document has an answer for a thing that is not there. */
function goneToo(planning: Planning, remove: Operation, part: Operation): Expectation {
  return {
    check: 'deleted-gone',
    confidence: declaresStatus(part, '404', '410') ? 'certain' : 'likely',
    why: `${remove.id} was done, and ${part.path} is below it`,
    promise: part.pointer,
    topic: `${part.path} below`,
    holds: (answer) =>
      isAccepted(answer) && itemsIn(planning, part, answer)?.length !== 0
        ? { kind: 'broken', message: 'what belonged to a deleted thing can still be read', where: 'response.status', came: cameOf(answer) }
        : { kind: 'kept' },
  };
}
