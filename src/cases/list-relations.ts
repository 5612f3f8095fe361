/** What answers of one list must have to do with each other: limits, pages, totals, filters, orders. Pure. */
import { member, type Json } from '../lib/json.ts';
import { valueAt } from '../lib/json-pointer.ts';
import { isSameJson } from '../lib/same-json.ts';
import type { Parameter } from '../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Expectation, Held, ParameterValue, RequestPlan } from './case.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { listShape, smallest, type ListShape, type SortKey } from './list-parameters.ts';
import { create, prepareRequest, type Scope } from './prepare.ts';
import type { Resource } from './resources.ts';

/** Asks the list in several ways and compares the answers. Needs quiet: others that create or delete would disturb it. */
export function* listRelations(scope: Scope, resource: Resource): Conversation {
  const shape = resource.list && listShape(scope.planning.contract, resource.list);
  if (!shape) return;
  if (resource.create && !scope.planning.safeOnly) {
    for (let count = 0; count < 3; count++) {
      const entity = yield* create(scope, resource);
      if (!entity) break;
      scope.entities.set(resource.item, entity);
    }
  }
  const request = yield* prepareRequest(scope, shape.operation);
  if (!request) return;
  const base = yield* attempt(scope, request, { title: 'the list as it is', expectations: [totalAgrees(shape)] });
  const items = itemsOf(base, shape);
  if (!items) return;
  yield* repeat(scope, shape, request, base);
  yield* paging(scope, shape, request, base, items, resource);
  yield* filters(scope, shape, request, items);
  yield* sorting(scope, shape, request);
}

function itemsOf(answer: Answer, shape: ListShape): readonly Json[] | undefined {
  const items = isAccepted(answer) && answer.json !== undefined ? valueAt(answer.json, shape.pointer) : undefined;
  return Array.isArray(items) ? items : undefined;
}

/** An expectation about the items of an accepted list. */
function aboutItems(shape: ListShape, parts: Omit<Expectation, 'holds' | 'promise'> & { readonly promise?: string }, holds: (items: readonly Json[], answer: Answer) => Held): Expectation {
  return {
    promise: shape.operation.pointer,
    ...parts,
    holds: (answer) => {
      const items = itemsOf(answer, shape);
      return items ? holds(items, answer) : { kind: 'cannot-judge', reason: 'the list did not come' };
    },
  };
}

const kept: Held = { kind: 'kept' };

function totalAgrees(shape: ListShape): Expectation {
  const { total } = shape;
  return aboutItems(
    shape,
    { check: 'total-agrees', confidence: 'certain', why: `the envelope's ${total ?? 'total'} counts the items`, topic: `${shape.operation.id} total` },
    (items, answer) => {
      const said = total === undefined ? undefined : member(answer.json, total);
      if (typeof said !== 'number') return kept;
      if (said < items.length) return { kind: 'broken', message: `${total} is ${said}, but ${items.length} items came`, where: `response.body/${total}`, came: cameOf(answer) };
      return kept;
    },
  );
}

function* repeat(scope: Scope, shape: ListShape, request: RequestPlan, base: Answer): Conversation {
  yield* attempt(scope, request, {
    title: 'the same list again',
    expectations: [
      aboutItems(shape, { check: 'safe-repeatable', confidence: 'likely', why: 'nothing was changed between the two', topic: shape.operation.id }, (items, answer) =>
        isSameJson([...items], [...(itemsOf(base, shape) ?? [])]) ? kept : { kind: 'broken', message: 'the repeat of a safe request answers other items', where: `response.body${shape.pointer}`, came: cameOf(answer) },
      ),
    ],
  });
}

function withQuery(request: RequestPlan, ...values: readonly (readonly [Parameter, Json])[]): RequestPlan {
  const names = new Set(values.map(([parameter]) => parameter.name));
  const added = values.map(([parameter, value]): ParameterValue => ({ name: parameter.name, in: 'query', value }));
  return { ...request, parameters: [...request.parameters.filter((one) => one.in !== 'query' || !names.has(one.name)), ...added] };
}

