/** What is added below a thing, several at once: a number of the thing that each addition moves is moved by all of them. Pure. */
import { pathAfter } from '../../lib/names.ts';
import type { Operation } from '../../spec/contract.ts';
import { sendAtOnce } from './at-once.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { enterCreated } from '../steps/enter-created.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { itemRequest, makeThing } from '../steps/make-thing.ts';
import { makeCase } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { withoutServerOwned } from '../steps/read-back.ts';
import type { Resource } from '../inference/resources.ts';
import { shownWithin } from './shown-within.ts';
import { renamedRequest } from '../steps/unique-names.ts';

/** Additions that are sent at once. */
const several = 4;

/** For each way to add something to a thing: adds twice, one after the other, and where a number of the thing moves by the same amount each time, several at once. */
export function* addedAtOnce(scope: Scope, resource: Resource): Conversation {
  const { read } = resource;
  const additions = scope.planning.contract.operations.filter(
    ({ method, path, requestBody }) => method === 'POST' && requestBody && /^[\w-]+$/.test(pathAfter(resource.item, path) ?? ''),
  );
  const entity = read && additions.length > 0 ? (yield* makeThing(scope, resource))?.entity : undefined;
  if (!read || !entity) return;
  for (const addition of additions) {
    scope.entities.set(resource.item, entity);
    const request = yield* prepareRequest(scope, addition);
    const look = (title: string, expectations: readonly Expectation[] = []): Conversation<Answer> =>
      attempt(scope, itemRequest(read, entity), { title, expectations });
    if (!request) continue;
    const steps = [yield* look(`read before ${addition.id}`)];
    // a number that did not move at first will not move by the same amount then
    while (steps.length < 3 && (steps.length < 2 || moved(steps).size > 0)) {
      const added = yield* attempt(scope, renamedRequest(scope, request), { title: addition.id });
      if (!isAccepted(added)) break;
      steps.push(yield* look(`read after ${addition.id}`, shownWithin(scope.planning, resource, addition, added)));
    }
    const amounts = steps.length === 3 ? evenly(steps) : new Map<string, number>();
    if (amounts.size === 0) continue;
    const added = yield* addSeveral(scope, request);
    const after = yield* look(`read after ${several} of ${addition.id} at once`);
    if (added < 2 || [...amounts].every(([name, amount]) => difference(name, steps.at(-1), after) === added * amount)) continue;
    // one more tells that the number moves on, so that no limit holds it
    const control = yield* attempt(scope, renamedRequest(scope, request), { title: `${addition.id}, alone again` });
    if (isAccepted(control)) yield* look('read once more', [allAdded(addition, amounts, { before: steps.at(-1), after, added })]);
  }
}

/** How many were accepted. */
function* addSeveral(scope: Scope, request: RequestPlan): Conversation<number> {
  const requests = Array.from({ length: several }, () => renamedRequest(scope, request));
  const { phase, planning } = scope;
  const { operation } = request;
  const cases = requests.map((one, index) =>
    makeCase({ phase, title: `${index + 1} of ${several} added at once`, request: one, intent: 'probe' }),
  );
  const answers = yield* sendAtOnce(cases);
  const made = planning.resources.createdBy(operation);
  for (const [index, answer] of answers.entries())
    if (made && isAccepted(answer)) yield* enterCreated(scope, made, requests[index] ?? request, answer);
  return answers.filter(isAccepted).length;
}

function numbersOf(answer: Answer | undefined): Record<string, number> {
  const own = Object.entries(answer && isAccepted(answer) ? withoutServerOwned(answer.json) : {});
  return Object.fromEntries(own.filter((entry): entry is [string, number] => Number.isInteger(entry[1])));
}

function difference(name: string, before: Answer | undefined, after: Answer | undefined): number {
  return (numbersOf(after)[name] ?? Number.NaN) - (numbersOf(before)[name] ?? Number.NaN);
}

/** The numbers that the last step moved, and by how much. */
function moved(steps: readonly Answer[]): Map<string, number> {
  const [before, after] = steps.slice(-2);
  const amounts = Object.keys(numbersOf(before)).map((name) => [name, difference(name, before, after)] as const);
  return new Map(amounts.filter(([, amount]) => Number.isInteger(amount) && amount !== 0));
}

/** The numbers that both steps moved by the same amount. */
function evenly(steps: readonly Answer[]): Map<string, number> {
  const first = moved(steps.slice(0, 2));
  return new Map([...moved(steps)].filter(([name, amount]) => first.get(name) === amount));
}

interface Sum {
  readonly before: Answer | undefined;
  readonly after: Answer;
  readonly added: number;
}

function allAdded(addition: Operation, amounts: ReadonlyMap<string, number>, { before, after, added }: Sum): Expectation {
  return {
    check: 'action-takes-effect',
    confidence: 'certain',
    why: `${addition.id} moves it by the same amount each time that it comes alone`,
    promise: addition.pointer,
    topic: `${addition.id} added at once`,
    holds: (answer) => {
      const lost = [...amounts].find(
        ([name, amount]) => difference(name, after, answer) === amount && difference(name, before, answer) !== (added + 1) * amount,
      );
      if (!lost) return { kind: 'kept' };
      const [name, amount] = lost;
      return {
        kind: 'broken',
        message: `${added} at once moved ${name} by ${difference(name, before, after)}, and each alone moves it by ${amount}`,
        where: `response.body/${name}`,
        came: cameOf(answer),
      };
    },
  };
}
