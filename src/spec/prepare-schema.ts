/** Rewrites one schema for ajv: references become ids, OpenAPI's own keywords become JSON Schema, and every copy remembers where it came from. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { joinPointer, valueAt } from '../lib/json-pointer.ts';
import type { Direction } from './contract.ts';
import { integerRanges } from './formats.ts';
import { heirs, isNull, unionBranches, type TaggedBranch } from './discriminate.ts';
import { hasFlag, oneWayNames, type Follow } from './one-way-properties.ts';
import type { DynamicScope, SchemaResources } from './schema-resources.ts';
import { listedSchemas, singleSchemas } from './schema-keywords.ts';

/** Where a prepared schema node stands in the document. */
export interface Origin {
  readonly pointer: string;
  /** Set on a node that stands for an OpenAPI keyword instead of a schema. */
  readonly keyword?: 'writeOnly' | 'discriminator';
}

/** A schema as it is met: the same place may mean something else in another dynamic scope, and as the base of an heir. */
export interface Meeting {
  readonly pointer: string;
  readonly scope: DynamicScope;
  /** The schema is the base of another one, which has chosen by the discriminator already. */
  readonly base: boolean;
}

/** What preparation needs to know and to tell. */
export interface Preparation {
  readonly document: JsonObject;
  readonly direction: Direction;
  /** Whether numbers are compared by their digits; see `addExactKeywords`. */
  readonly exact: boolean;
  readonly resources: SchemaResources;
  /** The id under which a schema is (or will be) known to ajv. */
  readonly refer: (meeting: Meeting) => string;
  readonly origins: WeakMap<object, Origin>;
}

const named = ['patternProperties', 'dependentSchemas'];
const dropped = new Set([
  '$id',
  'id',
  '$schema',
  '$anchor',
  '$dynamicAnchor',
  '$vocabulary',
  '$comment',
  '$defs',
  'definitions',
  'nullable',
  'discriminator',
  'xml',
  'externalDocs',
  'example',
  'examples',
  'default',
]);
const dialects = /^https?:\/\/(?:json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.[12]\/dialect\/.*)#?$/;

/**
 * A copy of the schema of a meeting that ajv can compile. Throws a plain Error with the reason when it cannot be judged by.
 * @see https://spec.openapis.org/oas/v3.1.1#schema-object
 */
export function prepareSchema(schema: Json, meeting: Meeting, preparation: Preparation, optional: ReadonlySet<string> = new Set()): Json {
  if (!isObject(schema)) return schema;
  const { pointer } = meeting;
  const { direction, resources } = preparation;
  const follow: Follow = (from, at) => followSchema(from, at, preparation);
  const here = typeof schema['$id'] === 'string' ? { ...meeting, scope: resources.enter(meeting.scope, pointer) } : meeting;
  const below = (...tokens: readonly (string | number)[]): Meeting => ({ ...here, pointer: joinPointer(pointer, ...tokens), base: false });
  const out: Record<string, Json> = {};
  preparation.origins.set(out, { pointer });
  const free = new Set([...optional, ...oneWayNames(schema, pointer, direction, follow)]);
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === '$schema' && !dialects.test(String(value))) throw new Error(`schemas of ${JSON.stringify(value)} are not judged`);
    if (dropped.has(keyword) || keyword.startsWith('x-') || isFormerBound(keyword, value)) continue;
    if (keyword === '$ref') out[keyword] = refer(value, here, preparation);
    else if (keyword === '$dynamicRef') setReference(out, referDynamic(value, here, preparation));
    else if (keyword === '$recursiveRef') setReference(out, refer(recursionOf(value, pointer), here, preparation));
    else if (keyword === 'required' && Array.isArray(value)) out[keyword] = value.filter((name) => !free.has(String(name)));
    else if (keyword === 'enum' && Array.isArray(value) && value.length === 0) out['not'] = {};
    else if (keyword === 'properties' && isObject(value)) prepareProperties(out, value, below(keyword), preparation);
    else if (singleSchemas.includes(keyword)) out[keyword] = prepareSchema(value, below(keyword), preparation);
    else if (listedSchemas.includes(keyword) && Array.isArray(value)) {
      const isAll = keyword === 'allOf';
      // a component that is made of others is their heir: it does not choose again by their tag
      const base = isAll && (here.base || /^\/components\/schemas\/[^/]+$/.test(pointer));
      out[keyword] = value.map((entry: Json, index) =>
        prepareSchema(entry, { ...below(keyword, index), base }, preparation, isAll ? free : undefined),
      );
    } else if (named.includes(keyword) && isObject(value)) {
      const entries = Object.entries(value).map(
        ([name, entry]) => [name, prepareSchema(entry, below(keyword, name), preparation)] as const,
      );
      out[keyword] = { ...(isObject(out[keyword]) ? out[keyword] : {}), ...Object.fromEntries(entries) };
    } else out[keyword] = value;
    if (preparation.exact && keyword === 'format' && Object.hasOwn(integerRanges, String(value))) out['exactFormat'] = value;
  }
  if ('if' in out && !('then' in out)) replaceLoneIf(out);
  if ('unevaluatedItems' in out && /"contains":|"(?:anyOf|oneOf|if)":.*"items":|"if":.*"prefixItems":/.test(JSON.stringify(schema))) {
    throw new Error('unevaluatedItems beside contains or alternatives of items is not judged');
  }
  simplifyNullable(out);
  const tag = member(schema['discriminator'], 'propertyName');
  if (typeof tag === 'string') discriminate(out, schema, tag, here, preparation);
  return out;
}

