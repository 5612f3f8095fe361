/** Checks a bundled document against the schema of its OpenAPI version, and notes what a schema cannot see. Loaded by pull only: its schemas are heavy. */
import type { ErrorObject } from 'ajv';
import { HarnessError } from '../errors.ts';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { fragmentPointer, valueAt } from '../lib/json-pointer.ts';
import { withoutDataReferences } from './data-references.ts';
import { walkDocument } from './document-tree.ts';
import { isFormerBound } from './prepare-schema.ts';
import { noteLostMappings } from './references.ts';

const shown = 3;

/** Keywords that only repeat what their branches say. */
const summaries: ReadonlySet<string> = new Set([
  'anyOf',
  'oneOf',
  'allOf',
  'if',
  '$ref',
  'not',
  'dependentSchemas',
  'unevaluatedProperties',
]);

/** The errors that name a place best: of each place one, the deepest places first. */
function mostTelling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  // "Must have $ref" is only the other branch of an object that may be a reference.
  const plain = errors.filter(({ keyword, params }) => !summaries.has(keyword) && member(params, 'missingProperty') !== '$ref');
  const byPlace = new Map((plain.length > 0 ? plain : errors).toReversed().map((error) => [error.instancePath, error]));
  const depth = (error: ErrorObject): number => error.instancePath.split('/').length;
  return [...byPlace.values()].sort((left, right) => depth(right) - depth(left));
}

function sentence(error: ErrorObject, line: (pointer: string) => number | undefined): string {
  const params: unknown = error.params;
  const named = ['additionalProperty', 'unevaluatedProperty', 'allowedValues']
    .map((name) => member(params, name))
    .find((value) => value !== undefined);
  const at = line(error.instancePath);
  const where = `${error.instancePath === '' ? '/' : error.instancePath}${at === undefined ? '' : ` (line ${at})`}`;
  return `${where} ${error.message ?? error.keyword}${named === undefined ? '' : `: ${JSON.stringify(named)}`}`;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

interface OperationPlace {
  readonly id: string;
  readonly path: string;
  readonly operation: JsonObject;
  readonly shared: Json | undefined;
}

function operationsOf(document: JsonObject): OperationPlace[] {
  const paths = document['paths'];
  return Object.entries(isObject(paths) ? paths : {}).flatMap(([path, written]) => {
    const item = follow(document, written);
    return [...methods, ...Object.keys(member(item, 'additionalOperations') ?? {})].flatMap((method) => {
      const operation = member(item, method) ?? member(member(item, 'additionalOperations'), method);
      return isObject(operation)
        ? [
            {
              id: `${methods.includes(method) ? method.toUpperCase() : method} ${path}`,
              path,
              operation,
              shared: member(item, 'parameters'),
            },
          ]
        : [];
    });
  });
}

function follow(document: JsonObject, value: Json): Json {
  const reference = member(value, '$ref');
  const pointer = typeof reference === 'string' ? fragmentPointer(reference) : undefined;
  return pointer === undefined ? value : (valueAt(document, pointer) ?? value);
}

function pathNotes(document: JsonObject, { id, path, operation, shared }: OperationPlace): string[] {
  const lists = [operation['parameters'], shared].flatMap((value) => (Array.isArray(value) ? (value as readonly Json[]) : []));
  const declared = new Set(
    lists
      .map((parameter) => follow(document, parameter))
      .flatMap((parameter) => {
        const name = member(parameter, 'name');
        return member(parameter, 'in') === 'path' && typeof name === 'string' ? [name] : [];
      }),
  );
  const named = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''));
  return [
    ...[...named].filter((name) => !declared.has(name)).map((name) => `${id}: the path has {${name}}, and no path parameter declares it`),
    ...[...declared].filter((name) => !named.has(name)).map((name) => `${id}: the path parameter ${name} is not in the path`),
  ];
}

/** Bounds as OpenAPI 2.0 and 3.0 write them, in a document of a later version. */
function formerBoundNotes(document: JsonObject): string[] {
  if (!/^3\.[1-9]/.test(String(document['openapi']))) return [];
  const notes: string[] = [];
  walkDocument(document, (schema, kind, pointer) => {
    const former = kind === 'schema' ? Object.keys(schema).filter((keyword) => isFormerBound(keyword, schema[keyword])) : [];
    notes.push(...former.map((keyword) => `${pointer}: ${keyword} is a number since OpenAPI 3.1; ${String(schema[keyword])} says nothing`));
  });
  return notes;
}

/** Notes on what is lawful by schema and wrong or doubtful all the same; pure. */
export function noteDocument(document: JsonObject): string[] {
  const operations = operationsOf(document);
  const byOperationId = new Map<string, string[]>();
  for (const { id, operation } of operations) {
    const operationId = operation['operationId'];
    if (typeof operationId === 'string') byOperationId.set(operationId, [...(byOperationId.get(operationId) ?? []), id]);
  }
  const duplicates = [...byOperationId]
    .filter(([, ids]) => ids.length > 1)
    .map(([name, ids]) => `operationId ${name} names ${ids.length} operations: ${ids.join(', ')}`);
  const empty = operations.length === 0 ? ['the document declares no operation: is it the right one?'] : [];
  return [
    ...empty,
    ...duplicates,
    ...operations.flatMap((operation) => pathNotes(document, operation)),
    ...formerBoundNotes(document),
    ...noteLostMappings(document),
  ];
}

/** The document without what only describes it: nothing can be held against an API by that. */
function withoutDescription({ tags: _, externalDocs: __, ...rest }: JsonObject): JsonObject {
  return { ...rest, info: { title: '', version: '' } };
}

/**
 * Notes for the user (duplicate operationIds, path templates and path parameters that do not agree, no operation at all, bounds of former
 * versions, mappings to nowhere, mistakes in what only describes the API) on a document that has the structure its OpenAPI version asks for.
 * `line` gives lines of pointers in the document's text.
 * @throws HarnessError `E_SPEC_INVALID` with the first structural errors, their pointers and their number
 */
export async function validateDocument(
  document: JsonObject,
  location: string,
  line: (pointer: string) => number | undefined = () => undefined,
): Promise<readonly string[]> {
  const { Validator } = await import('@seriousme/openapi-schema-validator');
  const validator = new Validator({ allErrors: true });
  const { valid, errors } = await validator.validate(withoutDataReferences(document));
  if (valid) return noteDocument(document);
  if (errors === undefined || typeof errors === 'string')
    throw new HarnessError('E_SPEC_INVALID', `${location}: ${errors ?? 'the document has not the structure of its OpenAPI version'}`);
  const telling = mostTelling(errors);
  const descriptive = telling.filter(({ instancePath }) => /^\/(?:info|tags|externalDocs)(?:\/|$)/.test(instancePath));
  if (descriptive.length > 0 && (await validator.validate(withoutDataReferences(withoutDescription(document)))).valid)
    return [...descriptive.map((error) => sentence(error, line)), ...noteDocument(document)];
  const more = telling.length > shown ? `; and ${telling.length - shown} more` : '';
  throw new HarnessError(
    'E_SPEC_INVALID',
    `${location}: ${telling
      .slice(0, shown)
      .map((error) => sentence(error, line))
      .join('; ')}${more}`,
    {
      hint: 'mend the document at these places, or state the truth in an overlay once it is well-formed',
    },
  );
}
