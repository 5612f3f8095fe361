/** Rewrites one schema for ajv: references become ids, OpenAPI's own keywords become JSON Schema, and every copy remembers where it came from. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { fragmentPointer, joinPointer, valueAt } from '../lib/json-pointer.ts';
import type { Direction } from './contract.ts';
import { listedSchemas, singleSchemas } from './schema-keywords.ts';

/** Where a prepared schema node stands in the document. */
export interface Origin {
  readonly pointer: string;
  /** Set on a node that stands for an OpenAPI keyword instead of a schema. */
  readonly keyword?: 'writeOnly' | 'discriminator';
}

/** What preparation needs to know and to tell. */
export interface Preparation {
  readonly document: JsonObject;
  readonly direction: Direction;
  /** The id under which the schema at a pointer is (or will be) known to ajv. */
  readonly refer: (pointer: string) => string;
  readonly origins: WeakMap<object, Origin>;
}

const named = ['patternProperties', 'dependentSchemas'];
const dropped = new Set([
  '$id',
  '$schema',
  '$anchor',
  '$comment',
  '$defs',
  'definitions',
  'discriminator',
  'xml',
  'externalDocs',
  'example',
  'examples',
  'default',
]);

/**
 * A copy of the schema at `pointer` that ajv can compile. Throws a plain Error with the reason when a reference cannot be followed.
 * @see https://spec.openapis.org/oas/v3.1.1#discriminator-object
 */
export function prepareSchema(schema: Json, pointer: string, preparation: Preparation, optional: ReadonlySet<string> = new Set()): Json {
  if (!isObject(schema)) return schema;
  const out: Record<string, Json> = {};
  preparation.origins.set(out, { pointer });
  const free = new Set([...optional, ...oneWayNames(schema, preparation)]);
  for (const [keyword, value] of Object.entries(schema)) {
    if (dropped.has(keyword) || keyword.startsWith('x-')) continue;
    const at = joinPointer(pointer, keyword);
    if (keyword === '$ref') out[keyword] = refer(value, at, preparation);
    else if (keyword === '$dynamicRef' || keyword === '$recursiveRef') throw new Error(`${keyword} is not supported`);
    else if (keyword === 'required' && Array.isArray(value)) out[keyword] = value.filter((name) => !free.has(String(name)));
    else if (keyword === 'enum' && Array.isArray(value) && value.length === 0) out['not'] = {};
    else if (keyword === 'properties' && isObject(value)) out[keyword] = prepareProperties(value, at, preparation);
    else if (singleSchemas.includes(keyword)) out[keyword] = prepareSchema(value, at, preparation);
    else if (listedSchemas.includes(keyword) && Array.isArray(value)) {
      const inherited = keyword === 'allOf' ? free : undefined;
      out[keyword] = value.map((entry: Json, index) => prepareSchema(entry, joinPointer(at, index), preparation, inherited));
    } else if (named.includes(keyword) && isObject(value)) {
      out[keyword] = Object.fromEntries(
        Object.entries(value).map(([name, entry]) => [name, prepareSchema(entry, joinPointer(at, name), preparation)]),
      );
    } else out[keyword] = value;
  }
  simplifyNullable(out);
  const tag = member(schema['discriminator'], 'propertyName');
  if (typeof tag === 'string') discriminate(out, schema, tag, pointer, preparation);
  return out;
}

function refer(reference: Json, pointer: string, preparation: Preparation): string {
  const target = typeof reference === 'string' ? fragmentPointer(reference) : undefined;
  if (target === undefined || valueAt(preparation.document, target) === undefined) {
    throw new Error(`the reference ${JSON.stringify(reference)} at ${pointer} leads nowhere`);
  }
  return preparation.refer(target);
}

function prepareProperties(properties: JsonObject, pointer: string, preparation: Preparation): JsonObject {
  const out: Record<string, Json> = Object.create(null);
  for (const [name, schema] of Object.entries(properties)) {
    const at = joinPointer(pointer, name);
    if (preparation.direction === 'response' && hasFlag(schema, 'writeOnly', preparation.document)) {
      const forbidden = { not: {} };
      preparation.origins.set(forbidden, { pointer: at, keyword: 'writeOnly' });
      out[name] = forbidden;
    } else out[name] = prepareSchema(schema, at, preparation);
  }
  return out;
}

