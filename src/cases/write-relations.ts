/** What writing must do, and must not: idempotence of PUT, no trace of a refused write, `Location`, echoes. Pure. */
import { isObject } from '../lib/json.ts';
import { isSameJson } from '../lib/same-json.ts';
import { invalidValues } from '../spec/values/invalid-values.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, RequestPlan } from './case.ts';
import type { Entity } from './entity.ts';
import { conflictsRefused } from './conflicts.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { makeCase, preferredBody, send } from './planning.ts';
import { preconditions } from './preconditions.ts';
import { foreignLeavesNoTrace, unchanged } from './refusals.ts';
import { create, itemParameters, prepareRequest, type Scope } from './prepare.ts';
import type { Resource } from './resources.ts';

/** Follows one thing through writes that must change it once, or not at all. */
export function* writeRelations(scope: Scope, resource: Resource): Conversation {
  if (!resource.read) return;
  const entity = yield* created(scope, resource);
  if (!entity) return;
  scope.entities.set(resource.item, entity);
  yield* refusedLeavesNoTrace(scope, resource, entity);
  yield* putTwice(scope, resource, entity);
  yield* foreignLeavesNoTrace(scope, resource, entity);
  yield* conflictsRefused(scope, resource);
  yield* preconditions(scope, resource, entity);
}

/** Creates the thing, and follows the `Location` that its creation answered. */
function* created(scope: Scope, resource: Resource): Conversation<Entity | undefined> {
  let last: Answer | undefined;
  const steps = create(scope, resource);
  let step = steps.next();
  while (!step.done) {
    const answer = yield step.value;
    if (step.value.kind === 'case' && step.value.case.request.operation.id === resource.create?.id) last = answer;
    step = steps.next(answer);
  }
  const entity = step.value;
  const location = last?.headers.get('location');
  if (entity && location !== undefined && resource.read) {
    const id = decodeURIComponent(location.split(/[?#]/, 1)[0]?.split('/').filter(Boolean).at(-1) ?? '');
    yield* attempt(
      scope,
      { operation: resource.read, parameters: itemParameters(resource.read, new Map([...entity.path, [resource.parameter, id]])) },
      {
        title: 'follow Location',
        intent: 'probe',
        expectations: [
          {
            check: 'location-resolves',
            confidence: 'certain',
            why: `${resource.create?.id ?? ''} answered Location: ${location}`,
            promise: resource.create?.pointer ?? resource.read.pointer,
            topic: resource.item,
            holds: (answer) => {
              if (!isAccepted(answer))
                return {
                  kind: 'broken',
                  message: `Location ${location} cannot be read`,
                  where: 'response.headers.location',
                  came: cameOf(answer),
                };
              return id === String(entity.id)
                ? { kind: 'kept' }
                : {
                    kind: 'broken',
                    message: `Location ${location} is not what was created, ${JSON.stringify(entity.id)}`,
                    where: 'response.headers.location',
                    came: location,
                  };
            },
          },
        ],
      },
    );
  }
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
    const [wrong] = invalidValues(scope.planning.contract, media.schema, { direction: 'request', seed: scope.planning.seed }).filter(
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
function* putTwice(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { replace } = resource;
  const read = readRequest(resource, entity);
  if (!replace || !read) return;
  const request = yield* prepareRequest(scope, replace);
  scope.variant += 1;
  if (!request) return;
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
  yield* replacesWhole(scope, resource, entity, request);
}

/** Where PUT takes the very schema that creation takes, an optional property that it leaves out is gone. */
function* replacesWhole(scope: Scope, resource: Resource, entity: Entity, full: RequestPlan): Conversation {
  const { contract } = scope.planning;
  const [put, post] = [resource.replace, resource.create].map((operation) => (operation ? preferredBody(operation)?.schema : undefined));
  const read = readRequest(resource, entity);
  if (!put || !post || !read || !isSameJson(contract.resolve(put).schema, contract.resolve(post).schema) || !isObject(full.body?.value))
    return;
  const body = full.body.value;
  const optional = Object.keys(body).find((name) => {
    const { [name]: _, ...rest } = body;
    return contract.validators.validate(put, rest, 'request').kind === 'valid' && typeof body[name] === 'string';
  });
  if (optional === undefined) return;
  const { [optional]: former, ...rest } = body;
  const request: RequestPlan = { ...full, body: { mediaType: full.body.mediaType, value: rest } };
  if (!isAccepted(yield* attempt(scope, request, { title: `PUT without ${optional}` }))) return;
  yield* attempt(scope, read, {
    title: `read after PUT without ${optional}`,
    expectations: [
      {
        check: 'put-replaces',
        confidence: 'certain',
        why: `${request.operation.id} takes the schema of ${resource.create?.id ?? 'creation'}, and left out ${optional}`,
        promise: request.operation.pointer,
        topic: `${request.operation.id} ${optional}`,
        holds: (answer) => {
          if (!isAccepted(answer) || !isObject(answer.json)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
          const kept = answer.json[optional] !== undefined && isSameJson(answer.json[optional], former ?? null);
          return kept
            ? {
                kind: 'broken',
                message: `PUT left out ${optional}, and it is still there`,
                where: `response.body/${optional}`,
                came: cameOf(answer),
              }
            : { kind: 'kept' };
        },
      },
    ],
  });
}
