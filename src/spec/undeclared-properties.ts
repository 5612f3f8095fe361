/** The properties of a value that no branch of any composition names. Nothing forbids them: whoever wants a document to tell all asks for them. */
import { joinPointer } from '../lib/json-pointer.ts';
import { isObject, member, type Json } from '../lib/json.ts';
import { boundedPattern, withinTime } from './bounded-pattern.ts';
import type { Contract, Schema, SchemaPlace } from './contract.ts';
import { heirs } from './discriminate.ts';

export interface UndeclaredProperty {
  /** JSON Pointer into the value. */
  readonly instance: string;
  /** JSON Pointer of the `properties` that could name it. */
  readonly properties: string;
  /** What could be added there. */
  readonly suggestion: Json;
}

/** What was found, or why it cannot be said. */
export type UndeclaredProperties = { readonly properties: readonly UndeclaredProperty[] } | { readonly reason: string };

/**
 * Every property that is evaluated by nothing: not by `properties`, `patternProperties` or a stated `additionalProperties` of any schema that applies,
 * be it through `$ref`, `allOf`, `anyOf`, `oneOf`, a condition, a discriminator. An object whose schemas name no property at all is a map, and open.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-11.3
 */
export function undeclaredProperties(contract: Contract, place: SchemaPlace, value: Json): UndeclaredProperties {
  const found: UndeclaredProperty[] = [];
  const visit = (places: readonly SchemaPlace[], part: Json, instance: string): void => {
    if (typeof part !== 'object' || part === null) return;
    const applied = places.flatMap((one) => applicable(contract, one));
    if (Array.isArray(part)) {
      part.forEach((item: Json, index) =>
        visit(
          applied.flatMap((one) => itemPlaces(one, index)),
          item,
          joinPointer(instance, index),
        ),
      );
      return;
    }
    const naming = applied.find(
      ({ schema }) => isObject(schema) && (isObject(schema['properties']) || isObject(schema['patternProperties'])),
    );
    for (const [name, entry] of Object.entries(part)) {
      const below = applied.flatMap((one) => propertyPlaces(one, name));
      const at = joinPointer(instance, name);
      if (below.length > 0) visit(below, entry, at);
      else if (naming)
        found.push({ instance: at, properties: joinPointer(naming.pointer, 'properties'), suggestion: { [name]: schemaOf(entry) } });
    }
  };
  try {
    withinTime(() => visit([place], value, ''));
    return { properties: found };
  } catch (error) {
    // nested deeper than the stack, or a pattern that does not settle
    return { reason: `the properties cannot be told: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** All schemas that apply to the same value, in the order in which they are met. */
function applicable(contract: Contract, place: SchemaPlace): SchemaPlace[] {
  const found = new Map<string, SchemaPlace>();
  const pending = [place];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { pointer, schema } = contract.resolve(next);
    if (!isObject(schema) || found.has(pointer)) continue;
    found.set(pointer, { pointer, schema });
    const reference = schema['$ref'];
    if (typeof reference === 'string') pending.push(contract.resolve({ pointer, schema: { $ref: reference } }));
    for (const keyword of ['oneOf', 'anyOf', 'allOf']) {
      const branches = schema[keyword];
      if (Array.isArray(branches))
        pending.push(...branches.map((branch: Json, index) => placeOf(branch, pointer, keyword, index)).toReversed());
    }
    for (const keyword of ['if', 'then', 'else']) if (keyword in schema) pending.push(placeOf(schema[keyword], pointer, keyword));
    const dependent = schema['dependentSchemas'];
    pending.push(
      ...Object.entries(isObject(dependent) ? dependent : {}).map(([name, one]) => placeOf(one, pointer, 'dependentSchemas', name)),
    );
    if (isObject(schema['discriminator'])) {
      const follow = (one: Json, at: string): SchemaPlace => contract.resolve(placeOf(one, at));
      pending.push(...heirs(contract.document, schema, pointer, follow).map(({ schema: heir, pointer: at }) => placeOf(heir, at)));
    }
  }
  return [...found.values()];
}

function placeOf(schema: Json | undefined, pointer: string, ...tokens: readonly (string | number)[]): SchemaPlace {
  return { pointer: joinPointer(pointer, ...tokens), schema: (schema ?? true) as Schema };
}

function itemPlaces({ schema, pointer }: SchemaPlace, index: number): SchemaPlace[] {
  const tuple = member(schema, 'prefixItems');
  if (Array.isArray(tuple) && index < tuple.length) return [placeOf(tuple[index], pointer, 'prefixItems', index)];
  const items = member(schema, 'items');
  return items === undefined ? [] : [placeOf(items, pointer, 'items')];
}

/** Where a schema evaluates the property; empty where it does not. */
function propertyPlaces({ schema, pointer }: SchemaPlace, name: string): SchemaPlace[] {
  const own = member(member(schema, 'properties'), name);
  const patterns = Object.entries(member(schema, 'patternProperties') ?? {}).filter(
    ([pattern]) => boundedPattern(pattern)?.test(name) ?? true,
  );
  const named = [
    ...(own === undefined ? [] : [placeOf(own, pointer, 'properties', name)]),
    ...patterns.map(([pattern, one]: [string, Json]) => placeOf(one, pointer, 'patternProperties', pattern)),
  ];
  if (named.length > 0) return named;
  const others = ['additionalProperties', 'unevaluatedProperties'].find((keyword) => (member(schema, keyword) ?? false) !== false);
  return others === undefined ? [] : [placeOf(member(schema, others), pointer, others)];
}

/** A first schema for a value that was seen once. */
function schemaOf(value: Json): Json {
  if (Array.isArray(value)) return { type: 'array', items: value.length > 0 ? schemaOf((value as readonly Json[])[0] ?? null) : {} };
  if (isObject(value)) return { type: 'object' };
  if (value === null) return {};
  return { type: typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value };
}
