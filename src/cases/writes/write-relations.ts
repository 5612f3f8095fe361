/** What writing must do, and must not: idempotence of PUT, no trace of a refused write, `Location`, echoes. Pure. */
import { isObject } from '../../lib/json.ts';
import { eachInvalidValue } from '../../spec/values/invalid-values.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { followLocation } from '../steps/follow-location.ts';
import { conditionNeeded, mustBeNew, sinceItsChange } from './conditional-requests.ts';
import { conflictsRefused } from './conflicts.ts';
import { isAccepted } from '../expectations.ts';
import { makeCase, preferredBody, send } from '../planning.ts';
import { preconditions } from './preconditions.ts';
import { foreignLeavesNoTrace, unchanged } from '../steps/refusals.ts';
import { madeOrReplaced } from './put-status.ts';
import { itemParameters } from '../steps/enter-created.ts';
import { create, prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { replacesWhole } from './whole-replacement.ts';

/** Follows one thing through writes that must change it once, or not at all. */
export function* writeRelations(scope: Scope, resource: Resource): Conversation {
  if (!resource.read) return;
  const entity = yield* created(scope, resource);
  if (!entity) return;
  yield* madeOrReplaced(scope, resource);
  scope.entities.set(resource.item, entity);
  yield* refusedLeavesNoTrace(scope, resource, entity);
  yield* putTwice(scope, resource, entity);
  yield* foreignLeavesNoTrace(scope, resource, entity);
  yield* conflictsRefused(scope, resource);
  yield* sinceItsChange(scope, resource, entity);
  yield* conditionNeeded(scope, resource, entity);
  yield* mustBeNew(scope, resource, entity);
  yield* preconditions(scope, resource, entity);
}

/** Creates the thing, and follows the `Location` that its creation answered. */
function* created(scope: Scope, resource: Resource): Conversation<Entity | undefined> {
  let last: { readonly request: RequestPlan; readonly answer: Answer } | undefined;
  const steps = create(scope, resource);
  let step = steps.next();
  while (!step.done) {
    const answer = yield step.value;
    if (answer && step.value.kind === 'case' && step.value.case.request.operation.id === resource.create?.id)
      last = { request: step.value.case.request, answer };
    step = steps.next(answer);
  }
  const entity = step.value;
  if (entity && last) yield* followLocation(scope, resource, entity, last.request, last.answer);
  return entity;
}

function readRequest(resource: Resource, entity: Entity): RequestPlan | undefined {
  return resource.read && { operation: resource.read, parameters: itemParameters(resource.read, entity.path) };
}

function* refusedLeavesNoTrace(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const read = readRequest(resource, entity);
  for (const operation of [resource.patch, resource.replace]) {
    const media = operation && preferredBody(operation);
    if (!operation || !media?.schema || !read) continue;
    const base = yield* prepareRequest(scope, operation);
    scope.variant += 1;
    const wrong = eachInvalidValue(scope.planning.contract, media.schema, { direction: 'request', seed: scope.planning.seed }).find(
      ({ at, value }) => at !== '' && isObject(value),
    );
    if (!base?.body || !wrong) continue;
    const before = yield* attempt(scope, read, { title: 'read before a refused update' });
    const request: RequestPlan = { ...base, body: { mediaType: base.body.mediaType, value: wrong.value } };
    const refused = yield* send(makeCase({ phase: scope.phase, title: `update with ${wrong.what}`, request, intent: 'invalid' }));
    if (refused.status === undefined || refused.status < 400 || refused.status >= 500) continue;
    yield* attempt(scope, read, {
      title: 'read after a refused update',
      expectations: [
        unchanged(resource, before, {
          check: 'refused-no-trace',
          confidence: 'certain',
          why: `${operation.id} was refused with ${refused.status}`,
          topic: operation.id,
          message: 'the refused update changed the thing',
        }),
      ],
    });
  }
}

/** PUT is idempotent: the second one changes nothing more. */
export function* putTwice(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { replace } = resource;
  const read = readRequest(resource, entity);
  if (!replace || !read) return;
  const prepared = yield* prepareRequest(scope, replace);
  scope.variant += 1;
  if (!prepared) return;
  const request: RequestPlan = {
    ...prepared,
    parameters: [...itemParameters(replace, entity.path), ...prepared.parameters.filter((one) => one.in !== 'path')],
  };
  if (!isAccepted(yield* attempt(scope, request, { title: 'PUT' }))) return;
  const before = yield* attempt(scope, read, { title: 'read after PUT' });
  if (!isAccepted(yield* attempt(scope, request, { title: 'the same PUT again' }))) return;
  yield* attempt(scope, read, {
    title: 'read after the same PUT again',
    expectations: [
      unchanged(resource, before, {
        check: 'put-replaces',
        confidence: 'certain',
        why: 'PUT is idempotent',
        topic: `${replace.id} twice`,
        message: 'the second of two equal PUTs changed the thing again',
      }),
    ],
  });
  yield* replacesWhole(scope, resource, read, request);
}
