/** What a stranger's lists do not show: the thing that the main identity made a moment ago. Pure. */
import type { Json } from '../lib/json.ts';
import type { Contract, Operation } from '../spec/contract.ts';
import { listIn, successBody } from '../spec/properties.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation } from './case.ts';
import { widestPage } from './creations.ts';
import { namedMember, type Entity } from './entity.ts';
import { cameOf } from './expectations.ts';
import { totalAgrees } from './list-answers.ts';
import { listShape } from './list-parameters.ts';
import type { Planning } from './planning.ts';
import { obtain, type Scope } from './prepare.ts';
import { itemsIn } from './refused-trace.ts';
import type { Resource } from './resources.ts';

/** Asks for each list that shows things of the resource, as their maker and as each stranger. */
export function* hiddenItems(scope: Scope, resource: Resource): Conversation {
  const lists = listsOf(scope.planning, resource);
  const entity = lists.length > 0 && resource.identifier !== undefined ? yield* obtain(scope, resource) : undefined;
  if (entity?.created) for (const list of lists) yield* hiddenIn(scope, resource, entity, list);
}

/** Its own list, and every other GET that answers a list of the same schema and that credentials guard. */
function listsOf({ contract }: Planning, { list }: Resource): readonly Operation[] {
  const shown = list && itemPointer(contract, list);
  if (!list || shown?.startsWith('/components/') !== true) return list ? [list] : [];
  const others = contract.operations.filter(
    (one) =>
      one.id !== list.id &&
      one.method === 'GET' &&
      !one.path.includes('{') &&
      one.security.length > 0 &&
      one.security.every((requirement) => requirement.length > 0) &&
      itemPointer(contract, one) === shown,
  );
  return [list, ...others];
}

function itemPointer(contract: Contract, operation: Operation): string | undefined {
  const body = successBody(operation);
  const place = body && listIn(contract, body.schema);
  return place && contract.resolve(place.items).pointer;
}

function* hiddenIn(scope: Scope, { identifier = '' }: Resource, entity: Entity, list: Operation): Conversation {
  const path = [...entity.path].map(([name, value]) => ({ name, in: 'path' as const, value }));
  const request = widestPage(scope.planning, list, path);
  if (!request) return;
  const mine = yield* attempt(scope, request, { title: 'the list as its maker sees it' });
  const shown = (answer: Answer): boolean =>
    (itemsIn(scope.planning, list, answer) ?? []).some((item) => String(namedMember(item, identifier)) === String(entity.id)) ||
    isWritten(answer, entity.id);
  for (const name of scope.planning.strangers) {
    const why = `${name} may not see what others made`;
    const hides: Expectation = {
      check: 'forbidden-refused',
      confidence: 'certain',
      why,
      promise: list.pointer,
      topic: `${name} lists`,
      holds: (answer) => {
        if (shown(answer))
          return {
            kind: 'broken',
            message: `lists for an identity what it may not see: ${why}`,
            where: 'response.body',
            came: cameOf(answer),
          };
        return shown(mine) ? { kind: 'kept' } : { kind: 'cannot-judge', reason: 'the list does not show its maker the thing on this page' };
      },
    };
    const shape = listShape(scope.planning.contract, list);
    const asked = request.parameters.find((one) => one.name === shape?.limit?.name)?.value;
    // a total that counts what is hidden tells of it
    const counts = shape && typeof asked === 'number' ? [totalAgrees(shape, asked)] : [];
    yield* attempt(scope, request, {
      title: `the list as ${name}`,
      credentials: { kind: 'identity', name },
      intent: 'probe',
      expectations: [hides, ...counts],
    });
  }
}

/** Whether an answer that is no JSON, such as CSV, holds an identifier that is long enough to stand there for nothing else. */
function isWritten({ json, bytes }: Answer, id: Json): boolean {
  return json === undefined && typeof id === 'string' && id.length >= 16 && new TextDecoder().decode(bytes).includes(id);
}
