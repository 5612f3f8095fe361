/** What is refused leaves nothing behind: the thing is as it was, also after writes whose sender may not. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { attempt } from './attempt.ts';
import type { Answer, Conversation, Credentials, Expectation } from '../case.ts';
import type { Entity } from './entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { changingBody, itemRequest } from './make-thing.ts';
import { makeCase, send } from '../planning.ts';
import { prepareRequest } from './prepare.ts';
import type { Scope } from './scope.ts';
import { withoutServerOwned } from './read-back.ts';
import type { Resource } from '../inference/resources.ts';

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
