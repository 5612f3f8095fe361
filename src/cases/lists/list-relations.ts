/** What answers of one list must have to do with each other, and with what is done to its items. Pure. */
import type { Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import { untilRepeated } from '../expectations.ts';
import { aboutItems, identity, listed, shownBy, totalAgrees, withQuery, type ListView, type Shown } from './answers.ts';
import { askOwnCount, askParentsCount } from './count.ts';
import { toldNumber } from '../inference/list-envelope.ts';
import { membershipExpectations, type Membership } from './membership.ts';
import { listShape, statedNumber, type ListShape } from '../inference/list-parameters.ts';
import { createElsewhere, populate } from './population.ts';
import { removeOne } from './removal.ts';
import { askTies } from './ties.ts';
import { updateOne } from './updates.ts';
import { askAllWays, askSearches, withSearches } from './searches.ts';
import { askOverviews, overviewsBefore } from './overview-counts.ts';
import { itemParameters } from '../steps/enter-created.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { askTexts } from './text-lists.ts';
import { writableNames } from '../lives/updates.ts';
import { uploadParts } from '../lives/uploads.ts';
import { thingIn } from '../inference/representation.ts';

/** Fills the list with things that differ, asks for it in several ways and compares the answers. Needs quiet: others that create or delete would disturb it. */
export function* listRelations(scope: Scope, resource: Resource): Conversation {
  const shape = resource.list && listShape(scope.planning.contract, resource.list);
  const plain = shape && (yield* prepareRequest(scope, shape.operation));
  if (!shape || !plain) return;
  const empty = yield* listAll(scope, shape, plain);
  if (!empty) return;
  const counted = yield* overviewsBefore(scope, resource);
  const made = yield* populate(scope, resource, withSearches(scope.planning.contract, resource, shape));
  const [, middle] = made;
  if (middle) yield* uploadParts(scope, middle.entity);
  const read =
    middle && resource.read
      ? {
          made: middle,
          answer: yield* attempt(
            scope,
            { operation: resource.read, parameters: itemParameters(resource.read, middle.entity.path) },
            { title: 'read one of what is listed' },
          ),
        }
      : undefined;
  const elsewhere = made.length > 0 ? yield* createElsewhere(scope, resource, shape.operation) : undefined;
  const before = empty.whole ? new Set(empty.items.map((item) => identity(resource, item))) : undefined;
  const view = yield* settled(scope, resource, shape, empty, { made, before, elsewhere, read });
  if (!view) return;
  yield* askAllWays(view);
  yield* askSearches(view);
  yield* askParentsCount(view);
  yield* askOwnCount(view);
  yield* askOverviews(view, counted, empty.whole ? empty.items : undefined);
  yield* askTexts(view);
  const reads = 'it was only read and searched since'; // RFC 9110 section 9.2.1
  yield* attempt(scope, view.request, {
    title: 'the list after it was read in all ways',
    expectations: [steady(scope, resource, shape, view.known, reads)],
  });
  yield* removeOne(view, made);
  // last: what is updated may leave the list, as what is archived does
  yield* updateOne(view, made);
  yield* askTies(view);
}

/** As many items as one page is asked for at most. */
const mostItems = 100;

/** The list as it comes; when that is only a page, as much as a page may hold. */
function* listAll(scope: Scope, shape: ListShape, request: RequestPlan): Conversation<Shown | undefined> {
  const { limit } = shape;
  const { contract } = scope.planning;
  const pageSize = limit && statedNumber(contract, limit, 'default');
  const first = shownBy(
    shape,
    request,
    pageSize,
    yield* attempt(scope, request, { title: 'the list before', expectations: [totalAgrees(shape, undefined)] }),
  );
  const stated = limit && statedNumber(contract, limit, 'maximum');
  const maximum = stated === undefined ? undefined : Math.min(stated, Math.max(mostItems, pageSize ?? 0));
  if (
    !first ||
    !limit ||
    maximum === undefined ||
    maximum <= first.items.length ||
    (first.whole && first.items.length + 8 < (pageSize ?? Infinity))
  )
    return first;
  const widest = withQuery(request, [limit, maximum]);
  return shownBy(shape, widest, maximum, yield* attempt(scope, widest, { title: `the list with ${limit.name}=${maximum}` })) ?? first;
}

/** A list that is asked for no number of items holds no more than the default says, and tells of no other. */
function defaultLimit({ planning }: Scope, shape: ListShape, request: RequestPlan): Expectation[] {
  const { limit } = shape;
  const most = limit && statedNumber(planning.contract, limit, 'default');
  if (!limit || most === undefined || request.parameters.some(({ name }) => name === limit.name)) return [];
  const about = {
    check: 'limit-respected',
    confidence: 'certain',
    why: `the default of ${limit.name} is ${most}`,
    promise: limit.pointer,
    topic: `${shape.operation.id} default of ${limit.name}`,
  } as const;
  return [
    aboutItems(shape, about, (items, answer) => {
      const told = toldNumber(answer.json, shape.envelope.size);
      if (items.length > most) return `without ${limit.name}, ${items.length} items come, and its default is ${most}`;
      // some tell how many came
      const other = told !== undefined && told !== most && told !== items.length;
      return other ? `without ${limit.name}, ${shape.envelope.size?.slice(1)} is ${told}, and its default is ${most}` : undefined;
    }),
  ];
}

/** The list shows what it showed: what the server keeps by itself may move on meanwhile, as a job is queued, then done. */
function steady({ planning }: Scope, resource: Resource, shape: ListShape, before: readonly Json[], why: string): Expectation {
  const written = writableNames(planning, resource);
  const kept = (all: readonly Json[]): Json =>
    all.map((item) => [
      identity(resource, item),
      Object.fromEntries(Object.entries(thingIn(item)).filter(([name]) => written.size === 0 || written.has(name))),
    ]);
  const about = { check: 'safe-repeatable', confidence: 'likely', why, topic: shape.operation.id } as const;
  return aboutItems(shape, about, (again) =>
    isSameJson(kept(again), kept(before)) ? undefined : `the repeat of a safe request answers other items, though ${why}`,
  );
}

/** The list after it was filled, asked twice: the repeat is judged by what was made and by the first. */
function* settled(
  scope: Scope,
  resource: Resource,
  shape: ListShape,
  { request, pageSize }: Shown,
  membership: Membership,
): Conversation<ListView | undefined> {
  const first = yield* attempt(scope, request, { title: 'the list as it is' });
  const items = listed(first, shape);
  if (!items) return undefined;
  const whole = shownBy(shape, request, pageSize, first)?.whole ?? false;
  const expectations = [
    totalAgrees(shape, pageSize),
    ...defaultLimit(scope, shape, request),
    ...membershipExpectations({ scope, resource, shape, whole }, membership, items),
  ];
  const second = yield* attempt(scope, request, {
    title: 'the same list again',
    expectations: [
      steady(scope, resource, shape, items, 'nothing was changed between the two'),
      ...expectations.map((one) => (one.holds(first).kind === 'broken' ? one : untilRepeated(one))),
    ],
  });
  const known = listed(second, shape);
  return known && { scope, resource, shape, request, known, answer: second, whole, pageSize };
}
