/** Searches with a path of their own, as `GET /plants/search` or with criteria that are posted: asked as the list is, about the things that fill it. Pure. */
import { isObject, member } from '../../lib/json.ts';
import { isJsonType } from '../../lib/media-type.ts';
import { isSearch } from '../../spec/is-safe.ts';
import type { Contract, Operation, Parameter } from '../../spec/contract.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, RequestPlan } from '../case.ts';
import { shownBy, totalAgrees, withQuery, type ListView } from './answers.ts';
import { askFilters } from './filters.ts';
import { askOrders } from './order.ts';
import { walkPages } from './pages.ts';
import { listShape, statedNumber, type ListShape } from '../inference/list-parameters.ts';
import { askToldOrder } from './told-order.ts';
import { askRanges } from './ranges.ts';
import { askSearch, type Searched } from './search.ts';
import { preferredBody } from '../planning.ts';
import type { Resource } from '../inference/resources.ts';

/** Asks each search that answers things of the list's kind in all the ways that its criteria allow. */
export function* askSearches(view: ListView): Conversation {
  for (const search of searchesOf(view.scope.planning.contract, view.resource, view.shape)) {
    const found = yield* ownView(view, search);
    if (found) yield* askAllWays(found);
  }
  for (const searched of wordSearches(view.scope.planning.contract, view.resource, view.shape)) yield* askSearch(view, searched);
}

/** Searches that have to be given words, and nothing else, to answer what the list shows. */
function wordSearches(contract: Contract, resource: Resource, own: ListShape): Searched[] {
  return contract.operations.flatMap((operation) => {
    const required = operation.parameters.filter((one) => one.required);
    if (operation.method !== 'GET' || operation.id === own.operation.id || operation.path.includes('{') || required.length !== 1) return [];
    const shape = listShape(contract, operation);
    if (!shape?.search || shape.search !== required[0] || !showsAlike(resource, own, shape)) return [];
    const pageSize = (shape.limit && statedNumber(contract, shape.limit, 'default')) ?? usualPage;
    return [{ shape, request: { operation, parameters: [] }, whole: false, pageSize }];
  });
}

/** What a page holds at least, as a rule, where the document does not say. */
const usualPage = 10;

/** Whether a search answers things of the list's kind. */
function showsAlike({ identifier }: Resource, own: ListShape, { properties }: ListShape): boolean {
  return properties.has(identifier ?? '') && [...own.properties.keys()].every((name) => properties.has(name));
}

/** Asks a list, or a search, by each of its parameters. */
export function* askAllWays(view: ListView): Conversation {
  yield* walkPages(view);
  yield* askFilters(view);
  yield* askRanges(view);
  yield* askToldOrder(view);
  yield* askOrders(view);
  yield* askSearch(view);
}

interface Search {
  readonly shape: ListShape;
  /** Asks for as much as can be: no criteria, and the widest page. */
  readonly request: RequestPlan;
  /** How many items that page may hold. */
  readonly pageSize: number | undefined;
}

/** The shape of a list with all that its searches can filter, bound or sort by too: by that the things of a list have to differ. */
export function withSearches(contract: Contract, resource: Resource, own: ListShape): ListShape {
  const shapes = [own, ...searchesOf(contract, resource, own).map(({ shape }) => shape)];
  return {
    ...own,
    filters: shapes.flatMap(({ filters }) => filters),
    ranges: shapes.flatMap(({ ranges }) => ranges),
    sort: shapes.find(({ sort }) => sort)?.sort,
    search: [...shapes, ...wordSearches(contract, resource, own).map(({ shape }) => shape)].find(({ search }) => search)?.search,
  };
}

function searchesOf(contract: Contract, resource: Resource, own: ListShape): Search[] {
  return contract.operations.flatMap((operation): Search[] => {
    const search = operation.id === own.operation.id ? undefined : widestSearch(contract, operation);
    return search && showsAlike(resource, own, search.shape) ? [search] : [];
  });
}

/** How a search is asked for all that it has; undefined for another operation, and where the document asks for criteria. */
export function widestSearch(contract: Contract, operation: Operation): Search | undefined {
  const shape = isSearch(operation) && !operation.path.includes('{') ? listShape(contract, withCriteria(contract, operation)) : undefined;
  const request = shape && plainRequest(contract, operation);
  if (!request) return undefined;
  const { limit } = shape;
  const pageSize = limit && (statedNumber(contract, limit, 'maximum') ?? statedNumber(contract, limit, 'default'));
  return { shape, request: limit && pageSize !== undefined ? withQuery(request, [limit, pageSize]) : request, pageSize };
}

/** A search whose criteria are posted, as if they were query parameters. */
function withCriteria(contract: Contract, operation: Operation): Operation {
  const schema = operation.method === 'POST' ? preferredBody(operation)?.schema : undefined;
  if (!schema) return operation;
  const criteria = [...propertiesOf(contract, schema)].map(([name, place]): Parameter => ({
    name,
    in: 'query',
    required: false,
    deprecated: false,
    schema: place,
    mediaType: undefined,
    style: 'form',
    explode: true,
    allowReserved: false,
    pointer: place.pointer,
    examples: [],
  }));
  return { ...operation, parameters: [...operation.parameters, ...criteria] };
}

/** The search without criteria; undefined where the document asks for some. */
function plainRequest(contract: Contract, operation: Operation): RequestPlan | undefined {
  if (operation.parameters.some(({ required }) => required)) return undefined;
  if (operation.method !== 'POST') return { operation, parameters: [] };
  const media = preferredBody(operation);
  if (!media?.schema || !isJsonType(media.type) || contract.validators.validate(media.schema, {}, 'request').kind !== 'valid')
    return undefined;
  return { operation, parameters: [], body: { mediaType: media.type, value: {} } };
}

/** What the search finds without criteria. */
function* ownView(view: ListView, { shape, request, pageSize }: Search): Conversation<ListView | undefined> {
  const title = `${shape.operation.id} without criteria`;
  const answer = yield* attempt(view.scope, request, { title, expectations: [totalAgrees(shape, pageSize)] });
  const shown = shownBy(shape, request, pageSize, answer);
  if (!shown || shown.items.some((item) => !isObject(item) || member(item, view.resource.identifier ?? '') === undefined)) return undefined;
  return { ...view, shape, request, known: shown.items, answer, whole: shown.whole, pageSize };
}
