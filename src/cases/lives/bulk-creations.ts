/** Creations of several things by one request: as many come as were asked for, and each is what was asked for. Pure. */
import { isObject, type Json } from '../../lib/json.ts';
import type { Operation } from '../../spec/contract.ts';
import { itemsOf, listIn, propertiesOf, successBody } from '../../spec/properties.ts';
import { attempt } from '../steps/attempt.ts';
import type { Answer, Conversation, Expectation } from '../case.ts';
import { distinctBody } from '../values/distinct-body.ts';
import { cameOf } from '../expectations.ts';
import { makeCase, preferredBody, send, type Planning } from '../planning.ts';
import { enterCreated, itemParameters } from '../steps/enter-created.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { writtenBack } from '../steps/read-back.ts';
import { itemsIn } from '../steps/refused-trace.ts';
import type { Resource } from '../inference/resources.ts';
import { isMade, withUniqueItems } from '../steps/unique-items.ts';

/** An operation that makes several of a resource. */
export interface Bulk {
  readonly operation: Operation;
  readonly resource: Resource;
  /** The body's member that lists them. */
  readonly member: string;
}

/** The document's creations of several: a list of what a creation takes, answered with a list. */
export function bulkCreations({ contract, resources }: Planning): Bulk[] {
  return contract.operations.flatMap((operation): Bulk[] => {
    const schema = operation.method === 'POST' ? preferredBody(operation)?.schema : undefined;
    const answered = successBody(operation);
    if (!schema || !answered || !listIn(contract, answered.schema)) return [];
    return [...propertiesOf(contract, schema)].flatMap(([member, place]): Bulk[] => {
      const items = itemsOf(contract, place);
      const resource =
        items && resources.all.find((one) => one.read !== undefined && one.identifier !== undefined && isMade(contract, one, items));
      return resource ? [{ operation, resource, member }] : [];
    });
  });
}

/** Makes two by one request, and reads the second. */
export function* bulkMakesAll(scope: Scope, { operation, resource, member }: Bulk): Conversation {
  const prepared = yield* prepareRequest(scope, operation);
  const value = prepared?.body?.value;
  const one = isObject(value) && Array.isArray(value[member]) ? value[member][0] : undefined;
  const { read, create } = resource;
  if (!prepared?.body || !isObject(value) || !isObject(one) || !create) return;
  const two = [1, 10].map((number) => distinctBody(scope.planning, create, one, number));
  const body = withUniqueItems(scope, operation, { ...value, [member]: two });
  const sent = isObject(body) && Array.isArray(body[member]) ? body[member] : [];
  const request = { ...prepared, body: { ...prepared.body, value: body } };
  const items = (answer: Answer): readonly Json[] | undefined => itemsIn(scope.planning, operation, answer);
  const answer = yield* send(
    makeCase({ phase: scope.phase, title: 'create two at once', request, expectations: [asMany(operation, sent.length, items)] }),
  );
  const made = items(answer) ?? [];
  for (const [index, item] of made.entries()) {
    const entity = yield* enterCreated(scope, resource, request, { ...answer, headers: new Map(), json: item });
    if (!entity || !read || index !== 1 || made.length !== sent.length) continue;
    yield* attempt(
      scope,
      { operation: read, parameters: itemParameters(read, entity.path) },
      {
        title: 'read the second of what was created at once',
        expectations: writtenBack(scope.planning, {
          write: create,
          look: read,
          body: sent[index],
          owned: new Set([resource.identifier ?? '']),
        }),
      },
    );
  }
}

function asMany(operation: Operation, wanted: number, items: (answer: Answer) => readonly Json[] | undefined): Expectation {
  return {
    check: 'written-read-back',
    confidence: 'certain',
    why: `${operation.id} takes a list of what is created, and answers a list`,
    promise: operation.pointer,
    topic: `${operation.id} items`,
    holds: (answer) => {
      const found = items(answer);
      // 207 tells of each by itself
      if (found === undefined || answer.status === 207 || answer.status === 202) return { kind: 'open' };
      return found.length === wanted
        ? { kind: 'kept' }
        : {
            kind: 'broken',
            message: `${wanted} were to be created at once, and ${found.length} are answered`,
            where: 'response.body',
            came: cameOf(answer),
          };
    },
  };
}
