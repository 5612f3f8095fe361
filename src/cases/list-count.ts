/** Counts agree with the lists that they count: a parent's of its children, and a collection's own. Pure. */
import { member } from '../lib/json.ts';
import { propertiesOf, successBody, typesOf } from '../spec/properties.ts';
import type { Conversation } from './case.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { ask, type ListView } from './list-answers.ts';
import { plainName, singularName } from '../lib/names.ts';
import { itemParameters } from './prepare.ts';
import { thingIn } from './read-back.ts';
import { representation } from './resources.ts';

/** A parent's count of its children is the number that its list holds. */
export function* askParentsCount(view: ListView): Conversation {
  const { scope, resource, shape } = view;
  const { planning } = scope;
  const parent = planning.resources.all.find(
    ({ item, read }) =>
      read !== undefined && resource.collection.startsWith(`${item}/`) && !resource.collection.slice(item.length + 1).includes('/'),
  );
  const entity = parent && scope.entities.get(parent.item);
  const body = parent?.read && successBody(parent.read);
  if (!parent?.read || !entity || !body || !view.whole) return;
  const child = singularName(resource.name);
  const name = [...representation(planning.contract, body.schema).keys()].find((property) => counts(property, child));
  if (name === undefined) return;
  yield* ask(
    view,
    { operation: parent.read, parameters: itemParameters(parent.read, entity.path) },
    `read the parent for its ${name}`,
    (known) => [
      {
        check: 'count-agrees',
        confidence: shape.understood ? 'certain' : 'likely',
        why: `${name} counts what ${shape.operation.id} lists`,
        promise: parent.read?.pointer ?? '',
        topic: `${parent.item} ${name}`,
        holds: (answer) => {
          const said = member(thingIn(answer.json), name);
          if (!isAccepted(answer) || typeof said !== 'number') return { kind: 'cannot-judge', reason: `${name} did not come` };
          return said === known.length
            ? { kind: 'kept' }
            : {
                kind: 'broken',
                message: `${name} is ${said}, and ${known.length} are listed`,
                where: `response.body/${name}`,
                came: cameOf(answer),
              };
        },
      },
    ],
  );
}

const counting = new Set(['count', 'total', 'size', 'totalcount', 'length', 'number']);

/** What `GET …/count` of the collection answers is the number that the list holds. */
export function* askOwnCount(view: ListView): Conversation {
  const { scope, resource, shape } = view;
  const { contract } = scope.planning;
  const operation = contract.operations.find(
    ({ method, path }) =>
      method === 'GET' && path.startsWith(`${resource.collection}/`) && counting.has(path.slice(resource.collection.length + 1)),
  );
  const body = operation && successBody(operation);
  if (!operation || !body || !view.whole || operation.parameters.some((one) => one.required && one.in !== 'path')) return;
  const name = [...propertiesOf(contract, body.schema).keys()].find((property) => counting.has(plainName(property)));
  if (name === undefined && !typesOf(contract, body.schema).has('integer')) return;
  const path = view.request.parameters.filter((one) => one.in === 'path');
  yield* ask(view, { operation, parameters: path }, 'the count of what is listed', (known) => [
    {
      check: 'count-agrees',
      confidence: shape.understood ? 'certain' : 'likely',
      why: `${operation.id} counts what ${shape.operation.id} lists`,
      promise: operation.pointer,
      topic: operation.id,
      holds: (answer) => {
        const said = name === undefined ? answer.json : member(answer.json, name);
        if (!isAccepted(answer) || typeof said !== 'number') return { kind: 'cannot-judge', reason: 'the count did not come' };
        return said === known.length
          ? { kind: 'kept' }
          : {
              kind: 'broken',
              message: `the count is ${said}, and ${known.length} are listed`,
              where: 'response.body',
              came: cameOf(answer),
            };
      },
    },
  ]);
}

/** Whether a property's name says that it counts such things: `book_count`, `totalBooks`. `child` is plain and singular. */
export function counts(property: string, child: string): boolean {
  const plain = plainName(property);
  const counted = /^(?:(.+?)count|numberof(.+)|num(.+)|total(.+)|(.+)total)$/
    .exec(plain)
    ?.slice(1)
    .find((part) => part !== undefined);
  return counted !== undefined && singularName(counted) === child;
}
