/** Variations of a body that are tried in one request: each at a place of its own, none within another's. Pure. */
import type { Json } from '../../lib/json.ts';
import { pointerTokens, valueAt, withValueAt } from '../../lib/json-pointer.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Conversation, RequestPlan } from '../case.ts';
import { sendVaried, type Control } from './control.ts';
import { expectAccepted, isAccepted, signsOf, untilConfirmed } from '../expectations.ts';
import { echoExpectations, readVaried } from '../steps/look-back.ts';
import { preferredBody, type Planning } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import type { Variation } from '../values/variations.ts';

/** The variations in groups that one request may try together; what cannot join any is a group of its own, and comes first; what differs beyond its place last. Of one place they keep their order. */
export function variationGroups(control: RequestPlan, variations: readonly Variation[]): readonly (readonly Variation[])[] {
  const joinable = new Set(variations.filter((variation) => isJoinable(control, variation)));
  const { near = [], far = [] } = Object.groupBy(
    variations.filter((variation) => !joinable.has(variation)),
    (variation) => (isNear(control, variation) ? 'near' : 'far'),
  );
  const groups: Variation[][] = [];
  for (const variation of joinable) {
    // after the last one of its place, so that the order stays
    const after = groups.findLastIndex((group) => group.some(({ place }) => place === variation.place)) + 1;
    const fitting = groups.slice(after).find((group) => group.every(({ place }) => areApart(place, variation.place)));
    if (fitting) fitting.push(variation);
    else groups.push([variation]);
  }
  return [...near.map((one) => [one]), ...groups, ...far.map((one) => [one])];
}

/** What is known before a group is tried. */
interface Knowledge {
  /** Signs of what the control's own answer broke. */
  readonly known: ReadonlySet<string>;
  /** Places where a variation was refused. */
  readonly refusedAt: ReadonlySet<string>;
}

/** Tries the variations in one request, but for those at places where something was refused, and gives back those that are still to be tried alone: all, unless it is accepted and breaks nothing that the control keeps. */
export function* tryTogether(
  scope: Scope,
  control: Control,
  group: readonly Variation[],
  { known, refusedAt }: Knowledge,
): Conversation<readonly Variation[]> {
  const together = group.filter(({ place }) => !refusedAt.has(place));
  const joined = together.length > 1 ? joinedRequest(scope.planning, control.request, together) : undefined;
  const places = together.map(({ place }) => place);
  if (!joined) return group;
  const sent = yield* sendVaried(scope, control, { request: joined, places }, (own) => ({
    title: together.map(({ title }) => title).join(', '),
    expectations: [
      ...together.map(({ title: what, ...rest }) => untilConfirmed(expectAccepted({ what, ...rest }))),
      ...echoExpectations(scope.planning, own, control.proof, places),
    ],
  }));
  if (!sent) return group;
  const { request, answer } = sent;
  const kept = isAccepted(answer) && signsOf(answer).every((sign) => known.has(sign));
  yield* readVaried(scope, request, answer, control.proof, places);
  return kept ? group.filter((one) => !together.includes(one)) : group;
}

/** The control's request with all of the variations in it; undefined where their schema does not take them together. */
function joinedRequest(planning: Planning, control: RequestPlan, variations: readonly Variation[]): RequestPlan | undefined {
  const { body } = control;
  const schema = preferredBody(control.operation)?.schema;
  if (body?.value === undefined || !schema) return undefined;
  const value = variations.reduce((joined, { place, request }) => withValueAt(joined, place, variedValue(request, place)), body.value);
  return planning.contract.validators.validate(schema, value, 'request').kind === 'valid'
    ? { ...control, body: { ...body, value } }
    : undefined;
}

/** Whether it differs from the control in one value of the body and nothing else. What has a theme of its own is told under that, hence alone. */
function isJoinable(control: RequestPlan, { request, place, theme }: Variation): boolean {
  const { body } = control;
  const value = request.body?.value;
  if (theme !== undefined || place === '' || body?.value === undefined || value === undefined || request.parameters !== control.parameters)
    return false;
  const varied = valueAt(value, place);
  return varied !== undefined && valueAt(body.value, place) !== undefined && isSameJson(withValueAt(body.value, place, varied), value);
}

/** Whether the variation differs from the control beyond its place, and around that something was refused: then its refusal says no more. */
export function isRefusedAround(control: RequestPlan, variation: Variation, refusedAt: ReadonlySet<string>): boolean {
  return !isNear(control, variation) && [...refusedAt].some((refused) => refused !== '' && `${variation.place}/`.startsWith(`${refused}/`));
}

/** Whether it is the control in all but its place. */
function isNear(control: RequestPlan, { request, place }: Variation): boolean {
  const [before = null, after = null] = [control.body?.value, request.body?.value];
  const around = place.slice(0, Math.max(0, place.lastIndexOf('/')));
  return (
    isSameJson(withValueAt(before, around, null), withValueAt(after, around, null)) &&
    isSameJson(besides(valueAt(before, around), place), besides(valueAt(after, around), place))
  );
}

/** The members of an object, or items of a list, but for the one at the place. */
function besides(value: Json | undefined, place: string): Json {
  const [last] = pointerTokens(place).slice(-1);
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([name]) => name !== last));
}

function areApart(one: string, other: string): boolean {
  return !`${one}/`.startsWith(`${other}/`) && !`${other}/`.startsWith(`${one}/`);
}

function variedValue({ body }: RequestPlan, place: string): Json {
  return valueAt(body?.value ?? null, place) ?? null;
}
