/** Lists below a thing that show what refers to it and is made elsewhere, as `/templates/{id}/runs` of `/runs`: all of its own, nothing of another one. Pure. */
import { pathAfter, plainName } from '../../lib/names.ts';
import { listIn, successBody } from '../../spec/properties.ts';
import type { Operation } from '../../spec/contract.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation } from '../case.ts';
import { pairOf, refersTo } from './dependants.ts';
import { namedMember, type Entity } from '../steps/entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { itemRequest, makeThing } from '../steps/make-thing.ts';
import { readsBelow } from './parts.ts';
import type { Planning } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import { itemsIn } from '../steps/refused-trace.ts';
import type { Resource } from '../inference/resources.ts';

/** Makes a thing, another one that nothing refers to, and what refers to the first; then asks for the lists below both. */
export function* listsBelow(scope: Scope, resource: Resource): Conversation {
  for (const list of readsBelow(scope.planning, resource)) {
    const shown = shownBelow(scope.planning, resource, list);
    const beside = shown && (yield* makeThing(scope, resource))?.entity;
    const made = beside && (yield* pairOf(scope, resource, shown));
    if (!made) continue;
    const { thing, other } = made;
    yield* attempt(scope, itemRequest(list, thing), { title: 'list what refers to it', expectations: [showsSome(scope, list, shown)] });
    yield* attempt(scope, itemRequest(list, beside), {
      title: 'list what refers to another one',
      expectations: [leavesOut(scope, list, shown, thing, other)],
    });
  }
}

/** The resource whose things a list below a thing shows: of the same name, made elsewhere, and naming such a thing. */
function shownBelow(planning: Planning, resource: Resource, list: Operation): Resource | undefined {
  const { path } = list;
  const body = successBody(list);
  const last = pathAfter(resource.item, path) ?? '';
  if (!body || !listIn(planning.contract, body.schema) || planning.resources.all.some(({ collection }) => collection === path))
    return undefined;
  return planning.resources.all.find(
    (one) => plainName(one.name) === plainName(last) && one.identifier !== undefined && refersTo(planning, one, resource),
  );
}

/** Likely: a list may have filters of its own that no document tells. */
function showsSome({ planning }: Scope, list: Operation, { name }: Resource): Expectation {
  return {
    check: 'created-listed',
    confidence: 'likely',
    why: `one of ${name} names the thing that ${list.path} is below of`,
    promise: list.pointer,
    topic: `${list.path} empty`,
    holds: (answer) =>
      isAccepted(answer) && itemsIn(planning, list, answer)?.length === 0
        ? { kind: 'broken', message: `none of ${name} is listed, and one refers to it`, where: 'response.body', came: cameOf(answer) }
        : { kind: 'kept' },
  };
}

/** Likely: what is shared may be shown to all. */
function leavesOut({ planning }: Scope, list: Operation, { name, identifier = '' }: Resource, thing: Entity, other: Entity): Expectation {
  return {
    check: 'nested-scoped',
    confidence: 'likely',
    why: `one of ${name} names another thing, ${JSON.stringify(thing.id)}`,
    promise: list.pointer,
    topic: `${list.path} of another`,
    holds: (answer) => {
      const items = isAccepted(answer) ? itemsIn(planning, list, answer) : undefined;
      return items?.some((item) => String(namedMember(item, identifier)) === String(other.id)) === true
        ? { kind: 'broken', message: `lists one of ${name} that refers to another thing`, where: 'response.body', came: cameOf(answer) }
        : { kind: 'kept' };
    },
  };
}
