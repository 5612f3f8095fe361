/** Parts of a thing that a PUT or POST on their own path brings into being: a file, a picture, a setting. Pure conversations. */
import type { Operation } from '../../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { Conversation, RequestPlan } from '../case.ts';
import { isAccepted } from '../expectations.ts';
import type { Planning } from '../planning.ts';
import { prepareRequest } from './prepare.ts';
import type { Scope } from './scope.ts';

/** The write on the very path of a read, where the path is no item of a collection of its own. */
export function siblingWrite(planning: Planning, operation: Operation): Operation | undefined {
  if (operation.method !== 'GET' || !operation.path.includes('{') || planning.resources.all.some(({ item }) => item === operation.path))
    return undefined;
  return ['PUT', 'POST']
    .map((method) => planning.contract.operations.find((one) => one.method === method && one.path === operation.path))
    .find((one) => one !== undefined);
}

/** Writes what a read is about; true when that was accepted. False where there is no such write, or nothing may be written. */
export function* furnishSibling(scope: Scope, { operation, parameters }: RequestPlan): Conversation<boolean> {
  const write = scope.planning.safeOnly ? undefined : siblingWrite(scope.planning, operation);
  const request = write && (yield* prepareRequest(scope, write));
  if (!request) return false;
  const path = parameters.filter((one) => one.in === 'path');
  const others = request.parameters.filter((one) => one.in !== 'path');
  const answer = yield* attempt(
    scope,
    { ...request, parameters: [...path, ...others] },
    { title: `so that ${operation.id} has something to answer` },
  );
  return isAccepted(answer);
}
