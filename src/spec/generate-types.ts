/** TypeScript types of a contract through openapi-typescript, which is loaded only here: it is heavy. Must lose no operation, whatever the dialect. */
import type ts from 'typescript';
import { HarnessError } from '../errors.ts';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { escapeToken, fragmentPointer, valueAt } from '../lib/json-pointer.ts';
import { digestDocument } from './canonical-document.ts';
import { withoutDataReferences } from './data-references.ts';
import { rewriteDocument } from './document-tree.ts';
import { upgradeDocument } from './upgrade-document.ts';

/** Methods that openapi-typescript knows. */
const known: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** An operation that openapi-typescript would pass over, generated as the `post` of a path of its own and then put where it belongs. */
interface Moved {
  readonly path: string;
  readonly method: string;
  readonly key: string;
}

/** A Path Item with its own `$ref` followed; members beside the `$ref` win. */
function pathItemOf(document: JsonObject, item: Json, depth = 0): JsonObject {
  if (!isObject(item)) return {};
  const reference = item['$ref'];
  const pointer = typeof reference === 'string' ? fragmentPointer(reference) : undefined;
  if (pointer === undefined || depth > 20) return item;
  const { $ref: _, ...siblings } = item;
  return { ...pathItemOf(document, valueAt(document, pointer) ?? null, depth + 1), ...siblings };
}

/** Names an operation may keep: openapi-typescript refuses a document that gives one operationId twice. */
function uniqueOperation(operation: Json, seen: Set<string>): Json {
  const id = member(operation, 'operationId');
  if (!isObject(operation) || typeof id !== 'string') return operation;
  const { operationId: _, ...anonymous } = operation;
  if (seen.has(id)) return anonymous;
  seen.add(id);
  return operation;
}

/** Mappings as references: openapi-typescript stumbles over schema names, and over names that no schema has. */
function explicitMappings(document: JsonObject): JsonObject {
  const schemas = member(document['components'], 'schemas');
  const referenceTo = (target: Json): string | undefined => {
    if (typeof target !== 'string') return undefined;
    if (member(schemas, target) !== undefined) return `#/components/schemas/${escapeToken(target)}`;
    const pointer = fragmentPointer(target);
    return pointer === undefined || valueAt(document, pointer) === undefined ? undefined : target;
  };
  return rewriteDocument(document, (value, kind) => {
    const mapping = member(value, 'mapping');
    if (kind !== 'discriminator' || !isObject(value) || !isObject(mapping)) return value;
    const entries = Object.entries(mapping).flatMap(([name, target]) => {
      const reference = referenceTo(target);
      return reference === undefined ? [] : [[name, reference] as const];
    });
    return { ...value, mapping: Object.fromEntries(entries) };
  });
}

/** Schemas inside of paths that others refer to, under names of their own: openapi-typescript would look for them below bodies that may be absent. */
function nameSharedSchemas(document: JsonObject): JsonObject {
  const names = new Map<string, string>();
  const rewritten = rewriteDocument(document, (value, kind) => {
    const reference = member(value, '$ref');
    const pointer = typeof reference === 'string' ? fragmentPointer(reference) : undefined;
    if (kind !== 'schema' || !isObject(value) || pointer?.startsWith('/paths/') !== true) return value;
    const name = names.get(pointer) ?? `Shared_${names.size + 1}`;
    names.set(pointer, name);
    return { ...value, $ref: `#/components/schemas/${name}` };
  });
  if (names.size === 0) return document;
  const shared = [...names].map(([pointer, name]) => [name, valueAt(rewritten, pointer) ?? {}] as const);
  const schemas = { ...(member(rewritten['components'], 'schemas') as JsonObject | undefined), ...Object.fromEntries(shared) };
  return { ...rewritten, components: { ...(isObject(rewritten['components']) ? rewritten['components'] : {}), schemas } };
}

