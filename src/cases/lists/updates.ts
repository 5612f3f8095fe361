/** An update of one listed thing, or an action on it, adds nothing to the list and leaves the others as they are. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Operation } from '../../spec/contract.ts';
import { actionsOn } from '../lives/actions.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { isAccepted } from '../expectations.ts';
import { aboutItems, byIdentity, listed, lookAgain, type About, type ListView } from './answers.ts';
import type { Made } from './population.ts';
import { changingBody } from '../steps/make-thing.ts';
import { itemParameters } from '../steps/enter-created.ts';
import { prepareRequest } from '../steps/prepare.ts';
import { comparable } from '../steps/read-back.ts';
import { thingIn } from '../inference/representation.ts';

/** Writes one of what was made in each way that there is, and lists before and after: not the last one, which was removed. Needs a list that is whole. */
export function* updateOne(view: ListView, made: readonly Made[]): Conversation {
  const { scope, resource } = view;
  const [target] = made;
  if (!target || made.length < 2 || !view.whole || resource.identifier === undefined) return;
  const actions = actionsOn(scope.planning, resource).map(({ operation }) => operation);
  for (const operation of new Set([resource.replace, resource.patch, ...actions])) {
    if (!operation) continue;
    scope.entities.set(resource.item, target.entity);
    yield* writeOne(view, operation, target.entity);
  }
}

function* writeOne(view: ListView, operation: Operation, entity: Entity): Conversation {
  const { scope, resource, shape } = view;
  const id = JSON.stringify(entity.id);
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  // whoever creates by PUT is given a new identifier
  const prepared = request && {
    ...request,
    parameters: [...itemParameters(operation, entity.path), ...request.parameters.filter((one) => one.in !== 'path')],
  };
  const before = listed(yield* attempt(scope, view.request, { title: `list before ${operation.id}` }), shape);
  if (!prepared || !before) return;
  const { body } = prepared;
  const former = byIdentity(resource, before);
  const changed: RequestPlan =
    body && isObject(body.value)
      ? { ...prepared, body: { ...body, value: changingBody(scope, operation, body.value, former.get(id), undefined) } }
      : prepared;
  if (!former.has(id)) return;
  const written = yield* attempt(scope, changed, { title: 'write one of what is listed' });
  if (!isAccepted(written)) return;
  const about = (topic: string): About => ({
    check: 'others-untouched',
    confidence: 'certain',
    why: `${operation.id} addressed another one`,
    topic: `${operation.id} ${topic}`,
    promise: operation.pointer,
  });
  const expectations: Expectation[] = [
    aboutItems(shape, about('listed'), (items) => {
      const now = byIdentity(resource, items);
      const own = [former.get(id), now.get(id)] as const;
      for (const [other, was] of former) {
        const name = other === id ? undefined : sharedChange(own, [was, now.get(other)], changed.body?.value);
        if (name !== undefined) return `${operation.id} of ${id} changed ${name} of ${other} as well`;
      }
      return undefined;
    }),
    aboutItems(shape, about('adds'), (items) => {
      const added = [...byIdentity(resource, items).keys()].find((one) => !former.has(one));
      return added && `after ${operation.id} of ${id}, ${added} is listed too`;
    }),
    // lists may be kept for a while
    aboutItems(
      shape,
      { ...about('stale'), check: 'listed-as-read', confidence: 'likely', why: `${operation.id} was answered with what it wrote` },
      (items) => {
        const name = staleName([former.get(id), byIdentity(resource, items).get(id)], changed.body?.value, written.json);
        return name && `after ${operation.id} of ${id} has answered with another ${name}, the former one is listed`;
      },
    ),
  ];
  yield* lookAgain(view, `list after ${operation.id}`, expectations);
}

/** Before and after. */
type Change = readonly [Json | undefined, Json | undefined];

/** A member that was written and answered so, and still has its former value in the list. */
function staleName([before, after]: Change, body: Json | undefined, answer: Json | undefined): string | undefined {
  const answered = thingIn(answer);
  return Object.entries(isObject(body) ? body : {}).find(([name, value]) => {
    const [was, is] = [before, after].map((thing) => member(thingIn(thing), name));
    return comparable(value) && isSameJson(answered[name] ?? null, value) && was !== undefined && was !== value && is === was;
  })?.[0];
}

/** Names of states, which actions change. Digits are of counters, times and revisions, which the whole list may have in each of its items. */
const stateName = /^[a-z][a-z _-]*$/i;

/** A member that took on the same new value in both: one that was written, or a state. Truth values are left out: to make one the default unmakes another. */
function sharedChange(own: Change, other: Change, written: Json | undefined): string | undefined {
  const changed = ([before, after]: Change, name: string): Json | undefined => {
    const [was, is] = [before, after].map((thing) => member(thingIn(thing), name));
    return is === undefined || isSameJson(was ?? null, is) ? undefined : is;
  };
  return Object.keys(thingIn(own[1])).find((name) => {
    const value = changed(own, name);
    if (typeof value !== 'string' && typeof value !== 'number') return false;
    return (member(written, name) === value || stateName.test(String(value))) && changed(other, name) === value;
  });
}
