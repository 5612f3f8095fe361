/** Conditions beside the entity tag's own: a moment since when, a thing that must not be there, a condition that must not be left out. Pure. */
import type { Operation } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, Held, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { itemRequest } from '../steps/make-thing.ts';
import { makeCase, send } from '../planning.ts';
import { itemParameters } from '../steps/enter-created.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';

const kept: Held = { kind: 'kept' };

/** Whether the document says that the operation heeds a condition. */
export function speaksOf(operation: Operation, field: string, status: string): boolean {
  return takesField(operation, field) || declaresStatus(operation, status);
}

function takesField(operation: Operation, field: string): boolean {
  return operation.parameters.some((one) => one.in === 'header' && one.name.toLowerCase() === field);
}

/** The request under a condition, in place of one that it had. */
export function conditional(request: RequestPlan, field: string, value: string): RequestPlan {
  const parameters = request.parameters.filter((one) => one.in !== 'header' || one.name.toLowerCase() !== field.toLowerCase());
  return { ...request, parameters, headers: [[field, value]] };
}

/**
 * A read since the very moment that it told as the last change is answered with 304, where the document speaks of it.
 * A document that names If-None-Match alone may mean no other one by its 304, and the standard has a SHOULD.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3
 */
export function* sinceItsChange(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { read } = resource;
  if (!read || !speaksOf(read, 'if-modified-since', '304')) return;
  const look = itemRequest(read, entity);
  const before = yield* attempt(scope, look, { title: 'read when it was changed' });
  const moment = before.headers.get('last-modified');
  if (!isAccepted(before) || moment === undefined || Number.isNaN(Date.parse(moment))) return;
  const expected = expectation(read, 'If-Modified-Since', `${read.id} answered Last-Modified and declares 304`, (answer) =>
    answer.status === 200 && answer.headers.get('last-modified') === moment
      ? broken('If-Modified-Since of the last change is not answered with 304', answer)
      : kept,
  );
  const another = takesField(read, 'if-none-match') && !takesField(read, 'if-modified-since');
  yield* attempt(scope, conditional(look, 'If-Modified-Since', moment), {
    title: 'read with If-Modified-Since of its last change',
    intent: 'probe',
    expectations: [another ? { ...expected, confidence: 'unsure' } : expected],
  });
}

/** Where the document declares 428, a write without its condition is refused. @see https://www.rfc-editor.org/rfc/rfc6585#section-3 */
export function* conditionNeeded(scope: Scope, resource: Resource, entity: Entity): Conversation {
  for (const operation of [resource.patch, resource.replace]) {
    if (!operation || !declaresStatus(operation, '428')) continue;
    scope.entities.set(resource.item, entity);
    const request = yield* prepareRequest(scope, operation);
    if (!request) continue;
    const parameters = request.parameters.filter(({ name }) => name.toLowerCase() !== 'if-match');
    const expected = expectation(operation, 'without If-Match', `${operation.id} declares 428`, (answer) =>
      isAccepted(answer) ? broken('a write without the condition that it needs is accepted', answer) : kept,
    );
    yield* send(
      makeCase({
        phase: scope.phase,
        title: `${operation.method} without a condition`,
        intent: 'probe',
        request: { ...request, parameters },
        expectations: [expected],
      }),
    );
  }
}

/** `If-None-Match: *` on what is there is refused with 412, where the document speaks of it. @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
export function* mustBeNew(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { replace } = resource;
  const said = replace?.parameters.some((one) => one.in === 'header' && one.name.toLowerCase() === 'if-none-match');
  const prepared = replace && said ? yield* prepareRequest(scope, replace) : undefined;
  if (!replace || !prepared) return;
  const others = prepared.parameters.filter((one) => one.in !== 'path');
  const request = conditional({ ...prepared, parameters: [...itemParameters(replace, entity.path), ...others] }, 'If-None-Match', '*');
  const expected = expectation(replace, 'If-None-Match: *', 'the thing is there, and If-None-Match is declared', (answer) =>
    isAccepted(answer) ? broken('If-None-Match: * replaces what is there', answer) : kept,
  );
  yield* attempt(scope, request, { title: 'PUT of what must be new', intent: 'probe', expectations: [expected] });
}

function expectation(operation: Operation, topic: string, why: string, holds: Expectation['holds']): Expectation {
  return { check: 'preconditions-kept', confidence: 'certain', why, promise: operation.pointer, topic: `${operation.id} ${topic}`, holds };
}

function broken(message: string, answer: Answer): Held {
  return { kind: 'broken', message, where: 'response.status', came: cameOf(answer) };
}
