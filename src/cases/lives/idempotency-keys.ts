/** One idempotency key makes one thing. Pure. @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
import { isObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import { shortHash } from '../../lib/short-hash.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import type { Operation, Parameter } from '../../spec/contract.ts';
import { sentencesAt } from '../../spec/descriptions.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, RequestPlan } from '../case.ts';
import { distinctBody } from '../values/distinct-body.ts';
import { identifierIn } from '../steps/entity.ts';
import { cameOf, isAccepted, keptUnless } from '../expectations.ts';
import { isIdempotencyKey } from '../inference/idempotency-key.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';

/** Sends one creation twice under one key, where the document knows such keys: the second answer is about the first thing. Another body under that key is refused where the document says so. */
export function* keyMakesOne(scope: Scope, resource: Resource): Conversation {
  const { create } = resource;
  const parameter = create?.parameters.find(isIdempotencyKey);
  const plain = create && parameter && (yield* prepareRequest(scope, create));
  if (!create || !parameter || !plain) return;
  const hash = shortHash(create.id, String(scope.planning.seed), String(scope.variant));
  const value = `${hash}-${hash.slice(0, 4)}-4${hash.slice(1, 4)}-8${hash.slice(2, 5)}-${hash}${hash.slice(0, 4)}`;
  const request: RequestPlan = {
    ...plain,
    parameters: [...plain.parameters.filter((one) => one.name !== parameter.name), { name: parameter.name, in: 'header', value }],
  };
  const first = yield* attempt(scope, request, { title: `create under the key ${value}` });
  const id = isAccepted(first) ? identifierIn(first, resource) : undefined;
  if (id === undefined) return;
  yield* attempt(scope, request, {
    title: 'the same creation under the same key',
    intent: 'probe',
    expectations: [
      {
        check: 'created-once',
        confidence: 'certain',
        why: `${parameter.name} was the same both times`,
        promise: parameter.pointer,
        topic: `${create.id} ${parameter.name}`,
        holds: (answer) => {
          const other = isAccepted(answer) ? identifierIn(answer, resource) : undefined;
          return other === undefined || String(other) === String(id)
            ? { kind: 'kept' }
            : {
                kind: 'broken',
                message: `one ${parameter.name} made two things: ${JSON.stringify(id)} and ${JSON.stringify(other)}`,
                where: 'response.body',
                came: cameOf(answer),
              };
        },
      },
    ],
  });
  yield* otherRefused(scope, create, parameter, request);
}

/** `The same key with another body is refused`; not `use a different key for each request`. */
function refusesOthers(sentence: string): boolean {
  return (
    /\b(?:other|another|different|differs?|changed|mismatch\w*)\b/i.test(sentence) &&
    /\b(?:40\d|422|refus\w*|reject\w*|conflict\w*|errors?|fails?|invalid)\b/i.test(sentence)
  );
}

/** Another body under the key of the first. */
function* otherRefused(scope: Scope, create: Operation, parameter: Parameter, request: RequestPlan): Conversation {
  const { body } = request;
  const said = sentencesAt(scope.planning.contract, parameter.pointer);
  const other = body && isObject(body.value) ? distinctBody(scope.planning, create, body.value, 3) : undefined;
  if (!body || !other || isSameJson(other, body.value ?? null)) return;
  if (!declaresStatus(create, '409', '422') || !said.some(refusesOthers)) return;
  yield* attempt(
    scope,
    { ...request, body: { ...body, value: other } },
    {
      title: 'another creation under the same key',
      intent: 'probe',
      expectations: [
        {
          check: 'conflict-refused',
          confidence: 'certain',
          why: `${parameter.name} was sent with another body before, and the document says that this is refused`,
          promise: parameter.pointer,
          topic: `${create.id} ${parameter.name} other`,
          holds: keptUnless(isAccepted, `another body under the same ${parameter.name} is accepted`),
        },
      ],
    },
  );
}
