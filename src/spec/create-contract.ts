/** Makes the contract of a bundled document: reads its objects, builds the matcher and the validators. Pure. */
import { isObject, member, type JsonObject } from '../lib/json.ts';
import { valueAt } from '../lib/json-pointer.ts';
import { HarnessError } from '../errors.ts';
import type { Contract, Dialect, Operation, SchemaPlace } from './contract.ts';
import { lowerSchemas } from './lower-schema.ts';
import { createMatcher } from './match.ts';
import { documentReader } from './read-objects.ts';
import { rememberPlaces } from './remember-places.ts';
import { readOperations, readSecuritySchemes } from './read-operations.ts';
import { schemaResources, type SchemaResources } from './schema-resources.ts';
import { readServers } from './servers.ts';
import { createValidators } from './validators.ts';

/** What a contract is told about its document beside the document. */
export interface ContractOptions {
  /** File or URL to name in messages. */
  readonly location?: string;
  /** Lines of pointers in the text at `location`. */
  readonly line?: (pointer: string) => number | undefined;
  /** What the file at `location` holds. */
  readonly text?: string;
  /** As the author wrote it; read from the document where it is left out. */
  readonly dialect?: Dialect;
}

/**
 * The contract of a document in 3.x shape whose references are all local. Throws HarnessError E_SPEC_INVALID where it has no paths at all.
 * @see https://spec.openapis.org/oas/v3.1.1#openapi-object
 */
export function createContract(authored: JsonObject, options: ContractOptions = {}): Contract {
  const location = options.location ?? 'the document';
  const dialect = options.dialect ?? dialectOf(authored);
  const document = lowerSchemas(authored, dialect);
  if (!isObject(document['paths']) && !isObject(document['webhooks']) && !isObject(document['components'])) {
    throw new HarnessError('E_SPEC_INVALID', `${location}: there is no \`paths\` object`);
  }
  const reader = documentReader(document);
  const operations = readOperations(reader);
  const servers = readServers(document['servers']);
  const matcher = createMatcher(operations);
  const resources = schemaResources(document);
  const follow = rememberPlaces((_: Pick<Contract, 'document'>, place) => followReferences(document, place, resources));
  const { info } = document;
  return {
    title: String((isObject(info) && info['title']) || 'untitled'),
    version: String((isObject(info) && info['version']) || ''),
    dialect,
    document,
    location,
    operations,
    securitySchemes: readSecuritySchemes(reader),
    servers: servers.length > 0 ? servers : (operations.find((operation) => operation.servers.length > 0)?.servers ?? []),
    notes: [...matcher.collisions, ...notExercised(document, operations)],
    match: matcher.match,
    matchPath: matcher.matchPath,
    resolve: (place) => (loneReference(place) === undefined ? place : follow({ document }, place)),
    line: options.line ?? (() => undefined),
    text: options.text,
    validators: createValidators(document, resources),
  };
}

function dialectOf(document: JsonObject): Dialect {
  const version = String(document['openapi'] ?? document['swagger'] ?? '');
  for (const dialect of ['2.0', '3.0', '3.1', '3.2'] as const) if (version.startsWith(dialect)) return dialect;
  return '3.1';
}

/** A 2020-12 `$ref` with siblings is a schema of its own and stays; a lone one is followed. */
function loneReference({ schema }: SchemaPlace): string | undefined {
  const reference = member(schema, '$ref');
  return typeof reference === 'string' && !Object.keys(schema).some((keyword) => assertive.has(keyword)) ? reference : undefined;
}

function followReferences(document: JsonObject, place: SchemaPlace, resources: SchemaResources): SchemaPlace {
  let current = place;
  for (let hops = 0; hops < 64; hops++) {
    const reference = loneReference(current);
    if (reference === undefined) return current;
    const pointer = resources.resolve(reference, current.pointer);
    const target = pointer === undefined ? undefined : valueAt(document, pointer);
    if (pointer === undefined || !(isObject(target) || typeof target === 'boolean')) return current;
    current = { pointer, schema: target };
  }
  return current;
}

const assertive = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'properties',
  'type',
  'enum',
  'const',
  'required',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'format',
]);

/** Requests that the API itself would send: nobody here receives them. @see https://spec.openapis.org/oas/v3.1.1#callback-object */
function notExercised(document: JsonObject, operations: readonly Operation[]): string[] {
  const webhooks = Object.keys(isObject(document['webhooks']) ? document['webhooks'] : {});
  const callbacks = operations.flatMap(({ id, pointer }) =>
    Object.keys(member(valueAt(document, pointer), 'callbacks') ?? {}).map((name) => `${name} of ${id}`),
  );
  return [
    ...(webhooks.length > 0 ? [`webhooks are not exercised: ${webhooks.join(', ')}`] : []),
    ...(callbacks.length > 0 ? [`callbacks are not exercised: ${callbacks.join(', ')}`] : []),
  ];
}
