/** What a stranger's lists do not show: the thing that the main identity made a moment ago. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Contract, Operation, Parameter } from '../../spec/contract.ts';
import { isSearch } from '../../spec/is-safe.ts';
import { listIn, successBody, typesOf } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan, ParameterValue } from '../case.ts';
import { widestPage } from '../steps/creations.ts';
import { namedMember, type Entity } from '../steps/entity.ts';
import { cameOf, keptUnless } from '../expectations.ts';
import { totalAgrees, withQuery } from '../lists/answers.ts';
import { hiddenCounts } from './hidden-counts.ts';
import { isNaming, takes } from '../lists/search.ts';
import { nameWords, plainName } from '../../lib/names.ts';
import { described, listShape } from '../inference/list-parameters.ts';
import { widestSearch } from '../lists/searches.ts';
import type { Planning } from '../planning.ts';
import { obtain } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { itemsIn } from '../steps/refused-trace.ts';
import type { Resource } from '../inference/resources.ts';
import { textLists, writtenIn } from '../lists/text-lists.ts';

/** Asks for each list that shows things of the resource, and for what counts them, as their maker and as each stranger; and what is one's own, as each peer. */
export function* hiddenItems(scope: Scope, resource: Resource): Conversation {
  const { list } = resource;
  const own = list && ownParameter(scope.planning, list);
  if (scope.planning.strangers.length === 0 && !own) return;
  const lists = listsOf(scope.planning, resource);
  const entity = lists.length > 0 && resource.identifier !== undefined ? yield* obtain(scope, resource) : undefined;
  if (!entity?.created) return;
  if (list && own) yield* ownAlone(scope, resource, entity, { list, own });
  if (scope.planning.strangers.length === 0) return;
  for (const one of lists) yield* hiddenIn(scope, resource, entity, one);
  if (list) yield* hiddenCounts(scope, resource, list);
}

/** Its own list, and every other GET or search that answers a list of the same schema, or a text, and that credentials guard. */
function listsOf({ contract }: Planning, { list }: Resource): readonly Operation[] {
  if (!list) return [];
  const shown = itemPointer(contract, list);
  const alike = contract.operations.filter(
    (one) =>
      one.id !== list.id &&
      (one.method === 'GET' || isSearch(one)) &&
      !one.path.includes('{') &&
      shown?.startsWith('/components/') === true &&
      itemPointer(contract, one) === shown,
  );
  const guarded = ({ security }: Operation): boolean => security.length > 0 && security.every((requirement) => requirement.length > 0);
  return [list, ...[...alike, ...textLists(contract)].filter(guarded)];
}

function itemPointer(contract: Contract, operation: Operation): string | undefined {
  const body = successBody(operation);
  const place = body && listIn(contract, body.schema);
  return place && contract.resolve(place.items).pointer;
}

function pathOf({ path }: Entity): readonly ParameterValue[] {
  return [...path].map(([name, value]) => ({ name, in: 'path', value }));
}

/** Asks a list for all that it shows, and for what the thing can be found by. */
function* hiddenIn(scope: Scope, resource: Resource, entity: Entity, list: Operation): Conversation {
  const { contract } = scope.planning;
  const request = list.method === 'GET' ? widestPage(scope.planning, list, pathOf(entity)) : widestSearch(contract, list)?.request;
  if (!request) return;
  const item = yield* hiddenFrom(scope, resource, entity, request);
  const search = listShape(contract, list)?.search;
  const said = search ? nameWords(described(contract, search)) : [];
  const words = item !== undefined && search ? wordsOf(item, said).find((text) => takes(scope.planning, search, text)) : undefined;
  if (search && words !== undefined) yield* hiddenFrom(scope, resource, entity, withQuery(request, [search, words]));
  const found = item === undefined ? [] : filtersOf(scope.planning, list, item);
  if (found.length > 0) yield* hiddenFrom(scope, resource, entity, withQuery(request, ...found));
}

