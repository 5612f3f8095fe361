/** What a PUT tells by its status: 201 where it made the thing, and not where the thing was there. Pure. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4 */
import type { Operation } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { enterCreated, itemParameters } from '../steps/enter-created.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';

/** PUTs where the read finds nothing, and there once more. Only where the document has an answer for both. */
export function* madeOrReplaced(scope: Scope, resource: Resource): Conversation {
  const { create, read } = resource;
  if (create?.method !== 'PUT' || !read || !tellsBoth(create)) return;
  const request = yield* prepareRequest(scope, create);
  scope.variant += 1;
  if (!request) return;
  const path = new Map(request.parameters.filter((one) => one.in === 'path').map(({ name, value }) => [name, value] as const));
  const look = yield* attempt(scope, { operation: read, parameters: itemParameters(read, path) }, { title: 'read what is not there yet' });
  if (look.status !== 404) return;
  const made = told(create, 'makes', (status) => status === 201, 'what was not there before is made');
  const answer = yield* attempt(scope, request, { title: 'PUT of what is not there', expectations: [made] });
  if (!isAccepted(answer)) return;
  yield* enterCreated(scope, resource, request, answer);
  yield* attempt(scope, request, { title: 'PUT of what is there', expectations: toldAsReplaced(create) });
}

/** That a PUT of what is there is not answered as one that makes it; nothing where the document does not declare both answers. */
export function toldAsReplaced(put: Operation): Expectation[] {
  return tellsBoth(put) ? [told(put, 'replaces', (status) => status !== 201, 'what was there is replaced')] : [];
}

function tellsBoth(put: Operation): boolean {
  return declaresStatus(put, '201') && declaresStatus(put, '200', '204');
}

function told(operation: Operation, topic: string, fits: (status: number) => boolean, what: string): Expectation {
  return {
    check: 'put-replaces',
    confidence: 'certain',
    why: 'RFC 9110 section 9.3.4: 201 tells that a PUT has made the thing, and the document declares both answers',
    promise: operation.pointer,
    topic: `${operation.id} ${topic}`,
    holds: (answer: Answer) =>
      !isAccepted(answer) || answer.status === undefined || fits(answer.status)
        ? { kind: 'kept' }
        : { kind: 'broken', message: `${what}, and the answer is ${answer.status}`, where: 'response.status', came: cameOf(answer) },
  };
}
