/** The merged view of a schema: every subschema that must hold for one instance, side by side, and the choices still open. Decides nothing about values. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { fragmentPointer, joinPointer, valueAt } from '../../lib/json-pointer.ts';
import type { Contract, Schema, SchemaPlace } from '../contract.ts';
import { rememberPlaces } from '../remember-places.ts';
import { readUnions, type Union } from './unions.ts';

/** @see https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.1 */
export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** An object schema and where it stands. */
export interface Part {
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** One keyword of one part. */
export interface Keyword {
  readonly name: string;
  readonly value: Json;
  /** JSON Pointer into the document. */
  readonly pointer: string;
}

/** What holds for an instance: `$ref` followed, `allOf` flattened; unions stay open until a branch is chosen. */
export interface SchemaView {
  readonly parts: readonly Part[];
  readonly unions: readonly Union[];
  /** Types that every part allows; `number` includes integers. Empty when nothing is valid. */
  readonly types: readonly JsonType[];
}

const everyType: readonly JsonType[] = ['object', 'array', 'string', 'number', 'boolean', 'null'];
const nothing: SchemaView = { parts: [], unions: [], types: everyType };

/** The view of several schemas that hold together. */
export function viewOf(contract: Contract, places: readonly SchemaPlace[]): SchemaView {
  const [place, ...others] = places;
  return place && others.length === 0 ? viewOfOne(contract, place) : extendView(contract, nothing, places);
}

const viewOfOne = rememberPlaces((contract: Contract, place) => extendView(contract, nothing, [place]));

/** A view with further schemas added, and with a union settled when one is named. */
export function extendView(contract: Contract, view: SchemaView, places: readonly SchemaPlace[], settled?: Union): SchemaView {
  const parts = [...view.parts];
  const unions = view.unions.filter((union) => union !== settled);
  const seen = new Set(parts.map((part) => part.pointer));
  let { types } = view;
  const collect = (place: SchemaPlace): void => {
    const { schema, pointer } = place;
    if (schema === false) types = [];
    if (!isObject(schema) || seen.has(pointer)) return;
    seen.add(pointer);
    parts.push({ pointer, schema });
    types = allowedTypes(types, schema);
    const target = typeof schema['$ref'] === 'string' ? fragmentPointer(schema['$ref']) : undefined;
    if (target !== undefined) collect(placeAt(target, valueAt(contract.document, target)));
    for (const branch of placesIn(place, 'allOf')) collect(branch);
    unions.push(...readUnions({ pointer, schema }));
  };
  for (const place of places) collect(place);
  return { parts, unions, types };
}

/** The place of a subschema; a missing one allows everything. */
export function placeAt(pointer: string, schema: Json | undefined): SchemaPlace {
  return { pointer, schema: isSchema(schema) ? schema : true };
}

/** The subschemas listed under a keyword such as `allOf`. */
function placesIn(place: SchemaPlace, keyword: string): SchemaPlace[] {
  const list = isObject(place.schema) ? place.schema[keyword] : undefined;
  return Array.isArray(list) ? list.map((entry: Json, index) => placeAt(joinPointer(place.pointer, keyword, index), entry)) : [];
}

/** Every occurrence of a keyword in the view. */
export function keywordsOf(view: SchemaView, name: string): Keyword[] {
  const found: Keyword[] = [];
  for (const { pointer, schema } of view.parts) {
    const value = member(schema, name);
    if (value !== undefined) found.push({ name, value, pointer: joinPointer(pointer, name) });
  }
  return found;
}

/** Every occurrence of a keyword whose value is a number. */
export function numbersOf(view: SchemaView, name: string): (Keyword & { readonly value: number })[] {
  return keywordsOf(view, name).filter((keyword): keyword is Keyword & { readonly value: number } => typeof keyword.value === 'number');
}

/** Every occurrence of a keyword whose value is a string. */
export function stringsOf(view: SchemaView, name: string): (Keyword & { readonly value: string })[] {
  return keywordsOf(view, name).filter((keyword): keyword is Keyword & { readonly value: string } => typeof keyword.value === 'string');
}

/** Whether any part carries the annotation, such as `readOnly: true`. */
export function hasFlag(view: SchemaView, name: string): boolean {
  return view.parts.some(({ schema }) => schema[name] === true);
}

/** The type of a value; whole numbers are integers. */
export function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'object' | 'string' | 'boolean';
}

/** Whether a value of a type is among the types. */
export function includesType(types: readonly JsonType[], type: JsonType): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

function allowedTypes(types: readonly JsonType[], schema: JsonObject): readonly JsonType[] {
  let allowed = types;
  if (schema['type'] !== undefined) allowed = intersection(allowed, [schema['type']].flat() as JsonType[]);
  const { not } = schema;
  // other forms of `not` are left to the validator
  if (isObject(not) && Object.keys(not).length === 1 && not['type'] !== undefined) {
    const excluded = [not['type']].flat() as JsonType[];
    allowed = allowed.filter((type) => !includesType(excluded, type));
  }
  return isObject(not) && Object.keys(not).length === 0 ? [] : allowed;
}

function intersection(left: readonly JsonType[], right: readonly JsonType[]): JsonType[] {
  const both = left.flatMap((type): JsonType[] => {
    if (right.includes(type)) return [type];
    if (type === 'number' && right.includes('integer')) return ['integer'];
    return type === 'integer' && right.includes('number') ? [type] : [];
  });
  return right.filter((type) => both.includes(type)).concat(both.filter((type) => !right.includes(type)));
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'boolean' || isObject(value);
}
