/** Walks a list page by page: no page is too long, none repeats another, together they are the whole. Pure. */
import { member, type Json } from '../../lib/json.ts';
import type { Parameter } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import { expectRefused } from '../expectations.ts';
import { aboutItems, ask, byIdentity, identity, listed, totalsOf, withQuery, type ListView } from './answers.ts';
import { declaresNext, nextRequest, type Walk } from './next.ts';
import { statedNumber } from '../inference/list-parameters.ts';
import { namesNoNext, toldTruly } from './told.ts';

/** The most pages that a walk turns: their size is chosen so that the known items fit in. */
const mostPages = 4;

/** Walks the known items in as few pages as show the seams between them. */
export function* walkPages(view: ListView): Conversation {
  const { limit, offset, page, cursor } = view.shape;
  const { contract } = view.scope.planning;
  if (!limit || view.known.length < 2) return;
  const size = Math.max(1, statedNumber(contract, limit, 'minimum') ?? 1, Math.ceil(view.known.length / (mostPages - 1)));
  if (size >= view.known.length || size > (statedNumber(contract, limit, 'maximum') ?? size)) return;
  const walk: Walk = { view, limit, size };
  if (offset) yield* byNumber(walk, offset, 0, size, true);
  else if (page) {
    const start = statedNumber(contract, page, 'minimum') ?? statedNumber(contract, page, 'default');
    yield* byNumber(walk, page, start ?? 1, 1, start !== undefined);
  } else yield* byNext(walk, cursor ?? view.shape.following);
  if (cursor) yield* strayCursor(walk, cursor);
  if (view.shape.preceding) yield* beforeOne(walk, view.shape.preceding);
  yield* unevenly(walk);
}

/** A cursor that no page gave is refused: silently it would begin anew, and whoever walks would walk for ever. */
function* strayCursor({ view, limit, size }: Walk, cursor: Parameter): Conversation {
  const what = `\`${cursor.name}\` that no page gave`;
  const { operation } = view.shape;
  if (!declaresStatus(operation, '400', '422')) return;
  yield* attempt(view.scope, withQuery(view.request, [limit, size], [cursor, 'specproof-no-such-page']), {
    title: what,
    intent: 'invalid',
    expectations: [expectRefused({ what, confidence: 'likely', promise: cursor.pointer, topic: `${operation.id} ${cursor.name} stray` })],
  });
}

/** A page of a size that does not divide the whole: how many pages there are is rounded up then. */
function* unevenly({ view, limit, size }: Walk): Conversation {
  const { length } = view.known;
  const uneven = [size + 1, size + 2].find((one) => one < length && length % one !== 0);
  if (!view.shape.envelope.pages || !view.whole || length % size !== 0 || uneven === undefined) return;
  const walk = { view, limit, size: uneven };
  yield* ask(view, withQuery(view.request, [limit, uneven]), `${limit.name}=${uneven}`, () => [
    ...ofOnePage(walk),
    ...toldTruly(view, { limit, size: uneven, counter: undefined, at: 0, reached: undefined }),
  ]);
}

function* byNumber(walk: Walk, counter: Parameter, start: number, step: number, sure: boolean): Conversation {
  const { view, limit, size } = walk;
  const seen: Json[] = [];
  let linked: RequestPlan | undefined;
  const pages = Math.ceil(view.known.length / size);
  for (let index = 0; index < pages; index++) {
    const at = start + index * step;
    const request = withQuery(view.request, [limit, size], [counter, at]);
    const before = [...seen];
    const reached = (items: readonly Json[]): number => before.length + items.length;
    const answer = yield* ask(view, request, `${limit.name}=${size}, ${counter.name}=${at}`, (known) => [
      ...ofOnePage(walk),
      ...toldTruly(view, { limit, size, counter, at, reached }),
      disjoint(walk, before, counter),
      ...(index === pages - 1 && view.whole ? [complete(walk, before, known, counter, sure)] : []),
    ]);
    const found = listed(answer, view.shape);
    if (!found || found.length > size) return;
    seen.push(...found);
    if (index === 0) linked = nextRequest(walk, request, answer);
  }
  yield* beyondLast(walk, counter, start + pages * step, seen);
  const first = seen.slice(0, size);
  if (counter === view.shape.offset && size === 1) yield* fromTheSecond(walk, counter, seen);
  if (linked) yield* ask(view, linked, 'the next page by what the first one gave', () => [disjoint(walk, first, counter)]);
}

/** An offset counts items, not pages: two from the second on begin with the second. */
function* fromTheSecond({ view, limit }: Walk, offset: Parameter, [, second, third]: readonly Json[]): Conversation {
  if (second === undefined || third === undefined || (statedNumber(view.scope.planning.contract, limit, 'maximum') ?? 2) < 2) return;
  const wanted = identity(view.resource, second);
  const about = {
    check: 'pages-complete',
    confidence: 'certain',
    why: `${offset.name} counts items`,
    promise: offset.pointer,
    topic: `${view.shape.operation.id} ${offset.name} of items`,
  } as const;
  const title = `${limit.name}=2, ${offset.name}=1`;
  yield* ask(view, withQuery(view.request, [limit, 2], [offset, 1]), title, () => [
    aboutItems(view.shape, about, (found) =>
      found.some((item) => identity(view.resource, item) === wanted) ? undefined : `${title} leaves out the second item, ${wanted}`,
    ),
  ]);
}

