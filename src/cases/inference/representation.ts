/** The shape of one thing in the answers that show it. Pure. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { itemsOf, listIn, propertiesOf, successBody } from '../../spec/properties.ts';

/** Properties of one item: of the body itself, of what its only object wraps, or of its list's items. */
export function representation(contract: Contract, place: SchemaPlace): ReadonlyMap<string, SchemaPlace> {
  const list = listIn(contract, place);
  const own = propertiesOf(contract, place);
  if (list && (list.pointer === '' || own.size <= 8) && !own.has('id')) {
    const items = fieldsOf(contract, list.items);
    if (items.size > 0) return items;
  }
  if (own.has('id')) return fieldsOf(contract, place);
  const wrapper = [...wrappers].find((name) => own.has(name) && isBeside(own.keys(), name, besides));
  const wrapped = [...(wrapper === undefined ? [] : [wrapper]), ...(own.size <= 3 ? own.keys() : [])].flatMap(
    (name) => own.get(name) ?? [],
  );
  for (const one of wrapped) {
    const inner = fieldsOf(contract, one);
    if (inner.size > 0 && itemsOf(contract, one) === undefined) return inner;
  }
  return own;
}

/** The properties of a thing; of a resource object of JSON:API its fields, which are attributes and relationships, and its identifier. @see https://jsonapi.org/format/#document-resource-object-fields */
export function fieldsOf(contract: Contract, place: SchemaPlace): ReadonlyMap<string, SchemaPlace> {
  const own = propertiesOf(contract, place);
  const attributes = own.get('attributes');
  if (!attributes || !own.has('type') || !isBeside(own.keys(), 'attributes', besideAttributes)) return own;
  const [id, relationships] = [own.get('id'), own.get('relationships')];
  const related = relationships ? propertiesOf(contract, relationships) : [];
  return new Map([...(id ? [['id', id] as const] : []), ...propertiesOf(contract, attributes), ...related]);
}

/** The items of a list answer at a place; undefined where no list is. What HAL embeds none of it may leave out. */
export function itemsAt(json: Json | undefined, pointer: string): readonly Json[] | undefined {
  if (json === undefined) return undefined;
  const items = valueAt(json, pointer);
  if (Array.isArray(items)) return items.map(fields);
  return items === undefined && pointer.startsWith('/_embedded/') && member(json, '_links') !== undefined ? [] : undefined;
}

/** The items that an answer of an operation shows; undefined where none of its successes is a list, or no list is there. */
export function itemsShown(contract: Contract, operation: Operation, json: Json | undefined): readonly Json[] | undefined {
  const body = successBody(operation);
  const place = body && listIn(contract, body.schema);
  return place && itemsAt(json, place.pointer);
}

/** The members of a thing, as `fieldsOf` tells of them. */
export function fields(item: Json): Json {
  const attributes = member(item, 'attributes');
  if (!isObject(item) || !isObject(attributes) || !isBeside(Object.keys(item), 'attributes', besideAttributes)) return item;
  const { id, relationships } = item;
  return { ...(id !== undefined && { id }), ...attributes, ...(isObject(relationships) && relationships) };
}

const wrappers = new Set(['data', 'item', 'result', 'payload', 'resource', 'entity', 'object', 'record']);
/** What an envelope has beside the thing that it wraps. */
const besides = new Set([
  'meta',
  'metadata',
  'links',
  'included',
  'jsonapi',
  'status',
  'success',
  'ok',
  'code',
  'message',
  'error',
  'errors',
]);
/** What a resource object of JSON:API has beside its attributes. @see https://jsonapi.org/format/#document-resource-objects */
const besideAttributes = new Set(['type', 'id', 'relationships', 'links', 'meta']);

/** The object itself, or the only one that it wraps: `{ data: { … } }`. A thing may have a property of such a name among others. */
export function thingIn(json: Json | undefined): JsonObject {
  if (!isObject(json)) return {};
  const own = fields(json);
  if (own !== json && isObject(own)) return own;
  const names = Object.keys(json);
  const objects = Object.entries(json).filter(([name, value]) => isObject(value) && wrappers.has(name) && isBeside(names, name, besides));
  const [[, inner] = []] = objects;
  const thing = inner !== undefined && objects.length === 1 ? fields(inner) : json;
  return isObject(thing) ? thing : json;
}

/** Whether all names but one are such as stand beside it. */
function isBeside(names: Iterable<string>, one: string, others: ReadonlySet<string>): boolean {
  return Array.from(names).every((name) => name === one || others.has(name));
}
