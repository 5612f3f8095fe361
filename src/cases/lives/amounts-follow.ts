/** What is taken from an amount lowers it, as what was given raised it: stock by receipts and issues, a balance by deposits and withdrawals. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { nameWords, singularName } from '../../lib/names.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { descriptionOf, isNumber, propertiesOf, successBody } from '../../spec/properties.ts';
import type { Answer, Conversation, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { fieldsWritten } from '../inference/body-fields.ts';
import { statedValues } from '../inference/list-parameters.ts';
import { representation, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import { preferredBody, type Planning } from '../planning.ts';
import { attempt } from '../steps/attempt.ts';
import type { Entity } from '../steps/entity.ts';
import { itemRequest, makeThing } from '../steps/make-thing.ts';
import type { Scope } from '../steps/scope.ts';
import { givers } from './amounts-held.ts';
import { about } from './states.ts';

/** Words of what gives, each with those of what takes. */
const opposites: readonly (readonly [string, readonly string[]])[] = [
  ['in', ['out']],
  ['inbound', ['outbound']],
  ['incoming', ['outgoing']],
  ['receipt', ['issue', 'shipment', 'dispatch']],
  ['credit', ['debit']],
  ['deposit', ['withdrawal', 'withdraw']],
  ['earn', ['redeem', 'spend']],
  ['add', ['remove', 'subtract']],
  ['increase', ['decrease']],
  ['increment', ['decrement']],
  ['purchase', ['sale']],
  ['buy', ['sell']],
  ['load', ['unload']],
  ['fill', ['drain']],
];

/** An operation that gives and takes: the choice of which, and how much. */
interface Giving {
  readonly operation: Operation;
  readonly choice: string;
  readonly gives: string;
  readonly takes: string;
  readonly amount: string;
}

/** Gives to a new thing and takes as much from it again: a number of its own that the first raised, the second lowers. */
export function* amountsFollow(scope: Scope, resource: Resource): Conversation {
  const { read } = resource;
  const shown = read && successBody(read);
  if (!shown) return;
  const places = representation(scope.planning.contract, shown.schema);
  for (const giving of givingOf(scope.planning, resource, places)) {
    const thing = (yield* makeThing(scope, resource))?.entity;
    if (!thing) return;
    const look = itemRequest(read, thing);
    const before = yield* attempt(scope, look, { title: `read before ${giving.operation.id}` });
    const given = yield* changeBy(scope, thing, giving, giving.gives);
    if (given === undefined || !isAccepted(before)) continue;
    const after = yield* attempt(scope, look, { title: `read after ${giving.gives}` });
    const raised = [...places].filter(([name]) => numberIn(after, name) === (numberIn(before, name) ?? Number.NaN) + given);
    if (raised.length === 0 || (yield* changeBy(scope, thing, giving, giving.takes, given)) === undefined) continue;
    yield* attempt(scope, look, {
      title: `read after ${giving.takes}`,
      expectations: raised.map(([name, place]) => lowered(scope.planning.contract, giving, { name, place, before: after })),
    });
  }
}

function numberIn({ json }: Answer, name: string): number | undefined {
  const value = member(thingIn(json), name);
  return typeof value === 'number' ? value : undefined;
}

/** Gives or takes, as much as is wanted or as is ordinary, and tells how much; undefined where that was not done at once. */
function* changeBy(
  scope: Scope,
  thing: Entity,
  { operation, choice, amount }: Giving,
  way: string,
  wanted?: number,
): Conversation<number | undefined> {
  const request = yield* about(scope, operation, thing);
  if (!request?.body || !isObject(request.body.value)) return undefined;
  const much = wanted ?? request.body.value[amount];
  if (typeof much !== 'number') return undefined;
  const value: Json = { ...request.body.value, [choice]: way, [amount]: much };
  const answer = yield* attempt(scope, { ...request, body: { ...request.body, value } }, { title: `${operation.id} as ${way}` });
  return isAccepted(answer) && answer.status !== 202 ? much : undefined;
}

/** The operations that name a thing, give or take by a choice of two opposites, and have one number; none where the thing has no number of its own. */
function givingOf(planning: Planning, resource: Resource, places: ReadonlyMap<string, SchemaPlace>): readonly Giving[] {
  const { contract } = planning;
  const written = resource.create && fieldsWritten(contract, resource.create)?.places;
  if (![...places].some(([name, place]) => isNumber(contract, place) && written?.has(name) !== true)) return [];
  return givers(planning, resource).flatMap((operation): readonly Giving[] => {
    const schema = preferredBody(operation)?.schema;
    const members = schema ? [...propertiesOf(contract, schema)] : [];
    const numbers = members.filter(([, place]) => isNumber(contract, place));
    const [amount] = numbers;
    if (!amount || numbers.length > 1) return [];
    return members.flatMap(([choice, place]) => {
      const values = statedValues(contract, place).filter((value) => typeof value === 'string');
      const said = (words: readonly string[]): string | undefined => values.find((value) => words.includes(lastWord(value)));
      return opposites.flatMap(([giving, taking]): Giving[] => {
        const [gives, takes] = [said([giving]), said(taking)];
        return gives !== undefined && takes !== undefined ? [{ operation, choice, gives, takes, amount: amount[0] }] : [];
      });
    });
  });
}

function lastWord(text: string): string {
  return singularName(nameWords(text).at(-1) ?? '');
}

interface Raised {
  readonly name: string;
  readonly place: SchemaPlace;
  readonly before: Answer;
}

/** Certain where the number's own words name both: `receipts less issues`. What was ever given, or is to be taken later, stays. */
function lowered(contract: Contract, { operation, gives, takes }: Giving, { name, place, before }: Raised): Expectation {
  const words = descriptionOf(contract, place).toLowerCase();
  const names = (way: string): boolean => new RegExp(String.raw`\b${RegExp.escape(lastWord(way))}s?\b`).test(words);
  const was = numberIn(before, name);
  return {
    check: 'count-agrees',
    confidence: names(gives) && names(takes) ? 'certain' : 'likely',
    why: `${operation.id} as ${gives} raised ${name}`,
    promise: place.pointer,
    topic: `${operation.id} ${name}`,
    holds: (answer) => {
      const now = isAccepted(answer) ? numberIn(answer, name) : undefined;
      if (now === undefined) return { kind: 'cannot-judge', reason: `${name} could not be read` };
      if (now !== was) return { kind: 'kept' };
      const message = `${name} was raised by ${gives} to ${was}, and is ${now} after as much ${takes}`;
      return { kind: 'broken', message, where: `response.body/${name}`, came: cameOf(answer) };
    },
  };
}
