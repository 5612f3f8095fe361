/** Entity tags and the conditions that stand on them. Pure. @see https://www.rfc-editor.org/rfc/rfc9110#section-13 */
import { isObject, member } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Operation } from '../../spec/contract.ts';
import { validValues } from '../../spec/values/valid-values.ts';
import { attempt } from '../steps/attempt.ts';
import { bodyFields } from '../inference/body-fields.ts';
import type { Answer, Confidence, Conversation, Expectation, Held, RequestPlan } from '../case.ts';
import { conditional, speaksOf } from './conditional-requests.ts';
import type { Entity } from '../steps/entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { changingBody, itemRequest } from '../steps/make-thing.ts';
import { makeCase, ordinaryBody, preferredBody, sampling, send } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { unchanged } from '../steps/refusals.ts';
import { thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';

const kept: Held = { kind: 'kept' };

/** Where a read answers an entity tag: conditional reads, tags after a change, and conditional writes where the document speaks of them. May end with the thing deleted. */
export function* preconditions(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { read, patch, replace, remove } = resource;
  if (!read) return;
  const look = itemRequest(read, entity);
  const before = yield* attempt(scope, look, { title: 'read its entity tag' });
  const tag = before.headers.get('etag');
  if (!isAccepted(before) || tag === undefined) return;
  yield* conditionalReads(scope, read, look, tag);
  const change = patch ?? replace;
  const changed = change && (yield* changeTagged(scope, resource, change, yield* changing(scope, entity, change, before), before));
  if (!changed) return;
  const list = patch && changingList(scope, entity, patch, changed);
  if (patch && list) yield* changeTagged(scope, resource, patch, list, changed);
  for (const operation of [patch, replace]) if (operation) yield* conditionalWrite(scope, resource, entity, operation, tag);
  if (!remove || !speaksOf(remove, 'if-match', '412')) return;
  const request = conditional(itemRequest(remove, entity), 'If-Match', tag);
  const answer = yield* send(
    makeCase({ phase: scope.phase, title: 'delete with an old entity tag', intent: 'probe', request, expectations: [oldRefused(remove)] }),
  );
  if (!isAccepted(answer) || !entity.created) return;
  scope.entities.delete(resource.item);
  yield { kind: 'gone', created: entity.created };
}

function* conditionalReads(scope: Scope, read: Operation, look: RequestPlan, tag: string): Conversation {
  const confidence: Confidence = speaksOf(read, 'if-none-match', '304') ? 'certain' : 'likely';
  const expectation = (topic: string, holds: Expectation['holds']): Expectation => ({
    check: 'preconditions-kept',
    confidence,
    why: `${read.id} answered an entity tag`,
    promise: read.pointer,
    topic: `${read.id} ${topic}`,
    holds,
  });
  const known =
    (form: string): Expectation['holds'] =>
    (answer) => {
      if (answer.status !== 200)
        return answer.status === 304
          ? kept
          : { kind: 'cannot-judge', reason: `a conditional read was answered with ${answer.status ?? 'nothing'}` };
      if (answer.headers.get('etag') !== tag) return { kind: 'cannot-judge', reason: 'the entity tag changed in between' };
      return {
        kind: 'broken',
        message: `If-None-Match with ${form} is not answered with 304`,
        where: 'response.status',
        came: cameOf(answer),
      };
    };
  const plain = yield* attempt(scope, conditional(look, 'If-None-Match', tag), {
    title: 'read with If-None-Match of its entity tag',
    intent: 'probe',
    expectations: [expectation('If-None-Match', known('the current entity tag'))],
  });
  // Tags are compared weakly here (RFC 9110 section 13.1.2). Many servers compare the text, and what else they refuse to know has that one cause.
  const forms = [
    ...(tag.startsWith('W/') ? [] : [['its entity tag as a weak one', `W/${tag}`] as const]),
    ['its entity tag behind another', `${otherTag(tag)}, ${tag}`],
    ['*', '*'],
  ] as const;
  for (const [form, value] of plain.status === 304 ? forms : [])
    yield* attempt(scope, conditional(look, 'If-None-Match', value), {
      title: `read with If-None-Match of ${form}`,
      intent: 'probe',
      expectations: [{ ...expectation('If-None-Match in other forms', known(form)), confidence: 'likely' }],
    });
  yield* attempt(scope, conditional(look, 'If-None-Match', otherTag(tag)), {
    title: 'read with If-None-Match of another entity tag',
    intent: 'probe',
    expectations: [
      expectation('If-None-Match of another', (answer) =>
        answer.status === 304
          ? {
              kind: 'broken',
              message: 'If-None-Match with another entity tag is answered with 304',
              where: 'response.status',
              came: cameOf(answer),
            }
          : kept,
      ),
    ],
  });
}

/** A tag of the same form that is not the given one. */
function otherTag(tag: string): string {
  return tag.replace(/"(.*)"/, (_, opaque: string) => `"${opaque.replaceAll(/[0-9a-zA-Z]/g, (letter) => (letter === '0' ? '1' : '0'))}"`);
}

/** Changes the thing: its tag changes too, and a tag that the write answered is the new one. Gives back the read after the change. */
function* changeTagged(
  scope: Scope,
  { read, item }: Resource,
  change: Operation,
  request: RequestPlan | undefined,
  before: Answer,
): Conversation<Answer | undefined> {
  const tag = before.headers.get('etag');
  const entity = scope.entities.get(item);
  if (!read || !request || !entity || tag === undefined) return undefined;
  const answer = yield* attempt(scope, needsTag(change) ? conditional(request, 'If-Match', tag) : request, { title: 'change it' });
  if (!isAccepted(answer)) return undefined;
  const told = answer.headers.get('etag');
  const expectation: Expectation = {
    check: 'preconditions-kept',
    // a weak tag may stay (RFC 9110 section 8.8.1)
    confidence: tag.startsWith('W/') ? 'likely' : 'certain',
    why: `${change.id} was accepted, and changed what ${read.id} answers`,
    promise: change.pointer,
    topic: `${change.id} ETag`,
    holds: (after) => {
      const now = after.headers.get('etag');
      if (!isAccepted(after) || now === undefined) return { kind: 'cannot-judge', reason: 'the entity tag could not be read' };
      if (isSameJson(before.json ?? null, after.json ?? null))
        return { kind: 'cannot-judge', reason: 'the update changed nothing that is read' };
      if (now === tag)
        return {
          kind: 'broken',
          message: `the thing changed and its entity tag is still ${tag}`,
          where: 'response.headers.etag',
          came: now,
        };
      if (told === tag)
        return {
          kind: 'broken',
          message: `${change.id} answered ${told}, the entity tag of what was there before`,
          where: 'response.headers.etag',
          came: now,
        };
      return kept;
    },
  };
  return yield* attempt(scope, itemRequest(read, entity), { title: 'read its entity tag after the change', expectations: [expectation] });
}

/** A patch of nothing but a list of the thing: what a tag is made of may leave lists out. */
function changingList({ planning, variant }: Scope, entity: Entity, patch: Operation, before: Answer): RequestPlan | undefined {
  const schema = preferredBody(patch)?.schema;
  const body = ordinaryBody(planning, patch, variant);
  if (!schema || !body || !isObject(body.value)) return undefined;
  const within = bodyFields(planning.contract, schema);
  for (const [name, place] of within.places) {
    const former = member(thingIn(before.json), name);
    if (!Array.isArray(former) || planning.resources.ofMember(patch, name.replace(/s$/, ''))) continue;
    const other = validValues(planning.contract, place, sampling(planning, variant, name)).find(
      ({ confidence, value }) => confidence === 'certain' && Array.isArray(value) && !value.some(isObject) && !isSameJson(value, former),
    );
    const value = other && within.about(within.only(body.value, { [name]: other.value }), entity.id);
    if (value !== undefined && planning.contract.validators.validate(schema, value, 'request').kind === 'valid')
      return { ...itemRequest(patch, entity), body: { mediaType: body.mediaType, value } };
  }
  return undefined;
}

function needsTag(operation: Operation): boolean {
  return operation.parameters.some((one) => one.in === 'header' && one.required && one.name.toLowerCase() === 'if-match');
}

function* changing(scope: Scope, entity: Entity, operation: Operation, before: Answer): Conversation<RequestPlan | undefined> {
  scope.entities.set(entity.resource.item, entity);
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  if (!request?.body || !isObject(request.body.value)) return undefined;
  return { ...request, body: { ...request.body, value: changingBody(scope, operation, request.body.value, before.json, undefined) } };
}

/** An old tag is refused with 412 and leaves no trace; the current one is good. Only where the document speaks of it. */
function* conditionalWrite(scope: Scope, resource: Resource, entity: Entity, operation: Operation, old: string): Conversation {
  const { read } = resource;
  if (!read || !speaksOf(operation, 'if-match', '412')) return;
  const look = itemRequest(read, entity);
  const before = yield* attempt(scope, look, { title: 'read before a conditional write' });
  const request = yield* changing(scope, entity, operation, before);
  const tag = before.headers.get('etag');
  if (!request || tag === undefined || tag === old) return;
  const refused = yield* attempt(scope, conditional(request, 'If-Match', old), {
    title: `${operation.method} with an old entity tag`,
    intent: 'probe',
    expectations: [oldRefused(operation)],
  });
  const why = `${operation.id} was refused with 412`;
  if (refused.status !== 412) return;
  const expectation = unchanged(resource, before, {
    check: 'refused-no-trace',
    confidence: 'certain',
    why,
    topic: `${operation.id} 412`,
    message: 'the write whose condition failed changed the thing',
  });
  const after = yield* attempt(scope, look, { title: 'read after a failed condition', expectations: [expectation] });
  const current = after.headers.get('etag');
  if (current === undefined || current.startsWith('W/')) return;
  const forms = [
    ['the current entity tag', current, 'certain', `${read.id} has just answered this entity tag`],
    ['*', '*', 'likely', 'RFC 9110 section 13.1.1: `*` holds for whatever is there'],
  ] as const;
  for (const [form, value, confidence, because] of forms) {
    const answer = yield* attempt(scope, conditional(request, 'If-Match', value), {
      title: `${operation.method} with If-Match of ${form}`,
      expectations: [goodAccepted(operation, form, confidence, because)],
    });
    if (!isAccepted(answer)) return;
  }
}

function goodAccepted(operation: Operation, form: string, confidence: Confidence, why: string): Expectation {
  return {
    check: 'preconditions-kept',
    confidence,
    why,
    promise: operation.pointer,
    topic: `${operation.id} If-Match ${form}`,
    holds: (answer) => {
      if (isAccepted(answer)) return kept;
      if (answer.status !== 412)
        return { kind: 'cannot-judge', reason: `a conditional write was answered with ${answer.status ?? 'nothing'}` };
      return {
        kind: 'broken',
        message: `If-Match with ${form} is refused with 412`,
        where: 'response.status',
        came: cameOf(answer),
      };
    },
  };
}

function oldRefused(operation: Operation): Expectation {
  return {
    check: 'preconditions-kept',
    confidence: 'certain',
    why: `the document says that ${operation.id} heeds If-Match`,
    promise: operation.pointer,
    topic: `${operation.id} If-Match old`,
    holds: (answer) => {
      if (answer.status === 412) return kept;
      if (isAccepted(answer))
        return { kind: 'broken', message: 'If-Match with an old entity tag is accepted', where: 'response.status', came: cameOf(answer) };
      return { kind: 'cannot-judge', reason: `a write with an old entity tag was answered with ${answer.status ?? 'nothing'}` };
    },
  };
}
