/** An identifier that was deleted is not given to another thing: whoever still holds it would mean that one. Pure. */
import { isObject } from '../../lib/json.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation } from '../case.ts';
import { identifierIn, type Entity } from '../steps/entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { makeThing } from '../steps/make-thing.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';

/** Deletes the newest thing and makes another, which takes the identifier of none that there was: only where the server chooses identifiers. */
export function* identifiersStayUsed(scope: Scope, resource: Resource, newest: Entity, former: Entity): Conversation {
  const { create, remove } = resource;
  if (!remove || create?.method !== 'POST') return;
  scope.entities.set(resource.item, newest);
  const request = yield* prepareRequest(scope, remove);
  if (!request || !isAccepted(yield* attempt(scope, request, { title: 'delete the newest' }))) return;
  yield* makeThing(scope, resource, {
    title: 'create one after the newest was deleted',
    expectations: ({ body }) => {
      const sent = new Set(Object.values(isObject(body?.value) ? body.value : {}).map(String));
      return [newest, former].filter(({ id }) => !sent.has(String(id))).map((one) => another(resource, one));
    },
  });
}

/** Likely: tables that count on from the highest number there is are common. */
function another(resource: Resource, { id }: Entity): Expectation {
  return {
    check: 'created-once',
    confidence: 'likely',
    why: 'a thing with this identifier was deleted before',
    promise: resource.create?.pointer ?? '',
    topic: `${resource.collection} identifiers again`,
    holds: (answer) =>
      isAccepted(answer) && String(identifierIn(answer, resource)) === String(id)
        ? {
            kind: 'broken',
            message: `the identifier ${JSON.stringify(id)} of what was deleted is given to another thing`,
            where: 'response.body',
            came: cameOf(answer),
          }
        : { kind: 'kept' },
  };
}