function* paging(scope: Scope, shape: ListShape, request: RequestPlan, base: Answer, items: readonly Json[], resource: Resource): Conversation {
  const { limit, page, offset, total } = shape;
  if (!limit || items.length < 2) return;
  const size = Math.max(1, smallest(scope.planning.contract, limit, 1));
  const counter = offset ?? page;
  const start = offset ? 0 : page ? smallest(scope.planning.contract, page, 1) : 0;
  const respected = aboutItems(
    shape,
    { check: 'limit-respected', confidence: 'certain', why: `${limit.name} limits the page`, promise: limit.pointer, topic: `${shape.operation.id} ${limit.name}` },
    (found, answer) => (found.length <= size ? kept : { kind: 'broken', message: `${limit.name}=${size} is answered with ${found.length} items`, where: `response.body${shape.pointer}`, came: cameOf(answer) }),
  );
  const sameTotal: Expectation[] =
    total === undefined
      ? []
      : [
          aboutItems(shape, { check: 'total-agrees', confidence: 'certain', why: `${total} counts all items, not those of the page`, topic: `${shape.operation.id} total` }, (_, answer) =>
            member(answer.json, total) === member(base.json, total) ? kept : { kind: 'broken', message: `${total} was ${JSON.stringify(member(base.json, total))} and is ${JSON.stringify(member(answer.json, total))} for ${limit.name}=${size}`, where: `response.body/${total}`, came: cameOf(answer) },
          ),
        ];
  const first = yield* attempt(scope, withQuery(request, [limit, size], ...(counter ? [[counter, start] as const] : [])), { title: `${limit.name}=${size}`, expectations: [respected, ...sameTotal] });
  const firstItems = itemsOf(first, shape);
  if (!counter || !firstItems || firstItems.length !== size) return;
  const step = offset ? size : 1;
  yield* attempt(scope, withQuery(request, [limit, size], [counter, start + step]), {
    title: `${limit.name}=${size}, ${counter.name}=${start + step}`,
    expectations: [
      respected,
      aboutItems(shape, { check: 'pages-disjoint', confidence: 'certain', why: `${counter.name} moves on by a page`, promise: counter.pointer, topic: `${shape.operation.id} ${counter.name}` }, (found, answer) => {
        const id = resource.identifier;
        const ids = (list: readonly Json[]): readonly (Json | undefined)[] => list.map((item) => (id === undefined ? item : member(item, id)));
        const twice = ids(found).find((one) => one !== undefined && ids(firstItems).some((other) => other !== undefined && isSameJson(one, other)));
        if (twice !== undefined) return { kind: 'broken', message: `${JSON.stringify(twice)} is on two pages`, where: `response.body${shape.pointer}`, came: cameOf(answer) };
        if (found.length === 0 && items.length > size) return { kind: 'broken', message: 'the next page is empty though there are more items', where: `response.body${shape.pointer}`, came: cameOf(answer) };
        return kept;
      }),
    ],
  });
}

/** A filter that bears a property's name: only items with that value may come. */
function* filters(scope: Scope, shape: ListShape, request: RequestPlan, items: readonly Json[]): Conversation {
  for (const { parameter, property } of shape.filters) {
    const value = items.map((item) => member(item, property)).find((one) => one !== null && one !== undefined && typeof one !== 'object' && one !== '');
    if (value === undefined) continue;
    yield* attempt(scope, withQuery(request, [parameter, value]), {
      title: `${parameter.name}=${String(value)}`,
      expectations: [
        aboutItems(
          shape,
          { check: 'filter-respected', confidence: 'certain', why: `${parameter.name} bears the name and type of the items' ${property}`, promise: parameter.pointer, topic: `${shape.operation.id} ${parameter.name}` },
          (found, answer) => {
            const other = found.find((item) => member(item, property) !== undefined && !fits(member(item, property), value));
            if (other !== undefined) return { kind: 'broken', message: `${parameter.name}=${String(value)} lets ${JSON.stringify(member(other, property))} through`, where: `response.body${shape.pointer}`, came: cameOf(answer) };
            if (found.length === 0) return { kind: 'broken', message: `${parameter.name}=${String(value)} finds nothing, though an item has that value`, where: `response.body${shape.pointer}`, came: cameOf(answer) };
            return kept;
          },
        ),
      ],
    });
  }
}

/** A text filter may find parts of words and mind no case. */
function fits(found: Json | undefined, wanted: Json): boolean {
  if (typeof found === 'string' && typeof wanted === 'string') return found.toLowerCase().includes(wanted.toLowerCase());
  return found === wanted;
}

function* sorting(scope: Scope, shape: ListShape, request: RequestPlan): Conversation {
  const { sort } = shape;
  if (!sort) return;
  for (const key of sort.keys.slice(0, 6)) {
    yield* attempt(scope, withQuery(request, [sort.parameter, key.value]), {
      title: `${sort.parameter.name}=${key.value}`,
      expectations: [
        aboutItems(
          shape,
          { check: 'sort-respected', confidence: 'certain', why: `${key.value} names the items' ${key.property}`, promise: sort.parameter.pointer, topic: `${shape.operation.id} ${key.value}` },
          (items, answer) => (isSorted(items, key) ? kept : { kind: 'broken', message: `${sort.parameter.name}=${key.value} is not sorted by ${key.property}`, where: `response.body${shape.pointer}`, came: cameOf(answer) }),
        ),
      ],
    });
  }
}

/** Sorted in the promised direction, or in either where none is named. Texts are compared only where every usual collation agrees. */
function isSorted(items: readonly Json[], key: SortKey): boolean {
  const values = items.map((item) => member(item, key.property)).filter((value) => typeof value === 'number' || typeof value === 'string');
  if (values.length !== items.length) return true;
  const ordered = (sign: number): boolean => values.every((value, index) => index === 0 || sign * compare(values[index - 1] ?? value, value) <= 0);
  if (key.descending === undefined) return ordered(1) || ordered(-1);
  return ordered(key.descending ? -1 : 1);
}

function compare(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [String(left), String(right)];
  // only plain words of one case sort alike everywhere
  if (!/^[a-z0-9]*$/.test(a) || !/^[a-z0-9]*$/.test(b)) return /^\d{4}-\d\d-\d\dT/.test(a) && /^\d{4}-\d\d-\d\dT/.test(b) ? Date.parse(a) - Date.parse(b) : 0;
  return a < b ? -1 : a > b ? 1 : 0;
}
