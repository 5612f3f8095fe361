/** Masks that say which members of its body an update writes: `PATCH /rooms/{room}?updateMask=displayName`. Pure. @see https://google.aip.dev/134 */
import { isObject, type JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Parameter } from '../../spec/contract.ts';
import { typesOf } from '../../spec/properties.ts';
import { maskOf } from '../inference/update-mask.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, ParameterValue, RequestPlan } from '../case.ts';
import { cameOf, expectAccepted, expectRefused, isAccepted } from '../expectations.ts';
import { changingBody, itemRequest, makeThing } from '../steps/make-thing.ts';
import { ordinaryBody, type Planning } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import { comparable } from '../steps/read-back.ts';
import type { Resource } from '../inference/resources.ts';
import { writableNames } from './updates.ts';
import { withParameter } from '../values/variations.ts';
import { thingIn } from '../inference/representation.ts';

/** Updates one with a body that changes all and a mask that names one member, then with one that names two. */
export function* masksHeeded(scope: Scope, resource: Resource): Conversation {
  const { patch, read } = resource;
  const mask = patch && maskOf(patch);
  const made = mask && read && (yield* makeThing(scope, resource));
  if (!patch || !mask || !read || !made) return;
  const before = yield* attempt(scope, itemRequest(read, made.entity), { title: `read before an update with ${mask.name}` });
  const body = ordinaryBody(scope.planning, patch, scope.variant++);
  if (!body || !isObject(body.value) || !isAccepted(before)) return;
  const now = thingIn(before.json);
  const changed = changingBody(scope, patch, body.value, before.json, undefined);
  const names = Object.keys(changed).filter((name) => differs(now, changed, name));
  const [first, second] = names;
  if (first === undefined || second === undefined) return;
  const base: RequestPlan = { ...itemRequest(patch, made.entity), body: { ...body, value: changed } };
  const masked = (...named: readonly string[]): RequestPlan => withParameter(base, maskValue(scope.planning, mask, named));
  const one = yield* attempt(scope, masked(first), { title: `${mask.name} names one member of several` });
  if (!isAccepted(one)) return;
  const expectations = [written(mask, changed, first), untouched(scope.planning, resource, mask, now, first)];
  yield* attempt(scope, itemRequest(read, made.entity), { title: `read after an update with ${mask.name}`, expectations });
  const what = `${mask.name} with two names`;
  const accepted = expectAccepted({ confidence: 'certain', what, promise: mask.pointer, topic: `${patch.id} ${mask.name} of two` });
  const two = yield* attempt(scope, masked(first, second), { title: what, expectations: [accepted] });
  if (isAccepted(two))
    yield* attempt(scope, itemRequest(read, made.entity), { title: `read after ${what}`, expectations: [written(mask, changed, second)] });
  const unknown = `${mask.name} with a name that nothing has`;
  yield* attempt(scope, masked('specproofUnknown'), {
    title: unknown,
    intent: 'invalid',
    expectations: [
      expectRefused({ confidence: 'likely', what: unknown, promise: mask.pointer, topic: `${patch.id} ${mask.name} unknown` }),
    ],
  });
}

function differs(now: JsonObject, changed: JsonObject, name: string): boolean {
  const [was, is] = [now[name], changed[name]];
  return was !== undefined && is !== undefined && comparable(is) && !isSameJson(was, is);
}

function maskValue({ contract }: Planning, { name, in: place, schema }: Parameter, names: readonly string[]): ParameterValue {
  const list = schema !== undefined && typesOf(contract, schema).has('array');
  return { name, in: place, value: list ? names : names.join(',') };
}

function written(mask: Parameter, body: JsonObject, name: string): Expectation {
  return held(mask, name, (now) =>
    isSameJson(now[name] ?? null, body[name] ?? null)
      ? undefined
      : `${mask.name} named ${name}, and it is ${JSON.stringify(now[name])} still`,
  );
}

function untouched(planning: Planning, resource: Resource, mask: Parameter, former: JsonObject, name: string): Expectation {
  const names = writableNames(planning, resource);
  return held(mask, 'others', (now) => {
    const other = Object.keys(former).find((one) => one !== name && names.has(one) && !isSameJson(former[one] ?? null, now[one] ?? null));
    return (
      other && `${mask.name} named ${name} only, and ${other} was ${JSON.stringify(former[other])} and is ${JSON.stringify(now[other])}`
    );
  });
}

function held(mask: Parameter, topic: string, complaint: (now: JsonObject) => string | undefined): Expectation {
  return {
    check: 'update-keeps-rest',
    confidence: 'certain',
    why: `${mask.name} names what an update writes`,
    promise: mask.pointer,
    topic: `${mask.pointer} ${topic}`,
    holds: (answer: Answer) => {
      if (!isAccepted(answer)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      const message = complaint(thingIn(answer.json));
      return message === undefined
        ? { kind: 'kept' }
        : { kind: 'broken', message: message.slice(0, 300), where: 'response.body', came: cameOf(answer) };
    },
  };
}
