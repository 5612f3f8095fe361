/** Lowers the schemas of a 3.0 document to JSON Schema 2020-12, so that every later stage knows one dialect. Pointers keep their meaning wherever a schema keeps its shape. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
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

/**
 * The same document with every schema in the 2020-12 dialect: `nullable`, boolean `exclusiveMinimum`/`exclusiveMaximum`
 * and ignored siblings of `$ref` are gone. Documents of 3.1 and later come back as they are.
 * @see https://spec.openapis.org/oas/v3.0.4#schema-object
 */
export function lowerSchemas(document: JsonObject, dialect: Dialect): JsonObject {
  if (dialect === '3.1' || dialect === '3.2') return document;
  const lowered = lowerNode(document);
  return isObject(lowered) ? lowered : document;
}

/** Outside of schemas: finds the places where schemas stand. */
function lowerNode(node: Json): Json {
  if (Array.isArray(node)) return node.map((entry: Json) => lowerNode(entry));
  if (!isObject(node)) return node;
  const out: Record<string, Json> = {};
  for (const [name, value] of Object.entries(node)) {
    if (typeof value !== 'object') define(out, name, value);
    else if (name === 'schema') define(out, name, lowerSchema(value));
    else if (name === 'schemas' && isObject(value))
      define(
        out,
        name,
        mapValues(value, (schema) => lowerSchema(schema)),
      );
    else if (opaque.has(name) || name.startsWith('x-')) define(out, name, value);
    else define(out, name, lowerNode(value));
  }
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

function allowNull(schema: Record<string, Json>): Json {
  const composed = ['allOf', 'anyOf', 'oneOf', 'not', '$ref'].some((keyword) => keyword in schema);
  const { type } = schema;
  if (composed || type === undefined) return composed ? { anyOf: [schema, { type: 'null' }] } : schema;
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

/** Assigns also where the name is `__proto__`. */
function define(out: Record<string, Json>, name: string, value: Json): void {
  if (name === '__proto__') Object.defineProperty(out, name, { value, enumerable: true, configurable: true, writable: true });
  else out[name] = value;
}
