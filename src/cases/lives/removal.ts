/** DELETE of a thing and what must follow: it is gone, and a second deletion does not succeed in silence. Pure. */
import { pathAfter } from '../../lib/names.ts';
import type { Operation } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Confidence, Conversation, Expectation, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { cameOf, isAbsent, isAccepted, keptUnless } from '../expectations.ts';
import { itemRequest } from '../steps/make-thing.ts';
import { partsRead } from './parts.ts';
import { makeCase, send, type Planning } from '../planning.ts';
import { create, prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { restored, saysDeleted } from './restoration.ts';
import type { Resource } from '../inference/resources.ts';

/** Deletes the thing, which could be read or not, and looks for it, for what was below it, and for another one with what is below that. */
export function* removed(scope: Scope, first: Entity, other: Entity | undefined, isReadable: boolean): Conversation {
  const { resource } = first;
  const { remove, read } = resource;
  let entity = first;
  if (!remove) return;
  const spared = other ? yield* makeChild(scope, other) : undefined;
  const child = yield* makeChild(scope, entity);
  if (child) yield* partsRead(scope, resource, entity);
  let request = yield* removalRequest(scope, remove, entity);
  if (!request) return;
  let answer = yield* send(makeCase({ phase: scope.phase, title: 'delete it', request }));
  // what is not empty may stay
  if (!isAccepted(answer) && child?.created?.removal && isAccepted(yield* send(child.created.removal))) {
    yield { kind: 'gone', created: child.created };
    answer = yield* send(makeCase({ phase: scope.phase, title: 'delete it, now that it is empty', request }));
  }
  const empty = !isAccepted(answer) && child ? yield* create(scope, resource) : undefined;
  if (empty) {
    entity = empty;
    request = itemRequest(remove, empty);
    answer = yield* send(makeCase({ phase: scope.phase, title: 'delete one that is empty', request }));
  }
  if (!isAccepted(answer)) {
    if (read && isReadable && isRefused(answer))
      yield* attempt(scope, itemRequest(read, entity), { title: 'read after a refused DELETE', expectations: [leftAlone(remove, answer)] });
    return;
  }
  scope.entities.delete(resource.item);
  if (entity.created) yield { kind: 'gone', created: entity.created };
  const after =
    read &&
    (yield* attempt(scope, itemRequest(read, entity), {
      title: 'read after DELETE',
      expectations: [gone(resource, remove, answer)],
    }));
  const isGone = after !== undefined && isAbsent(after);
  const isMarked = after !== undefined && isAccepted(after) && saysDeleted(after.json);
  if (child?.resource.read && isGone && entity === first)
    yield* attempt(scope, itemRequest(child.resource.read, child), {
      title: `read one of its ${child.resource.name} after DELETE`,
      intent: 'probe',
      expectations: [goneWith(child.resource, remove)],
    });
  const again =
    (isGone || isMarked) && declaresStatus(remove, '404', '410')
      ? [secondRefused(remove, isGone && answer.status !== 202 && !declaresAlways(scope.planning, '404') ? 'certain' : 'likely')]
      : [];
  yield* send(
    makeCase({ phase: scope.phase, title: 'delete it again', intent: 'probe', request: itemRequest(remove, entity), expectations: again }),
  );
  if (isMarked || isGone) yield* restored(scope, resource, entity);
  yield* parentStays(scope, resource, remove);
  for (const one of [other, spared]) {
    if (one?.resource.read)
      yield* attempt(scope, itemRequest(one.resource.read, one), {
        title: `read ${one === other ? 'the other' : `one of the other's ${one.resource.name}`} after DELETE`,
        expectations: [spares(one, remove)],
      });
  }
}

/** What a thing is below of stays when the thing is deleted. Likely: a package may go with the last of its versions. */
function* parentStays(scope: Scope, { item }: Resource, remove: Operation): Conversation {
  const parent = [...scope.entities.values()]
    .filter(({ resource }) => pathAfter(resource.item, item) !== undefined)
    .toSorted((one, other) => other.resource.item.length - one.resource.item.length)[0];
  if (!parent?.resource.read) return;
  yield* attempt(scope, itemRequest(parent.resource.read, parent), {
    title: `read the ${parent.resource.name} that it was below of after DELETE`,
    expectations: [{ ...spares(parent, remove), confidence: 'likely' }],
  });
}

function isRefused({ status }: Answer): boolean {
  return status !== undefined && status >= 400 && status < 500;
}

/** A refused deletion deletes nothing: also what says that the thing is not there. */
function leftAlone(remove: Operation, answer: Answer): Expectation {
  return {
    check: 'refused-no-trace',
    confidence: 'certain',
    why: `${remove.id} was refused with ${answer.status ?? ''}`,
    promise: remove.pointer,
    topic: `${remove.id} refused`,
    holds: keptUnless(isAbsent, `DELETE of what is there is answered with ${answer.status ?? ''}, and then it is gone`),
  };
}

/** Something below the thing that can be read; undefined where there is no such kind, or it is not there before the deletion. */
function* makeChild(scope: Scope, parent: Entity): Conversation<Entity | undefined> {
  const kind = scope.planning.resources.all.find(
    ({ collection, create: make, read }) =>
      make !== undefined &&
      read !== undefined &&
      collection.startsWith(`${parent.resource.item}/`) &&
      !collection.slice(parent.resource.item.length + 1).includes('/'),
  );
  scope.entities.set(parent.resource.item, parent);
  const child = kind && (yield* create(scope, kind));
  if (!child?.resource.read) return undefined;
  return isAccepted(yield* attempt(scope, itemRequest(child.resource.read, child), { title: 'read what is below it' })) ? child : undefined;
}

/** The deletion of one thing leaves others, and what is below them. */
function spares({ resource }: Entity, remove: Operation): Expectation {
  return {
    check: 'others-untouched',
    confidence: 'certain',
    why: `${remove.id} addressed another one`,
    promise: remove.pointer,
    topic: `${remove.id} ${resource.item}`,
    holds: keptUnless(isAbsent, 'the deletion of another one took this one along'),
  };
}

/** What belongs to a thing goes with it: its address is below one that is gone. */
function goneWith(child: Resource, remove: Operation): Expectation {
  return {
    check: 'deleted-gone',
    confidence: 'certain',
    why: `${remove.id} was done, and ${child.item} is below it`,
    promise: remove.pointer,
    topic: `${child.item} below`,
    holds: keptUnless((answer) => answer.status === 200, 'what belonged to a deleted thing can still be read'),
  };
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
      // a thing that is kept and marked as deleted is another matter
      if (isAbsent(after) || saysDeleted(after.json)) return { kind: 'kept' };
      if (after.status !== undefined && after.status >= 200 && after.status < 300) {
        return { kind: 'broken', message: 'what was deleted can still be read', where: 'response.status', came: cameOf(after) };
      }
      return { kind: 'cannot-judge', reason: `after the deletion the read was answered with ${after.status ?? 'nothing'}` };
    },
  };
}

/** Whether also every operation that is about no single thing declares the status: then it is there by habit. */
function declaresAlways({ contract }: Planning, status: string): boolean {
  const general = contract.operations.filter(({ path }) => !path.includes('{'));
  return general.length > 0 && general.every((operation) => declaresStatus(operation, status));
}

/** The document says what a deletion of nothing is answered with. */
function secondRefused(remove: Operation, confidence: Confidence): Expectation {
  return {
    check: 'deleted-gone',
    confidence,
    why: 'the document declares 404 for a thing that is not there',
    promise: remove.pointer,
    topic: `${remove.id} again`,
    holds: keptUnless(isAccepted, 'the deletion of what is gone succeeds once more'),
  };
}

function* removalRequest(scope: Scope, remove: Operation, entity: Entity): Conversation<RequestPlan | undefined> {
  scope.entities.set(entity.resource.item, entity);
  return yield* prepareRequest(scope, remove);
}
