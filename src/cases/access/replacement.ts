/** Whoever may choose an identifier may not take what another one has made under it. Pure. */
import { isObject } from '../../lib/json.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation } from '../case.ts';
import { changingBody, itemRequest, makeThing } from '../steps/make-thing.ts';
import { unchanged } from '../steps/refusals.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';

/** PUTs by peers and strangers where the main identity made a thing: theirs may be another one under that name, but its own stays. */
export function* replacedByOthers(scope: Scope, resource: Resource): Conversation {
  const { create, read } = resource;
  const made = create && read ? yield* makeThing(scope, resource) : undefined;
  if (!create || !read || !made?.request.body || !isObject(made.body)) return;
  const look = itemRequest(read, made.entity);
  const before = yield* attempt(scope, look, { title: 'read what the main identity made' });
  const value = changingBody(scope, create, made.body, before.json, undefined);
  const request = { ...made.request, body: { ...made.request.body, value } };
  for (const name of [...scope.planning.peers, ...scope.planning.strangers]) {
    yield* attempt(scope, request, { title: `PUT there as ${name}`, credentials: { kind: 'identity', name }, intent: 'probe' });
    const expectation = unchanged(resource, before, {
      check: 'forbidden-refused',
      confidence: 'certain',
      why: `${name} may not change what others made`,
      topic: `${name} replaces`,
      message: `the PUT of ${name} replaced what the main identity made`,
    });
    yield* attempt(scope, look, { title: `read after the PUT of ${name}`, expectations: [expectation] });
  }
}
