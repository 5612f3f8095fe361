/** `Location` of creations whose things the document does not read under an identifier: it must lead somewhere. Pure. */
import type { Operation } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { makeCase, send, type Planning } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { filledPath } from '../steps/filled-path.ts';

/** Creations that no resource of ours follows. */
export function strayCreations({ contract, resources }: Planning): Operation[] {
  return contract.operations.filter(
    (operation) =>
      operation.method === 'POST' && declaresStatus(operation, '201', '202') && resources.createdBy(operation)?.read === undefined,
  );
}

/** Creates, and asks for what `Location` names, below the same base. @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2 */
export function* followStray(scope: Scope, operation: Operation): Conversation {
  const request = yield* prepareRequest(scope, operation);
  const answer = request && (yield* attempt(scope, request, { title: 'an ordinary creation' }));
  const location = answer?.headers.get('location');
  if (!request || (answer?.status !== 201 && answer?.status !== 202) || location === undefined || !URL.canParse(location, answer.url))
    return;
  const target = new URL(location, answer.url);
  const own = new URL(answer.url);
  const below = filledPath(request);
  const base = own.pathname.endsWith(below) ? own.pathname.slice(0, -below.length) : undefined;
  if (target.origin !== own.origin || base === undefined || !target.pathname.startsWith(`${base}/`)) return;
  yield* send(
    makeCase({
      phase: scope.phase,
      title: 'follow Location',
      intent: 'probe',
      request: { operation, method: 'GET', rawPath: target.pathname.slice(base.length) + target.search, parameters: [] },
      expectations: [
        {
          check: 'location-resolves',
          // of what is accepted for later, it names where to ask how it goes (RFC 9110 section 15.3.3)
          confidence: answer.status === 202 ? 'likely' : 'certain',
          why: `${operation.id} answered ${answer.status} with Location: ${location}`,
          promise: operation.pointer,
          topic: operation.id,
          holds: (found) =>
            isAccepted(found) || (found.status !== 404 && found.status !== 410)
              ? { kind: 'kept' }
              : {
                  kind: 'broken',
                  message: `Location ${location} leads to nothing`,
                  where: 'response.headers.location',
                  came: cameOf(found),
                },
        },
      ],
    }),
  );
}