/** `exclusiveMinimum: true`, which only OpenAPI 2.0 and 3.0 have: it says nothing here, and the bound beside it stands. */
export function isFormerBound(keyword: string, value: Json | undefined): boolean {
  return typeof value === 'boolean' && (keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum');
}

/** What authors mean with a keyword of 2019-09, which 2020-12 passes over: the component that it stands in. */
function recursionOf(value: Json, pointer: string): string {
  const component = /^\/components\/schemas\/[^/]+/.exec(pointer)?.[0];
  if (value !== '#' || component === undefined) throw new Error('$recursiveRef outside of a component is not judged');
  return `#${component}`;
}

/** A schema of a reference goes in beside one that is there already. */
function setReference(out: Record<string, Json>, id: string): void {
  if (out['$ref'] === undefined) out['$ref'] = id;
  else out['allOf'] = [...(Array.isArray(out['allOf']) ? out['allOf'] : []), { $ref: id }];
}

function refer(reference: Json, { pointer, scope, base }: Meeting, preparation: Preparation): string {
  const target = typeof reference === 'string' ? preparation.resources.resolve(reference, pointer) : undefined;
  return referTo(target, reference, { pointer, scope, base }, preparation);
}

function referDynamic(reference: Json, meeting: Meeting, preparation: Preparation): string {
  const { pointer, scope } = meeting;
  const target = typeof reference === 'string' ? preparation.resources.resolveDynamic(reference, pointer, scope) : undefined;
  return referTo(target, reference, meeting, preparation);
}

function referTo(target: string | undefined, reference: Json, { pointer, scope, base }: Meeting, preparation: Preparation): string {
  if (target === undefined || valueAt(preparation.document, target) === undefined) {
    throw new Error(`the reference ${JSON.stringify(reference)} at ${pointer} leads nowhere`);
  }
  return preparation.refer({ pointer: target, scope: preparation.resources.enter(scope, target), base });
}

function followSchema(schema: Json, pointer: string, { resources, document }: Preparation): ReturnType<Follow> {
  let current: { readonly schema: Json; readonly pointer: string } = { schema, pointer };
  for (let hops = 0; hops < 32; hops++) {
    const reference = member(current.schema, '$ref');
    if (typeof reference !== 'string') return current;
    const target = resources.resolve(reference, current.pointer);
    const value = target === undefined ? undefined : valueAt(document, target);
    if (target === undefined || value === undefined) return undefined;
    current = { schema: value, pointer: target };
  }
  return undefined;
}

function prepareProperties(out: Record<string, Json>, properties: JsonObject, meeting: Meeting, preparation: Preparation): void {
  const prepared: Record<string, Json> = Object.create(null);
  for (const [name, schema] of Object.entries(properties)) {
    const pointer = joinPointer(meeting.pointer, name);
    const follow: Follow = (from, at) => followSchema(from, at, preparation);
    const forbidden = { not: {} };
    const isHidden = preparation.direction === 'response' && hasFlag(schema, pointer, 'writeOnly', follow);
    if (isHidden) preparation.origins.set(forbidden, { pointer, keyword: 'writeOnly' });
    const property = isHidden ? forbidden : prepareSchema(schema, { ...meeting, pointer }, preparation);
    // ajv passes over this one name
    if (name === '__proto__')
      out['patternProperties'] = { ...(isObject(out['patternProperties']) ? out['patternProperties'] : {}), '^__proto__$': property };
    else prepared[name] = property;
  }
  out['properties'] = prepared;
}

/** ajv passes over an `if` without `then`, whose properties are evaluated all the same: judged as "that, or else the `else`". */
function replaceLoneIf(schema: Record<string, Json>): void {
  const { if: condition, else: otherwise = true, ...rest } = schema;
  if (condition === undefined) return;
  const alternatives = { anyOf: [condition, { allOf: [{ not: condition }, otherwise] }] };
  delete schema['if'];
  delete schema['else'];
  schema['allOf'] = [...(Array.isArray(rest['allOf']) ? (rest['allOf'] as readonly Json[]) : []), alternatives];
}

/** `anyOf: [A, {type: null}]` judged as "null, or else A": the same truth, and errors that name what is wrong with A. */
function simplifyNullable(schema: Record<string, Json>): void {
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schema[keyword];
    if (!Array.isArray(branches) || branches.length !== 2 || 'if' in schema) continue;
    const other = branches.find((branch: Json) => !isNull(branch));
    if (other === undefined || !branches.some(isNull) || (isObject(other) && other['type'] === undefined && other['$ref'] === undefined))
      continue;
    delete schema[keyword];
    schema['if'] = { not: { type: 'null' } };
    schema['then'] = other;
    return;
  }
}

