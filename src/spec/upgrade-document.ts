/** Brings a 2.0 document into the 3.1 shape. From 3.0 on documents stay as they are: their schemas are lowered elsewhere. Pure. */
import { HarnessError } from '../errors.ts';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { fragmentPointer, valueAt } from '../lib/json-pointer.ts';
import { openApiUpgrader } from '../lib/load-late.ts';
import type { Dialect } from './contract.ts';

const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

/** OpenAPI versions that specproof reads. */
export function dialectOf(document: JsonObject): Dialect | undefined {
  if (document['swagger'] === '2.0') return '2.0';
  const version = document['openapi'];
  return typeof version === 'string' ? (['3.0', '3.1', '3.2'] as const).find((dialect) => version.startsWith(`${dialect}.`)) : undefined;
}

const objects = (value: Json | undefined): [string, JsonObject][] =>
  isObject(value) ? Object.entries(value).filter((entry): entry is [string, JsonObject] => isObject(entry[1])) : [];

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Body and form parameters, which 3.x has not: the upgrader overlooks them behind a `$ref`. */
function inlineBody(document: JsonObject, parameter: Json): Json {
  const reference = member(parameter, '$ref');
  const pointer = typeof reference === 'string' ? fragmentPointer(reference) : undefined;
  const target = pointer === undefined ? undefined : valueAt(document, pointer);
  return isBody(target) ? target : parameter;
}

function isBody(parameter: Json | undefined): parameter is JsonObject {
  const place = member(parameter, 'in');
  return place === 'body' || place === 'formData';
}

/** Arrays in forms are comma-separated unless they say otherwise; the upgrader would leave 3.x's other default. */
const explicitFormat = (parameter: Json): Json =>
  isBody(parameter) && parameter['type'] === 'array' && parameter['collectionFormat'] === undefined
    ? { ...parameter, collectionFormat: 'csv' }
    : parameter;

function withoutEmpty(holder: JsonObject): JsonObject {
  // An empty list of media types would lose the schemas that hang on them.
  return Object.fromEntries(
    Object.entries(holder).filter(([name, value]) => !((name === 'consumes' || name === 'produces') && list(value).length === 0)),
  );
}

function mendOperation(document: JsonObject, operation: JsonObject, shared: readonly Json[]): JsonObject {
  const own = list(operation['parameters']).map((parameter) => explicitFormat(inlineBody(document, parameter)));
  const hasBody = own.some((parameter) => member(parameter, 'in') === 'body');
  const ownNames = new Set(own.filter(isBody).map((parameter) => parameter['name']));
  const inherited = shared.filter((parameter) => isBody(parameter) && !hasBody && !ownNames.has(parameter['name'] ?? null));
  const servers = operationServers(document, operation);
  const { schemes: _, ...rest } = withoutEmpty(operation);
  return {
    ...rest,
    ...(own.length + inherited.length > 0 ? { parameters: [...own, ...inherited] } : {}),
    ...(servers === undefined ? {} : { servers }),
  };
}

/** `schemes` of an operation overrides the document's; 3.x says that with servers. */
function operationServers(document: JsonObject, operation: JsonObject): Json | undefined {
  const schemes = list(operation['schemes']).filter((scheme) => typeof scheme === 'string');
  const { host } = document;
  if (schemes.length === 0 || typeof host !== 'string') return undefined;
  const basePath = typeof document['basePath'] === 'string' ? document['basePath'] : '';
  return schemes.map((scheme) => ({ url: `${scheme}://${host}${basePath}` }));
}

/** The 2.0 document without the constructs that the upgrader loses. */
function prepare(document: JsonObject): JsonObject {
  const paths = objects(document['paths']).map(([path, item]): [string, Json] => {
    const shared = list(item['parameters']).map((parameter) => explicitFormat(inlineBody(document, parameter)));
    const entries = Object.entries(item).map(([name, value]): [string, Json] => {
      if (name === 'parameters') return [name, shared.filter((parameter) => !isBody(parameter))];
      return [name, methods.has(name) && isObject(value) ? mendOperation(document, value, shared) : value];
    });
    return [path, Object.fromEntries(entries)];
  });
  return { ...withoutEmpty(document), paths: Object.fromEntries(paths) };
}

/** A form with a required field is a required body; the upgrader says only the first. */
function mendForm(operation: JsonObject): JsonObject {
  const body = operation['requestBody'];
  if (!isObject(body) || body['required'] === true) return operation;
  const required = objects(body['content']).some(
    ([type, media]) => /^(multipart|application\/x-www-form)/.test(type) && list(member(media['schema'], 'required')).length > 0,
  );
  return required ? { ...operation, requestBody: { ...body, required: true } } : operation;
}

function mendUpgraded(document: JsonObject): JsonObject {
  const paths = objects(document['paths']).map(([path, item]): [string, Json] => {
    const entries = Object.entries(item).map(([name, value]): [string, Json] => [
      name,
      methods.has(name) && isObject(value) ? mendForm(value) : value,
    ]);
    return [path, Object.fromEntries(entries)];
  });
  const { schemes: _, ...rest } = document;
  return { ...rest, paths: Object.fromEntries(paths) };
}

/**
 * The document in 3.x shape, and the dialect its author wrote. 2.0 becomes 3.1; 3.0, 3.1 and 3.2 are returned as they are.
 * `collectionFormat: tsv` has no counterpart in 3.x and is lost.
 * @throws HarnessError `E_SPEC_INVALID` for any other version, or a 2.0 document that cannot be upgraded
 */
export function upgradeDocument(document: JsonObject): { readonly document: JsonObject; readonly dialect: Dialect } {
  const dialect = dialectOf(document);
  if (dialect === undefined)
    throw new HarnessError('E_SPEC_INVALID', 'the document is of no OpenAPI version that specproof reads (2.0, 3.0, 3.1, 3.2)');
  if (dialect !== '2.0') return { document, dialect };
  try {
    // Loaded for the few documents that need it.
    const { upgrade } = openApiUpgrader();
    // The upgrader changes what it is given.
    const upgraded: unknown = upgrade(structuredClone(prepare(document)), '3.1');
    return { document: mendUpgraded(isObject(upgraded) ? upgraded : document), dialect };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HarnessError('E_SPEC_INVALID', `the 2.0 document cannot be brought into the 3.1 shape: ${reason}`, { cause: error });
  }
}
