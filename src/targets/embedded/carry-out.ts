/** Carries out what a request asks for, once it is known to be allowed: creates, lists, reads, changes, removes, acts. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { SchemaPlace } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { succeed, unable, type Answer } from './answer.ts';
import type { Caller } from './authenticate.ts';
import type { Errand } from './errand.ts';
import { bodyValues, changeEntity, makeEntity, propertiesOf, valuesStated } from './entities.ts';
import { download, removeFile, upload } from './files.ts';
import { act } from './act.ts';
import { lastParameter } from './paths.ts';
import { envelope, pageOf } from './paging.ts';
import { presentEntity } from './present.ts';
import type { Deed } from './plan-operations.ts';
import { declaredOf, refuse, refuseReference } from './refuse.ts';
import { referredResource, type Resource } from './resource.ts';
import { selectEntities } from './select.ts';
import { refuseSorting } from './sorting.ts';
import type { Entity } from './store.ts';
import { successOf } from './successes.ts';
import { textOf } from './words.ts';
import type { World } from './world.ts';

/** The answer to an allowed request, after its effect. */
export function carryOut(world: World, errand: Errand): Answer {
  const { deed, operation } = errand.plan;
  if (deed.kind === 'act') return act(world, errand);
  if (deed.kind === 'create') return create(world, errand, deed.resource);
  if (deed.kind === 'list') return list(world, errand, deed);
  if (deed.kind === 'update') return update(world, errand, deed);
  const entity = errand.concerned;
  if (entity === undefined) return refuse(world, operation, 404, 'There is no such thing');
  switch (deed.kind) {
    case 'read':
      return show(world, errand, entity);
    case 'delete':
      world.store.remove(entity);
      return succeed(world, operation, shownWhole(world, errand, entity), [204, 200, 202]);
    case 'upload':
      return upload(world, { operation, entity, slot: deed.slot, request: errand.request });
    case 'download':
      return download(world, { operation, entity, slot: deed.slot, request: errand.request });
    case 'remove-file':
      return removeFile(world, { operation, entity, slot: deed.slot, request: errand.request });
    default:
      return deed satisfies never;
  }
}

function create(world: World, errand: Errand, resource: Resource): Answer {
  const { plan, request, caller, named } = errand;
  const { operation } = plan;
  const given = {
    ...bodyValues(world, resource, defaultsOf(world, operation.requestBody?.content[0]?.schema)),
    ...bodyValues(world, resource, request.body),
    ...valuesStated(world, errand),
  };
  const dangling = danglingReference(world, resource, { ...request.query, ...given });
  if (dangling !== undefined) return refuseReference(world, operation, dangling);
  const clash = resource.keys
    .slice(given[resource.keys[0] ?? 'id'] === undefined ? 1 : 0)
    .find((key) => isTaken(world, resource, given[key]));
  if (clash !== undefined && declaresStatus(operation, '409')) {
    return refuse(world, operation, 409, `${clash} is taken`);
  }
  const entity = makeEntity(world, { resource, given, caller, parents: named, owner: ownerRuleFor(world, resource, operation.id) });
  const source = named.find((parent) => parent.resource === resource);
  if (source !== undefined) world.store.setFiles(entity, world.store.files(source));
  return show(world, errand, entity, [201, 200, 202, 204]);
}

function isTaken(world: World, resource: Resource, value: Json | undefined): boolean {
  return (typeof value === 'string' || typeof value === 'number') && world.store.find(resource, String(value)) !== undefined;
}

function ownerRuleFor(world: World, resource: Resource, operationId: string): ReturnType<World['owners']['get']> {
  const own = world.owners.get(operationId);
  if (own !== undefined) return own;
  const other = [...world.plans.values()].find((plan) => plan.deed.resource === resource && world.owners.has(plan.operation.id));
  return other && world.owners.get(other.operation.id);
}

/** The defaults that a body's schema declares, two levels deep. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-9.2 */
function defaultsOf(world: World, schema: SchemaPlace | undefined, depth = 0): JsonObject {
  const properties = schema === undefined ? [] : [...world.shapes.properties(schema).values()];
  return Object.fromEntries(
    properties.flatMap(({ name, place }): [string, Json][] => {
      const declared = world.shapes.keyword(place, 'default');
      if (declared !== undefined) return declared === null ? [] : [[name, declared]];
      const inside = depth === 0 ? defaultsOf(world, place, 1) : {};
      return Object.keys(inside).length === 0 ? [] : [[name, inside]];
    }),
  );
}

/** The name of a value that refers to an entity which is not there. */
function danglingReference(world: World, resource: Resource, values: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(values)) {
    const referred = referredResource(world.resources, name);
    if (
      referred === undefined ||
      (referred === resource && resource.keys.includes(name)) ||
      (typeof value !== 'string' && typeof value !== 'number')
    )
      continue;
    if (world.store.find(referred, String(value)) === undefined) return name;
  }
  return undefined;
}