/** Replaces a union by: the tag is there, is one of the known ones, and the value fits the branch that it names. Adds to a parent: the value fits the heir that it names. */
function discriminate(out: Record<string, Json>, schema: JsonObject, tag: string, meeting: Meeting, preparation: Preparation): void {
  const { pointer } = meeting;
  const follow: Follow = (from, at) => followSchema(from, at, preparation);
  const all: readonly Json[] = Array.isArray(out['allOf']) ? out['allOf'] : [];
  const union = unionBranches(schema, pointer, tag, follow);
  if (union === undefined) {
    const branches = meeting.base ? [] : heirs(preparation.document, schema, pointer, follow);
    if (branches.length > 0) out['allOf'] = [...all, ...rulesOf(branches, tag, meeting, preparation)];
    return;
  }
  const known = [...new Set(union.flatMap(({ values }) => values))];
  const fallback = fallbackOf(schema, pointer, union, known, tag, meeting, preparation);
  const tagged = { type: 'object', required: [tag], properties: { [tag]: { enum: known } } };
  for (const node of [tagged, tagged.properties[tag] ?? {}]) {
    preparation.origins.set(node, { pointer: joinPointer(pointer, 'discriminator'), keyword: 'discriminator' });
  }
  const rules = [fallback ?? tagged, ...rulesOf(union, tag, meeting, preparation)];
  const keyword = Array.isArray(schema['oneOf']) ? 'oneOf' : 'anyOf';
  const branches = schema[keyword];
  const allowsNull = Array.isArray(branches) && branches.some(isNull);
  delete out[keyword];
  out['allOf'] = [...all, ...(allowsNull ? [{ if: { not: { type: 'null' } }, then: { allOf: rules } }] : rules)];
}

function rulesOf(branches: readonly TaggedBranch[], tag: string, meeting: Meeting, preparation: Preparation): readonly Json[] {
  return branches.map(({ schema, pointer, values }) => ({
    if: { type: 'object', properties: { [tag]: { enum: values } }, required: [tag] },
    then: prepareSchema(schema, { ...meeting, pointer, base: false }, preparation),
  }));
}

/** 3.2: what has no tag, or one that nobody knows, must fit the default branch. */
function fallbackOf(
  schema: JsonObject,
  pointer: string,
  union: readonly TaggedBranch[],
  known: readonly string[],
  tag: string,
  meeting: Meeting,
  preparation: Preparation,
): Json | undefined {
  const name = member(schema['discriminator'], 'defaultMapping');
  if (typeof name !== 'string') return undefined;
  const branch = union.find(
    ({ schema: candidate, values }) =>
      member(candidate, '$ref') === name || values.includes(name) || String(member(candidate, '$ref')).endsWith(`/${name}`),
  );
  if (branch === undefined) return undefined;
  return {
    if: { type: 'object', properties: { [tag]: { enum: known } }, required: [tag] },
    else: prepareSchema(
      branch.schema,
      { ...meeting, pointer: joinPointer(pointer, 'discriminator', 'defaultMapping'), base: false },
      preparation,
    ),
  };
}
