/** Makes and changes entities: from the body, the path, the caller and the clock. Decides nothing about answers. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { Caller } from './authenticate.ts';
import type { Errand } from './errand.ts';
import { ownerValue, type OwnerRule } from './owners.ts';
import { present, relatedEntity } from './present.ts';
import { referredResource, type Resource } from './resource.ts';
import { identityValue, isChangeTime, timeValue } from './server-made.ts';
import type { Property } from './shapes.ts';
import { valuesSet } from './apply-rules.ts';
import type { Entity } from './store.ts';
import { textOf } from './words.ts';
import type { World } from './world.ts';

/** The properties of a resource over all its views. */
export function propertiesOf(world: World, resource: Resource): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>();
  for (const view of resource.views)
    for (const [name, property] of world.shapes.properties(view)) if (!properties.has(name)) properties.set(name, property);
  return properties;
}

/** What a body says of an entity: its members, and below them those of the objects in it (`{create_request: {…}}`) that the entity has. */
export function bodyValues(world: World, resource: Resource, body: Json | undefined): JsonObject {
  if (!isObject(body)) return {};
  const properties = propertiesOf(world, resource);
  const inner = Object.entries(body).flatMap(([name, value]) =>
    isObject(value) && !properties.has(name) ? Object.entries(value).filter(([inside]) => properties.has(inside)) : [],
  );
  return { ...Object.fromEntries(inner), ...body };
}

/** What the overlay says that the operation writes. */
export function valuesStated(world: World, { plan, request, caller }: Errand): JsonObject {
  return valuesSet(world.contract, world.rules.get(plan.operation.id)?.sets ?? [], request.body, caller);
}

export interface Making {
  readonly resource: Resource;
  readonly given: JsonObject;
  readonly caller: Caller;
  /** Entities that the path names, outermost first. */
  readonly parents: readonly Entity[];
  readonly owner: OwnerRule | undefined;
}

/** A new entity, stored: what was given, what a server adds, and samples for what remains required. */
export function makeEntity(world: World, making: Making): Entity {
  const { resource, caller, owner } = making;
  const properties = propertiesOf(world, resource);
  const values: Record<string, Json> = { ...copied(world, making, properties), ...withoutReadOnly(world, properties, making.given) };
  for (const [name, property] of properties) {
    const isReference = referredResource(world.resources, name) !== undefined;
    const claimed =
      owner?.field === name ? caller.claims[owner.claim] : isReference ? undefined : ownerValue(property, caller, world.options.ownerClaim);
    const fits =
      claimed !== undefined &&
      claimed !== null &&
      world.contract.validators.validate(property.place, claimed, 'response').kind !== 'invalid';
    if (fits) values[name] = claimed;
    else if (property.required && !Object.hasOwn(values, name) && typeof caller.claims[name] === 'string')
      values[name] = caller.claims[name];
  }
  for (const [name, value] of Object.entries(references(world, making, properties))) values[name] ??= value;
  const [identity = 'id'] = resource.keys;
  const key = properties.get(identity);
  const taken = values[identity] !== undefined && world.store.find(resource, textOf(values[identity])) !== undefined;
  const wanted = taken || values[identity] === undefined || values[identity] === null;
  const made = wanted ? (key === undefined ? world.store.nextNumber(resource) : identityValue(world, resource, key)) : undefined;
  if (made !== undefined) values[identity] = made;
  const parents = new Map(making.parents.map((parent) => [parent.resource.collection, parent.sequence]));
  const entity = world.store.add(resource, values, parents);
  return world.store.change(entity, completed(world, entity));
}

/** The entity that was once seen with these values, stored; one that is there already takes them over. */
export function restoreEntity(world: World, resource: Resource, identity: string, seen: JsonObject, parents: readonly Entity[]): Entity {
  const known = world.store.find(resource, identity);
  const lines = new Map(parents.map((parent) => [parent.resource.collection, parent.sequence]));
  const entity = known ?? world.store.add(resource, seen, lines);
  world.seeded.add(resource.collection);
  return world.store.change(entity, completed(world, { ...entity, values: { ...entity.values, ...seen } }));
}

/** The entity with the values that a request names; its change time moves. Values that no view of it allows are left out. */
export function changeEntity(world: World, entity: Entity, given: JsonObject): Entity {
  const properties = propertiesOf(world, entity.resource);
  const values: Record<string, Json> = { ...entity.values };
  for (const [name, value] of Object.entries(withoutReadOnly(world, properties, given))) {
    const property = properties.get(name);
    if (property === undefined || world.contract.validators.validate(property.place, value, 'response').kind !== 'invalid')
      values[name] = value;
  }
  for (const [name, property] of properties) {
    const time = isChangeTime(name) ? timeValue(world, property) : undefined;
    if (time !== undefined) values[name] = time;
  }
  return world.store.change(entity, completed(world, { ...entity, values }));
}

function withoutReadOnly(world: World, properties: ReadonlyMap<string, Property>, given: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => {
      // assigned by name later on, it would change the object instead
      if (name === '__proto__') return false;
      const property = properties.get(name);
      return property === undefined || world.shapes.keyword(property.place, 'readOnly') !== true;
    }),
  );
}

/** The values of all views: sampled once, so that every later answer says the same. What is merely null stays open, for another view may need it. */
function completed(world: World, entity: Entity): JsonObject {
  const values: Record<string, Json> = { ...entity.values };
  for (const view of entity.resource.views) {
    const shown = present(world, view, values, entity.sequence, [entity]);
    if (!isObject(shown)) continue;
    const properties = world.shapes.properties(view);
    for (const [name, value] of Object.entries(shown)) {
      // what is embedded is shown anew each time
      const kept = (value !== null || properties.get(name)?.required === true) && relatedEntity(world, name, values) === undefined;
      if (kept) values[name] = value;
    }
  }
  return values;
}

const copyName = /^(cloned|copied|forked|duplicated|source|original|parent|based)/i;

/** A copy's values: those of an entity of the same resource that the path names. */
function copied(world: World, { resource, parents }: Making, properties: ReadonlyMap<string, Property>): JsonObject {
  const source = parents.find((parent) => parent.resource === resource);
  if (source === undefined) return {};
  const values: Record<string, Json> = {};
  for (const [name, value] of Object.entries(source.values)) {
    const fresh = resource.keys.includes(name) || isChangeTime(name) || /^(created|inserted|registered)/i.test(name);
    if (!fresh) values[name] = value;
  }
  const identity = source.values[resource.keys[0] ?? 'id'];
  for (const name of properties.keys()) {
    const others = referredResource(world.resources, name) ?? resource;
    if (copyName.test(name) && /id$/i.test(name) && others === resource && identity !== undefined) values[name] = identity;
  }
  return values;
}

/** References to the entities that the path names: `owner_id` for `POST /owners/{id}/pets`. */
function references(world: World, { parents, resource }: Making, properties: ReadonlyMap<string, Property>): JsonObject {
  const found: Record<string, Json> = {};
  for (const parent of parents) {
    if (parent.resource === resource) continue;
    const name = [...properties.keys()].find((candidate) => referredResource(world.resources, candidate) === parent.resource);
    const value = parent.values[parent.resource.keys[0] ?? 'id'];
    if (name !== undefined && value !== undefined) found[name] = value;
  }
  return found;
}
