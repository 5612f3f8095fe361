/** A JSON Schema interpreter for what the document uses, request side. Shares no code with what it is a yardstick for. */
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { formats } from './formats.ts';
import { plain } from './plain.ts';

/** One broken promise. */
export interface Violation {
  /** JSON Pointer into the value. */
  readonly pointer: string;
  readonly message: string;
}

/** What a value breaks of a schema of the document; `readOnly` properties are not required. */
export function violationsOf(document: JsonObject, schema: Json | undefined, value: Json): readonly Violation[] {
  const found: Violation[] = [];
  check({ document, found }, schema ?? true, value, '');
  return found;
}

interface Walk {
  readonly document: JsonObject;
  readonly found: Violation[];
}

/** The value that a local reference leads to, followed to its end. */
export function resolve(document: JsonObject, schema: Json | undefined): Json | undefined {
  let current = schema;
  while (isObject(current) && typeof current['$ref'] === 'string') {
    let place: Json | undefined = document;
    for (const name of current['$ref'].slice(2).split('/')) place = isObject(place) && Object.hasOwn(place, name) ? place[name] : undefined;
    current = place;
  }
  return current;
}

/** Returns the names of the properties that the schema spoke of. */
function check(walk: Walk, reference: Json, value: Json, at: string): ReadonlySet<string> {
  const schema = resolve(walk.document, reference);
  if (!isObject(schema)) return new Set();
  const fail = (message: string, pointer = at): void => void walk.found.push({ pointer, message });
  const types = [schema['type'] ?? []].flat() as readonly Json[];
  if (types.length > 0 && !types.some((type) => hasType(value, type))) fail(`must be ${types.map(plain).join(' or ')}`);
  const values = schema['enum'];
  if (Array.isArray(values) && !values.includes(value)) fail(`must be one of ${values.join(', ')}`);
  if (typeof value === 'string') checkString(schema, value, fail);
  if (typeof value === 'number') checkNumber(schema, value, fail);
  if (Array.isArray(value)) checkArray(walk, schema, value, at, fail);
  const seen = checkUnions(walk, schema, value, at, fail);
  if (isObject(value)) checkObject(walk, schema, value, at, seen, fail);
  return seen;
}

type Fail = (message: string, pointer?: string) => void;

function hasType(value: Json, type: Json): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return Number.isFinite(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? isObject(value) : typeof value === type;
}

const patterns = new Map<string, RegExp>();

/** Whether a text fits a pattern, as ECMA-262 with the `u` flag reads it. */
function fits(text: string, source: string): boolean {
  let pattern = patterns.get(source);
  if (!pattern) patterns.set(source, (pattern = new RegExp(source, 'u')));
  return pattern.test(text);
}

function bound(schema: JsonObject, keyword: string): number | undefined {
  const limit = schema[keyword];
  return typeof limit === 'number' ? limit : undefined;
}

function checkSize(schema: JsonObject, size: number, [least, most]: readonly [string, string], fail: Fail): void {
  if (size < (bound(schema, least) ?? 0)) fail(`${least} is ${bound(schema, least)}`);
  if (size > (bound(schema, most) ?? Infinity)) fail(`${most} is ${bound(schema, most)}`);
}

function checkString(schema: JsonObject, text: string, fail: Fail): void {
  checkSize(schema, Array.from(text).length, ['minLength', 'maxLength'], fail);
  const { pattern, format } = schema;
  if (typeof pattern === 'string' && !fits(text, pattern)) fail(`must fit ${pattern}`);
  if (typeof format === 'string' && formats[format] && !formats[format](text)) fail(`must be a ${format}`);
}

function checkNumber(schema: JsonObject, value: number, fail: Fail): void {
  if (value < (bound(schema, 'minimum') ?? -Infinity)) fail(`must be at least ${bound(schema, 'minimum')}`);
  if (value > (bound(schema, 'maximum') ?? Infinity)) fail(`must be at most ${bound(schema, 'maximum')}`);
  if (value <= (bound(schema, 'exclusiveMinimum') ?? -Infinity)) fail(`must be more than ${bound(schema, 'exclusiveMinimum')}`);
  if (value >= (bound(schema, 'exclusiveMaximum') ?? Infinity)) fail(`must be less than ${bound(schema, 'exclusiveMaximum')}`);
  // numbers in bounds print in full, so the digits tell without binary rounding
  if (schema['multipleOf'] === 0.01 && !/^-?\d+(\.\d{1,2})?$/.test(String(value))) fail('must be a multiple of 0.01');
}

function checkArray(walk: Walk, schema: JsonObject, list: readonly Json[], at: string, fail: Fail): void {
  checkSize(schema, list.length, ['minItems', 'maxItems'], fail);
  if (schema['uniqueItems'] === true && new Set(list.map((entry) => JSON.stringify(entry))).size < list.length)
    fail('must not repeat items');
  for (const [index, entry] of list.entries()) check(walk, schema['items'] ?? true, entry, `${at}/${index}`);
}

/** `allOf` and `oneOf`: what their branches spoke of is spoken of. */
function checkUnions(walk: Walk, schema: JsonObject, value: Json, at: string, fail: Fail): Set<string> {
  const seen = new Set<string>();
  const { allOf, oneOf } = schema;
  if (Array.isArray(allOf))
    for (const branch of allOf as readonly Json[]) for (const name of check(walk, branch, value, at)) seen.add(name);
  if (!Array.isArray(oneOf)) return seen;
  const branches = (oneOf as readonly Json[]).map((branch) => {
    const found: Violation[] = [];
    return { found, names: check({ ...walk, found }, branch, value, at) };
  });
  const fitting = branches.filter(({ found }) => found.length === 0);
  for (const { names } of fitting) for (const name of names) seen.add(name);
  if (fitting.length !== 1)
    fail(`must fit exactly one of ${branches.length} kinds: ${branches.map(({ found }) => found[0]?.message).join('; ')}`);
  return seen;
}

function checkObject(walk: Walk, schema: JsonObject, value: JsonObject, at: string, seen: Set<string>, fail: Fail): void {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const names = Object.keys(value);
  checkSize(schema, names.length, ['minProperties', 'maxProperties'], fail);
  for (const name of Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : []) {
    const property = resolve(walk.document, properties[name]);
    if (!Object.hasOwn(value, name) && !(isObject(property) && property['readOnly'] === true)) fail(`${name} is required`);
  }
  const rest = schema['additionalProperties'];
  for (const name of names) {
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const entry = Object.getOwnPropertyDescriptor(value, name)?.value as Json;
    if (isObject(schema['propertyNames'])) check(walk, schema['propertyNames'], name, pointer);
    if (Object.hasOwn(properties, name)) {
      seen.add(name);
      check(walk, properties[name] ?? true, entry, pointer);
    } else if (rest === false || (schema['unevaluatedProperties'] === false && !seen.has(name))) fail('is not known', pointer);
    else if (rest !== undefined) check(walk, rest, entry, pointer);
  }
}