/** The switch for what belongs to whoever asks. */
function ownParameter({ contract }: Planning, { parameters }: Operation): Parameter | undefined {
  return parameters.find(
    ({ in: place, name, schema }) =>
      place === 'query' &&
      /^(?:(?:is|only)?(?:mine|own|owned)(?:only)?|ownedbyme|createdbyme)$/.test(plainName(name)) &&
      schema !== undefined &&
      typesOf(contract, schema).has('boolean'),
  );
}

/** `mine=true` shows each identity its own things: asked as others, it does not show the thing, though its maker is shown it. */
function* ownAlone(
  scope: Scope,
  { identifier = '' }: Resource,
  entity: Entity,
  { list, own: parameter }: { readonly list: Operation; readonly own: Parameter },
): Conversation {
  const { planning } = scope;
  const widest = widestPage(planning, list, pathOf(entity));
  if (!widest) return;
  const request = withQuery(widest, [parameter, true]);
  const shows = (answer: Answer): boolean =>
    itemsIn(planning, list, answer)?.some((item) => String(namedMember(item, identifier)) === String(entity.id)) === true;
  if (!shows(yield* attempt(scope, request, { title: `the list with ${parameter.name}, as its maker` }))) return;
  for (const name of planning.peers)
    yield* attempt(scope, request, {
      title: `the list with ${parameter.name}, as ${name}`,
      credentials: { kind: 'identity', name },
      intent: 'probe',
      expectations: [
        {
          check: 'filter-respected',
          confidence: 'certain',
          why: `${parameter.name} is about what belongs to whoever asks, and another identity made the thing`,
          promise: parameter.pointer,
          topic: `${list.id} ${parameter.name}`,
          holds: keptUnless(shows, `${parameter.name}=true shows ${name} what another identity made`),
        },
      ],
    });
}

/** Every filter that bears the name of a property of the thing, with what the thing has: a query of its own may forget whose things they are. */
function filtersOf({ contract }: Planning, list: Operation, item: Json): (readonly [Parameter, Json])[] {
  return (listShape(contract, list)?.filters ?? []).flatMap(({ parameter, property, several }): [Parameter, Json][] => {
    const own = member(item, property);
    if (own === undefined || own === null || typeof own === 'object' || !parameter.schema) return [];
    const value: Json = several ? [own] : own;
    return contract.validators.validate(parameter.schema, value, 'request').kind === 'valid' ? [[parameter, value]] : [];
  });
}

/** Texts by which a thing may be found: what a search's description names, and what has a name for such. */
function wordsOf(item: Json, said: readonly string[]): string[] {
  return Object.entries(isObject(item) ? item : {}).flatMap(([name, value]) => {
    if (isObject(value)) return wordsOf(value, said);
    return typeof value === 'string' && (said.includes(name.toLowerCase()) || isNaming(name)) ? [value] : [];
  });
}

/** Asks as the thing's maker and as each stranger; gives back the thing as its maker is shown it. */
function* hiddenFrom(
  scope: Scope,
  { create, identifier = '' }: Resource,
  entity: Entity,
  request: RequestPlan,
): Conversation<Json | undefined> {
  const { operation: list } = request;
  const mine = yield* attempt(scope, request, { title: 'the list as its maker sees it' });
  const itemOf = (answer: Answer): Json | undefined =>
    itemsIn(scope.planning, list, answer)?.find((item) => String(namedMember(item, identifier)) === String(entity.id));
  // under a name that clients choose, a stranger may have another thing of his own
  const isOwn = (item: Json): boolean => create?.method !== 'PUT' || isSameJson(item, itemOf(mine) ?? null);
  const shown = (answer: Answer): boolean => {
    const item = itemOf(answer);
    return item === undefined ? writtenIn(answer)(entity.id) : isOwn(item);
  };
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
  return itemOf(mine);
}
