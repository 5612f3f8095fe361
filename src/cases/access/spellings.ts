/** How credentials are spelled: the scheme in any letters is the same, the credential in others or with more behind it is another. Pure. */
import type { Operation } from '../../spec/contract.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation, RequestPlan } from '../case.ts';
import { expectUnauthenticated, isAccepted, keptUnless, untilRepeated } from '../expectations.ts';
import { makeCase, send } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';

/** Asks the first of the operations that answers, since credentials are read in one place as a rule. */
export function* respelledCredentials(scope: Scope, operations: readonly Operation[]): Conversation {
  for (const operation of operations.slice(0, mostTried)) {
    const request = yield* prepareRequest(scope, operation);
    if (!request || !isAccepted(yield* attempt(scope, request, { title: 'with credentials as they are' }))) continue;
    const others = {
      'other-case': expectUnauthenticated('credentials in other letters', 'likely'),
      extended: expectUnauthenticated('credentials with more behind them', 'certain'),
    };
    for (const how of ['other-case', 'extended'] as const) {
      const parts = { title: `${how} credentials`, intent: 'unauthenticated', credentials: { kind: 'broken', how } } as const;
      yield* send(makeCase({ phase: scope.phase, ...parts, request, expectations: [others[how]] }));
    }
    yield* smallScheme(scope, request);
    return;
  }
}

/** How many operations are tried until one answers. */
const mostTried = 5;

/** The scheme in small letters; a refusal counts where the usual spelling is still accepted after it. */
function* smallScheme({ phase }: Scope, request: RequestPlan): Conversation {
  const spelled = (expectation: Expectation): Conversation<Answer> =>
    send(
      makeCase({
        phase,
        title: 'the authentication scheme in small letters',
        intent: 'probe',
        credentials: { kind: 'respelled' },
        request,
        expectations: [expectation],
      }),
    );
  const expectation = anyLetters(request.operation);
  if (expectation.holds(yield* spelled(untilRepeated(expectation))).kind !== 'broken') return;
  if (isAccepted(yield* send(makeCase({ phase, title: 'with credentials as they are, again', request })))) yield* spelled(expectation);
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-11.1 */
function anyLetters(operation: Operation): Expectation {
  return {
    check: 'valid-accepted',
    confidence: 'likely',
    why: 'RFC 9110 section 11.1: the authentication scheme is a name whose case does not matter',
    promise: operation.pointer,
    topic: 'the authentication scheme in small letters',
    holds: keptUnless(
      (answer) => answer.status === 400 || answer.status === 401 || answer.status === 403,
      'good credentials are refused when their scheme is written in small letters',
    ),
  };
}
