/** What is refused leaves nothing behind: creations that are invalid, writes whose sender may not. Pure. */
import { isObject, type Json } from '../lib/json.ts';
import { isSameJson } from '../lib/same-json.ts';
import { valueAt } from '../lib/json-pointer.ts';
import { listIn, successBody } from '../spec/properties.ts';
import { invalidValues } from '../spec/values/invalid-values.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Credentials, Expectation, RequestPlan } from './case.ts';
import { namedMember, type Entity } from './entity.ts';
import { cameOf, isAccepted } from './expectations.ts';
import { changingBody, itemRequest } from './make-thing.ts';
import { makeCase, preferredBody, send } from './planning.ts';
import { prepareRequest, type Scope } from './prepare.ts';
import { withoutServerOwned } from './read-back.ts';
import type { Resource } from './resources.ts';

/** How often the refused creation is sent: one more thing could be another client's, as many more are not. */
const refusedTimes = 2;

/** Lists, sends an invalid creation twice, and lists again: nothing may have come. Needs quiet. */
export function* refusedMakesNothing(scope: Scope, resource: Resource): Conversation {
  const { create, list, identifier } = resource;
  const shown = list && successBody(list);
  const place = shown && listIn(scope.planning.contract, shown.schema);
  const schema = create && preferredBody(create)?.schema;
  if (!create || !list || !place || !schema || identifier === undefined) return;
  const base = yield* prepareRequest(scope, create);
  const listing = yield* prepareRequest(scope, list);
  const options = { direction: 'request', seed: scope.planning.seed } as const;
  const wrong = invalidValues(scope.planning.contract, schema, options).find(
    ({ at, value, confidence }) => confidence === 'certain' && at !== '' && isObject(value),
  );
  if (!base?.body || !listing || !wrong) return;
  const ids = (answer: Answer): readonly string[] | undefined => {
    const items = isAccepted(answer) && answer.json !== undefined ? valueAt(answer.json, place.pointer) : undefined;
    return Array.isArray(items) ? items.map((item: Json) => String(namedMember(item, identifier))) : undefined;
  };
  const before = ids(yield* attempt(scope, listing, { title: 'list before refused creations' }));
  const request: RequestPlan = { ...base, body: { mediaType: base.body.mediaType, value: wrong.value } };
  for (let time = 0; time < refusedTimes; time++) {
    const refused = yield* attempt(scope, request, { title: `create with ${wrong.what}`, intent: 'invalid' });
    if (refused.status === undefined || refused.status < 400 || refused.status >= 500) return;
  }
  yield* attempt(scope, listing, {
    title: 'list after refused creations',
    expectations: [
      {
        check: 'refused-no-trace',
        confidence: 'certain',
        why: `${create.id} was refused ${refusedTimes} times, and nothing else was sent`,
        promise: create.pointer,
        topic: create.id,
        holds: (answer) => {
          const after = ids(answer);
          if (!before || !after) return { kind: 'cannot-judge', reason: 'the list did not come' };
          const added = after.filter((id) => !before.includes(id));
          if (added.length < refusedTimes) return { kind: 'kept' };
          return {
            kind: 'broken',
            message: `refused creations made ${added.length} things: ${added.slice(0, 3).join(', ')}`,
            where: `response.body${place.pointer}`,
            came: cameOf(answer),
          };
        },
      },
    ],
  });
}

/** The thing is as it was, but for what is the server's own. */
export function unchanged(
  resource: Resource,
  before: Answer,
  parts: Pick<Expectation, 'check' | 'why' | 'topic' | 'confidence'> & { readonly message: string },
): Expectation {
  const { message, ...rest } = parts;
  return {
    ...rest,
    promise: resource.read?.pointer ?? '',
    holds: (after) => {
      if (!isAccepted(after) || !isAccepted(before)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      const own = ({ json }: Answer): Json => (isObject(json) ? withoutServerOwned(json) : (json ?? null));
      if (isSameJson(own(before), own(after))) return { kind: 'kept' };
      return { kind: 'broken', message, where: 'response.body', came: `before ${cameOf(before)}; after ${cameOf(after)}`.slice(0, 400) };
    },
  };
}

/** Updates by those who may not: once all are refused, the thing must be as it was. Whether they are refused is told elsewhere. */
export function* foreignLeavesNoTrace(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { read, patch, replace } = resource;
  const operation = patch ?? replace;
  const { readers, peers, authenticated } = scope.planning;
  if (!read || !operation || !authenticated || operation.security.length === 0) return;
  const base = yield* prepareRequest(scope, operation);
  const before = yield* attempt(scope, itemRequest(read, entity), { title: 'read before an update by somebody else' });
  if (!base?.body || !isObject(base.body.value) || !isAccepted(before)) return;
  const body = { ...base.body, value: changingBody(scope, operation, base.body.value, before.json, undefined) };
  const senders: readonly Credentials[] = [
    { kind: 'none' },
    ...[...readers.slice(0, 1), ...peers.slice(0, 1)].map((name): Credentials => ({ kind: 'identity', name })),
  ];
  for (const credentials of senders) {
    const who = credentials.kind === 'identity' ? credentials.name : 'nobody';
    const answer = yield* send(
      makeCase({
        phase: scope.phase,
        title: `update as ${who}`,
        intent: credentials.kind === 'none' ? 'unauthenticated' : 'probe',
        credentials,
        request: { ...base, body },
      }),
    );
    if (answer.status === undefined || ![401, 403, 404].includes(answer.status)) return;
  }
  const why = `${operation.id} was refused to ${senders.map((one) => (one.kind === 'identity' ? one.name : 'nobody')).join(', ')}`;
  const expectation = unchanged(resource, before, {
    check: 'refused-no-trace',
    confidence: 'certain',
    why,
    topic: `${operation.id} foreign`,
    message: 'an update that was refused to its sender changed the thing',
  });
  yield* attempt(scope, itemRequest(read, entity), { title: 'read after updates by others', expectations: [expectation] });
}
