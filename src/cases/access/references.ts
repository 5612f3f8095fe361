/** What a stranger names in what he creates: a thing that he may not see is none for him. Pure. */
import { isObject } from '../../lib/json.ts';
import { placeWithin } from '../../spec/properties.ts';
import { absentIdentifier } from '../operations/absent.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import { isAccepted, isRefusal, keptUnless } from '../expectations.ts';
import { itemRequest } from '../steps/make-thing.ts';
import { preferredBody } from '../planning.ts';
import { prepareRequest, type Scope } from '../steps/prepare.ts';
import { mapReferences, referencesIn } from '../inference/references.ts';
import type { Operation } from '../../spec/contract.ts';

/** Each stranger creates something that names a thing of the main identity's. Certain: where a name of nothing is refused, names are looked up. */
export function* foreignReferences(scope: Scope, operation: Operation): Conversation {
  const { planning } = scope;
  const schema = preferredBody(operation)?.schema;
  if (planning.strangers.length === 0 || operation.method !== 'POST' || operation.path.includes('{') || !schema) return;
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  const value = request?.body?.value;
  if (!request?.body || !isObject(value)) return;
  const made = referencesIn(planning, operation, value).find(({ resource }) => scope.entities.get(resource.item)?.created !== undefined);
  const thing = made && scope.entities.get(made.resource.item);
  const place = made && placeWithin(planning.contract, schema, made.pointer);
  const absent = place && absentIdentifier(planning, place, made.name);
  if (!made || !thing || !made.resource.read || absent === undefined) return;
  const { body } = request;
  const nowhere: RequestPlan = {
    ...request,
    body: { ...body, value: mapReferences(planning, operation, value, (one) => (one.pointer === made.pointer ? absent : one.value)) },
  };
  for (const name of planning.strangers) {
    const visitor = { credentials: { kind: 'identity', name }, intent: 'probe' } as const;
    const title = `as ${name}, with ${made.name}`;
    // what anybody may see, anybody may name
    if (isAccepted(yield* attempt(scope, itemRequest(made.resource.read, thing), { ...visitor, title: `read it as ${name}` }))) continue;
    const answer = yield* attempt(scope, nowhere, { ...visitor, title: `${title} of nothing that exists` });
    if (!isRefusal(answer) && answer.status !== 404 && answer.status !== 409) continue;
    yield* attempt(scope, request, {
      ...visitor,
      title: `${title} of what others made`,
      expectations: [noneForHim(operation, name, made.name)],
    });
  }
}

function noneForHim(operation: Operation, name: string, member: string): Expectation {
  return {
    check: 'forbidden-refused',
    confidence: 'certain',
    why: `${name} may not see what others made, and a ${member} of nothing is refused`,
    promise: operation.pointer,
    topic: `${name} ${member}`,
    holds: keptUnless(isAccepted, `${name} may name in ${member} what it may not see`),
  };
}
