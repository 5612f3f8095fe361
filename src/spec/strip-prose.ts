/** Takes the authors' prose out of a document and leaves every promise in it. Must not touch names: a property called `description` stays. */
import { isObject, type Json, type JsonObject } from '../lib/json.ts';
import { rewriteDocument, type NodeKind } from './document-tree.ts';

const extensions = ['x-logo', 'x-codeSamples', 'x-code-samples', 'x-displayName', 'x-enumDescriptions', 'x-enum-descriptions'];

const everywhere = ['description', 'summary', 'externalDocs', ...extensions];

/**
 * A schema's `title` goes with its description: JSON Schema calls both mere annotations, generators derive it from the
 * name that is there anyway, and releases of a generator differ in where they put one. `info.title` names the API and stays.
 */
const byKind: Readonly<Partial<Record<NodeKind, readonly string[]>>> = {
  info: ['termsOfService'],
  schema: ['title', '$comment'],
};

/** Kinds that are names to things, or no part of the standard: nothing in them is prose. */
const untouched: ReadonlySet<NodeKind> = new Set<NodeKind>(['map', 'list', 'value', 'paths', 'responses', 'callback', 'discriminator']);

function withoutProse(value: Json, kind: NodeKind): Json {
  if (untouched.has(kind) || !isObject(value)) return value;
  const prose = new Set([...everywhere, ...(byKind[kind] ?? [])]);
  const kept = Object.entries(value).filter(([name]) => !prose.has(name));
  // A Response Object must have a description up to OpenAPI 3.1.
  if (kind === 'response' && Object.hasOwn(value, 'description')) kept.unshift(['description', '']);
  return Object.fromEntries(kept.map(([name, entry]): [string, Json] => [name, name === 'scopes' ? withoutScopeProse(entry) : entry]));
}

/** OAuth scopes are a map from name to description. @see https://spec.openapis.org/oas/v3.1.1#oauth-flow-object */
function withoutScopeProse(scopes: Json): Json {
  return isObject(scopes) ? Object.fromEntries(Object.keys(scopes).map((name) => [name, ''])) : scopes;
}

/**
 * A copy of the document without descriptions, summaries, external documentation, schema titles, terms of service and
 * documentation-only extensions. Examples, names, `info.title` and the `description: ""` that a Response Object needs stay. Idempotent.
 */
export function stripProse(document: JsonObject): JsonObject {
  return rewriteDocument(document, withoutProse);
}
