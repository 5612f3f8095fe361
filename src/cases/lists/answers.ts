/** How a list is asked and its answers are read, so that nobody is blamed for what another client changed meanwhile. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Parameter } from '../../spec/contract.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, Held, ParameterValue, RequestPlan } from '../case.ts';
import { cameOf, isAccepted, untilRepeated } from '../expectations.ts';
import { toldNumber } from '../inference/list-envelope.ts';
import type { ListShape } from '../inference/list-parameters.ts';
import type { Scope } from '../steps/scope.ts';
import { itemsAt } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';

/** What is known of a list before it is asked in other ways. */
export interface ListView {
  readonly scope: Scope;
  readonly resource: Resource;
  readonly shape: ListShape;
  /** Asks for as much as the list gives at once. */
  readonly request: RequestPlan;
  /** The items of the last answer to `request`. */
  readonly known: readonly Json[];
  readonly answer: Answer;
  /** Whether `known` is all there is. */
  readonly whole: boolean;
  /** How many items a page of `request` may hold; undefined where nobody says. */
  readonly pageSize: number | undefined;
}

/** The items of an accepted list; undefined when they did not come. */
export function listed(answer: Answer, shape: ListShape): readonly Json[] | undefined {
  return isAccepted(answer) ? itemsAt(answer.json, shape.pointer) : undefined;
}

/** What tells an item from others: its identifier, else the item itself. */
export function identity(resource: Resource, item: Json): string {
  const id = resource.identifier === undefined ? undefined : member(item, resource.identifier);
  return JSON.stringify(id ?? item);
}

/** Items by identity. */
export function byIdentity(resource: Resource, items: readonly Json[]): ReadonlyMap<string, Json> {
  return new Map(items.map((item) => [identity(resource, item), item]));
}

/** What an expectation of items needs beside its predicate. */
export type About = Pick<Expectation, 'check' | 'confidence' | 'why' | 'topic'> & { readonly promise?: string };

/** An expectation about the items of an accepted list: a message says what is broken. */
export function aboutItems(
  shape: ListShape,
  parts: About,
  complaint: (items: readonly Json[], answer: Answer) => string | undefined,
): Expectation {
  return {
    promise: shape.operation.pointer,
    ...parts,
    holds: (answer): Held => {
      const items = listed(answer, shape);
      if (!items) return { kind: 'cannot-judge', reason: 'the list did not come' };
      const message = complaint(items, answer);
      return message === undefined
        ? { kind: 'kept' }
        : { kind: 'broken', message: message.slice(0, 300), where: `response.body${shape.pointer}`, came: cameOf(answer) };
    },
  };
}

/** Looks at the list again, and once more where something seems broken: only the last answer is judged. */
export function* lookAgain({ scope, request }: ListView, title: string, expectations: readonly Expectation[]): Conversation {
  const first = yield* attempt(scope, request, { title, expectations: expectations.map(untilRepeated) });
  if (expectations.some(({ holds }) => holds(first).kind === 'broken'))
    yield* attempt(scope, request, { title: `${title}, again`, expectations });
}

/**
 * Asks, and asks again what seems broken, provided that the list itself still holds the same things: only the last answer is judged.
 * `expect` is given the items that are known when the answer is judged. An answer between two looks at the list must part from both:
 * what the server changes by itself, such as the state of a job, may have moved in between.
 */
export function* ask(
  view: ListView,
  request: RequestPlan,
  title: string,
  expect: (known: readonly Json[]) => readonly Expectation[],
): Conversation<Answer> {
  const { scope, shape, resource } = view;
  const expectations = expect(view.known);
  const first = yield* attempt(scope, request, { title, expectations: expectations.map(untilRepeated) });
  if (!expectations.some(({ holds }) => holds(first).kind === 'broken')) return first;
  const look = { title: 'whether the list is still the same' };
  const before = listed(yield* attempt(scope, view.request, look), shape);
  if (!before || !sameThings(resource, before, view.known)) return first;
  const second = yield* attempt(scope, request, { title: `${title}, again`, expectations: expect(before).map(untilRepeated) });
  const broken = expect(before).filter(({ holds }) => holds(second).kind === 'broken');
  const after = broken.length > 0 ? listed(yield* attempt(scope, view.request, look), shape) : undefined;
  if (!after || !sameThings(resource, after, view.known)) return second;
  const sure = ({ check, topic, holds }: Expectation): boolean =>
    holds(second).kind === 'broken' && broken.some((one) => one.check === check && one.topic === topic);
  return yield* attempt(scope, request, {
    title: `${title}, once more`,
    expectations: expect(after).map((one) => (sure(one) ? one : untilRepeated(one))),
  });
}

