/** Reads schemas by their shape: properties, items, types. Structure only; whether a value is valid is the validators' word. */
import { isObject, type Json } from '../../lib/json.ts';
import { fragmentPointer, joinPointer, valueAt } from '../../lib/json-pointer.ts';
import type { Contract, Schema, SchemaPlace } from '../../spec/contract.ts';

export interface Property {
  readonly name: string;
  readonly place: SchemaPlace;
  readonly required: boolean;
}

export interface Shapes {
  /** Properties by name, `allOf` merged; of alternatives the first that is not null. */
  readonly properties: (place: SchemaPlace) => ReadonlyMap<string, Property>;
  /** The schema of an array's items. */
  readonly items: (place: SchemaPlace) => SchemaPlace | undefined;
  /** JSON Schema type names over all alternatives; empty when the schema does not say. */
  readonly types: (place: SchemaPlace) => ReadonlySet<string>;
  /** The first value of a keyword in the schema, its references, `allOf` and first alternative. */
  readonly keyword: (place: SchemaPlace, name: string) => Json | undefined;
  /** The alternatives of `oneOf` or `anyOf` that are not null; the place itself where there are none. */
  readonly alternatives: (place: SchemaPlace) => readonly SchemaPlace[];
  /** The place with references and a lone alternative to null followed: what two uses of one schema have in common. */
  readonly settled: (place: SchemaPlace) => SchemaPlace;
}

/** A reader of the contract's schemas; what it finds is kept by pointer. */
export function createShapes(contract: Contract): Shapes {
  const properties = new Map<string, ReadonlyMap<string, Property>>();
  const keyword = (place: SchemaPlace, name: string): Json | undefined => {
    for (const { schema } of parts(contract, place)) if (isObject(schema) && Object.hasOwn(schema, name)) return schema[name];
    return undefined;
  };
  const alternatives = (place: SchemaPlace): readonly SchemaPlace[] => {
    const branches = branchesOf(contract.resolve(place)).filter((branch) => !isNullSchema(branch.schema));
    return branches.length > 0 ? branches.map(contract.resolve) : [place];
  };
  return {
    keyword,
    alternatives,
    settled: (place) => {
      const [first, ...others] = alternatives(place);
      return contract.resolve(first === undefined || others.length > 0 ? place : first);
    },
    properties: (place) => {
      let found = properties.get(place.pointer);
      if (found === undefined) properties.set(place.pointer, (found = propertiesOf(contract, place)));
      return found;
    },
    items: (place) => {
      for (const part of parts(contract, place)) {
        const schema = isObject(part.schema) ? part.schema['items'] : undefined;
        if (isSchema(schema)) return contract.resolve({ pointer: joinPointer(part.pointer, 'items'), schema });
      }
      return undefined;
    },
    types: (place) => typesOf(contract, place, new Set()),
  };
}

/** The schema at hand and every one that applies together with it. */
function parts(contract: Contract, place: SchemaPlace): readonly SchemaPlace[] {
  const found = new Map<string, SchemaPlace>();
  const visit = (at: SchemaPlace): void => {
    const resolved = contract.resolve(at);
    if (found.has(resolved.pointer)) return;
    found.set(resolved.pointer, resolved);
    const { schema } = resolved;
    if (!isObject(schema)) return;
    const target = typeof schema['$ref'] === 'string' ? fragmentPointer(schema['$ref']) : undefined;
    const referred = target === undefined ? undefined : valueAt(contract.document, target);
    if (target !== undefined && isSchema(referred)) visit({ pointer: target, schema: referred });
    for (const member of listed(resolved, 'allOf')) visit(member);
    const branch = branchesOf(resolved).find((candidate) => !isNullSchema(candidate.schema));
    if (branch !== undefined) visit(branch);
  };
  visit(place);
  return [...found.values()];
}

function propertiesOf(contract: Contract, place: SchemaPlace): ReadonlyMap<string, Property> {
  const places = new Map<string, SchemaPlace>();
  const required = new Set<Json>();
  for (const part of parts(contract, place)) {
    if (!isObject(part.schema)) continue;
    const own = part.schema['properties'];
    if (isObject(own)) {
      for (const [name, schema] of Object.entries(own)) {
        if (isSchema(schema) && !places.has(name)) places.set(name, { pointer: joinPointer(part.pointer, 'properties', name), schema });
      }
    }
    const names = part.schema['required'];
    if (Array.isArray(names)) for (const name of names as readonly Json[]) required.add(name);
  }
  return new Map([...places].map(([name, at]) => [name, { name, place: at, required: required.has(name) }]));
}

function typesOf(contract: Contract, place: SchemaPlace, seen: Set<string>): ReadonlySet<string> {
  const types = new Set<string>();
  const resolved = contract.resolve(place);
  if (seen.has(resolved.pointer)) return types;
  seen.add(resolved.pointer);
  const { schema } = resolved;
  if (!isObject(schema)) return types;
  const own = schema['type'];
  for (const type of Array.isArray(own) ? (own as readonly Json[]) : [own]) if (typeof type === 'string') types.add(type);
  const further = [...branchesOf(resolved), ...listed(resolved, 'allOf')];
  if (own === undefined) for (const branch of further) for (const type of typesOf(contract, branch, seen)) types.add(type);
  if (types.size === 0 && isObject(schema['properties'])) types.add('object');
  return types;
}

function branchesOf(place: SchemaPlace): readonly SchemaPlace[] {
  return [...listed(place, 'oneOf'), ...listed(place, 'anyOf')];
}

function listed(place: SchemaPlace, keyword: string): readonly SchemaPlace[] {
  const list = isObject(place.schema) ? place.schema[keyword] : undefined;
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).flatMap((schema, index) =>
    isSchema(schema) ? [{ pointer: joinPointer(place.pointer, keyword, index), schema }] : [],
  );
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'boolean' || isObject(value);
}

function isNullSchema(schema: Schema): boolean {
  return isObject(schema) && (schema['type'] === 'null' || schema['const'] === null);
}
