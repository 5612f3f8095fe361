/** Shows an entity as a response schema wants to see it: its own values where they fit, server-made ones where they are missing. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { SchemaPlace } from '../../spec/contract.ts';
import { referredResource, resourceCalled } from './resource.ts';
import { ownValue } from './server-made.ts';
import type { Property } from './shapes.ts';
import type { Entity } from './store.ts';
import { unwrapped } from './unwrap.ts';
import { wordsOf } from './words.ts';
import type { World } from './world.ts';

/** The entity in the schema's terms, inside the schema's envelope; undefined when no valid value was found. `within` are those that embed it. */
export function presentEntity(world: World, place: SchemaPlace, entity: Entity, within: readonly Entity[] = []): Json | undefined {
  const { place: inner, wrapper } = unwrapped(world.shapes, place);
  const shown = present(world, inner, { ...entity.values, ...filesOf(world, inner, entity) }, entity.sequence, [...within, entity]);
  if (wrapper === undefined || shown === undefined) return shown;
  return present(world, place, { [wrapper]: shown }, entity.sequence);
}

/** All that the resource's representations show of an entity, the fullest one's word first. */
export function wholeEntity(world: World, entity: Entity): JsonObject {
  const shown = entity.resource.views.map((view) => presentEntity(world, view, entity));
  return Object.assign({}, ...shown.filter(isObject).toReversed()) as JsonObject;
}

/** Values in the schema's terms, completed; undefined when no valid value was found. `turn` varies what has to be sampled, `within` is embedded in nothing of itself. */
export function present(
  world: World,
  place: SchemaPlace,
  values: JsonObject,
  turn: number,
  within: readonly Entity[] = [],
): Json | undefined {
  for (const branch of world.shapes.alternatives(place)) {
    const value = presentAs(world, branch, values, turn, within);
    if (value !== undefined && isValid(world, place, value)) return value;
  }
  return mended(world, place, values, turn);
}

function presentAs(world: World, place: SchemaPlace, values: JsonObject, turn: number, within: readonly Entity[]): Json | undefined {
  const properties = world.shapes.properties(place);
  if (properties.size === 0) {
    const types = world.shapes.types(place);
    return types.has('object') || types.size === 0 ? values : world.sample(place, turn);
  }
  const shown: Record<string, Json> = {};
  for (const [name, property] of properties) {
    if (world.shapes.keyword(property.place, 'writeOnly') === true) continue;
    const value = Object.hasOwn(values, name) ? values[name] : missingValue(world, property, values, turn, within);
    if (value !== undefined) shown[name] = value;
  }
  return shown;
}

function missingValue(world: World, property: Property, values: JsonObject, turn: number, within: readonly Entity[]): Json | undefined {
  const related = relatedEntity(world, property.name, values);
  if (related !== undefined && !within.includes(related)) return presentEntity(world, property.place, related, within);
  return ownValue(world, property, turn);
}

/** The entity that a property such as `template` embeds, by the reference beside it: `template_id`, or the only one to such a thing. */
export function relatedEntity(world: World, name: string, values: JsonObject): Entity | undefined {
  const resource = resourceCalled(world.resources, wordsOf(name));
  if (resource === undefined) return undefined;
  const [only, ...others] = Object.keys(values).filter((key) => referredResource(world.resources, key) === resource);
  const reference = values[`${name}_id`] ?? values[`${name}Id`] ?? (others.length === 0 ? values[only ?? ''] : undefined);
  if (typeof reference !== 'string' && typeof reference !== 'number') return undefined;
  return world.store.find(resource, String(reference));
}

/** Lists of the entity's files, for properties whose items have the schema that an upload answers with. */
function filesOf(world: World, place: SchemaPlace, entity: Entity): JsonObject {
  const files = world.store.files(entity);
  const lists: Record<string, Json> = {};
  for (const [name, property] of world.shapes.properties(place)) {
    const items = world.shapes.items(property.place);
    const pointer = items && world.shapes.settled(items).pointer;
    const shown = files.filter((file) => file.shownAs !== undefined && file.shownAs === pointer);
    if (pointer !== undefined && world.uploadSlots.has(pointer)) lists[name] = shown.map((file) => file.values);
  }
  return lists;
}

/** A sampled value into which the values are put as far as it stays valid. */
function mended(world: World, place: SchemaPlace, values: JsonObject, turn: number): Json | undefined {
  const sampled = world.sample(place, turn);
  if (sampled === undefined || !isObject(sampled)) return sampled;
  let value: JsonObject = sampled;
  const properties = world.shapes.properties(place);
  for (const [name, candidate] of Object.entries(values)) {
    if (!properties.has(name)) continue;
    const next = { ...value, [name]: candidate };
    if (isValid(world, place, next)) value = next;
  }
  return isValid(world, place, value) ? value : undefined;
}

function isValid(world: World, place: SchemaPlace, value: Json): boolean {
  return world.contract.validators.validate(place, value, 'response').kind !== 'invalid';
}
