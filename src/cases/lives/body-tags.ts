/** Entity tags inside of a representation, which an update may send along: an old one is refused, the current one is good. Pure. @see https://google.aip.dev/154 */
import { isObject, member, type Json } from '../../lib/json.ts';
import type { Contract, Operation } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { BodyValue, Conversation, Expectation, RequestPlan } from '../case.ts';
import { isAccepted, keptUnless } from '../expectations.ts';
import { changingBody, itemRequest, makeThing } from '../steps/make-thing.ts';
import { ordinaryBody, preferredBody } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import { unchanged } from '../steps/refusals.ts';
import type { Resource } from '../inference/resources.ts';
import { thingIn } from '../inference/representation.ts';

/** Updates one with the tag that it had before another update, then with the one that it has. */
export function* bodyTagsHeeded(scope: Scope, resource: Resource): Conversation {
  const { read } = resource;
  const { contract } = scope.planning;
  const operation = [resource.patch, resource.replace].find((one) => one && takesTag(contract, one) && declaresStatus(one, '409', '412'));
  const made = operation && read && (yield* makeThing(scope, resource));
  if (!operation || !read || !made) return;
  const look = itemRequest(read, made.entity);
  const tagged = function* (tag: Json | undefined): Conversation<RequestPlan | undefined> {
    const now = yield* attempt(scope, look, { title: `read before ${operation.id}` });
    const body: BodyValue | undefined = ordinaryBody(scope.planning, operation, scope.variant++);
    if (!body || !isObject(body.value)) return undefined;
    const value = changingBody(scope, operation, body.value, now.json, undefined);
    return { ...itemRequest(operation, made.entity), body: { ...body, value: tag === undefined ? value : { ...value, etag: tag } } };
  };
  const old = member(thingIn((yield* attempt(scope, look, { title: 'read its entity tag' })).json), 'etag');
  const change = yield* tagged(undefined);
  if (typeof old !== 'string' || !change || !isAccepted(yield* attempt(scope, change, { title: 'change it' }))) return;
  const before = yield* attempt(scope, look, { title: 'read its entity tag after the change' });
  const current = member(thingIn(before.json), 'etag');
  // a tag that stays is told of elsewhere
  const late = typeof current === 'string' && current !== old ? yield* tagged(old) : undefined;
  if (current === undefined || !late) return;
  const refused = yield* attempt(scope, late, {
    title: `${operation.method} with an old etag in its body`,
    intent: 'probe',
    expectations: [oldRefused(operation)],
  });
  if (isAccepted(refused)) return;
  const expectation = unchanged(resource, before, {
    check: 'refused-no-trace',
    confidence: 'certain',
    why: `${operation.id} was refused with ${refused.status ?? ''}`,
    topic: `${operation.id} etag`,
    message: 'the write whose etag was old changed the thing',
  });
  yield* attempt(scope, look, { title: 'read after an old etag', expectations: [expectation] });
  const fresh = yield* tagged(current);
  if (!fresh) return;
  yield* attempt(scope, fresh, {
    title: `${operation.method} with the current etag in its body`,
    expectations: [currentAccepted(operation)],
  });
}

/** Whether an update takes a tag that nobody can make up. */
export function takesTag(contract: Contract, operation: Operation): boolean {
  const schema = preferredBody(operation)?.schema;
  const place = schema && propertiesOf(contract, schema).get('etag');
  return place !== undefined && member(contract.resolve(place).schema, 'readOnly') !== true;
}

function oldRefused(operation: Operation): Expectation {
  return {
    check: 'preconditions-kept',
    confidence: 'certain',
    why: 'the body has the etag of what was there before, and the document declares a conflict',
    promise: operation.pointer,
    topic: `${operation.id} etag old`,
    holds: keptUnless(isAccepted, 'an old etag in the body is accepted'),
  };
}

function currentAccepted(operation: Operation): Expectation {
  return {
    check: 'preconditions-kept',
    confidence: 'likely',
    why: 'the body has the etag that was just read',
    promise: operation.pointer,
    topic: `${operation.id} etag current`,
    holds: keptUnless((answer) => answer.status === 409 || answer.status === 412, 'the current etag in the body is refused'),
  };
}
