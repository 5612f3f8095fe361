/** Lowers the schemas of a 3.0 document to JSON Schema 2020-12, so that every later stage knows one dialect. Pointers keep their meaning wherever a schema keeps its shape. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { once } from '../lib/once.ts';
import type { Dialect } from './contract.ts';
import { listedSchemas, singleSchemas } from './schema-keywords.ts';

/** Members whose values are data of the API, never schemas. */
const opaque = new Set(['example', 'examples', 'default', 'enum', 'const', 'mapping']);

/** Keywords of later drafts, which 2.0 and 3.0 do not know: whoever reads such a document passes over them. */
const unknown = new Set([
  'const',
  'contains',
  'dependentRequired',
  'dependentSchemas',
  'else',
  'if',
  'maxContains',
  'minContains',
  'prefixItems',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

/** Besides what ajv is shown: annotations that hold schemas are lowered too. */
const single = [...singleSchemas, 'contentSchema'];
const named = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'];

/** How far down a document is lowered part by part, as its parts are first read: to the members of an operation, and to each component. */
const levels = 4;

/**
 * The same document with every schema in the 2020-12 dialect: `nullable`, boolean `exclusiveMinimum`/`exclusiveMaximum`
 * and ignored siblings of `$ref` are gone. Documents of 3.1 and later come back as they are. Of a large document a run
 * reads little, so operations and components are lowered when they are first read.
 * @see https://spec.openapis.org/oas/v3.0.4#schema-object
 */
export function lowerSchemas(document: JsonObject, dialect: Dialect): JsonObject {
  if (dialect === '3.1' || dialect === '3.2') return document;
  const lowered = lowerNode(document, levels);
  return isObject(lowered) ? lowered : document;
}

/** Outside of schemas: finds the places where schemas stand. */
function lowerNode(node: Json, level: number): Json {
  if (Array.isArray(node)) return node.map((entry: Json) => lowerNode(entry, 0));
  if (!isObject(node)) return node;
  const out: Record<string, Json> = {};
  for (const [name, value] of Object.entries(node)) {
    if (typeof value !== 'object' || opaque.has(name) || name.startsWith('x-')) define(out, name, value);
    else if (level > 0) defineLazily(out, name, () => lowerMember(name, value, level - 1));
    else define(out, name, lowerMember(name, value, 0));
  }
  return out;
}

function lowerMember(name: string, value: Json, level: number): Json {
  if (name === 'schema') return lowerSchema(value);
  if (name !== 'schemas' || !isObject(value)) return lowerNode(value, level);
  const out: Record<string, Json> = {};
  for (const [key, schema] of Object.entries(value)) defineLazily(out, key, () => lowerSchema(schema));
  return out;
}

function lowerSchema(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const nullable = schema['nullable'] === true || schema['x-nullable'] === true;
  // siblings of $ref are ignored; nullable is the one that authors mean all the same
  if (typeof schema['$ref'] === 'string') {
    return nullable ? { anyOf: [{ $ref: schema['$ref'] }, { type: 'null' }] } : { $ref: schema['$ref'] };
  }
  const out: Record<string, Json> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'nullable' || unknown.has(name)) continue;
    if (typeof value !== 'object') define(out, name, value);
    else if (single.includes(name)) define(out, name, lowerSchema(value));
    else if (listedSchemas.includes(name) && Array.isArray(value)) out[name] = value.map((entry: Json) => lowerSchema(entry));
    else if (named.includes(name) && isObject(value)) out[name] = mapValues(value, (entry) => lowerSchema(entry));
    else define(out, name, value);
  }
  // what the upgrade makes of 2.0's `format: byte`
  if (out['contentEncoding'] === 'base64' && out['format'] === undefined) out['format'] = 'byte';
  lowerBound(out, 'exclusiveMinimum', 'minimum');
  lowerBound(out, 'exclusiveMaximum', 'maximum');
  return nullable ? allowNull(out) : out;
}

/** 3.0's boolean `exclusiveMinimum` turns the bound beside it into an exclusive one. */
function lowerBound(schema: Record<string, Json>, exclusive: string, inclusive: string): void {
  if (typeof schema[exclusive] !== 'boolean') return;
  const bound = schema[inclusive];
  if (schema[exclusive] && typeof bound === 'number') {
    schema[exclusive] = bound;
    delete schema[inclusive];
  } else delete schema[exclusive];
}

/** What a schema says of the property that it describes, which null keeps to as well. */
const said = ['description', 'readOnly', 'writeOnly', 'deprecated'] as const;

function allowNull(schema: Record<string, Json>): Json {
  const composed = ['allOf', 'anyOf', 'oneOf', 'not', '$ref'].some((keyword) => keyword in schema);
  const { type } = schema;
  if (composed)
    return {
      ...Object.fromEntries(said.flatMap((name) => (name in schema ? [[name, schema[name]]] : []))),
      anyOf: [schema, { type: 'null' }],
    };
  if (type === undefined) return schema;
  const types: readonly Json[] = Array.isArray(type) ? type : [type];
  const values = schema['enum'];
  return {
    ...schema,
    type: types.includes('null') ? types : [...types, 'null'],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}

function mapValues(object: JsonObject, change: (value: Json) => Json): JsonObject {
  const out: Record<string, Json> = {};
  for (const name of Object.keys(object)) define(out, name, change(member(object, name) ?? null));
  return out;
}

/** A member that is made when it is first read. */
function defineLazily(out: Record<string, Json>, name: string, make: () => Json): void {
  Object.defineProperty(out, name, { get: once(make), enumerable: true, configurable: true });
}

/** Assigns also where the name is `__proto__`. */
function define(out: Record<string, Json>, name: string, value: Json): void {
  if (name === '__proto__') Object.defineProperty(out, name, { value, enumerable: true, configurable: true, writable: true });
  else out[name] = value;
}
