/** The keywords by which a schema asks something of a value that is sent, and which side of each a value has shown. Pure. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { joinPointer } from '../lib/json-pointer.ts';
import type { Contract, Schema, SchemaPlace } from '../spec/contract.ts';
import { formats } from '../spec/formats.ts';

/** One keyword at one place of a value. */
export interface AskedKeyword {
  /** For people: `/orders[]/name maxLength`; `required name` for each name. */
  readonly name: string;
  /** Of the keyword, as violations name it. */
  readonly pointer: string;
  /** Whether a request can break it. */
  readonly breakable: boolean;
  /** Member names on the way from the whole value; `eachItem` for all items. */
  readonly path: readonly (string | typeof eachItem)[];
  /** Whether it asks anything of a value of this type. */
  readonly concerns: (value: Json) => boolean;
}

const eachItem: unique symbol = Symbol('each item');
/** Null is the matter of the branch that allows it. */
const isAny = (value: Json): boolean => value !== null;
const isNumber = (value: Json): boolean => typeof value === 'number';
const isText = (value: Json): boolean => typeof value === 'string';

/** Whose values they speak of. @see https://json-schema.org/draft/2020-12/json-schema-validation#section-6 */
const keywords: Readonly<Record<string, (value: Json) => boolean>> = {
  type: isAny,
  enum: isAny,
  const: isAny,
  format: isAny,
  anyOf: isAny,
  oneOf: isAny,
  not: isAny,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  multipleOf: isNumber,
  minLength: isText,
  maxLength: isText,
  pattern: isText,
  minItems: Array.isArray,
  maxItems: Array.isArray,
  uniqueItems: Array.isArray,
  minProperties: isObject,
  maxProperties: isObject,
  required: isObject,
  additionalProperties: isObject,
};

/** Every keyword that asks something of the value; of a value that travels as text no one can break that it is a text. */
export function askedKeywords(contract: Contract, place: SchemaPlace, asText: boolean): AskedKeyword[] {
  const found = new Map<string, AskedKeyword>();
  const seen = new Set<string>();
  const visit = (at: SchemaPlace, path: AskedKeyword['path']): void => {
    const { schema, pointer } = contract.resolve(at);
    if (!isObject(schema) || schema['readOnly'] === true || schema['type'] === 'null' || seen.has(pointer)) return;
    seen.add(pointer);
    for (const keyword of keywordsOf(schema, pointer, path, asText)) found.set(keyword.pointer, keyword);
    for (const [below, step] of schemasBelow(schema, pointer)) visit(below, step === undefined ? path : [...path, step]);
  };
  visit(place, []);
  return [...found.values()];
}

function keywordsOf(schema: JsonObject, pointer: string, path: AskedKeyword['path'], asText: boolean): AskedKeyword[] {
  const at = path.map((step) => (step === eachItem ? '[]' : `/${step}`)).join('');
  return Object.entries(keywords).flatMap(([keyword, concerns]) => {
    const asked = schema[keyword];
    if (asked === undefined || asksNothing(keyword, asked) || (isNullable(schema) && keyword === 'anyOf')) return [];
    const one = { path, concerns, breakable: !(asText && keyword === 'type' && takesText(asked)) };
    if (keyword !== 'required' || !Array.isArray(asked))
      return [{ ...one, name: `${at} ${keyword}`.trim(), pointer: joinPointer(pointer, keyword) }];
    return asked.map((name: Json, index) => ({
      ...one,
      name: `${at} required ${String(name)}`.trim(),
      pointer: joinPointer(pointer, keyword, index),
    }));
  });
}

function asksNothing(keyword: string, asked: Json): boolean {
  if (keyword === 'format') return typeof asked !== 'string' || !Object.hasOwn(formats, asked);
  if (keyword === 'additionalProperties') return asked !== false;
  return keyword === 'uniqueItems' && asked !== true;
}

function takesText(type: Json): boolean {
  return type === 'string' || (Array.isArray(type) && type.includes('string'));
}

/** Whether it is one schema or null: what the judge tells by the keywords of that one. */
function isNullable({ anyOf }: JsonObject): boolean {
  return Array.isArray(anyOf) && anyOf.length === 2 && anyOf.some((branch: Json) => member(branch, 'type') === 'null');
}

/** Schemas that a value has to satisfy for certain, and the step into the value that leads there. */
function schemasBelow(schema: JsonObject, pointer: string): [SchemaPlace, AskedKeyword['path'][number] | undefined][] {
  const below = (value: Json | undefined, ...tokens: (string | number)[]): SchemaPlace[] =>
    isObject(value) ? [{ pointer: joinPointer(pointer, ...tokens), schema: value satisfies Schema }] : [];
  const branches = (keyword: 'allOf' | 'anyOf'): [SchemaPlace, undefined][] => {
    const list = schema[keyword];
    return Array.isArray(list)
      ? list.flatMap((branch: Json, index) => below(branch, keyword, index).map((at): [SchemaPlace, undefined] => [at, undefined]))
      : [];
  };
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return [
    ...branches('allOf'),
    ...(isNullable(schema) ? branches('anyOf') : []),
    ...Object.entries(properties).flatMap(([name, property]) =>
      below(property, 'properties', name).map((at): [SchemaPlace, string] => [at, name]),
    ),
    ...below(schema['items'], 'items').map((at): [SchemaPlace, typeof eachItem] => [at, eachItem]),
  ];
}

/** Which side of the keyword a value has shown, given the pointers of all keywords that it breaks; undefined where it had nothing to say. */
export function sideShown(keyword: AskedKeyword, value: Json, broken: ReadonlySet<string>): 'valid' | 'invalid' | undefined {
  if (broken.has(keyword.pointer)) return 'invalid';
  return valuesAt(value, keyword.path).some(keyword.concerns) ? 'valid' : undefined;
}

function valuesAt(value: Json, path: AskedKeyword['path']): readonly Json[] {
  let values: readonly Json[] = [value];
  for (const step of path)
    values = values.flatMap((one): readonly Json[] => {
      if (step === eachItem) return Array.isArray(one) ? one : [];
      const inner = member(one, step);
      return inner === undefined ? [] : [inner];
    });
  return values;
}
