/** Makes things whose values are told apart from those of other things, and remembers what they were made from. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Operation, SchemaPlace } from '../../spec/contract.ts';
import { validValues } from '../../spec/values/valid-values.ts';
import { bodyFields } from '../inference/body-fields.ts';
import { mayConflict } from '../inference/state-conflicts.ts';
import type { Answer, Case, Conversation, Expectation, RequestPlan } from '../case.ts';
import { itemParameters } from './enter-created.ts';
import type { Entity } from './entity.ts';
import { isAccepted } from '../expectations.ts';
import { makeCase, preferredBody, sampling, send, type Planning } from '../planning.ts';
import { create, titleOfCreation, type SentCreation } from './prepare.ts';
import type { Scope } from './scope.ts';
import { otherNames } from './unique-names.ts';
import type { Resource } from '../inference/resources.ts';
import { thingIn } from '../inference/representation.ts';

/** A thing, the body that it was made from, and what its creation answered. */
export interface Made {
  readonly entity: Entity;
  readonly request: RequestPlan;
  readonly body: Json | undefined;
  readonly answer: Answer;
}

/** How a creation departs from the ordinary one. */
export interface Making {
  readonly title?: string;
  /** What operations may stumble over alike. */
  readonly theme?: string;
  /** Another body; where it is refused, the ordinary one is sent, unless `strict`. */
  readonly change?: (body: JsonObject) => Json;
  readonly strict?: boolean;
  readonly expectations?: (request: RequestPlan) => readonly Expectation[];
}

/** Creates a thing of the resource; undefined when the API does not let us. */
export function* makeThing(scope: Scope, resource: Resource, making: Making = {}): Conversation<Made | undefined> {
  const { change, strict = false, title = titleOfCreation(resource.name), theme } = making;
  let made: SentCreation | undefined;
  const entity = yield* create(scope, resource, function* ({ phase }, _, ordinary): Conversation<SentCreation> {
    const { body } = ordinary;
    const changed = change && body && isObject(body.value) ? { ...ordinary, body: { ...body, value: change(body.value) } } : ordinary;
    const parts = (request: RequestPlan): Case =>
      makeCase({ phase, title, request, expectations: making.expectations?.(request) ?? [], ...(theme !== undefined && { theme }) });
    made = { request: changed, answer: yield* send(parts(changed)), final: strict };
    if (!isAccepted(made.answer) && !strict && changed !== ordinary) made = { request: ordinary, answer: yield* send(parts(ordinary)) };
    return made;
  });
  return entity && made && { entity, body: made.request.body?.value, request: made.request, answer: made.answer };
}

/** The request of an operation about a thing. */
export function itemRequest(operation: Operation, entity: Entity): RequestPlan {
  return { operation, parameters: itemParameters(operation, entity.path) };
}

/** A valid value of a place that is none of the given ones; undefined where the schema has no other. */
export function anotherValue(
  planning: Planning,
  place: SchemaPlace,
  not: readonly (Json | undefined)[],
  variant: number,
  name: string,
): Json | undefined {
  const candidates = validValues(planning.contract, place, sampling(planning, variant, name)).filter(
    ({ confidence }) => confidence === 'certain',
  );
  const isOther = (value: Json): boolean =>
    value !== null && value !== '' && !not.some((one) => one !== undefined && isSameJson(one, value));
  return candidates.map(({ value }) => value).find((value) => isOther(value) && typeof value !== 'object');
}

/** The body of an update whose scalar members all differ from what two things have now: a change that is dropped, or that reaches the wrong one, shows. */
export function changingBody(
  scope: Scope,
  operation: Operation,
  body: JsonObject,
  before: Json | undefined,
  other: Json | undefined,
): JsonObject {
  const { planning } = scope;
  const schema = preferredBody(operation)?.schema;
  if (!schema) return body;
  const within = bodyFields(planning.contract, schema);
  const { places } = within;
  const fits = (members: JsonObject): boolean =>
    planning.contract.validators.validate(schema, within.with(body, members), 'request').kind === 'valid';
  const current: Record<string, Json> = { ...within.of(body) };
  const isAlone = Object.keys(current).length === 1;
  for (const [name, value] of Object.entries(current)) {
    const place = places.get(name);
    if (!isAlone && mayConflict(planning.contract, operation, name)) {
      // one conflict would keep all else from being changed
      const own = member(thingIn(before), name);
      if (own !== undefined && fits({ ...current, [name]: own })) current[name] = own;
      continue;
    }
    if (!place || (typeof value === 'object' && value !== null) || planning.resources.ofMember(operation, name)) continue;
    const taken = [before, other].map((thing) => member(thingIn(thing), name));
    const marked = typeof value === 'string' ? otherNames(value, scope.variant).slice(0, 1) : [];
    const free = [...marked, value].find(
      (one) => !taken.some((former) => former !== undefined && isSameJson(former, one)) && fits({ ...current, [name]: one }),
    );
    const [own, beside] = taken;
    // of two values one may be the first thing's and one the other's: what changes nothing then may still show that it reaches the other
    const idle = own !== undefined && isSameJson(own, value);
    const changed =
      free ??
      anotherValue(planning, place, taken, scope.variant, name) ??
      (idle ? anotherValue(planning, place, [beside], scope.variant, name) : undefined);
    if (changed !== undefined && fits({ ...current, [name]: changed })) current[name] = changed;
  }
  scope.variant += 1;
  return within.with(body, current);
}
