/** The choices that a schema leaves open: branches of unions, conditions and dependent schemas. Only reads; choosing is done elsewhere. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import type { SchemaPlace } from '../contract.ts';
import type { Part } from './schema-view.ts';

/** Our own keyword for the names that a discriminator has for a branch: weaker than `enum`, which the branch may have itself. */
export const tagKeyword = 'x-specproof-tag';

/** One way to settle a union. */
interface Branch {
  /** Schemas that hold when this branch is chosen. */
  readonly places: readonly SchemaPlace[];
  /** What the branch is called, for people: `Cat`, `the second alternative`. */
  readonly label: string;
}

export interface Union {
  readonly keyword: 'anyOf' | 'oneOf' | 'if' | 'dependentSchemas';
  /** JSON Pointer of the keyword. */
  readonly pointer: string;
  readonly branches: readonly Branch[];
  /** The property that names the branch, where the schema has a `discriminator`. */
  readonly tag: string | undefined;
}

/**
 * The unions that a schema itself opens.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10.2.1
 */
export function readUnions(part: Part): Union[] {
  return [...alternativesOf(part, 'oneOf'), ...alternativesOf(part, 'anyOf'), ...conditionOf(part), ...dependentsOf(part)];
}

function alternativesOf(part: Part, keyword: 'anyOf' | 'oneOf'): Union[] {
  const list = part.schema[keyword];
  if (!Array.isArray(list) || list.length === 0) return [];
  const tag = member(part.schema['discriminator'], 'propertyName');
  const pointer = joinPointer(part.pointer, keyword);
  const branches = list.map((entry: Json, index): Branch => {
    const place = schemaPlace(joinPointer(pointer, index), entry);
    const named = typeof tag === 'string' ? tagged(part, tag, entry) : [];
    return { places: [place, ...named], label: labelOf(entry, index) };
  });
  return [{ keyword, pointer, branches, tag: typeof tag === 'string' ? tag : undefined }];
}

/**
 * The tag that the discriminator prescribes for a branch, as a schema of our own.
 * @see https://spec.openapis.org/oas/v3.1.1#discriminator-object
 */
function tagged(part: Part, tag: string, branch: Json): SchemaPlace[] {
  const reference = member(branch, '$ref');
  if (typeof reference !== 'string') return [];
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const mapping = member(part.schema['discriminator'], 'mapping');
  const names = Object.entries(isObject(mapping) ? mapping : {})
    .filter(([, target]) => target === reference || target === name)
    .map(([value]) => value);
  const values = names.length > 0 ? names : [name];
  const pointer = joinPointer(part.pointer, 'discriminator', ...values);
  return [
    { pointer, schema: { type: 'object', properties: { [tag]: { default: values[0] ?? name, [tagKeyword]: values } }, required: [tag] } },
  ];
}

function conditionOf(part: Part): Union[] {
  const condition = part.schema['if'];
  if (condition === undefined || (part.schema['then'] === undefined && part.schema['else'] === undefined)) return [];
  const at = (keyword: string): SchemaPlace => schemaPlace(joinPointer(part.pointer, keyword), part.schema[keyword]);
  const unless = { pointer: joinPointer(part.pointer, 'if', 'not'), schema: negated(condition) };
  const branches = [
    { places: [at('if'), at('then')], label: 'the condition met' },
    { places: [unless, at('else')], label: 'the condition not met' },
  ];
  return [{ keyword: 'if', pointer: joinPointer(part.pointer, 'if'), branches, tag: undefined }];
}

/** The negation, pushed down to the one property that a condition usually is about. */
function negated(condition: Json): JsonObject {
  const properties = member(condition, 'properties');
  const [first, ...others] = Object.entries(isObject(properties) ? properties : {});
  return first && others.length === 0 ? { properties: { [first[0]]: { not: first[1] } } } : { not: condition };
}

function dependentsOf(part: Part): Union[] {
  const dependents = part.schema['dependentSchemas'];
  return Object.entries(isObject(dependents) ? dependents : {}).map(([name, schema]): Union => {
    const pointer = joinPointer(part.pointer, 'dependentSchemas', name);
    const absent = { pointer: joinPointer(pointer, 'absent'), schema: { properties: { [name]: false } } };
    const branches = [
      { places: [schemaPlace(pointer, schema)], label: `\`${name}\` present` },
      { places: [absent], label: `\`${name}\` absent` },
    ];
    return { keyword: 'dependentSchemas', pointer, branches, tag: undefined };
  });
}

function labelOf(branch: Json, index: number): string {
  const reference = member(branch, '$ref');
  if (typeof reference === 'string') return reference.slice(reference.lastIndexOf('/') + 1);
  const title = member(branch, 'title') ?? member(branch, 'type');
  return typeof title === 'string' ? title : `alternative ${index + 1}`;
}

function schemaPlace(pointer: string, schema: Json | undefined): SchemaPlace {
  return { pointer, schema: isObject(schema) || typeof schema === 'boolean' ? schema : true };
}