/** Names of properties that need not be there in this direction, also when they are required: here and in `allOf` branches. */
function oneWayNames(schema: JsonObject, preparation: Preparation): string[] {
  const flag = preparation.direction === 'request' ? 'readOnly' : 'writeOnly';
  const branches = Array.isArray(schema['allOf']) ? schema['allOf'].map((branch: Json) => target(branch, preparation.document)) : [];
  return [schema, ...branches].flatMap((place) =>
    Object.entries((isObject(place) && isObject(place['properties']) && place['properties']) || {})
      .filter(([, property]) => hasFlag(property, flag, preparation.document))
      .map(([name]) => name),
  );
}

function target(schema: Json, document: JsonObject): Json | undefined {
  let current: Json | undefined = schema;
  for (let hops = 0; hops < 32 && isObject(current) && typeof current['$ref'] === 'string'; hops++) {
    const pointer = fragmentPointer(current['$ref']);
    current = pointer === undefined ? undefined : valueAt(document, pointer);
  }
  return current;
}

function hasFlag(schema: Json, flag: 'readOnly' | 'writeOnly', document: JsonObject): boolean {
  return member(schema, flag) === true || member(target(schema, document), flag) === true;
}

/** `anyOf: [A, {type: null}]` judged as "null, or else A": the same truth, and errors that name what is wrong with A. */
function simplifyNullable(schema: Record<string, Json>): void {
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schema[keyword];
    if (!Array.isArray(branches) || branches.length !== 2 || 'if' in schema) continue;
    const isNull = (branch: Json): boolean => isObject(branch) && branch['type'] === 'null' && Object.keys(branch).length === 1;
    const other = branches.find((branch: Json) => !isNull(branch));
    if (other === undefined || !branches.some(isNull) || (isObject(other) && other['type'] === undefined && other['$ref'] === undefined))
      continue;
    delete schema[keyword];
    schema['if'] = { not: { type: 'null' } };
    schema['then'] = other;
    return;
  }
}

/** Replaces the union by: the tag is there, is one of the known ones, and the value fits the branch that the tag names. */
function discriminate(out: Record<string, Json>, schema: JsonObject, tag: string, pointer: string, preparation: Preparation): void {
  const keyword = Array.isArray(schema['oneOf']) ? 'oneOf' : 'anyOf';
  const branches = schema[keyword];
  if (!Array.isArray(branches) || branches.some((branch) => typeof member(branch, '$ref') !== 'string')) return;
  const rules: Json[] = [];
  const known: string[] = [];
  for (const [index, branch] of branches.entries()) {
    const values = tagValues(String(member(branch, '$ref')), branch, tag, schema, preparation.document);
    known.push(...values);
    const prepared = prepareSchema(branch, joinPointer(pointer, keyword, index), preparation);
    rules.push({ if: { properties: { [tag]: { enum: values } }, required: [tag] }, then: prepared });
  }
  const tagged = { type: 'object', required: [tag], properties: { [tag]: { enum: [...new Set(known)] } } };
  preparation.origins.set(tagged, { pointer: joinPointer(pointer, 'discriminator'), keyword: 'discriminator' });
  preparation.origins.set(tagged.properties[tag] ?? {}, { pointer: joinPointer(pointer, 'discriminator'), keyword: 'discriminator' });
  delete out[keyword];
  out['allOf'] = [...(Array.isArray(out['allOf']) ? out['allOf'] : []), tagged, ...rules];
}

/** What the tag may say for a branch: the mapping's names for it, else the values its own schema pins, else the schema's name. */
function tagValues(reference: string, branch: Json, tag: string, schema: JsonObject, document: JsonObject): string[] {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const mapping = member(schema['discriminator'], 'mapping');
  const mapped = Object.entries(isObject(mapping) ? mapping : {}).filter(([, to]) => to === reference || to === name);
  if (mapped.length > 0) return mapped.map(([value]) => value);
  const property = target(member(member(target(branch, document), 'properties'), tag) ?? null, document);
  const pinned = member(property, 'enum') ?? (member(property, 'const') === undefined ? undefined : [member(property, 'const') ?? null]);
  return Array.isArray(pinned) ? pinned.filter((value) => typeof value === 'string') : [name];
}
