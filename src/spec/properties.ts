/** The properties that a schema names, wherever in its compositions. Pure. */
import { isObject, member, type Json } from '../lib/json.ts';
import { joinPointer, pointerTokens } from '../lib/json-pointer.ts';
import type { Contract, MediaType, Operation, Schema, SchemaPlace } from './contract.ts';
import { isJson, parseMediaType, type ParsedMediaType } from '../lib/media-type.ts';
import { rememberPlaces } from './remember-places.ts';

/** Every named property of an object schema by name, through `$ref`, `allOf`, `anyOf` and `oneOf`; the first one met wins. */
export const propertiesOf: (contract: Contract, place: SchemaPlace) => ReadonlyMap<string, SchemaPlace> = rememberPlaces(
  (contract, place) => {
    const found = new Map<string, SchemaPlace>();
    walk(contract, place, new Set(), (schema, pointer) => {
      for (const [name, property] of Object.entries(isObject(schema['properties']) ? schema['properties'] : {})) {
        if (!found.has(name) && isSchema(property))
          found.set(name, { pointer: joinPointer(pointer, 'properties', name), schema: property });
      }
    });
    return found;
  },
);

/** The schema of the items, when the schema is or contains an array; undefined otherwise. */
export const itemsOf: (contract: Contract, place: SchemaPlace) => SchemaPlace | undefined = rememberPlaces((contract, place) => {
  let found: SchemaPlace | undefined;
  walk(contract, place, new Set(), (schema, pointer) => {
    if (isSchema(schema['items'])) found ??= { pointer: joinPointer(pointer, 'items'), schema: schema['items'] };
  });
  return found;
});

/** The schema of what stands at a pointer of a value: of a member, of an item; undefined where the schema names none. */
export function placeWithin(contract: Contract, place: SchemaPlace, pointer: string): SchemaPlace | undefined {
  return pointerTokens(pointer).reduce<SchemaPlace | undefined>(
    (at, token) => at && (propertiesOf(contract, at).get(token) ?? (/^\d+$/.test(token) ? itemsOf(contract, at) : undefined)),
    place,
  );
}

/** The types that a schema names, through references and compositions. */
export const typesOf: (contract: Contract, place: SchemaPlace) => ReadonlySet<string> = rememberPlaces((contract, place) => {
  const found = new Set<string>();
  walk(contract, place, new Set(), (schema) => {
    const { type } = schema;
    for (const name of Array.isArray(type) ? type : [type]) if (typeof name === 'string') found.add(name);
  });
  return found;
});

/** What a schema states under a keyword, through references and compositions; the first one met. */
export function keywordOf(contract: Contract, place: SchemaPlace, keyword: string): Json | undefined {
  let found: Json | undefined;
  walk(contract, place, new Set(), (schema) => {
    found ??= schema[keyword];
  });
  return found;
}

/** Whether a schema names numbers among its types. */
export function isNumber(contract: Contract, place: SchemaPlace): boolean {
  const types = typesOf(contract, place);
  return types.has('integer') || types.has('number');
}

/** Whether a schema is of dates or of moments, by its format. */
export function isMoment(contract: Contract, place: SchemaPlace): boolean {
  return /^date(?:-time)?$/.test(String(member(contract.resolve(place).schema, 'format')));
}

/** Where the list of a list answer is: the schema itself an array (''), the one array property of an envelope (`/items`, `/data`), or what HAL embeds (`/_embedded/items`). @see https://datatracker.ietf.org/doc/html/draft-kelly-json-hal-11#section-4.1.2 */
export function listIn(contract: Contract, place: SchemaPlace): { readonly pointer: string; readonly items: SchemaPlace } | undefined {
  if (typesOf(contract, place).has('array')) {
    const items = itemsOf(contract, place);
    return items && { pointer: '', items };
  }
  const own = propertiesOf(contract, place);
  const embedded = own.get('_embedded');
  const inside = embedded && listIn(contract, embedded);
  if (inside && inside.pointer !== '') return { ...inside, pointer: `/_embedded${inside.pointer}` };
  const arrays = [...own].filter(([, property]) => typesOf(contract, property).has('array'));
  const [name, property] =
    arrays.length === 1
      ? (arrays[0] ?? [])
      : (arrays.find(([candidate]) => envelopes.has(candidate.toLowerCase())) ??
        onlyOne(arrays.filter(([, one]) => holdsObjects(contract, one))));
  const items = property && itemsOf(contract, property);
  return name !== undefined && items ? { pointer: joinPointer('', name), items } : undefined;
}

/** Whether a list is of things: beside `tags`, `messages`. */
function holdsObjects(contract: Contract, place: SchemaPlace): boolean {
  const items = itemsOf(contract, place);
  return items !== undefined && typesOf(contract, items).has('object');
}

function onlyOne<T>(found: readonly (readonly [string, T])[]): readonly [name?: string, value?: T] {
  return (found.length === 1 ? found[0] : undefined) ?? [];
}

const envelopes = new Set(['items', 'data', 'results', 'records', 'content', 'entries', 'values', 'rows', 'list', 'elements', 'hits']);

/** The JSON media type of the operation's first declared success that has a schema. A range that JSON falls under, as generators write it, counts as one. */
export function successBody(operation: Operation): (MediaType & { readonly schema: SchemaPlace }) | undefined {
  for (const response of operation.responses) {
    if (!response.status.startsWith('2')) continue;
    for (const media of response.content) {
      const type = parseMediaType(media.type);
      if (type && (isJson(type) || isRange(type)) && media.schema) return { ...media, schema: media.schema };
    }
  }
  return undefined;
}

function isRange({ type, subtype }: ParsedMediaType): boolean {
  return subtype === '*' && (type === '*' || type === 'application');
}

function walk(
  contract: Contract,
  place: SchemaPlace,
  seen: Set<string>,
  visit: (schema: { readonly [name: string]: Json }, pointer: string) => void,
): void {
  const { schema, pointer } = contract.resolve(place);
  if (!isObject(schema) || seen.has(pointer)) return;
  seen.add(pointer);
  visit(schema, pointer);
  // beside siblings a `$ref` is one branch more
  if (typeof schema['$ref'] === 'string') walk(contract, { pointer, schema: { $ref: schema['$ref'] } }, seen, visit);
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) continue;
    for (const [index, branch] of branches.entries()) {
      if (isSchema(branch)) walk(contract, { pointer: joinPointer(pointer, keyword, index), schema: branch }, seen, visit);
    }
  }
}

function isSchema(value: Json | undefined): value is Schema {
  return isObject(value) || typeof value === 'boolean';
}

/** The description that a schema has beside its `$ref` or behind it; empty where it has none. */
export function descriptionOf(contract: Contract, place: SchemaPlace): string {
  const text = member(place.schema, 'description') ?? member(contract.resolve(place).schema, 'description');
  return typeof text === 'string' ? text : '';
}

/** The default that a schema states beside its `$ref` or behind it; undefined where it states none. JSON Schema 2020-12, Validation, section 9.2. */
export function defaultOf(contract: Contract, { schema, pointer }: SchemaPlace): Json | undefined {
  return member(schema, 'default') ?? member(contract.resolve({ schema, pointer }).schema, 'default');
}
