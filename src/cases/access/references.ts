/** What a stranger names in what he creates: a thing that he may not see is none for him. Pure. */
import { pointerTokens } from '../../lib/json-pointer.ts';
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { placeWithin } from '../../spec/properties.ts';
import { absentIdentifier } from '../operations/absent.ts';
import { attempt } from '../steps/attempt.ts';
import type { Entity } from '../steps/entity.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import { isAccepted, isRefusal, keptUnless } from '../expectations.ts';
import { itemRequest } from '../steps/make-thing.ts';
import { preferredBody } from '../planning.ts';
import { leastBody } from '../steps/lessons.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { mapReferences, referencesIn, type Reference } from '../inference/references.ts';
import type { Operation } from '../../spec/contract.ts';

/** Each stranger creates something that names a thing of the main identity's, for each kind that it may name. Certain: where a name of nothing is refused, names are looked up. */
export function* foreignReferences(scope: Scope, operation: Operation): Conversation {
  const { planning } = scope;
  if (planning.strangers.length === 0 || operation.method !== 'POST' || operation.path.includes('{')) return;
  const request = yield* prepareRequest(scope, operation);
  scope.variant += 1;
  const value = request?.body?.value;
  if (!request || !isObject(value)) return;
  const named = new Map(referencesIn(planning, operation, value).map((reference) => [reference.resource.item, reference]));
  for (const reference of named.values()) {
    const thing = scope.entities.get(reference.resource.item);
    const pair = thing?.created && requestsNaming(scope, request, value, reference);
    if (thing && pair) yield* namedByStrangers(scope, { ...pair, thing, name: reference.name });
  }
}

/** A request that names a thing of somebody else's, and the same with what nothing has. */
interface Naming {
  readonly foreign: RequestPlan;
  readonly absent: RequestPlan;
  readonly thing: Entity;
  readonly name: string;
}

/** Both requests, without what may be left out, which may name other things of somebody else's: one that is refused would hide that this one is not. */
function requestsNaming(
  scope: Scope,
  request: RequestPlan,
  value: JsonObject,
  { pointer, name, value: present }: Reference,
): Pick<Naming, 'foreign' | 'absent'> | undefined {
  const { planning } = scope;
  const { operation, body } = request;
  const schema = preferredBody(operation)?.schema;
  const place = schema && placeWithin(planning.contract, schema, pointer);
  const absent = place && absentIdentifier(planning, place, name);
  if (!body || absent === undefined) return undefined;
  const least = leastBody(scope, operation, value, pointerTokens(pointer)[0] ?? '');
  const naming = (chosen: Json): RequestPlan => ({
    ...request,
    body: { ...body, value: mapReferences(planning, operation, least, (one) => (one.pointer === pointer ? chosen : one.value)) },
  });
  return { foreign: naming(present), absent: naming(absent) };
}

function* namedByStrangers(scope: Scope, { foreign, absent, thing, name: member }: Naming): Conversation {
  const { read } = thing.resource;
  for (const name of read ? scope.planning.strangers : []) {
    const visitor = { credentials: { kind: 'identity', name }, intent: 'probe' } as const;
    const title = `as ${name}, with ${member}`;
    // what anybody may see, anybody may name
    if (read && isAccepted(yield* attempt(scope, itemRequest(read, thing), { ...visitor, title: `read it as ${name}` }))) continue;
    const answer = yield* attempt(scope, absent, { ...visitor, title: `${title} of nothing that exists` });
    if (!isRefusal(answer) && answer.status !== 404 && answer.status !== 409) continue;
    yield* attempt(scope, foreign, {
      ...visitor,
      title: `${title} of what others made`,
      expectations: [noneForHim(foreign.operation, name, member)],
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
