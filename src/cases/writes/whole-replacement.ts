/** PUT replaces: what it leaves out is gone, or is what the server puts there by itself. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { SchemaPlace } from '../../spec/contract.ts';
import { defaultOf, propertiesOf, successBody } from '../../spec/properties.ts';
import { without } from '../../spec/values/object-variations.ts';
import { attempt } from '../steps/attempt.ts';
import type { Conversation, Expectation, RequestPlan } from '../case.ts';
import { cameOf, isAccepted } from '../expectations.ts';
import { anotherValue, itemRequest, makeThing } from '../steps/make-thing.ts';
import { preferredBody } from '../planning.ts';
import type { Scope } from '../steps/scope.ts';
import type { Resource } from '../inference/resources.ts';
import { thingIn } from '../inference/representation.ts';

/** Where PUT takes the very schema that creation takes, the optional properties that it leaves out are gone. `full` is a PUT that was accepted. */
export function* replacesWhole(scope: Scope, resource: Resource, read: RequestPlan, full: RequestPlan): Conversation {
  const { contract } = scope.planning;
  const put = resource.replace && preferredBody(resource.replace)?.schema;
  // a singleton is created by nothing: then what is read tells what may be written
  const post = resource.create ? preferredBody(resource.create)?.schema : resource.read && successBody(resource.read)?.schema;
  if (!put || !post || !isSameJson(contract.resolve(put).schema, contract.resolve(post).schema) || !isObject(full.body?.value)) return;
  const least = leastOf(scope, put, full.body.value);
  if (isSameJson(least, full.body.value)) return;
  const assumed = yield* shownWithout(scope, resource, least);
  // what a server puts there by itself may differ from thing to thing, and be the former value by chance
  const likewise = isObject(assumed) ? yield* shownWithout(scope, resource, least) : undefined;
  const varies = (name: string): boolean => !isSameJson(member(assumed, name) ?? null, member(likewise, name) ?? null);
  const whole = unlike(scope, put, full.body.value, least, assumed);
  const filled: RequestPlan = { ...full, body: { ...full.body, value: whole } };
  const body =
    isSameJson(whole, full.body.value) || isAccepted(yield* attempt(scope, filled, { title: 'PUT of all' })) ? whole : full.body.value;
  const former = thingIn((yield* attempt(scope, read, { title: 'read before PUT of less' })).json);
  const places = propertiesOf(contract, put);
  const left = Object.keys(body).filter((name) => {
    const place = places.get(name);
    const stated = place && defaultOf(contract, place);
    const value = member(former, name);
    const isSet = value !== undefined && value !== null && isSameJson(value, body[name] ?? null) && !isNothing(value);
    return (
      !Object.hasOwn(least, name) &&
      isSet &&
      !varies(name) &&
      ![stated, member(assumed, name)].some((own) => isSameJson(value, own ?? null))
    );
  });
  const request: RequestPlan = { ...full, body: { mediaType: full.body.mediaType, value: least } };
  if (left.length === 0 || !isAccepted(yield* attempt(scope, request, { title: `PUT without ${left.join(', ')}` }))) return;
  yield* attempt(scope, read, {
    title: `read after PUT without ${left.join(', ')}`,
    expectations: left.map((name) => goneByPut(resource, request, name, body[name] ?? null)),
  });
}

/** The body without all that may be left out. */
function leastOf(scope: Scope, place: SchemaPlace, body: JsonObject): JsonObject {
  let least: JsonObject = body;
  for (const name of Object.keys(body)) {
    const fewer = without(least, name);
    if (scope.planning.contract.validators.validate(place, fewer, 'request').kind === 'valid') least = fewer;
  }
  return least;
}

/** What a thing shows that was made of no more than this: what is not in it the server puts there by itself, told by no schema. */
function* shownWithout(scope: Scope, resource: Resource, least: JsonObject): Conversation<Json | undefined> {
  const { create, read } = resource;
  const bare =
    create &&
    read &&
    (yield* makeThing(scope, resource, {
      title: 'to see what a server puts by itself',
      change: (body) => Object.fromEntries(Object.entries(body).filter(([name]) => Object.hasOwn(least, name))),
      strict: true,
    }));
  return bare && read && thingIn((yield* attempt(scope, itemRequest(read, bare.entity), { title: 'read what was made of less' })).json);
}

/** The body with other values where it has what the server would put there by itself. */
function unlike(scope: Scope, put: SchemaPlace, body: JsonObject, least: JsonObject, assumed: Json | undefined): JsonObject {
  const places = propertiesOf(scope.planning.contract, put);
  const changed = Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const own = member(assumed, name);
      const place = places.get(name);
      if (!place || own === undefined || Object.hasOwn(least, name) || !isSameJson(own, value)) return [name, value];
      return [name, anotherValue(scope.planning, place, [own], scope.variant, name) ?? value];
    }),
  );
  return scope.planning.contract.validators.validate(put, changed, 'request').kind === 'valid' ? changed : body;
}

/** What a server may well put where nothing is. */
function isNothing(value: Json): boolean {
  return value === '' || value === 0 || value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

function goneByPut(resource: Resource, { operation }: RequestPlan, name: string, former: Json): Expectation {
  return {
    check: 'put-replaces',
    confidence: 'certain',
    why: `${operation.id} takes the schema of ${(resource.create ?? resource.read)?.id ?? 'creation'}, and left out ${name}`,
    promise: operation.pointer,
    topic: `${operation.id} leaves out`,
    holds: (answer) => {
      if (!isAccepted(answer) || !isObject(answer.json)) return { kind: 'cannot-judge', reason: 'the thing could not be read' };
      const now = member(thingIn(answer.json), name);
      return now !== undefined && isSameJson(now, former)
        ? {
            kind: 'broken',
            message: `PUT left out ${name}, and it is still there`,
            where: `response.body/${name}`,
            came: cameOf(answer),
            topic: `${operation.id} ${name}`,
          }
        : { kind: 'kept' };
    },
  };
}
