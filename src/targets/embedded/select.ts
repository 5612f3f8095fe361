/** Which entities a list request asks for: filters and search by the names of the parameters. */
import type { Json, JsonObject } from '../../lib/json.ts';
import { isSameJson } from '../../lib/same-json.ts';
import type { Operation, Parameter } from '../../spec/contract.ts';
import { plainName } from '../../lib/names.ts';
import type { Caller } from './authenticate.ts';
import { propertiesOf } from './entities.ts';
import { isPagingParameter } from './paging.ts';
import { referredResource, type Resource } from './resource.ts';
import type { Property } from './shapes.ts';
import { isSorting, sorted } from './sorting.ts';
import { isListed } from './apply-rules.ts';
import type { Entity } from './store.ts';
import type { World } from './world.ts';

export interface Selection {
  readonly operation: Operation;
  readonly resource: Resource;
  /** As sent, without defaults. */
  readonly query: JsonObject;
  readonly caller: Caller;
  /** Entities of other resources that the path names. */
  readonly parents: readonly Entity[];
}

type Test = (values: JsonObject) => boolean;

/** The resource's entities that fit the request, sorted. */
export function selectEntities(world: World, selection: Selection): readonly Entity[] {
  const { resource, operation, parents } = selection;
  const properties = propertiesOf(world, resource);
  const tests = operation.parameters.flatMap((parameter) =>
    parameter.in === 'query' ? (testOf(world, selection, properties, parameter) ?? []) : [],
  );
  const lists = world.rules.get(operation.id)?.lists ?? {};
  const found = world.store
    .all(resource)
    .filter(
      (entity) =>
        parents.every((parent) => belongs(world, entity, parent)) &&
        isListed(lists, entity.values, selection.caller) &&
        tests.every((test) => test(entity.values)),
    );
  return sorted(found, operation, properties, selection.query);
}

function belongs(world: World, entity: Entity, parent: Entity): boolean {
  if (entity.parents.get(parent.resource.collection) === parent.sequence) return true;
  const reference = Object.keys(entity.values).find((name) => referredResource(world.resources, name) === parent.resource);
  return reference !== undefined && parent.resource.keys.some((key) => same(parent.values[key], entity.values[reference]));
}

const mineNames = new Set(['useronly', 'mine', 'my', 'onlymine', 'mineonly', 'owned', 'ownedbyme', 'onlyown', 'ownonly']);
const searchNames = new Set(['search', 'q', 'query', 'searchterm', 'keyword', 'keywords', 'term', 'filter', 'text']);

function testOf(world: World, selection: Selection, properties: ReadonlyMap<string, Property>, parameter: Parameter): Test | undefined {
  const plain = plainName(parameter.name);
  const declared = parameter.schema && world.shapes.keyword(parameter.schema, 'default');
  const value = selection.query[parameter.name] ?? declared;
  if (value === undefined || value === null || isPagingParameter(parameter.name) || isSorting(plain)) return undefined;
  const hidden = hiddenUnless(properties, plain);
  if (hidden !== undefined) return value === true ? undefined : hidden;
  if (selection.query[parameter.name] === undefined) return undefined;
  if (mineNames.has(plain)) return value === true ? mine(world, selection) : undefined;
  const property = filteredProperty(world, properties, parameter);
  if (property !== undefined) return (values) => fits(values[property], value);
  return searchNames.has(plain) && typeof value === 'string' && value !== '' ? containing(value) : undefined;
}

/** `include_archived` hides what `is_archived`, `include_null_name` what has no name, unless it is true. */
function hiddenUnless(properties: ReadonlyMap<string, Property>, plain: string): Test | undefined {
  const what = /^(?:include|with|show)(.+)$/.exec(plain)?.[1];
  if (what === undefined) return undefined;
  for (const name of properties.keys()) {
    const own = plainName(name);
    if (own === what || own === `is${what}`) return (values) => values[name] !== true;
    if (`null${own}` === what) return (values) => values[name] !== null && values[name] !== undefined;
  }
  return undefined;
}

function mine(world: World, { caller, operation, resource }: Selection): Test {
  const stated = [...world.plans.values()].find((plan) => plan.deed.resource === resource && world.owners.has(plan.operation.id));
  const rule = world.owners.get(operation.id) ?? (stated && world.owners.get(stated.operation.id));
  if (rule !== undefined) return (values) => values[rule.field] === caller.claims[rule.claim];
  const claims = new Set(
    [caller.claims['sub'], caller.claims['email'], caller.claims[world.options.ownerClaim ?? 'sub']].filter((claim) => claim !== undefined),
  );
  return (values) => Object.entries(values).some(([name, value]) => /owner|created_?by|author|user/i.test(name) && claims.has(value));
}

/** The property that a parameter filters by: of its name, of its singular, by referring to the same resource, or by having the same choices. */
function filteredProperty(world: World, properties: ReadonlyMap<string, Property>, parameter: Parameter): string | undefined {
  const plain = plainName(parameter.name);
  const names = [...properties.keys()];
  const named =
    names.find((name) => plainName(name) === plain) ??
    names.find((name) => [`${plainName(name)}s`, `filter${plainName(name)}`].includes(plain));
  if (named !== undefined) return named;
  const resource = referredResource(world.resources, parameter.name);
  const reference = resource && names.find((name) => referredResource(world.resources, name) === resource);
  if (reference !== undefined) return reference;
  const choices = parameter.schema && world.shapes.keyword(parameter.schema, 'enum');
  if (choices === undefined) return undefined;
  return names.find((name) => {
    const property = properties.get(name);
    return (
      plain.endsWith(plainName(name)) && property !== undefined && isSameJson(world.shapes.keyword(property.place, 'enum') ?? null, choices)
    );
  });
}

/** Whether a property's value is what a filter asks for: equal, one of a list, or a list that has it. */
function fits(value: Json | undefined, wanted: Json): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => fits(value, one));
  if (Array.isArray(value)) return value.some((entry: Json) => fits(entry, wanted));
  if (typeof value === 'object' && value !== null) return Object.values(value).some((entry) => same(entry, wanted));
  if (same(value, wanted)) return true;
  return typeof wanted === 'string' && wanted.includes(',') && wanted.split(',').some((one) => same(value, one.trim()));
}

function same(value: Json | undefined, wanted: Json | undefined): boolean {
  if (value === undefined || wanted === undefined) return false;
  return typeof value === 'object' || typeof wanted === 'object' ? value === wanted : String(value) === String(wanted);
}

function containing(text: string): Test {
  const wanted = text.toLowerCase();
  return (values) => Object.values(values).some((value) => typeof value === 'string' && value.toLowerCase().includes(wanted));
}
