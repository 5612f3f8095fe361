/** Sorted lists are sorted, as a whole and before they are cut into pages. Pure. */
import { member, type Json } from '../../lib/json.ts';
import type { Parameter } from '../../spec/contract.ts';
import type { Conversation, RequestPlan } from '../case.ts';
import { aboutItems, ask, identity, withQuery, type About, type ListView } from './answers.ts';
import { described, statedNumber } from '../inference/list-parameters.ts';
import type { SortKey, SortShape } from '../inference/list-sort-keys.ts';

/** How many orders are asked for. */
const mostOrders = 6;

/** One order: what to ask and which way it goes. */
export interface Order {
  readonly key: SortKey;
  readonly query: readonly (readonly [Parameter, Json])[];
  readonly title: string;
}

/** Asks for each order, and for the first item of one. */
export function* askOrders(view: ListView): Conversation {
  const { sort, limit } = view.shape;
  if (!sort) return;
  const orders = ordersOf(sort).slice(0, mostOrders);
  for (const order of orders) {
    yield* ask(view, withQuery(view.request, ...order.query), order.title, () => [
      aboutItems(view.shape, about(view, sort, order.key), (items) =>
        isSorted(items, order.key) ? undefined : `${order.title} is not sorted by ${order.key.property}`,
      ),
    ]);
  }
  const [first] = view.known;
  if (!limit || !view.whole || first === undefined || (statedNumber(view.scope.planning.contract, limit, 'minimum') ?? 1) > 1) return;
  // the order's first item must not be the first already
  const telling = orders.find(({ key }) =>
    extremes(view, view.known, key)?.every((item) => identity(view.resource, item) !== identity(view.resource, first)),
  );
  if (telling) yield* askFirst(view, sort, telling, withQuery(view.request, ...telling.query, [limit, 1]));
}

function* askFirst(view: ListView, sort: SortShape, order: Order, request: RequestPlan): Conversation {
  const { property } = order.key;
  yield* ask(view, request, `${order.title}, the first only`, (known) => [
    aboutItems(view.shape, about(view, sort, order.key), ([first]) => {
      const best = extremes(view, known, order.key)?.[0];
      const value = first === undefined ? undefined : member(first, property);
      const wanted = best === undefined ? undefined : member(best, property);
      if (value === undefined || wanted === undefined || value === null || wanted === null || compare(value, wanted) === 0)
        return undefined;
      return `${order.title} begins with ${JSON.stringify(value)} when cut to one item, though there is ${JSON.stringify(wanted)}`;
    }),
  ]);
}

/** Every order that can be asked for. */
export function ordersOf({ parameter, keys, direction }: SortShape): Order[] {
  return keys.flatMap((key): Order[] => {
    const query = [parameter, key.value] as const;
    const title = `${parameter.name}=${key.value}`;
    if (!direction || key.descending !== undefined) return [{ key, query: [query], title }];
    return [false, true].map((descending) => {
      const way = descending ? direction.descending : direction.ascending;
      return {
        key: { ...key, descending },
        query: [query, [direction.parameter, way]],
        title: `${title}, ${direction.parameter.name}=${String(way)}`,
      };
    });
  });
}

function about({ shape, known, scope }: ListView, { parameter, stated }: SortShape, key: SortKey): About {
  // texts that hold decimals might be meant to be sorted as texts, unless words say how
  const values = known.map((item) => member(item, key.property));
  const asNumbers =
    !values.some((value) => typeof value === 'string' && isDecimal(value)) ||
    /\bnumber|\bnumeric/.test(described(scope.planning.contract, parameter));
  return {
    check: 'sort-respected',
    confidence: stated && asNumbers ? 'certain' : 'likely',
    why: `${key.value} names the items' ${key.property}`,
    promise: parameter.pointer,
    topic: `${shape.operation.id} ${key.value}`,
  };
}

/** The items that may come first in an order; undefined where not all can be compared. */
function extremes(view: ListView, items: readonly Json[], key: SortKey): readonly Json[] | undefined {
  if (key.descending === undefined) return undefined;
  const values = items.map((item) => member(item, key.property));
  if (
    !values.every(
      (value) => typeof value === 'number' || (typeof value === 'string' && (isPlain(value) || isMoment(value) || isDecimal(value))),
    )
  )
    return undefined;
  const sign = key.descending ? -1 : 1;
  const ordered = items.toSorted((left, right) => sign * compare(member(left, key.property) ?? null, member(right, key.property) ?? null));
  const [first] = ordered;
  return first === undefined
    ? undefined
    : ordered.filter((item) => compare(member(item, key.property) ?? null, member(first, key.property) ?? null) === 0);
}

/** Whether the items are sorted in the promised direction, or in either where none is named. Texts are compared only where every usual collation agrees. */
export function isSorted(items: readonly Json[], key: SortKey): boolean {
  const values = items.map((item) => member(item, key.property)).filter((value) => typeof value === 'number' || typeof value === 'string');
  if (values.length !== items.length) return true;
  const ordered = (sign: number): boolean =>
    values.every((value, index) => index === 0 || sign * compare(values[index - 1] ?? value, value) <= 0);
  if (key.descending === undefined) return ordered(1) || ordered(-1);
  return ordered(key.descending ? -1 : 1);
}

function compare(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [String(left), String(right)];
  if (isDecimal(a) && isDecimal(b)) return Number(a) - Number(b);
  // only plain words of one case sort alike everywhere
  if (!isPlain(a) || !isPlain(b)) return isMoment(a) && isMoment(b) ? Date.parse(a) - Date.parse(b) : 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

function isPlain(text: string): boolean {
  return /^[a-z0-9]*$/.test(text);
}

/** A decimal of few digits: more might be alike as a double. */
function isDecimal(text: string): boolean {
  return /^-?\d{1,9}\.\d{1,6}$/.test(text);
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\d(?:T|$)/.test(text) && !Number.isNaN(Date.parse(text));
}