function prepare(document: JsonObject): { readonly document: JsonObject; readonly moved: readonly Moved[] } {
  const moved: Moved[] = [];
  const seen = new Set<string>();
  const paths: [string, Json][] = [];
  for (const [path, written] of Object.entries(member(document, 'paths') ?? {})) {
    if (!path.startsWith('/')) continue;
    const { query, additionalOperations, ...item } = pathItemOf(document, written);
    const entries = Object.entries(item).map(([name, value]): [string, Json] => [
      name,
      known.has(name) ? uniqueOperation(value, seen) : value,
    ]);
    paths.push([path, Object.fromEntries(entries)]);
    const further = [
      ...(query === undefined ? [] : [['query', query] as const]),
      ...Object.entries(isObject(additionalOperations) ? additionalOperations : {}),
    ];
    for (const [method, operation] of further) {
      const key = `${path}\u0001${method}`;
      moved.push({ path, method, key });
      paths.push([
        key,
        { ...(item['parameters'] === undefined ? {} : { parameters: item['parameters'] }), post: uniqueOperation(operation, seen) },
      ]);
    }
  }
  return { document: { ...document, openapi: '3.1.0', paths: Object.fromEntries(paths) }, moved };
}

const nameOf = (element: ts.TypeElement): string | undefined =>
  element.name !== undefined && 'text' in element.name ? element.name.text : undefined;

/** Puts each moved operation into its path, under its own method. */
function restore(api: typeof ts, nodes: readonly ts.Node[], moved: readonly Moved[]): ts.Node[] {
  const isPaths = (node: ts.Node): node is ts.InterfaceDeclaration => api.isInterfaceDeclaration(node) && node.name.text === 'paths';
  return nodes.map((node) => {
    if (!isPaths(node)) return node;
    const byName = new Map(node.members.map((element) => [nameOf(element), element]));
    const typeOf = (name: string): ts.TypeLiteralNode | undefined => {
      const element = byName.get(name);
      return element !== undefined && api.isPropertySignature(element) && element.type !== undefined && api.isTypeLiteralNode(element.type)
        ? element.type
        : undefined;
    };
    const keys = new Set(moved.map(({ key }) => key));
    const members = node.members
      .filter((element) => !keys.has(nameOf(element) ?? ''))
      .map((element) => {
        const path = nameOf(element);
        const own = path === undefined ? undefined : typeOf(path);
        if (own === undefined || !api.isPropertySignature(element)) return element;
        const added = moved
          .filter((entry) => entry.path === path)
          .flatMap(({ key, method }) => {
            const post = typeOf(key)?.members.find((operation) => nameOf(operation) === 'post');
            if (post === undefined || !api.isPropertySignature(post)) return [];
            return [api.factory.createPropertySignature(undefined, api.factory.createStringLiteral(method), undefined, post.type)];
          });
        const type = api.factory.createTypeLiteralNode([...own.members, ...added]);
        return api.factory.updatePropertySignature(element, element.modifiers, element.name, element.questionToken, type);
      });
    return api.factory.updateInterfaceDeclaration(node, node.modifiers, node.name, node.typeParameters, node.heritageClauses, members);
  });
}

const header = (digest: string): string => `/**
 * Types of the API, generated by specproof through openapi-typescript. Do not edit: \`specproof pull\` writes this file.
 * Of the locked document ${digest}
 */

`;

/**
 * The text of a module that exports `paths`, `components` and `operations` of the document, of any dialect. Further methods of
 * OpenAPI 3.2 stand under their own name (`paths['/things']['query']`). Erasable syntax only.
 * @throws HarnessError `E_SPEC_INVALID` when openapi-typescript refuses the document
 */
export async function generateTypes(document: JsonObject): Promise<string> {
  const digest = digestDocument(document, 'keep');
  const prepared = prepare(nameSharedSchemas(explicitMappings(withoutDataReferences(upgradeDocument(document).document))));
  const [{ default: api }, generator] = await Promise.all([import('typescript'), import('openapi-typescript')]);
  let nodes: readonly ts.Node[];
  try {
    // The generator bundles in place: it gets a copy.
    nodes = await generator.default(JSON.stringify(prepared.document), {
      silent: true,
      alphabetize: true,
      emptyObjectsUnknown: true,
      defaultNonNullable: false,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new HarnessError('E_SPEC_INVALID', `no types can be generated: ${reason}`, { cause: error });
  }
  return header(digest) + generator.astToString(restore(api, nodes, prepared.moved));
}