/** Whether two lists hold the same things, in whatever order. */
export function sameThings(resource: Resource, left: readonly Json[], right: readonly Json[]): boolean {
  const ids = (items: readonly Json[]): string[] => items.map((item) => identity(resource, item)).sort();
  return left.length === right.length && isSameJson(ids(left), ids(right));
}

/** The request with other values for some query parameters, or for criteria that are posted. */
export function withQuery(request: RequestPlan, ...values: readonly (readonly [Parameter, Json])[]): RequestPlan {
  const { body } = request;
  if (body && isObject(body.value)) {
    const criteria = Object.fromEntries(values.map(([parameter, value]) => [parameter.name, value]));
    return { ...request, body: { ...body, value: { ...body.value, ...criteria } } };
  }
  const names = new Set(values.map(([parameter]) => parameter.name));
  const added = values.map(([parameter, value]): ParameterValue => ({ name: parameter.name, in: 'query', value }));
  return { ...request, parameters: [...request.parameters.filter((one) => one.in !== 'query' || !names.has(one.name)), ...added] };
}

/** The count of all items as the answer says it, by place: in the envelope, and in header fields that usually hold it. */
export function totalsOf(answer: Answer, shape: ListShape): readonly (readonly [place: string, total: number])[] {
  const { total } = shape.envelope;
  const said = toldNumber(answer.json, total);
  const fields = totalFields.flatMap((name): [string, number][] => {
    const value = answer.headers.get(name);
    return value !== undefined && /^\d+$/.test(value) ? [[name, Number(value)]] : [];
  });
  return [...(said !== undefined && total !== undefined ? [[total.slice(1), said] as const] : []), ...fields];
}

const totalFields = ['x-total-count', 'x-total', 'total-count', 'x-pagination-total', 'pagination-total', 'x-pagination-total-count'];

/** The totals are one, not below what came, and just what came where the page has room for more. */
export function totalAgrees(shape: ListShape, pageSize: number | undefined): Expectation {
  const parts: About = {
    check: 'total-agrees',
    confidence: 'certain',
    why: `${shape.envelope.total?.slice(1) ?? 'the total'} counts the items`,
    topic: `${shape.operation.id} total`,
  };
  return aboutItems(shape, parts, (items, answer) => {
    const totals = totalsOf(answer, shape);
    const [first] = totals;
    const other = totals.find(([, total]) => total !== first?.[1]);
    if (first && other) return `${first[0]} is ${first[1]}, and ${other[0]} is ${other[1]}`;
    if (!first || first[1] === items.length) return undefined;
    if (first[1] < items.length) return `${first[0]} is ${first[1]}, but ${items.length} items came`;
    return pageSize !== undefined && items.length < pageSize
      ? `${first[0]} is ${first[1]}, but ${items.length} items came on a page that holds ${pageSize}`
      : undefined;
  });
}

/** A list as far as one request shows it. */
export interface Shown {
  readonly request: RequestPlan;
  readonly answer: Answer;
  readonly items: readonly Json[];
  readonly pageSize: number | undefined;
  readonly whole: boolean;
}

/** What the answer shows, and whether all came: nothing says otherwise, and the page has room for more. Undefined for an answer that is no list. */
export function shownBy(shape: ListShape, request: RequestPlan, pageSize: number | undefined, answer: Answer): Shown | undefined {
  const items = listed(answer, shape);
  if (!items) return undefined;
  const room = pageSize === undefined ? !shape.limit && !shape.page && !shape.offset && !shape.cursor : items.length < pageSize;
  const counted = totalsOf(answer, shape).map(([, total]) => total);
  return { request, answer, items, pageSize, whole: room || (counted.length > 0 && counted.every((total) => total === items.length)) };
}
