/** One way to write a document down: the same content gives the same bytes. Knows nothing of files. */
import { hash } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { rewriteDocument, type NodeKind } from './document-tree.ts';
import { stripProse } from './strip-prose.ts';

/** Whether a lock keeps the prose of the API's authors. */
export type Prose = 'keep' | 'strip';

/** Members that readers look for first, in this order; all others follow by name. */
const first: Readonly<Partial<Record<NodeKind, readonly string[]>>> = {
  document: [
    'openapi',
    'swagger',
    '$self',
    'info',
    'jsonSchemaDialect',
    'servers',
    'schemes',
    'host',
    'basePath',
    'security',
    'tags',
    'paths',
    'webhooks',
  ],
  info: ['title', 'version', 'summary', 'description'],
  server: ['url', 'description'],
  tag: ['name', 'summary', 'description'],
  pathItem: ['$ref', 'summary', 'description', 'parameters', 'get', 'head', 'options', 'query', 'post', 'put', 'patch', 'delete', 'trace'],
  operation: [
    'operationId',
    'summary',
    'description',
    'deprecated',
    'tags',
    'security',
    'parameters',
    'consumes',
    'requestBody',
    'produces',
    'responses',
  ],
  parameter: ['$ref', 'name', 'in', 'description', 'required'],
  response: ['$ref', 'description', 'headers', 'content'],
  securityScheme: ['type'],
  schema: ['$ref', '$schema', '$id', 'title', 'description', 'type', 'format'],
};

/** By UTF-16 code unit: the same on every machine, whatever its locale. */
function sorted(value: JsonObject, leading: readonly string[]): JsonObject {
  const names = Object.keys(value);
  const front = leading.filter((name) => Object.hasOwn(value, name));
  const rest = names.filter((name) => !front.includes(name)).sort();
  return Object.fromEntries([...front, ...rest].map((name) => [name, value[name] ?? null]));
}

function sortedDeep(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sortedDeep);
  if (!isObject(value)) return value;
  return sorted(Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, sortedDeep(entry)])), []);
}

/** A copy of the document whose members are in canonical order: what readers look for first, the rest by name. Lists keep their order. */
export function canonicalDocument(document: JsonObject): JsonObject {
  return rewriteDocument(document, (value, kind) =>
    kind === 'value' || !isObject(value) ? sortedDeep(value) : sorted(value, first[kind] ?? []),
  );
}

/** The document's one text: canonical order, indented by two spaces, one newline at the end. */
export function documentText(document: JsonObject): string {
  return `${JSON.stringify(canonicalDocument(document), undefined, 2)}\n`;
}

/** `sha256:` and the hexadecimal digest of the document's canonical text, its prose taken out first when the lock has none: like is compared with like. */
export function digestDocument(document: JsonObject, prose: Prose): string {
  return digestText(documentText(prose === 'strip' ? stripProse(document) : document));
}

/** `sha256:` and the hexadecimal digest of a text. */
export function digestText(text: string): string {
  return `sha256:${hash('sha256', text)}`;
}
