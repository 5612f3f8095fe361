/** Reads operations and security from the document. Pure. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { fragmentPointer, joinPointer, valueAt } from '../lib/json-pointer.ts';
import { once } from '../lib/once.ts';
import type { Operation, Parameter, SecurityRequirement, SecurityScheme } from './contract.ts';
import { readParameter, readRequestBody, readResponses, type DocumentReader, type Place } from './read-objects.ts';
import { readServers } from './servers.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Header parameters that the standard says to ignore: other parts of the document describe them. */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);

/**
 * All operations of `paths`, in document order.
 * @see https://spec.openapis.org/oas/v3.1.1#path-item-object
 */
export function readOperations(reader: DocumentReader): Operation[] {
  const { paths } = reader.document;
  return Object.entries(isObject(paths) ? paths : {})
    .filter(([path]) => path.startsWith('/'))
    .flatMap(([path, value]) => {
      const items = itemPlaces(value, joinPointer('/paths', path), reader);
      const all = items
        .flatMap((item) => operationPlaces(item, reader))
        .map(({ name, ...place }) => readOperation(path, name, items, place, reader));
      return all.filter(({ id }, index) => all.findIndex((one) => one.id === id) === index);
    });
}

/** A Path Item and those that its `$ref` leads to: what stands beside a `$ref` counts, and comes first. */
function itemPlaces(value: Json | undefined, pointer: string, reader: DocumentReader): Place[] {
  const places: Place[] = [];
  for (let current: Place | undefined = isObject(value) ? { pointer, value } : undefined; current !== undefined;) {
    places.push(current);
    const { $ref: reference } = current.value;
    const target: string | undefined = typeof reference === 'string' ? fragmentPointer(reference) : undefined;
    const next: Json | undefined = target === undefined ? undefined : valueAt(reader.document, target);
    current =
      target !== undefined && isObject(next) && places.every((place) => place.value !== next)
        ? { pointer: target, value: next }
        : undefined;
  }
  return places;
}

/** The Operation Objects of a Path Item by method. */
function operationPlaces({ pointer, value }: Place, reader: DocumentReader): (Place & { readonly name: string })[] {
  const own = methods.flatMap((method) => {
    const operation = value[method];
    return isObject(operation) ? [{ name: method.toUpperCase(), pointer: joinPointer(pointer, method), value: operation }] : [];
  });
  // OpenAPI 3.2: any further method, written as it goes on the wire
  return [...own, ...reader.members(value['additionalOperations'], joinPointer(pointer, 'additionalOperations'))];
}

function readOperation(
  path: string,
  method: string,
  items: readonly Place[],
  { pointer, value }: Place,
  reader: DocumentReader,
): Operation {
  // of a large document a run may look into few operations
  const parameters = once(() =>
    [{ pointer, value }, ...items].reduceRight<Parameter[]>(
      (inherited, owner) => mergeParameters(inherited, readParameters(owner.value, owner.pointer, reader)),
      [],
    ),
  );
  const requestBody = once(() => {
    const body = reader.object(value['requestBody'], joinPointer(pointer, 'requestBody'));
    return body && readRequestBody(body, reader);
  });
  const responses = once(() => readResponses(value['responses'], joinPointer(pointer, 'responses'), reader));
  const servers = [value, ...items.map((item) => item.value)].find((owner) => owner['servers'] !== undefined)?.['servers'];
  return {
    id: `${method} ${path}`,
    method,
    path,
    operationId: typeof value['operationId'] === 'string' ? value['operationId'] : undefined,
    tags: Array.isArray(value['tags']) ? value['tags'].map(String) : [],
    deprecated: value['deprecated'] === true,
    pointer,
    get parameters() {
      return parameters();
    },
    get requestBody() {
      return requestBody();
    },
    get responses() {
      return responses();
    },
    security: readSecurity(value['security'] ?? reader.document['security']),
    servers: readServers(servers),
    extensions: Object.assign({}, ...items.toReversed().map((item) => extensions(item.value)), extensions(value)) as JsonObject,
  };
}

function readParameters(owner: JsonObject, pointer: string, reader: DocumentReader): Parameter[] {
  const entries = Array.isArray(owner['parameters']) ? owner['parameters'] : [];
  return entries.flatMap((entry: Json, index) => {
    const place = reader.object(entry, joinPointer(pointer, 'parameters', index));
    const parameter = place && readParameter(place, reader);
    return parameter && !(parameter.in === 'header' && ignoredHeaders.has(parameter.name.toLowerCase())) ? [parameter] : [];
  });
}

/** Own ones override inherited ones of the same name and place. */
function mergeParameters(inherited: readonly Parameter[], own: readonly Parameter[]): Parameter[] {
  return [...inherited.filter((one) => !own.some((other) => other.name === one.name && other.in === one.in)), ...own];
}

function readSecurity(security: Json | undefined): SecurityRequirement[] {
  const alternatives = Array.isArray(security) ? security : [];
  return alternatives
    .filter(isObject)
    .map((alternative) =>
      Object.entries(alternative).map(([scheme, scopes]) => ({ scheme, scopes: Array.isArray(scopes) ? scopes.map(String) : [] })),
    );
}

/** @see https://spec.openapis.org/oas/v3.1.1#security-scheme-object */
export function readSecuritySchemes(reader: DocumentReader): ReadonlyMap<string, SecurityScheme> {
  const schemes = reader.members(member(reader.document['components'], 'securitySchemes'), '/components/securitySchemes');
  return new Map(
    schemes.map(({ name, value, pointer }) => [
      name,
      {
        name,
        type: value['type'] as SecurityScheme['type'],
        scheme: typeof value['scheme'] === 'string' ? value['scheme'].toLowerCase() : undefined,
        in: value['in'] as SecurityScheme['in'],
        parameterName: typeof value['name'] === 'string' ? value['name'] : undefined,
        pointer,
      },
    ]),
  );
}

function extensions(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(value)
      .filter((name) => name.startsWith('x-'))
      .map((name) => [name, value[name] ?? null]),
  );
}
