/** The shape of an OpenAPI document: which member holds which object of the standard. For walks that must tell a schema's `description` from a property of that name. Knows no semantics. */
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { fragmentPointer, joinPointer, valueAt } from '../lib/json-pointer.ts';

/** An object of the standard, or `value`: opaque JSON (examples, enums, extensions) in which nothing is a reference. */
export type NodeKind =
  | 'document'
  | 'info'
  | 'server'
  | 'serverVariable'
  | 'paths'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'mediaType'
  | 'encoding'
  | 'responses'
  | 'response'
  | 'header'
  | 'example'
  | 'link'
  | 'callback'
  | 'schema'
  | 'discriminator'
  | 'components'
  | 'securityScheme'
  | 'flows'
  | 'flow'
  | 'tag'
  | 'map'
  | 'list'
  | 'value';

interface Shape {
  readonly kind: NodeKind;
  /** What a map's or list's entries are. */
  readonly of?: Shape;
}

const one = (kind: NodeKind): Shape => ({ kind });
const mapOf = (kind: NodeKind): Shape => ({ kind: 'map', of: one(kind) });
const listOf = (kind: NodeKind): Shape => ({ kind: 'list', of: one(kind) });
const opaque = one('value');

const schema = one('schema');
const schemaMembers: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(
    ['properties', 'patternProperties', 'definitions', '$defs', 'dependentSchemas'].map((name) => [name, mapOf('schema')]),
  ),
  ...Object.fromEntries(['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((name) => [name, listOf('schema')])),
  ...Object.fromEntries(
    ['items', 'additionalProperties', 'additionalItems', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'].map((name) => [
      name,
      schema,
    ]),
  ),
  unevaluatedItems: schema,
  unevaluatedProperties: schema,
  contentSchema: schema,
  discriminator: one('discriminator'),
};

const message: Readonly<Record<string, Shape>> = { schema, examples: mapOf('example'), content: mapOf('mediaType') };
const operation = one('operation');
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

const members: Readonly<Partial<Record<NodeKind, Readonly<Record<string, Shape>>>>> = {
  document: {
    info: one('info'),
    servers: listOf('server'),
    paths: one('paths'),
    webhooks: mapOf('pathItem'),
    components: one('components'),
    tags: listOf('tag'),
    definitions: mapOf('schema'),
    parameters: mapOf('parameter'),
    responses: mapOf('response'),
    securityDefinitions: mapOf('securityScheme'),
  },
  server: { variables: mapOf('serverVariable') },
  pathItem: {
    ...Object.fromEntries(methods.map((name) => [name, operation])),
    additionalOperations: mapOf('operation'),
    parameters: listOf('parameter'),
    servers: listOf('server'),
  },
  operation: {
    parameters: listOf('parameter'),
    requestBody: one('requestBody'),
    responses: one('responses'),
    callbacks: mapOf('callback'),
    servers: listOf('server'),
  },
  parameter: { ...message, items: schema },
  header: { ...message, items: schema },
  requestBody: message,
  mediaType: {
    ...message,
    itemSchema: schema,
    encoding: mapOf('encoding'),
    prefixEncoding: listOf('encoding'),
    itemEncoding: one('encoding'),
  },
  encoding: { headers: mapOf('header'), encoding: mapOf('encoding'), prefixEncoding: listOf('encoding'), itemEncoding: one('encoding') },
  // `examples` of a 2.0 response maps media types to bare values.
  response: { schema, headers: mapOf('header'), content: mapOf('mediaType'), links: mapOf('link') },
  link: { server: one('server') },
  schema: schemaMembers,
  components: {
    schemas: mapOf('schema'),
    responses: mapOf('response'),
    parameters: mapOf('parameter'),
    examples: mapOf('example'),
    requestBodies: mapOf('requestBody'),
    headers: mapOf('header'),
    securitySchemes: mapOf('securityScheme'),
    links: mapOf('link'),
    callbacks: mapOf('callback'),
    pathItems: mapOf('pathItem'),
    mediaTypes: mapOf('mediaType'),
  },
  securityScheme: { flows: one('flows') },
  flows: Object.fromEntries(
    ['implicit', 'password', 'clientCredentials', 'authorizationCode', 'deviceAuthorization'].map((name) => [name, one('flow')]),
  ),
};

/** Kinds whose names are the author's, apart from `x-…`. */
const patterned: Readonly<Partial<Record<NodeKind, Shape>>> = {
  paths: one('pathItem'),
  responses: one('response'),
  callback: one('pathItem'),
};

function shapeOf(parent: Shape, name: string): Shape {
  if (parent.kind === 'map' || parent.kind === 'list') return parent.of ?? opaque;
  const entry = patterned[parent.kind];
  if (entry !== undefined) return name.startsWith('x-') ? opaque : entry;
  const table = members[parent.kind];
  return table !== undefined && Object.hasOwn(table, name) ? (table[name] ?? opaque) : opaque;
}

/** `items` and its like may hold a list of schemas in older drafts. */
const entryShape = (shape: Shape, value: Json): Shape =>
  Array.isArray(value) && shape.kind !== 'list' && shape.kind !== 'value' ? { kind: 'list', of: shape } : shape;

/**
 * Gives a copy of the document in which `rewrite` replaced every object, innermost first.
 * An opaque value is handed over whole, as kind `value`, whatever its type.
 */
export function rewriteDocument(document: JsonObject, rewrite: (value: Json, kind: NodeKind) => Json): JsonObject {
  function visit(value: Json, shape: Shape): Json {
    const here = entryShape(shape, value);
    if (here.kind === 'value') return rewrite(value, 'value');
    if (Array.isArray(value)) return (value as readonly Json[]).map((entry) => visit(entry, here.of ?? opaque));
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([name, entry]): [string, Json] => [name, visit(entry, shapeOf(here, name))]);
    return rewrite(Object.fromEntries(entries), here.kind);
  }
  const copy = visit(document, one('document'));
  return isObject(copy) ? copy : document;
}

/**
 * Calls `visit` with every object of the document that the standard gives a meaning, outermost first.
 * Objects that only a local reference reaches (`#/x-shared/…`) are visited under their own pointer, as the kind that the reference expects.
 */
export function walkDocument(document: JsonObject, visit: (value: JsonObject, kind: NodeKind, pointer: string) => void): void {
  const seen = new Set<JsonObject>();
  const referred: { readonly pointer: string; readonly shape: Shape }[] = [];
  function walk(value: Json, shape: Shape, pointer: string): void {
    const here = entryShape(shape, value);
    if (here.kind === 'value') return;
    if (Array.isArray(value)) {
      (value as readonly Json[]).forEach((entry, index) => walk(entry, here.of ?? opaque, joinPointer(pointer, index)));
      return;
    }
    if (!isObject(value) || seen.has(value)) return;
    seen.add(value);
    visit(value, here.kind, pointer);
    const target = typeof value['$ref'] === 'string' ? fragmentPointer(value['$ref']) : undefined;
    if (target !== undefined) referred.push({ pointer: target, shape: here });
    for (const name of Object.keys(value)) {
      const entry = value[name];
      const shape = typeof entry === 'object' && entry !== null ? shapeOf(here, name) : opaque;
      if (shape.kind !== 'value') walk(entry ?? null, shape, joinPointer(pointer, name));
    }
  }
  walk(document, one('document'), '');
  for (let next = referred.pop(); next !== undefined; next = referred.pop()) {
    const target = valueAt(document, next.pointer);
    if (target !== undefined) walk(target, next.shape, next.pointer);
  }
}
