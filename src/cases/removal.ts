/** DELETE of a thing and what must follow: it is gone, and a second deletion does not succeed in silence. Pure. */
import type { Operation } from '../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from './case.ts';
import type { Entity } from './entity.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { itemRequest } from './make-thing.ts';
import { makeCase, send } from './planning.ts';
import { prepareRequest, type Scope } from './prepare.ts';
import type { Resource } from './resources.ts';

/** Deletes the thing and looks for it. */
export function* removed(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { remove, read } = resource;
  if (!remove) return;
  const request = yield* removalRequest(scope, remove, entity);
  if (!request) return;
  const answer = yield* send(makeCase({ phase: scope.phase, title: 'delete it', request }));
  if (!isAccepted(answer)) return;
  scope.entities.delete(resource.item);
  if (entity.created) yield { kind: 'gone', created: entity.created };
  const after =
    read &&
    (yield* attempt(scope, itemRequest(read, entity), {
      title: 'read after DELETE',
      intent: 'probe',
      expectations: [gone(resource, remove, answer)],
    }));
  const isGone = after?.status === 404 || after?.status === 410;
  const again = isGone && remove.responses.some(({ status }) => status === '404' || status === '410') ? [secondRefused(remove)] : [];
  yield* send(
    makeCase({ phase: scope.phase, title: 'delete it again', intent: 'probe', request: itemRequest(remove, entity), expectations: again }),
  );
}

function gone(resource: Resource, remove: Operation, answer: Answer): Expectation {
  return {
    check: 'deleted-gone',
    // accepted for later (202) promises nothing about now (RFC 9110 section 15.3.3)
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
}

/** The document says what a deletion of nothing is answered with. */
function secondRefused(remove: Operation): Expectation {
  return {
    check: 'deleted-gone',
    confidence: 'likely',
    why: 'the document declares 404 for a thing that is not there',
    promise: remove.pointer,
    topic: `${remove.id} again`,
    holds: (answer) =>
      isAccepted(answer)
        ? { kind: 'broken', message: 'the deletion of what is gone succeeds once more', where: 'response.status', came: cameOf(answer) }
        : { kind: 'kept' },
  };
}

function* removalRequest(scope: Scope, remove: Operation, entity: Entity): Conversation<RequestPlan | undefined> {
  scope.entities.set(entity.resource.item, entity);
  return yield* prepareRequest(scope, remove);
}
