/** The states of things: the property that tells them, what the document says of them in words, and how a thing is brought from one to another. Pure. */
import { isObject, member, type Json } from '../../lib/json.ts';
import { isStateName, nameWords, pathAfter } from '../../lib/names.ts';
import { descriptionAt, sentencesOf } from '../../spec/descriptions.ts';
import { propertiesOf, successBody } from '../../spec/properties.ts';
import { viewOf } from '../../spec/values/schema-view.ts';
import { enumeratedValues } from '../../spec/values/stated-values.ts';
import type { Operation } from '../../spec/contract.ts';
import { actionsOn } from './actions.ts';
import { attempt } from '../steps/attempt.ts';
import { fieldsWritten } from '../inference/body-fields.ts';
import { creationsNaming, namesOne } from '../inference/references.ts';
import { stateAfter } from '../inference/used-up.ts';
import type { Conversation, RequestPlan } from '../case.ts';
import type { Entity } from '../steps/entity.ts';
import { isAccepted } from '../expectations.ts';
import { itemRequest, makeThing } from '../steps/make-thing.ts';
import { ordinaryBody, preferredBody, type Planning } from '../planning.ts';
import { prepareRequest } from '../steps/prepare.ts';
import type { Scope } from '../steps/scope.ts';
import { representation, thingIn } from '../inference/representation.ts';
import type { Resource } from '../inference/resources.ts';
import { operationsAbout } from '../subjects.ts';
import { toldMoves, type ToldMoves } from '../inference/told-moves.ts';
import type { Stateful } from '../inference/told-refusals.ts';

/** The states of a resource's things. */
export interface States extends Stated {
  readonly moves: ToldMoves | undefined;
  readonly ways: readonly Way[];
}

/** A request that asks for a state. */
export interface Way {
  readonly operation: Operation;
  readonly to: string;
  readonly request: (scope: Scope, entity: Entity) => Conversation<RequestPlan | undefined>;
}

/** The states of a resource; undefined where its things are not read, or no property of theirs enumerates any. */
export function statesOf(planning: Planning, resource: Resource): States | undefined {
  const stated = resource.read && resource.create && stateMember(planning, resource);
  if (!stated) return undefined;
  const { texts, property, states } = stated;
  const [moves] = texts.flatMap((text) => toldMoves(text, states) ?? []);
  const final = moves ? states.filter((state) => moves.next.get(state)?.size === 0) : stated.final;
  return { ...stated, final, moves, ways: waysOf(planning, resource, property, states) };
}

/** The member that tells the state of a resource's things, and what the document says around it. */
export interface Stated extends Stateful {
  readonly resource: Resource;
  readonly property: string;
  readonly texts: readonly string[];
}

/** The first member that enumerates states where things of the resource are read, or else listed. */
export function stateMember(planning: Planning, resource: Resource): Stated | undefined {
  const { contract } = planning;
  const shown = resource.read ?? resource.list;
  const body = shown && successBody(shown);
  for (const [property, place] of body ? representation(contract, body.schema) : []) {
    if (!body || !isStateName(property)) continue;
    const states = (enumeratedValues(viewOf(contract, [place])) ?? []).filter((value) => typeof value === 'string');
    if (states.length < 2) continue;
    const about = operationsAbout(planning, resource).map(({ pointer }) => pointer);
    const places = ['/info', ...about, contract.resolve(body.schema).pointer, place.pointer, contract.resolve(place).pointer];
    const texts = [...new Set(places)].map((pointer) => descriptionAt(contract, pointer)).filter((text) => text !== '');
    return { name: resource.name, resource, property, states, final: calledFinal(texts, states), texts };
  }
  return undefined;
}

/** `done, failed and cancelled are final`. */
function calledFinal(texts: readonly string[], states: readonly string[]): readonly string[] {
  const said = texts.flatMap(sentencesOf).flatMap((sentence) => /^(.*?)\b(?:is|are) (?:final|terminal)\b/i.exec(sentence)?.[1] ?? []);
  const words = said.map((text) => text.split(/[^\w-]+/).filter((word) => word !== ''));
  return (
    words
      .find((list) => list.every((word) => states.includes(word) || /^(?:and|or)$/i.test(word)))
      ?.filter((word) => states.includes(word)) ?? []
  );
}

function waysOf(planning: Planning, resource: Resource, property: string, states: readonly string[]): readonly Way[] {
  const { patch } = resource;
  const within = patch && fieldsWritten(planning.contract, patch);
  const place = within?.places.get(property);
  const patched = place && member(place.schema, 'readOnly') !== true ? (enumeratedValues(viewOf(planning.contract, [place])) ?? []) : [];
  const actions = actionsOn(planning, resource).filter((action) => action.property === property);
  return [
    ...askedByBody(planning, resource, states),
    ...patched.flatMap((to: Json): readonly Way[] =>
      patch && within && typeof to === 'string'
        ? [
            {
              operation: patch,
              to,
              *request(scope, entity): Conversation<RequestPlan | undefined> {
                const body = ordinaryBody(planning, patch, scope.variant);
                if (body?.value === undefined) return undefined;
                const value = within.about(within.only(body.value, { [property]: to }), entity.id);
                return { ...itemRequest(patch, entity), body: { mediaType: body.mediaType, value } };
              },
            },
          ]
        : [],
    ),
    ...actions.flatMap(({ operation, value }): readonly Way[] =>
      typeof value === 'string' ? [{ operation, to: value, request: (scope, entity) => about(scope, operation, entity) }] : [],
    ),
    ...creationsNaming(planning, resource).flatMap((operation): readonly Way[] => {
      const to = stateAfter(planning, operation, resource);
      return to !== undefined && states.includes(to)
        ? [{ operation, to, request: (scope, entity) => naming(scope, operation, entity) }]
        : [];
    }),
  ];
}

