/** What was deleted is not there for others to name either, where what never was may not be named. Pure. */
import { placeWithin } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { isAbsent, isAccepted, keptUnless } from '../expectations.ts';
import { itemRequest, makeThing } from '../steps/make-thing.ts';
import { preferredBody } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import { mapReferences, namesOne } from '../inference/references.ts';
import type { Resource } from '../inference/resources.ts';
import { absentIdentifier } from '../operations/absent.ts';
import { refersTo } from './dependants.ts';
import { about } from './states.ts';

/** A creation that names a thing which is gone. */
interface Naming {
  readonly request: RequestPlan;
  readonly thing: Entity;
}

/** Names a deleted thing where the first other kind refers to such; where that is accepted, and what nothing has is refused there, once more. */
export function* deletedNotNamed(scope: Scope, resource: Resource): Conversation {
  const { remove, read } = resource;
  const dependant = scope.planning.resources.all.find((one) => refersTo(scope.planning, one, resource));
  if (!remove || !read || !dependant) return;
  const first = yield* namingDeleted(scope, resource, dependant);
  if (!first || !isAccepted(yield* attempt(scope, first.request, { title: `name a deleted one of ${resource.name}`, intent: 'probe' })))
    return;
  // its identifier may be another thing's by now
  if (!isAbsent(yield* attempt(scope, itemRequest(read, first.thing), { title: `look for it once more` }))) return;
  const absent = withAbsent(scope, first.request, resource);
  const { status = 0 } = absent
    ? yield* attempt(scope, absent, { title: `name one of ${resource.name} that never was`, intent: 'probe' })
    : {};
  if (status < 400 || status >= 500) return;
  const again = yield* namingDeleted(scope, resource, dependant);
  const expectations = [refused(again?.request ?? first.request, resource, status)];
  if (again) yield* attempt(scope, again.request, { title: `name another deleted one of ${resource.name}`, intent: 'probe', expectations });
}

/** The creation of a dependant that names a thing which was made, deleted, and is not read any more; undefined where that cannot be had. */
function* namingDeleted(scope: Scope, resource: Resource, dependant: Resource): Conversation<Naming | undefined> {
  const { remove, read } = resource;
  const thing = (yield* makeThing(scope, resource))?.entity;
  const request = thing && dependant.create && (yield* about(scope, dependant.create, thing));
  if (!request || !remove || !read || !namesOne(scope.planning, request.operation, request.body?.value, resource, thing.id))
    return undefined;
  const deleted = yield* attempt(scope, itemRequest(remove, thing), { title: `delete one of ${resource.name}` });
  if (!isAccepted(deleted)) return undefined;
  scope.entities.delete(resource.item);
  return isAbsent(yield* attempt(scope, itemRequest(read, thing), { title: 'read what was deleted' })) ? { request, thing } : undefined;
}

/** The request with an identifier that nothing has. */
function withAbsent({ planning }: Scope, request: RequestPlan, resource: Resource): RequestPlan | undefined {
  const { operation, body } = request;
  const schema = preferredBody(operation)?.schema;
  if (!schema || body?.value === undefined) return undefined;
  let isChanged = false;
  const value = mapReferences(planning, operation, body.value, (one) => {
    const place = one.resource.item === resource.item ? placeWithin(planning.contract, schema, one.pointer) : undefined;
    const absent = place && absentIdentifier(planning, place, one.name);
    isChanged ||= absent !== undefined;
    return absent ?? one.value;
  });
  return isChanged ? { ...request, body: { ...body, value } } : undefined;
}

function refused({ operation }: RequestPlan, { name }: Resource, status: number): Expectation {
  return {
    check: 'absent-not-found',
    confidence: 'certain',
    why: `one of ${name} that never was is refused with ${status}, and a deleted one is not there either`,
    promise: operation.pointer,
    topic: `${operation.id} deleted ${name}`,
    holds: keptUnless(isAccepted, `a deleted one of ${name} is named, and that is accepted`),
  };
}
