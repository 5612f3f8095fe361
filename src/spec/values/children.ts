/** The views of an object's properties and of an array's items. Reads only what the merged view says. */
import { isObject, type Json } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import { textPattern } from '../bounded-pattern.ts';
import type { Contract, Direction, SchemaPlace } from '../contract.ts';
import { hasFlag, keywordsOf, placeAt, viewOf, type Keyword, type Part, type SchemaView } from './schema-view.ts';

/**
 * What holds for the property of that name: `properties`, `patternProperties`, else `additionalProperties`, of every part.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.2
 */
export function propertyView(contract: Contract, view: SchemaView, name: string): SchemaView {
  const places: SchemaPlace[] = [];
  for (const part of view.parts) {
    const named = namedPlaces(part, name);
    if (named.length > 0) places.push(...named);
    else if (part.schema['additionalProperties'] !== undefined) places.push(subschema(part, 'additionalProperties'));
  }
  const known = view.parts.some((part) => namedPlaces(part, name).length > 0);
  if (!known)
    for (const part of view.parts)
      if (part.schema['unevaluatedProperties'] !== undefined) places.push(subschema(part, 'unevaluatedProperties'));
  if (forbiddenNames(view).has(name)) places.push({ pointer: '', schema: false });
  return viewOf(contract, places);
}

/**
 * What holds for the item at an index: `prefixItems`, else `items`, of every part.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.1
 */
export function itemView(contract: Contract, view: SchemaView, index: number): SchemaView {
  const wanted = containsCount(view);
  const places = view.parts.flatMap((part): SchemaPlace[] => {
    const prefix = listUnder(part, 'prefixItems');
    const contained = index < wanted && part.schema['contains'] !== undefined ? [subschema(part, 'contains')] : [];
    if (index < prefix.length) return [placeAt(joinPointer(part.pointer, 'prefixItems', index), prefix[index]), ...contained];
    return [...(part.schema['items'] === undefined ? [] : [subschema(part, 'items')]), ...contained];
  });
  return viewOf(contract, places);
}

/** The most entries that any `prefixItems` of the view has. */
export function prefixLength(view: SchemaView): number {
  return Math.max(0, ...view.parts.map((part) => listUnder(part, 'prefixItems').length));
}

/** How many items have to fit `contains`. */
export function containsCount(view: SchemaView): number {
  return Math.max(0, ...view.parts.map(({ schema }) => (schema['contains'] === undefined ? 0 : Number(schema['minContains'] ?? 1))));
}

/** The names under `properties` and `required`, in document order. */
export function propertyNames(view: SchemaView): readonly string[] {
  const declared = keywordsOf(view, 'properties').flatMap(({ value }) => (isObject(value) ? Object.keys(value) : []));
  return [...new Set([...declared, ...requiredNames(view).keys()])];
}

/** The names that `required` lists, each with its entry's place. */
export function requiredNames(view: SchemaView): ReadonlyMap<string, Keyword> {
  const found = new Map<string, Keyword>();
  for (const { value, pointer } of keywordsOf(view, 'required')) {
    if (!Array.isArray(value)) continue;
    for (const [index, name] of value.entries()) {
      if (typeof name === 'string' && !found.has(name)) found.set(name, { name: 'required', value, pointer: joinPointer(pointer, index) });
    }
  }
  return found;
}

/** The names that have to come with a name. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6.5.4 */
export function dependentNames(view: SchemaView, name: string): readonly string[] {
  return keywordsOf(view, 'dependentRequired').flatMap(({ value }) => {
    const names = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return Array.isArray(names) ? names.filter((entry) => typeof entry === 'string') : [];
  });
}

/** Whether a property does not travel in this direction. @see https://spec.openapis.org/oas/v3.1.1#schema-object */
export function isOneWay(property: SchemaView, direction: Direction): boolean {
  return hasFlag(property, direction === 'request' ? 'readOnly' : 'writeOnly');
}

/** The keyword that closes the object to names it does not know; undefined where it is open. */
export function closingKeyword(view: SchemaView): Keyword | undefined {
  return [...keywordsOf(view, 'additionalProperties'), ...keywordsOf(view, 'unevaluatedProperties')].find(({ value }) => value === false);
}

function forbiddenNames(view: SchemaView): ReadonlySet<string> {
  const found = new Set<string>();
  const read = (not: Json | undefined): void => {
    if (!isObject(not)) return;
    const { required, anyOf } = not;
    if (Array.isArray(required) && required.length === 1 && Object.keys(not).length === 1) found.add(String(required[0]));
    if (Array.isArray(anyOf) && Object.keys(not).length === 1) for (const branch of anyOf) read(branch as Json);
  };
  for (const { value } of keywordsOf(view, 'not')) read(value);
  return found;
}

function namedPlaces(part: Part, name: string): SchemaPlace[] {
  const { properties, patternProperties } = part.schema;
  const found: SchemaPlace[] = [];
  if (isObject(properties) && Object.hasOwn(properties, name))
    found.push(placeAt(joinPointer(part.pointer, 'properties', name), properties[name]));
  for (const [pattern, schema] of Object.entries(isObject(patternProperties) ? patternProperties : {})) {
    if (textPattern(pattern)?.matches(name) === true) found.push(placeAt(joinPointer(part.pointer, 'patternProperties', pattern), schema));
  }
  return found;
}

function subschema(part: Part, keyword: string): SchemaPlace {
  return placeAt(joinPointer(part.pointer, keyword), part.schema[keyword]);
}

function listUnder(part: Part, keyword: string): readonly Json[] {
  const list = part.schema[keyword];
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}
