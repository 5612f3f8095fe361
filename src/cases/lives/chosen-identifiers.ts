/** Identifiers that a creation takes beside its body, such as `POST /rooms?roomId=…`: what is made bears them, and no second thing does. Pure. */
import { declaresStatus } from '../../spec/declares-status.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import { addressOf, identifierIn } from '../steps/entity.ts';
import { cameOf, isAccepted, keptUnless } from '../expectations.ts';
import { parameterValue } from '../planning.ts';
import { enterCreated } from '../steps/enter-created.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { uniqueValue } from '../steps/unique-names.ts';
import { withParameter } from '../values/variations.ts';

/** Creates one under an identifier, and another under the same one. */
export function* identifiersChosen(scope: Scope, resource: Resource): Conversation {
  const { create } = resource;
  const parameter = create?.parameters.find(({ in: place, name }) => place !== 'path' && scope.planning.resources.isOwn(create, name));
  const ordinary = create && parameter && parameterValue(scope.planning, parameter, scope.variant);
  if (!create || !parameter?.schema || !ordinary) return;
  const value = uniqueValue(scope, parameter.schema, ordinary.value);
  const under = function* (): Conversation<RequestPlan | undefined> {
    const request = yield* prepareRequest(scope, create);
    scope.variant += 1;
    return request && withParameter(request, { ...ordinary, value });
  };
  const request = yield* under();
  if (!request) return;
  const kept: Expectation = {
    check: 'written-read-back',
    confidence: 'certain',
    why: `${parameter.name} was ${JSON.stringify(value)}`,
    promise: parameter.pointer,
    topic: `${create.id} ${parameter.name}`,
    holds: (answer) => {
      const id = isAccepted(answer) ? identifierIn(answer, resource) : undefined;
      if (id === undefined || String(addressOf(resource, id)) === String(value)) return { kind: 'kept' };
      const message = `${parameter.name} was ${JSON.stringify(value)}, and what was made is ${JSON.stringify(id)}`;
      return { kind: 'broken', message, where: 'response.body', came: cameOf(answer) };
    },
  };
  const answer = yield* attempt(scope, request, { title: `create one under a ${parameter.name}`, expectations: [kept] });
  const entity = isAccepted(answer) ? yield* enterCreated(scope, resource, request, answer) : undefined;
  const again = entity && declaresStatus(create, '409') ? yield* under() : undefined;
  if (!again || String(entity?.path.get(resource.parameter)) !== String(value)) return;
  const refused: Expectation = {
    check: 'conflict-refused',
    confidence: 'certain',
    why: `${JSON.stringify(value)} is the identifier of another one, and the document declares 409`,
    promise: parameter.pointer,
    topic: `${create.id} ${parameter.name} taken`,
    holds: keptUnless(isAccepted, `a ${parameter.name} that is taken is accepted once more`),
  };
  yield* attempt(scope, again, { title: `create another under the same ${parameter.name}`, intent: 'probe', expectations: [refused] });
}
