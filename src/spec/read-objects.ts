/** Reads the smaller OpenAPI Objects: parameters, bodies, media types, responses, headers. Pure. */
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { fragmentPointer, joinPointer, valueAt } from '../lib/json-pointer.ts';
import type {
  Header,
  MediaType,
  Parameter,
  ParameterLocation,
  ParameterStyle,
  RequestBody,
  ResponseObject,
  Schema,
  SchemaPlace,
} from './contract.ts';

/** An object of the document and where it stands. */
export interface Place {
  readonly pointer: string;
  readonly value: JsonObject;
}

/** Reads objects and follows Reference Objects. */
export interface DocumentReader {
  readonly document: JsonObject;
  /** The object at a place, its `$ref` followed; undefined when there is none. */
  readonly object: (value: Json | undefined, pointer: string) => Place | undefined;
  /** The members of an object that are objects themselves, references followed. */
  readonly members: (value: Json | undefined, pointer: string) => (Place & { readonly name: string })[];
}

/** @see https://spec.openapis.org/oas/v3.1.1#reference-object */
export function documentReader(document: JsonObject): DocumentReader {
  const object = (value: Json | undefined, pointer: string): Place | undefined => {
    let current = value;
    let at = pointer;
    for (let hops = 0; hops < 64 && isObject(current); hops++) {
      if (typeof current['$ref'] !== 'string') return { pointer: at, value: current };
      const target = fragmentPointer(current['$ref']);
      if (target === undefined) return undefined;
      at = target;
      current = valueAt(document, target);
    }
    return undefined;
  };
  const members: DocumentReader['members'] = (value, pointer) =>
    Object.entries(isObject(value) ? value : {}).flatMap(([name, entry]) => {
      const place = object(entry, joinPointer(pointer, name));
      return place ? [{ name, ...place }] : [];
    });
  return { document, object, members };
}

const locations = new Set<string>(['path', 'query', 'header', 'cookie', 'querystring']);
const defaultStyles: Record<ParameterLocation, ParameterStyle> = {
  path: 'simple',
  query: 'form',
  header: 'simple',
  cookie: 'form',
  querystring: 'form',
};

/** @see https://spec.openapis.org/oas/v3.1.1#parameter-object */
export function readParameter(place: Place, reader: DocumentReader): Parameter | undefined {
  const { value, pointer } = place;
  const where = value['in'];
  if (typeof where !== 'string' || !locations.has(where) || typeof value['name'] !== 'string') return undefined;
  const location = where as ParameterLocation;
  const style = (typeof value['style'] === 'string' ? value['style'] : defaultStyles[location]) as ParameterStyle;
  const [mediaType] = readContent(value['content'], joinPointer(pointer, 'content'), reader);
  return {
    name: value['name'],
    in: location,
    required: value['required'] === true || location === 'path',
    deprecated: value['deprecated'] === true,
    schema: schemaPlace(value['schema'], joinPointer(pointer, 'schema')),
    mediaType,
    style,
    explode: typeof value['explode'] === 'boolean' ? value['explode'] : style === 'form',
    allowReserved: value['allowReserved'] === true,
    pointer,
    examples: readExamples(value, pointer, reader),
  };
}

/** @see https://spec.openapis.org/oas/v3.1.1#request-body-object */
export function readRequestBody(place: Place, reader: DocumentReader): RequestBody {
  return {
    required: place.value['required'] === true,
    content: readContent(place.value['content'], joinPointer(place.pointer, 'content'), reader),
    pointer: place.pointer,
  };
}

/** @see https://spec.openapis.org/oas/v3.1.1#responses-object */
export function readResponses(responses: Json | undefined, pointer: string, reader: DocumentReader): ResponseObject[] {
  return reader
    .members(responses, pointer)
    .filter(({ name }) => !name.startsWith('x-'))
    .map(({ name, value, pointer: at }) => ({
      status: name === 'default' ? name : name.toUpperCase(),
      content: readContent(value['content'], joinPointer(at, 'content'), reader),
      headers: readHeaders(value['headers'], joinPointer(at, 'headers'), reader),
      links: isObject(value['links']) ? value['links'] : {},
      pointer: at,
    }));
}

/** `Content-Type` is described by `content`, so a header of that name is ignored as the standard says. */
function readHeaders(headers: Json | undefined, pointer: string, reader: DocumentReader): Header[] {
  return reader
    .members(headers, pointer)
    .filter(({ name }) => name.toLowerCase() !== 'content-type')
    .map(({ name, value, pointer: at }) => ({
      name,
      required: value['required'] === true,
      schema: schemaPlace(value['schema'], joinPointer(at, 'schema')),
      mediaType: readContent(value['content'], joinPointer(at, 'content'), reader)[0],
      explode: value['explode'] === true,
      pointer: at,
    }));
}

function readContent(content: Json | undefined, pointer: string, reader: DocumentReader): MediaType[] {
  return reader.members(content, pointer).map(({ name, value, pointer: at }) => ({
    type: name,
    schema: schemaPlace(value['schema'], joinPointer(at, 'schema')),
    itemSchema: schemaPlace(value['itemSchema'], joinPointer(at, 'itemSchema')),
    pointer: at,
    examples: readExamples(value, at, reader),
    encoding: isObject(value['encoding']) ? value['encoding'] : {},
  }));
}

function schemaPlace(schema: Json | undefined, pointer: string): SchemaPlace | undefined {
  return isObject(schema) || typeof schema === 'boolean' ? { pointer, schema: schema satisfies Schema } : undefined;
}

/** @see https://spec.openapis.org/oas/v3.1.1#example-object */
function readExamples(value: JsonObject, pointer: string, reader: DocumentReader): Json[] {
  const listed = reader.members(value['examples'], joinPointer(pointer, 'examples')).flatMap(({ value: example }) => {
    const shown = example['value'] ?? example['dataValue'];
    return shown === undefined ? [] : [shown];
  });
  return value['example'] === undefined ? listed : [value['example'], ...listed];
}
