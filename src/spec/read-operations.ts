/** Reads operations and security from the document. Pure. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { joinPointer } from '../lib/json-pointer.ts';
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
  return reader
    .members(reader.document['paths'], '/paths')
    .filter(({ name }) => name.startsWith('/'))
    .flatMap((item) => [
      ...methods.flatMap(
        (method) =>
          readOperation(item.name, method.toUpperCase(), item, item.value[method], joinPointer(item.pointer, method), reader) ?? [],
      ),
      // OpenAPI 3.2: any further method, written as it goes on the wire
      ...reader
        .members(item.value['additionalOperations'], joinPointer(item.pointer, 'additionalOperations'))
        .flatMap((entry) => readOperation(item.name, entry.name, item, entry.value, entry.pointer, reader) ?? []),
    ]);
}

function readOperation(
  path: string,
  method: string,
  item: Place,
  value: Json | undefined,
  pointer: string,
  reader: DocumentReader,
): Operation | undefined {
  if (!isObject(value)) return undefined;
  const body = reader.object(value['requestBody'], joinPointer(pointer, 'requestBody'));
  return {
    id: `${method} ${path}`,
    method,
    path,
    operationId: typeof value['operationId'] === 'string' ? value['operationId'] : undefined,
    tags: Array.isArray(value['tags']) ? value['tags'].map(String) : [],
    deprecated: value['deprecated'] === true,
    pointer,
    parameters: mergeParameters(readParameters(item.value, item.pointer, reader), readParameters(value, pointer, reader)),
    requestBody: body && readRequestBody(body, reader),
    responses: readResponses(value['responses'], joinPointer(pointer, 'responses'), reader),
    security: readSecurity(value['security'] ?? reader.document['security']),
    servers: readServers(value['servers'] ?? item.value['servers']),
    extensions: { ...extensions(item.value), ...extensions(value) },
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

/** The operation's own override the path item's of the same name and place. */
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
  return Object.fromEntries(Object.entries(value).filter(([name]) => name.startsWith('x-')));
}
