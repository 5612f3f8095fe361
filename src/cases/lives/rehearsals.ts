/** Creations that are only rehearsed: `POST /rooms?validateOnly=true` makes nothing. Pure. @see https://google.aip.dev/163 */
import { plainName } from '../../lib/names.ts';
import { typesOf } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation } from '../case.ts';
import { addressPath, identifierIn } from '../steps/entity.ts';
import { isAccepted, keptUnless } from '../expectations.ts';
import { itemParameters } from '../steps/enter-created.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { withParameter } from '../values/variations.ts';

/** Rehearses a creation and reads what its answer shows. */
export function* rehearsed(scope: Scope, resource: Resource): Conversation {
  const { create, read } = resource;
  const { contract } = scope.planning;
  const parameter = create?.parameters.find(
    ({ name, schema }) =>
      /^(?:validateonly|dryrun)$/.test(plainName(name)) && schema !== undefined && typesOf(contract, schema).has('boolean'),
  );
  const request = create && parameter && read ? yield* prepareRequest(scope, create) : undefined;
  if (!create || !parameter || !read || !request) return;
  const answer = yield* attempt(scope, withParameter(request, { name: parameter.name, in: parameter.in, value: true }), {
    title: `create one with ${parameter.name}`,
    intent: 'probe',
  });
  const id = isAccepted(answer) ? identifierIn(answer, resource) : undefined;
  if (id === undefined) return;
  const parents = request.parameters.filter((one) => one.in === 'path').map((one) => [one.name, one.value] as const);
  const look = { operation: read, parameters: itemParameters(read, addressPath(resource, parents, id, answer.json)) };
  const expectation: Expectation = {
    check: 'refused-no-trace',
    confidence: 'certain',
    why: `${parameter.name} was true`,
    promise: parameter.pointer,
    topic: `${create.id} ${parameter.name}`,
    holds: keptUnless(isAccepted, `with ${parameter.name}, ${create.id} makes one all the same`),
  };
  yield* attempt(scope, look, { title: `read after a creation with ${parameter.name}`, intent: 'probe', expectations: [expectation] });
}