/** What a name says of which a state is asked for: `status`, `to`, `target_state`, `transitions`. */
const asking = /^(?:status(?:es)?|states?|stages?|phases?|transitions?|moves?|to|target)$/;

/** Operations below a thing that take the state it is to have, and whose one choice is of states: `POST /orders/{id}/transitions {"to": "sent"}`, `PUT /orders/{id}/status`. */
function askedByBody(planning: Planning, { item }: Resource, states: readonly string[]): readonly Way[] {
  const { contract } = planning;
  const asks = (name: string): boolean => nameWords(name).some((word) => asking.test(word));
  return contract.operations.flatMap((operation): readonly Way[] => {
    const below = pathAfter(item, operation.path) ?? '';
    const schema = ['POST', 'PUT', 'PATCH'].includes(operation.method) ? preferredBody(operation)?.schema : undefined;
    if (!schema || !/^[a-z][a-z_-]*$/i.test(below) || !asks(below)) return [];
    const choices = [...propertiesOf(contract, schema)].flatMap(([name, place]) => {
      const values = enumeratedValues(viewOf(contract, [place])) ?? [];
      return asks(name) && values.length > 0 ? [{ name, values }] : [];
    });
    const [choice, ...others] = choices;
    if (!choice || others.length > 0 || !choice.values.every((value) => states.some((state) => state === value))) return [];
    return choice.values.map((to): Way => ({
      operation,
      to: String(to),
      *request(scope, entity): Conversation<RequestPlan | undefined> {
        const plan = yield* about(scope, operation, entity);
        const { body } = plan ?? {};
        return plan && body && isObject(body.value)
          ? { ...plan, body: { ...body, value: { ...body.value, [choice.name]: to } } }
          : undefined;
      },
    }));
  });
}

/** The ordinary request of an operation about a thing. */
export function* about(scope: Scope, operation: Operation, entity: Entity): Conversation<RequestPlan | undefined> {
  scope.entities.set(entity.resource.item, entity);
  return yield* prepareRequest(scope, operation);
}

/** The request of a creation elsewhere that names the thing; undefined where it would name another one. */
export function* naming(scope: Scope, operation: Operation, entity: Entity): Conversation<RequestPlan | undefined> {
  const { resource, id } = entity;
  // what was had below another thing is none of this one
  for (const [item, { resource: kind }] of scope.entities) if (kind.collection.startsWith(`${resource.item}/`)) scope.entities.delete(item);
  const request = yield* about(scope, operation, entity);
  return request && namesOne(scope.planning, operation, request.body?.value, resource, id) ? request : undefined;
}

/** The state that a thing is in; undefined where it cannot be read. */
export function* stateNow(scope: Scope, { resource, property }: States, entity: Entity): Conversation<string | undefined> {
  if (!resource.read) return undefined;
  const answer = yield* attempt(scope, itemRequest(resource.read, entity), { title: `read its ${property}` });
  const now = isAccepted(answer) ? member(thingIn(answer.json), property) : undefined;
  return typeof now === 'string' ? now : undefined;
}

/** A thing in a state: the given one where a way leads on from where it is, else a new one; undefined where none can be had. */
export function* broughtTo(scope: Scope, states: States, wanted: string, former?: Entity): Conversation<Entity | undefined> {
  for (const known of former ? [former, undefined] : [undefined]) {
    const entity = known ?? (yield* makeThing(scope, states.resource))?.entity;
    const now = entity && (yield* stateNow(scope, states, entity));
    const steps = now === undefined ? undefined : stepsTo(states, now, wanted);
    if (entity && steps && (yield* taken(scope, states, entity, steps))) return entity;
  }
  return undefined;
}

/** The shortest way; where the document draws no moves, one step at most. */
export function stepsTo({ ways, moves }: States, from: string, wanted: string): readonly Way[] | undefined {
  let open: readonly (readonly [string, readonly Way[]])[] = [[from, []]];
  const seen = new Set([from]);
  while (open.length > 0) {
    const met = open.find(([state]) => state === wanted);
    if (met) return met[1];
    open = open.flatMap(([state, steps]) =>
      ways
        .filter(({ to }) => (moves ? moves.next.get(state)?.has(to) === true : to === wanted && steps.length === 0) && !seen.has(to))
        .map((way) => {
          seen.add(way.to);
          return [way.to, [...steps, way]] as const;
        }),
    );
  }
  return undefined;
}

function* taken(scope: Scope, states: States, entity: Entity, steps: readonly Way[]): Conversation<boolean> {
  for (const { operation, to, request } of steps) {
    const plan = yield* request(scope, entity);
    if (!plan || !isAccepted(yield* attempt(scope, plan, { title: `${operation.method} to ${to}` }))) return false;
  }
  const last = steps.at(-1);
  return last === undefined || (yield* stateNow(scope, states, entity)) === last.to;
}
