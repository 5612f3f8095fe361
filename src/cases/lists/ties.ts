/** Things that a sorted list cannot tell apart keep their order from one request to the next: pages would lose one and repeat another. Pure. */
import { member, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, JudgedAnswer } from '../case.ts';
import { aboutItems, identity, listed, withQuery, type ListView } from './answers.ts';
import { ordersOf } from './order.ts';
import { makeThing } from '../steps/make-thing.ts';
import { preferredBody } from '../planning.ts';
import { isUnique } from '../steps/unique-names.ts';

/** How often the same is asked after the first time. */
const repeats = 2;

/** Makes a thing that ties with one that is listed, and asks for the order several times. Last of all: the list is another one then. */
export function* askTies(view: ListView): Conversation {
  const { scope, resource, shape } = view;
  const { contract } = scope.planning;
  const schema = resource.create && preferredBody(resource.create)?.schema;
  if (scope.planning.safeOnly || !shape.sort || !schema || !view.whole) return;
  const places = propertiesOf(contract, schema);
  const order = ordersOf(shape.sort).find(
    ({ key: { property } }) => places.has(property) && !isUnique(contract, property, places.get(property)),
  );
  if (!order) return;
  const { property } = order.key;
  const request = withQuery(view.request, ...order.query);
  const ask = (title: string, expectations: readonly Expectation[] = []): Conversation<JudgedAnswer> =>
    attempt(scope, request, { title: `${order.title}, ${title}`, expectations });
  // what was listed before may be gone
  const value = member(listed(yield* ask('to have another like one'), shape)?.[0], property);
  if (value === undefined || value === null) return;
  const twin = yield* makeThing(scope, resource, {
    title: `to have two with one ${property}`,
    change: (body) => ({ ...body, [property]: value }),
    strict: true,
  });
  if (!twin) return;
  const first = listed(yield* ask('of which two are equal'), shape);
  if (!first) return;
  for (let count = 0; count < repeats; count++) {
    const again = yield* ask('the same again', [sameOrder(view, first, property)]);
    if (again.broken().length > 0) return;
  }
}

/** Likely: no document says what comes first of what is equal. */
function sameOrder({ shape, resource }: ListView, first: readonly Json[], property: string): Expectation {
  const about = {
    check: 'safe-repeatable',
    confidence: 'likely',
    why: 'nothing was changed between the two',
    topic: `${shape.operation.id} equals`,
  } as const;
  const told = (items: readonly Json[]): Json[] => items.map((item) => [identity(resource, item), member(item, property) ?? null]);
  return aboutItems(shape, about, (again) => {
    const [before, now] = [told(first), told(again)];
    const same = isSameJson(before.map(String).sort(), now.map(String).sort());
    return same && !isSameJson(before, now) ? `things of one ${property} come in another order when the same is asked again` : undefined;
  });
}
