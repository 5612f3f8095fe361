/** The members of a thing within the body that writes it: at its top, or the fields of a resource object of JSON:API in `data`. Pure. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { pointerTokens } from '../../lib/json-pointer.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf } from '../../spec/properties.ts';
import { preferredBody } from '../planning.ts';
import { fields, fieldsOf } from './representation.ts';

/** How the members of a thing are found in a body and put into it. */
export interface BodyFields {
  /** The schema of what holds the members. */
  readonly place: SchemaPlace;
  /** The schemas of the members by name. */
  readonly places: ReadonlyMap<string, SchemaPlace>;
  readonly of: (body: Json | undefined) => JsonObject;
  /** The body with some members changed. */
  readonly with: (body: Json, members: JsonObject) => JsonObject;
  /** The body with no members but these. */
  readonly only: (body: Json, members: JsonObject) => JsonObject;
  /** The body of an update of the thing with an identifier: a resource object says whose it is. */
  readonly about: (body: Json, id: Json) => Json;
  /** The member that a JSON Pointer into the body leads to, or into; undefined above the members. */
  readonly nameAt: (pointer: string) => string | undefined;
}

/** The members of the bodies that a schema describes. */
export function bodyFields(contract: Contract, schema: SchemaPlace): BodyFields {
  const own = propertiesOf(contract, schema);
  const data = own.get('data');
  const inner = data && propertiesOf(contract, data);
  const places = data && fieldsOf(contract, data);
  if (!data || !inner || !places || places === inner)
    return {
      place: schema,
      places: own,
      of: object,
      with: (body, members) => ({ ...object(body), ...members }),
      only: (_, members) => members,
      about: (body) => body,
      nameAt: (pointer) => pointerTokens(pointer)[0],
    };
  const related = inner.get('relationships');
  const relations = related ? propertiesOf(contract, related) : new Map<string, SchemaPlace>();
  const put = (resource: JsonObject, members: JsonObject, before: JsonObject): JsonObject => {
    const [relationships, attributes] = [true, false].map((wanted) =>
      Object.fromEntries(Object.entries(members).filter(([name]) => relations.has(name) === wanted)),
    ) as [JsonObject, JsonObject];
    const links = { ...object(before['relationships']), ...relationships };
    return {
      ...resource,
      attributes: { ...object(before['attributes']), ...attributes },
      ...(Object.keys(links).length > 0 && { relationships: links }),
    };
  };
  const resourceIn = (body: Json | undefined): JsonObject => object(object(body)['data']);
  return {
    place: data,
    places,
    of: (body) => {
      const { id: _, ...members } = object(fields(resourceIn(body)));
      return members;
    },
    with: (body, members) => ({ ...object(body), data: put(resourceIn(body), members, resourceIn(body)) }),
    only: (body, members) => {
      const { relationships: _, ...resource } = resourceIn(body);
      return { ...object(body), data: put(resource, members, {}) };
    },
    about: (body, id) => ('id' in resourceIn(body) ? { ...object(body), data: { ...resourceIn(body), id } } : body),
    nameAt: (pointer) => {
      const [, holder, name] = pointerTokens(pointer);
      return holder === 'attributes' || holder === 'relationships' ? name : undefined;
    },
  };
}

/** The members that an operation writes; undefined where its body has no schema. */
export function fieldsWritten(contract: Contract, operation: Operation): BodyFields | undefined {
  const schema = preferredBody(operation)?.schema;
  return schema && bodyFields(contract, schema);
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
