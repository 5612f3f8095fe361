/** What is asked once a creation was tried in all its variations: the same thing again, and the list of all of them. Pure conversations. */
import { isObject, type Json } from '../../lib/json.ts';
import type { Operation } from '../../spec/contract.ts';
import { attempt } from './attempt.ts';
import type { Conversation, ParameterValue, RequestPlan } from '../case.ts';
import { listShape } from '../inference/list-parameters.ts';
import type { Planning } from '../planning.ts';
import type { Scope } from './scope.ts';

/** Nothing is expected beyond what the document says of every answer: that is what these answers are for. */
export function* afterCreations(scope: Scope, control: RequestPlan): Conversation {
  const { planning } = scope;
  const resource = planning.resources.createdBy(control.operation);
  if (!resource || control.operation.method !== 'POST') return;
  yield* attempt(scope, control, { title: 'the same again' });
  const request = resource.list && widestPage(planning, resource.list, control.parameters);
  if (request) yield* attempt(scope, request, { title: 'the list of what was created' });
}

/** A list request for as many items as one page may hold; undefined where the list asks for parameters that the path does not give. */
export function widestPage(planning: Planning, list: Operation, path: readonly ParameterValue[]): RequestPlan | undefined {
  const parents = path.filter((one) => one.in === 'path' && list.path.includes(`{${one.name}}`));
  if (
    list.parameters.some(
      (parameter) => parameter.required && !parents.some(({ name, in: place }) => name === parameter.name && place === parameter.in),
    )
  )
    return undefined;
  const limit = listShape(planning.contract, list)?.limit;
  const schema: Json | undefined = limit?.schema && planning.contract.resolve(limit.schema).schema;
  const most = isObject(schema) ? schema['maximum'] : undefined;
  return {
    operation: list,
    parameters: limit && typeof most === 'number' && most <= 1000 ? [...parents, { name: limit.name, in: limit.in, value: most }] : parents,
  };
}
