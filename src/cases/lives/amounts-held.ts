/** An amount that a thing holds, as an account its balance, keeps it from being deleted where the document says so: `a part of which there is stock cannot be deleted`. Pure. */
import { member } from '../../lib/json.ts';
import { nameWords } from '../../lib/names.ts';
import type { Operation } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { isNumber, successBody } from '../../spec/properties.ts';
import type { Conversation, Expectation } from '../case.ts';
import { isAccepted, keptUnless } from '../expectations.ts';
import { fieldsWritten } from '../inference/body-fields.ts';
import { creationsNaming } from '../inference/references.ts';
import { representation, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import type { Planning } from '../planning.ts';
import { attempt } from '../steps/attempt.ts';
import type { Entity } from '../steps/entity.ts';
import { itemRequest, makeThing } from '../steps/make-thing.ts';
import type { Scope } from '../steps/scope.ts';
import { refusalsSaid } from './actions.ts';
import { about } from './states.ts';

/** Deletes a thing while it holds an amount that the document says is in the way; where that is accepted, another one once more. */
export function* amountsHeld(scope: Scope, resource: Resource): Conversation {
  const { remove } = resource;
  const property = amountInTheWay(scope.planning, resource);
  if (!remove || property === undefined) return;
  const expectation: Expectation = {
    check: 'conflict-refused',
    confidence: 'certain',
    why: `the document says that ${property} is in the way`,
    promise: remove.pointer,
    topic: `${remove.id} ${property}`,
    holds: keptUnless(isAccepted, `what has ${property} is deleted`),
  };
  for (const expectations of [[], [expectation]]) {
    const thing = yield* holding(scope, resource, property);
    const request = thing && (yield* about(scope, remove, thing));
    const title = `delete what has ${property}`;
    if (!request || !isAccepted(yield* attempt(scope, request, { title, intent: 'probe', expectations }))) return;
  }
}

/** The number of a thing that the server counts, and that the words of the deletion call in the way while it is above zero. */
function amountInTheWay(planning: Planning, resource: Resource): string | undefined {
  const { contract } = planning;
  const { remove, read, create } = resource;
  const shown = read && successBody(read);
  if (!remove || !shown || !declaresStatus(remove, '409')) return undefined;
  const written = create && fieldsWritten(contract, create)?.places;
  const said = refusalsSaid(contract, remove).map((sentence) => sentence.replaceAll(/[`*"“”]/g, ''));
  return [...representation(contract, shown.schema)].find(([name, place]) => {
    if (!isNumber(contract, place) || written?.has(name) === true) return false;
    const words = nameWords(name)
      .map((word) => RegExp.escape(word))
      .join('[ _-]?');
    const held = String.raw`(?:there is|has|have|having|holds?|with) (?:still |any |some |a )*(?:non-?zero |positive )?${words}\b(?! (?:of (?:zero|0)|is|are)\b)`;
    const above = String.raw`\b${words} (?:that )?(?:is )?(?:still )?(?:above|greater than|more than|over|not|>|!=) ?(?:zero|0|empty)\b`;
    return said.some(
      (sentence) => !/\b(?:unless|except|without|no)\b/i.test(sentence) && new RegExp(`\\b${held}|${above}`, 'i').test(sentence),
    );
  })?.[0];
}

/** A new thing that holds some of it, as its read tells, by what is created about it; undefined where none can be had. */
function* holding(scope: Scope, resource: Resource, property: string): Conversation<Entity | undefined> {
  const { read } = resource;
  const thing = (yield* makeThing(scope, resource))?.entity;
  if (!thing || !read) return undefined;
  for (const operation of givers(scope.planning, resource)) {
    const request = yield* about(scope, operation, thing);
    if (!request || !isAccepted(yield* attempt(scope, request, { title: `so that it has ${property}` }))) continue;
    const now = yield* attempt(scope, itemRequest(read, thing), { title: `read its ${property}` });
    const amount = isAccepted(now) ? member(thingIn(now.json), property) : undefined;
    if (typeof amount === 'number' && amount > 0) return thing;
  }
  return undefined;
}

/** Creations below a thing of the resource, and those elsewhere that name one. */
export function givers(planning: Planning, resource: Resource): readonly Operation[] {
  const { item, create } = resource;
  const below = planning.contract.operations.filter(
    ({ id, method, path }) => method === 'POST' && id !== create?.id && path.startsWith(`${item}/`),
  );
  return [...below, ...creationsNaming(planning, resource)];
}