/** A page beyond the last one repeats nothing: it is empty, or refused. */
function* beyondLast(walk: Walk, counter: Parameter, at: number, seen: readonly Json[]): Conversation {
  const { view, limit, size } = walk;
  if (!view.whole || (statedNumber(view.scope.planning.contract, counter, 'maximum') ?? at) < at) return;
  const request = withQuery(view.request, [limit, size], [counter, at]);
  yield* ask(view, request, `${limit.name}=${size}, ${counter.name}=${at}, beyond the last`, () => [
    disjoint(walk, seen, counter),
    namesNoNext(view),
  ]);
}

/** Follows what each page gives for the next: a value of the cursor parameter, or a link. */
function* byNext(walk: Walk, cursor: Parameter | undefined): Conversation {
  const { view, limit, size } = walk;
  const seen: Json[] = [];
  const namesNext = declaresNext(view.scope.planning.contract, view.shape);
  let request: RequestPlan | undefined = withQuery(view.request, [limit, size]);
  for (let index = 0; request && index < mostPages; index++) {
    const before = [...seen];
    const sent: RequestPlan = request;
    const answer = yield* ask(
      view,
      sent,
      index === 0 ? `${limit.name}=${size}` : `${limit.name}=${size}, page ${index + 1} by what the page before gave`,
      (known) => [
        ...ofOnePage(walk),
        ...toldTruly(view, { limit, size, counter: undefined, at: 0, reached: (items) => before.length + items.length }),
        disjoint(walk, before, cursor ?? limit),
        // where no next page is ever named, there is no promise of one
        ...(view.whole && (namesNext || index > 0) ? [untilNoNext(walk, sent, complete(walk, before, known, cursor ?? limit, true))] : []),
      ],
    );
    const found = listed(answer, view.shape);
    if (!found || found.length > size) return;
    seen.push(...found);
    request = nextRequest(walk, sent, answer);
  }
}

/** Nothing is missing yet as long as a next page is named. */
function untilNoNext(walk: Walk, request: RequestPlan, whole: Expectation): Expectation {
  return {
    ...whole,
    holds: (answer) => (nextRequest(walk, request, answer) ? { kind: 'kept' } : whole.holds(answer)),
  };
}

function ofOnePage({ view, limit, size }: Walk): Expectation[] {
  const { shape } = view;
  const all = totalsOf(view.answer, shape);
  return [
    aboutItems(
      shape,
      {
        check: 'limit-respected',
        confidence: 'certain',
        why: `${limit.name} limits the page`,
        promise: limit.pointer,
        topic: `${shape.operation.id} ${limit.name}`,
      },
      (found) => (found.length <= size ? undefined : `${limit.name}=${size} is answered with ${found.length} items`),
    ),
    aboutItems(
      shape,
      {
        check: 'total-agrees',
        confidence: 'certain',
        why: 'it counts all items, not those of the page',
        topic: `${shape.operation.id} total`,
      },
      (_, answer) => {
        const here = new Map(totalsOf(answer, shape));
        const changed = all.find(([place, total]) => here.has(place) && here.get(place) !== total);
        return changed && `${changed[0]} was ${changed[1]} and is ${here.get(changed[0])} for ${limit.name}=${size}`;
      },
    ),
  ];
}

function disjoint({ view }: Walk, before: readonly Json[], by: Parameter): Expectation {
  const { shape, resource } = view;
  return aboutItems(
    shape,
    {
      check: 'pages-disjoint',
      confidence: 'certain',
      why: `${by.name} moves on by a page`,
      promise: by.pointer,
      topic: `${shape.operation.id} ${by.name}`,
    },
    (found) => {
      const earlier = byIdentity(resource, before);
      const twice = found.map((item) => identity(resource, item)).find((id, index, ids) => earlier.has(id) || ids.indexOf(id) !== index);
      return twice && `${twice} is on two pages`;
    },
  );
}

function complete({ view }: Walk, before: readonly Json[], known: readonly Json[], by: Parameter, sure: boolean): Expectation {
  const { shape, resource } = view;
  return aboutItems(
    shape,
    {
      check: 'pages-complete',
      confidence: sure ? 'certain' : 'likely',
      why: `the list without ${by.name} holds more than all its pages together`,
      promise: by.pointer,
      topic: `${shape.operation.id} ${by.name}`,
    },
    (found) => {
      const all = byIdentity(resource, [...before, ...found]);
      const missing = [...byIdentity(resource, known).keys()].find((id) => !all.has(id));
      return missing && `${missing} is in the list, but on no page`;
    },
  );
}

/** What ends before an item are those that stand in front of it in the whole list. */
function* beforeOne({ view, limit, size }: Walk, preceding: Parameter): Conversation {
  const { resource, shape } = view;
  const one = view.known.at(-1);
  const id = resource.identifier === undefined ? undefined : member(one, resource.identifier);
  if (!view.whole || one === undefined || id === undefined) return;
  const title = `${limit.name}=${size}, ${preceding.name} the last one`;
  const about = {
    check: 'pages-complete',
    confidence: 'certain',
    why: `${preceding.name} ends the page before an item`,
    promise: preceding.pointer,
    topic: `${shape.operation.id} ${preceding.name}`,
  } as const;
  yield* ask(view, withQuery(view.request, [limit, size], [preceding, id]), title, (known) => [
    aboutItems(shape, about, (found) => {
      const before = known.slice(
        0,
        known.findIndex((item) => identity(resource, item) === identity(resource, one)),
      );
      const wanted = before.slice(-size).map((item) => identity(resource, item));
      const came = new Set(found.map((item) => identity(resource, item)));
      const missing = wanted.find((item) => !came.has(item));
      return missing && `${missing} stands in front of ${JSON.stringify(id)}, and ${title} leaves it out`;
    }),
  ]);
}
