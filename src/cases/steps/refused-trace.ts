/** What a refused write must not have done: the thing is as it was, and nothing was made. Pure conversations. */
import { safeMethods } from '../../lib/methods.ts';
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Operation } from '../../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation, Held, RequestPlan } from '../case.ts';
import { widestPage } from './creations.ts';
import { namedMember } from './entity.ts';
import { cameOf, isAbsent, isAccepted } from '../expectations.ts';
import { toldNumber } from '../inference/list-envelope.ts';
import { listShape } from '../inference/list-parameters.ts';
import { type Planning } from '../planning.ts';
import type { Scope } from './scope.ts';
import { withoutServerOwned } from './read-back.ts';
import { itemsShown } from '../inference/representation.ts';

/** How to look at what an operation writes. */
export interface Lookout {
  readonly request: RequestPlan;
  /** The expectations of a later look, when the first one answered so. */
  readonly unchanged: (before: Answer) => readonly Expectation[];
}

/** The read of the very thing that an item operation writes, or the list of what a creation makes; undefined where there is neither. */
export function lookoutOf(planning: Planning, write: RequestPlan): Lookout | undefined {
  const { operation } = write;
  if (safeMethods.has(operation.method)) return undefined;
  const resource = planning.resources.all.find(({ item }) => item === operation.path);
  const path = write.parameters.filter((one) => one.in === 'path');
  if (resource?.read && !resource.read.parameters.some((parameter) => parameter.required && parameter.in !== 'path')) {
    return { request: { operation: resource.read, parameters: path }, unchanged: (before) => [sameThing(write, before)] };
  }
  const made = operation.method === 'POST' ? planning.resources.createdBy(operation) : undefined;
  const request = made?.list && widestPage(planning, made.list, path);
  return (
    made?.list &&
    request && {
      request,
      unchanged: (before) =>
        (['certain', 'likely'] as const).map((sure) =>
          nothingMade(planning, made.list ?? operation, made.identifier, operation, before, sure),
        ),
    }
  );
}

/** The look before the attacks. */
export function* firstLook(scope: Scope, lookout: Lookout): Conversation<Answer> {
  return yield* attempt(scope, lookout.request, { title: 'before what must be refused' });
}

/** The look after attacks that were all refused. */
export function* secondLook(scope: Scope, lookout: Lookout, before: Answer): Conversation {
  yield* attempt(scope, lookout.request, { title: 'after what was refused', expectations: lookout.unchanged(before) });
}

function sameThing({ operation, body }: RequestPlan, before: Answer): Expectation {
  const named = new Set(Object.keys(isObject(body?.value) ? body.value : {}));
  const parts = {
    check: 'refused-no-trace',
    why: `every try of ${operation.id} was refused`,
    promise: operation.pointer,
    topic: `${operation.id} access`,
  };
  return {
    ...parts,
    confidence: 'certain',
    holds: (answer): Held => {
      if (!isAccepted(before) || answer.status === undefined || answer.status >= 500)
        return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      if (operation.method === 'DELETE' && isAbsent(answer)) return broken('the refused deletion was done', 'response.status', answer);
      if (!isAccepted(answer)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      const [was, is]: [JsonObject, JsonObject] = [withoutServerOwned(before.json), withoutServerOwned(answer.json)];
      const changed = Object.keys({ ...was, ...is }).filter((name) => !isSameJson(was[name] ?? null, is[name] ?? null));
      const own = changed.find((name) => named.has(name));
      if (own !== undefined) return broken(`${own} changed though every write was refused`, `response.body/${own}`, answer);
      return changed.length > 0
        ? { kind: 'cannot-judge', reason: `${changed.join(', ')} changed, which no refused write named` }
        : { kind: 'kept' };
    },
  };
}

function nothingMade(
  planning: Planning,
  list: Operation,
  identifier: string | undefined,
  operation: Operation,
  before: Answer,
  confidence: 'certain' | 'likely',
): Expectation {
  const items = (answer: Answer): readonly Json[] | undefined => itemsIn(planning, list, answer);
  const total = listShape(planning.contract, list)?.envelope.total;
  const count = (answer: Answer): number | undefined => toldNumber(answer.json, total) ?? items(answer)?.length;
  return {
    check: 'refused-no-trace',
    confidence,
    why: `every try of ${operation.id} was refused`,
    promise: operation.pointer,
    topic: `${operation.id} access${confidence === 'likely' ? ', perhaps' : ''}`,
    holds: (answer): Held => {
      const [was, is] = [count(before), count(answer)];
      if (!isAccepted(before) || !isAccepted(answer) || was === undefined || is === undefined)
        return { kind: 'cannot-judge', reason: 'the list did not come' };
      // somebody else may have made one meanwhile, hardly several
      if (confidence === 'certain' ? is < was + 2 : is > was + 1) return { kind: 'kept' };
      if (is > was) return broken(`there were ${was} and are ${is} though every creation was refused`, 'response.body', answer);
      if (total !== undefined) return { kind: 'kept' };
      // a page may be as full as before, and show another thing
      const known = new Set((items(before) ?? []).map((item) => String(idOf(item, identifier))));
      const ghost = (items(answer) ?? []).some((item) => !known.has(String(idOf(item, identifier))));
      return ghost
        ? broken('something is listed that was not there before, though every creation was refused', 'response.body', answer)
        : { kind: 'kept' };
    },
  };
}

/** The items of an accepted list answer. */
export function itemsIn(planning: Planning, list: Operation, answer: Answer): readonly Json[] | undefined {
  return isAccepted(answer) ? itemsShown(planning.contract, list, answer.json) : undefined;
}

function idOf(item: Json, identifier: string | undefined): Json | undefined {
  return identifier === undefined ? JSON.stringify(item) : namedMember(item, identifier);
}

function broken(message: string, where: string, answer: Answer): Held {
  return { kind: 'broken', message, where, came: cameOf(answer) };
}
