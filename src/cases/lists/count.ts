/** Counts agree with the lists that they count: a parent's of its children, and a collection's own. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { descriptionOf, propertiesOf, successBody, typesOf } from '../../spec/properties.ts';
import { addressPath } from '../steps/entity.ts';
import type { Conversation, Expectation } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { ask, type ListView } from './answers.ts';
import { countsThings, nameWords, plainName, singularName } from '../../lib/names.ts';
import { itemParameters } from '../steps/enter-created.ts';
import { representation, thingIn } from '../inference/representation.ts';
import { statedValues } from '../inference/list-parameters.ts';
import type { Resource } from '../inference/resources.ts';

/** A thing that may count what is listed: the parent in the path, or what a property of the items refers to. */
interface Counting {
  readonly owner: Resource;
  readonly path: Entity['path'];
  readonly counted: (item: Json) => boolean;
  /** Whether the list is of its own things only. */
  readonly own: boolean;
}

/** A thing's count of others is the number that their list holds; once some are deleted, it may still count all that there ever were where no word says otherwise. */
export function* askParentsCount(view: ListView, afterDeletion = false): Conversation {
  const { scope, resource, shape } = view;
  if (!view.whole) return;
  const child = singularName(resource.name);
  for (const { owner, path, counted, own } of countingOnes(view)) {
    const { read } = owner;
    const body = read && successBody(read);
    const places = body && representation(scope.planning.contract, body.schema);
    const name = [...(places?.keys() ?? [])].find((property) => countsThings(property, child));
    const place = name === undefined ? undefined : places?.get(name);
    if (!read || name === undefined || !place) continue;
    const told = descriptionOf(scope.planning.contract, place);
    const some = /\b(?:not|only|open|active|current|pending|live|except|excluding|excludes?|without)\b/i.test(told);
    const about = {
      check: 'count-agrees',
      why: `${name} counts what ${shape.operation.id} lists`,
      promise: read.pointer,
      topic: `${owner.item} ${name}`,
    };
    const expectation =
      (confidence: 'certain' | 'likely', wrong: (said: number, listed: number, all: readonly Json[]) => boolean) =>
      (known: readonly Json[]): Expectation => ({
        ...about,
        confidence,
        holds: (answer) => {
          const said = member(thingIn(answer.json), name);
          const listed = known.filter(counted).length;
          if (!isAccepted(answer) || typeof said !== 'number') return { kind: 'cannot-judge', reason: `${name} did not come` };
          return wrong(said, listed, known.filter(counted))
            ? {
                kind: 'broken',
                message: `${name} is ${said}, and ${listed} are listed`,
                where: `response.body/${name}`,
                came: cameOf(answer),
              }
            : { kind: 'kept' };
        },
      });
    const isOfNow = !afterDeletion || /\b(?:now|currently|at present|at the moment)\b/i.test(told);
    const sure = shape.understood && isOfNow ? 'certain' : 'likely';
    // what others made may be counted and not be listed
    const sides = some
      ? [expectation('likely', (said, listed, all) => said !== listed && !ofOneState(view, all).includes(said))]
      : own
        ? [expectation(sure, (said, listed, all) => said !== listed && said !== listed - all.filter(isSetAside).length)]
        : [expectation(sure, (said, listed) => said < listed), expectation('likely', (said, listed) => said > listed)];
    yield* ask(view, { operation: read, parameters: itemParameters(read, path) }, `read ${owner.name} for ${name}`, (known) =>
      sides.map((side) => side(known)),
    );
  }
}

/** Whether a flag of an item says that it is no longer one of those that count: `was_cancelled`. */
function isSetAside(item: Json): boolean {
  return Object.entries(isObject(item) ? item : {}).some(
    ([name, value]) =>
      value === true && nameWords(name).some((word) => /^(?:cancel|delet|archiv|hid|draft|inactive|skip|void|reject|disabl)/.test(word)),
  );
}

/** How many of the items have each of the values of each property that has few. */
function ofOneState({ scope, shape }: ListView, items: readonly Json[]): readonly number[] {
  const states = [...shape.properties].filter(([, place]) => statedValues(scope.planning.contract, place).length > 0);
  return states.flatMap(([name, place]) =>
    statedValues(scope.planning.contract, place).map((value) => items.filter((item) => member(item, name) === value).length),
  );
}

function countingOnes({ scope, resource, shape, known }: ListView): Counting[] {
  const { resources } = scope.planning;
  const parent = resources.all.find(
    ({ item, read }) =>
      read !== undefined && resource.collection.startsWith(`${item}/`) && !resource.collection.slice(item.length + 1).includes('/'),
  );
  const entity = parent && scope.entities.get(parent.item);
  const referred = [...shape.properties.keys()].flatMap((name): Counting[] => {
    const owner = resources.ofReference(name);
    const value = known.map((item) => member(item, name)).findLast((one) => typeof one === 'string' || typeof one === 'number');
    if (!owner || owner === resource || owner.item.split('{').length !== 2 || value === undefined || value === null) return [];
    return [{ owner, path: addressPath(owner, [], value), counted: (item) => member(item, name) === value, own: false }];
  });
  return [...(parent && entity ? [{ owner: parent, path: entity.path, counted: () => true, own: true }] : []), ...referred];
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
