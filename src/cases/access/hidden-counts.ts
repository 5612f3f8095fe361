/** What an overview tells a stranger: no more things than his own list shows him. Pure. */
import type { Operation } from '../../spec/contract.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Credentials, Expectation } from '../case.ts';
import { widestPage } from '../steps/creations.ts';
import { cameOf } from '../expectations.ts';
import { shownBy } from '../lists/answers.ts';
import { listShape, statedNumber } from '../inference/list-parameters.ts';
import { numberAt } from '../lists/overview-counts.ts';
import { overviewsOf } from '../inference/overview-values.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';

/** Asks each overview that counts what the list holds, as the main identity sees both, what it counts for strangers. */
export function* hiddenCounts(scope: Scope, resource: Resource, list: Operation): Conversation {
  const overviews = overviewsOf(scope.planning.contract, resource);
  if (overviews.length === 0) return;
  const mine = yield* listLength(scope, list, undefined);
  if (mine === undefined || mine === 0) return;
  for (const { operation, values } of overviews) {
    const pointer = values.find(({ kind }) => kind === 'count')?.pointer;
    if (pointer === undefined) continue;
    const own = numberAt(yield* attempt(scope, { operation, parameters: [] }, { title: 'what it counts for who made them' }), pointer);
    if (own !== mine) continue;
    for (const name of scope.planning.strangers) {
      const theirs = yield* listLength(scope, list, name);
      if (theirs === undefined || theirs >= mine) continue;
      yield* attempt(
        scope,
        { operation, parameters: [] },
        {
          title: `what it counts for ${name}`,
          credentials: { kind: 'identity', name },
          intent: 'probe',
          expectations: [countsNoMore(operation, pointer, theirs, name)],
        },
      );
    }
  }
}

/** How many things the list shows the main identity, or a stranger; undefined where it shows a part of them only. */
function* listLength(scope: Scope, list: Operation, name: string | undefined): Conversation<number | undefined> {
  const { planning } = scope;
  const shape = listShape(planning.contract, list);
  const request = shape && widestPage(planning, list, []);
  if (!request) return undefined;
  const credentials: Credentials = name === undefined ? { kind: 'main' } : { kind: 'identity', name };
  const asked = request.parameters.find((one) => one.name === shape.limit?.name)?.value;
  const pageSize = typeof asked === 'number' ? asked : shape.limit && statedNumber(planning.contract, shape.limit, 'default');
  const answer = yield* attempt(scope, request, {
    title: `all that it lists for ${name ?? 'who made them'}`,
    credentials,
    intent: 'probe',
  });
  const shown = shownBy(shape, request, pageSize, answer);
  return shown?.whole === true ? shown.items.length : undefined;
}

function countsNoMore(operation: Operation, pointer: string, listed: number, name: string): Expectation {
  return {
    check: 'count-agrees',
    // some tell everybody how much there is
    confidence: 'likely',
    why: `it counts what the list holds, of which ${name} is shown ${listed}`,
    promise: operation.pointer,
    topic: `${operation.id} ${pointer} for strangers`,
    holds: (answer) => {
      const said = numberAt(answer, pointer);
      return said !== undefined && said > listed
        ? {
            kind: 'broken',
            message: `${pointer.slice(1)} tells ${name} of ${said}, of which the list shows ${listed}`,
            where: `response.body${pointer}`,
            came: cameOf(answer),
          }
        : { kind: 'open' };
    },
  };
}