/** The entity as the operation's success shows it. */
function show(world: World, errand: Errand, entity: Entity, wished?: readonly number[]): Answer {
  const { operation } = errand.plan;
  const schema = successOf(operation, wished)?.media?.schema;
  if (schema === undefined) return succeed(world, operation, entity.values, wished);
  const shown = presentEntity(world, schema, entity);
  return shown === undefined
    ? unable(world, operation, 'no valid answer was found for its response schema')
    : succeed(world, operation, shown, wished);
}

/** The entity where the success has properties of its own; else nothing in particular. */
function shownWhole(world: World, errand: Errand, entity: Entity): Json | undefined {
  const schema = successOf(errand.plan.operation, [204, 200, 202])?.media?.schema;
  return schema !== undefined && world.shapes.properties(schema).size > 0 ? presentEntity(world, schema, entity) : undefined;
}

function list(world: World, errand: Errand, { resource, shape }: Extract<Deed, { kind: 'list' }>): Answer {
  const { plan, request, caller, named, url } = errand;
  const { operation } = plan;
  const unsortable = refuseSorting(world, operation, propertiesOf(world, resource), request.query);
  if (unsortable !== undefined) return unsortable;
  const found = selectEntities(world, { operation, resource, query: request.query, caller, parents: named });
  const presented = found.flatMap((entity) => presentEntity(world, shape.items, entity) ?? []);
  const page = pageOf(world.shapes, operation, request.query, presented.length);
  const items = presented.slice(page.offset, page.offset + page.size);
  const schema = successOf(operation)?.media?.schema;
  const value = schema && envelope(world, schema, shape, items, page, url);
  return value === undefined
    ? unable(world, operation, 'no valid list was found for its response schema')
    : succeed(world, operation, value);
}

function update(world: World, errand: Errand, deed: Extract<Deed, { kind: 'update' }>): Answer {
  const { plan, request, caller, named } = errand;
  const { resource } = deed;
  const { operation } = plan;
  const [key = 'id'] = resource.keys;
  const given = { ...request.query, ...bodyValues(world, resource, request.body) };
  const dangling = danglingReference(world, resource, given);
  if (dangling !== undefined) return refuseReference(world, operation, dangling);
  const claimed = deed.named === 'claim' ? caller.claims[claimNamed(key, caller)] : undefined;
  const text = deed.named === 'body' ? given[key] : claimed;
  const entity = deed.named === 'path' ? errand.concerned : world.store.find(resource, textOf(text));
  if (entity !== undefined) {
    const { [key]: _identity, ...rest } = { ...given, ...valuesStated(world, errand) };
    const base = deed.replaces ? withoutLeftOut(world, errand, entity) : entity;
    return show(world, errand, changeEntity(world, base, rest));
  }
  if (deed.named === 'body' || (deed.named === 'claim' && claimed === undefined))
    return refuse(world, operation, declaredOf(operation, [404, 400, 404]), 'There is no such thing');
  const parameter = resource.item === undefined ? undefined : lastParameter(resource.item);
  const identity = claimed ?? (parameter === undefined ? undefined : request.path[parameter]);
  const values = identity === undefined ? given : { ...given, [key]: identity };
  const made = makeEntity(world, { resource, given: values, caller, parents: named, owner: ownerRuleFor(world, resource, operation.id) });
  return show(world, errand, made, deed.named === 'path' ? [201, 200, 202, 204] : undefined);
}

function claimNamed(key: string, caller: Caller): string {
  return [key, 'client_id', 'azp', 'sub'].find((name) => typeof caller.claims[name] === 'string') ?? key;
}

/** The entity as a whole replacement leaves it: without what the body could name and does not. A body with nothing required is a part, and keeps the rest. */
function withoutLeftOut(world: World, { plan, request: { body } }: Errand, entity: Entity): Entity {
  const schema = plan.operation.requestBody?.content[0]?.schema;
  const properties = schema === undefined ? [] : [...world.shapes.properties(schema).values()];
  if (!properties.some((property) => property.required) || !isObject(body)) return entity;
  const own = propertiesOf(world, entity.resource);
  const values: Record<string, Json> = { ...entity.values };
  for (const { name, place } of properties) {
    const view = own.get(name);
    if (Object.hasOwn(body, name) || view === undefined || entity.resource.keys.includes(name)) continue;
    const declared = world.shapes.keyword(place, 'default');
    if (declared !== undefined) values[name] = declared;
    else if (world.shapes.types(view.place).has('null')) values[name] = null;
    else delete values[name];
  }
  return { ...entity, values };
}
