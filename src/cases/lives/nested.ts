/** Things below a parent are found and deleted under that parent only. Pure. */
import type { Json } from '../../lib/json.ts';
import type { Operation } from '../../spec/contract.ts';
import { successBody } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import { addressOf, namedMember, type Entity } from '../steps/entity.ts';
import { cameOf, isAbsent, isAccepted, keptUnless } from '../expectations.ts';
import { itemRequest } from '../steps/make-thing.ts';
import { pathSegments, plainName, segmentParameter, singularName } from '../../lib/names.ts';
import { makeCase, send } from '../planning.ts';
import { create } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { itemsIn } from '../steps/refused-trace.ts';
import { representation } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';

/** Asks for the thing, and for its deletion, under a second parent that exists; then it must still be where it was. */
export function* nestedScoped(scope: Scope, resource: Resource, entity: Entity): Conversation {
  const { read, remove } = resource;
  // what has a path of its own is under no parent
  if (!read || !resource.item.startsWith(`${resource.collection}/`)) return;
  const [parameter] = pathSegments(resource.collection)
    .flatMap((segment) => segmentParameter(segment) ?? [])
    .slice(-1);
  const parent = parameter === undefined ? undefined : scope.planning.resources.ofPathParameter(read, parameter);
  if (parameter === undefined || !parent?.create || parent.item === resource.item) return;
  // the control: under its own parent it is there
  if (!isAccepted(yield* attempt(scope, itemRequest(read, entity), { title: 'read it under its own parent' }))) return;
  const other = yield* create(scope, parent);
  const elsewhere = other && addressOf(parent, other.id);
  if (elsewhere === undefined || String(elsewhere) === String(entity.path.get(parameter))) return;
  const sure = yield* isLeftOut(scope, resource, entity, parameter, elsewhere);
  yield* send(
    makeCase({
      phase: scope.phase,
      title: 'read it under another parent',
      intent: 'probe',
      request: below(read, entity, parameter, elsewhere),
      expectations: [notFound(read, parameter, sure)],
    }),
  );
  if (!remove) return;
  const title = 'delete it under another parent';
  const deletion = yield* send(
    makeCase({ phase: scope.phase, title, intent: 'probe', request: below(remove, entity, parameter, elsewhere) }),
  );
  if (!isAccepted(deletion)) return;
  // a deletion of nothing may well succeed: what counts is whether the thing is still there
  const expectations = [stillThere(remove, parameter, sure)];
  const after = yield* attempt(scope, itemRequest(read, entity), { title: `read it after ${title}`, intent: 'probe', expectations });
  if (!isAccepted(after) && entity.created) yield { kind: 'gone', created: entity.created };
}

function below(operation: Operation, entity: Entity, parameter: string, parent: Json): RequestPlan {
  const request = itemRequest(operation, entity);
  return { ...request, parameters: request.parameters.map((one) => (one.name === parameter ? { ...one, value: parent } : one)) };
}

/** Whether the other parent's own list leaves the thing out: then the API itself says that it does not belong there. */
function* isLeftOut(scope: Scope, { list, identifier }: Resource, entity: Entity, parameter: string, parent: Json): Conversation<boolean> {
  if (!list || identifier === undefined) return false;
  const answer = yield* attempt(scope, below(list, entity, parameter, parent), { title: 'the list of another parent' });
  const items = itemsIn(scope.planning, list, answer);
  return items !== undefined && !items.some((item) => String(namedMember(item, identifier)) === String(entity.id));
}

/** What is below a parent, made, read or listed, names that parent where it names one; nothing where it does not. */
export function namesParent({ planning }: Scope, resource: Resource, { operation, parameters }: RequestPlan): Expectation[] {
  const { contract, resources } = planning;
  const [parameter = ''] = pathSegments(resource.collection)
    .flatMap((segment) => segmentParameter(segment) ?? [])
    .slice(-1);
  const parent = resources.ofPathParameter(operation, parameter);
  const id = parameters.find((one) => one.in === 'path' && one.name === parameter)?.value;
  const body = successBody(operation);
  if (!parent || !body || id === undefined) return [];
  const wanted = new Set([plainName(parameter), `${singularName(parent.name)}id`]);
  const name = [...representation(contract, body.schema).keys()].find((one) => one !== resource.identifier && wanted.has(plainName(one)));
  if (name === undefined || plainName(name) === 'id') return [];
  return [
    {
      check: 'nested-scoped',
      confidence: 'certain',
      why: `${name} names what the path names, ${parameter}`,
      promise: operation.pointer,
      topic: `${operation.id} ${name}`,
      holds: (answer) => {
        const things = itemsIn(planning, operation, answer) ?? [answer.json];
        const other = things
          .map((thing) => namedMember(thing, name))
          .find((value) => value !== undefined && String(addressOf(parent, value)) !== String(id));
        return isAccepted(answer) && other !== undefined
          ? {
              kind: 'broken',
              message: `${name} is ${JSON.stringify(other)} below ${JSON.stringify(id)}`,
              where: `response.body/${name}`,
              came: cameOf(answer),
            }
          : { kind: 'kept' };
      },
    },
  ];
}

function notFound(operation: Operation, parameter: string, sure: boolean): Expectation {
  return {
    check: 'nested-scoped',
    confidence: sure ? 'certain' : 'likely',
    why: `the path says that it belongs to a ${parameter}, and it belongs to another one`,
    promise: operation.pointer,
    topic: operation.id,
    holds: keptUnless(isAccepted, `a thing of another ${parameter} is reached`),
  };
}

function stillThere(remove: Operation, parameter: string, sure: boolean): Expectation {
  return {
    check: 'nested-scoped',
    confidence: sure ? 'certain' : 'likely',
    why: `the deletion named another ${parameter} than the one that it belongs to`,
    promise: remove.pointer,
    topic: remove.id,
    holds: keptUnless(isAbsent, `a thing of another ${parameter} is deleted`),
  };
}
