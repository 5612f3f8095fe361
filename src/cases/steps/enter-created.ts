/** Enters what was made in the ledger, and says how it is addressed and removed. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import type { Operation } from '../../spec/contract.ts';
import type { Answer, Case, Conversation, Created, Credentials, ParameterValue, Phase, RequestPlan } from '../case.ts';
import { addressPath, identifierIn, type Entity } from './entity.ts';
import { makeCase } from '../planning.ts';
import { itemsShown } from '../inference/representation.ts';
import type { Scope } from './scope.ts';
import type { Resource } from '../inference/resources.ts';

/** The entity behind an accepted creation, entered in the ledger; undefined when the answer does not say how to address it. `maker` removes it again, the main identity where it is left out. */
export function* enterCreated(
  scope: Scope,
  resource: Resource,
  request: RequestPlan,
  answer: Answer,
  maker?: Credentials,
): Conversation<Entity | undefined> {
  const chosen = request.parameters.find((parameter) => parameter.in === 'path' && parameter.name === resource.parameter)?.value;
  const sent = request.operation.method === 'POST' ? request.body?.value : undefined;
  // where no answer tells the identifier, a member of what was sent may be it: a title, a user's name
  const own = resource.identifier === undefined ? undefined : scalarMember(sent, resource.identifier);
  // of several that are made at once below a list, the first
  const made = request.operation.path === resource.collection ? [] : itemsShown(scope.planning.contract, request.operation, answer.json);
  const [first] = made ?? [];
  const id =
    (request.operation.method === 'PUT' ? chosen : undefined) ??
    identifierIn(answer, resource) ??
    (first && identifierIn({ ...answer, json: first }, resource)) ??
    own;
  if (id === undefined) return undefined;
  const parents = request.parameters.filter((parameter) => parameter.in === 'path').map(({ name, value }) => [name, value] as const);
  const path = addressPath(resource, parents, id, answer.json, sent);
  const created: Created = {
    operation: request.operation,
    label: `${resource.name} ${typeof id === 'string' ? id : JSON.stringify(id)}`,
    removal: resource.remove && { ...removalCase(scope.phase, resource.remove, path), ...(maker && { credentials: maker }) },
  };
  // what has no path of its own goes with what it is below
  const lasting = resource.parameter !== '' || parents.length === 0;
  if (lasting) yield { kind: 'created', created };
  return { resource, path, id, json: answer.json, created: lasting ? created : undefined };
}

function scalarMember(body: Json | undefined, name: string): Json | undefined {
  const value = isObject(body) ? body[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** The case that deletes a thing. */
export function removalCase(phase: Phase, remove: Operation, path: ReadonlyMap<string, Json>): Case {
  return makeCase({ phase, title: 'to clean up', request: { operation: remove, parameters: itemParameters(remove, path) } });
}

/** Path parameters of an item operation from an entity's values. */
export function itemParameters(operation: Operation, path: ReadonlyMap<string, Json>): ParameterValue[] {
  return operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name }) => ({ name, in: 'path', value: path.get(name) ?? [...path.values()].at(-1) ?? 'x' }));
}
