/** `discriminator` as plain JSON Schema: the tag names the schema that the value must fit. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { joinPointer } from '../lib/json-pointer.ts';
import type { Follow } from './one-way-properties.ts';
import { isUri } from './references.ts';

/** A schema that a tag may name. */
export interface TaggedBranch {
  readonly schema: Json;
  readonly pointer: string;
  /** What the tag says for it. */
  readonly values: readonly string[];
}

const components = '/components/schemas';

/**
 * The branches of a union whose discriminator can be told: all of them are references, but for `null`, and so are all names of its mapping.
 * Undefined for any other.
 * A value of the tag is the mapping's name for the branch, else what the branch itself pins, else the schema's name.
 * @see https://spec.openapis.org/oas/v3.2.0#discriminator-object
 */
export function unionBranches(schema: JsonObject, pointer: string, tag: string, follow: Follow): readonly TaggedBranch[] | undefined {
  const keyword = Array.isArray(schema['oneOf']) ? 'oneOf' : 'anyOf';
  const branches = schema[keyword];
  if (!Array.isArray(branches) || branches.some((branch: Json) => typeof member(branch, '$ref') !== 'string' && !isNull(branch)))
    return undefined;
  // which branch a lost name was meant for nobody knows
  const leads = (to: string): boolean => follow({ $ref: isUri(to) ? to : `#${joinPointer(components, to)}` }, pointer) !== undefined;
  if (mappingOf(schema).some(([, to]) => !leads(to))) return undefined;
  return branches.flatMap((branch: Json, index) => {
    if (isNull(branch)) return [];
    const at = joinPointer(pointer, keyword, index);
    return [{ schema: branch, pointer: at, values: tagValues(branch, at, tag, schema, follow) }];
  });
}

/** Whether a branch allows null and nothing else. */
export function isNull(branch: Json): boolean {
  return member(branch, 'type') === 'null' && Object.keys(branch ?? {}).length === 1;
}

function tagValues(branch: Json, pointer: string, tag: string, schema: JsonObject, follow: Follow): string[] {
  const reference = String(member(branch, '$ref'));
  const target = follow(branch, pointer);
  const name = (target?.pointer ?? reference).split('/').at(-1) ?? '';
  const mapped = mappingOf(schema).filter(([, to]) => to === reference || to === name);
  if (mapped.length > 0) return mapped.map(([value]) => value);
  const property = member(member(target?.schema, 'properties'), tag);
  const pinned = follow(property ?? null, `${target?.pointer ?? ''}/properties`)?.schema;
  const values = member(pinned, 'enum') ?? (member(pinned, 'const') === undefined ? undefined : [member(pinned, 'const') ?? null]);
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [name];
}

function mappingOf(schema: JsonObject): readonly (readonly [string, string])[] {
  const mapping = member(schema['discriminator'], 'mapping');
  return Object.entries(isObject(mapping) ? mapping : {}).map(([value, to]) => [value, String(to)] as const);
}

/**
 * The components that inherit from a parent with a discriminator, through `allOf` at any depth, with what the tag says for each.
 * @see https://spec.openapis.org/oas/v3.1.1#models-with-polymorphism-support
 */
export function heirs(document: JsonObject, schema: JsonObject, pointer: string, follow: Follow): readonly TaggedBranch[] {
  if (!pointer.startsWith(`${components}/`)) return [];
  const all = Object.entries(member(document['components'], 'schemas') ?? {}).map(([name, entry]: [string, Json]) => ({
    name,
    entry,
    at: joinPointer(components, name),
  }));
  const found = new Map<string, TaggedBranch>();
  const parents = [pointer];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    for (const { name, entry, at } of all) {
      const branches = member(entry, 'allOf');
      if (found.has(at) || !Array.isArray(branches)) continue;
      const inherits = branches.some(
        (branch: Json, index) => typeof member(branch, '$ref') === 'string' && follow(branch, `${at}/allOf/${index}`)?.pointer === parent,
      );
      if (!inherits) continue;
      const mapped = mappingOf(schema).filter(([, to]) => to === name || to.endsWith(at));
      found.set(at, { schema: { $ref: `#${at}` }, pointer: at, values: mapped.length > 0 ? mapped.map(([value]) => value) : [name] });
      parents.push(at);
    }
  }
  return [...found.values()];
}
