/** Where the references of schemas lead: `$id`, `$anchor` and the dynamic scope. JSON Schema 2020-12 core, sections 8.2 and 9. */
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { fragmentPointer, joinPointer, pointerTokens, valueAt } from '../lib/json-pointer.ts';
import { once } from '../lib/once.ts';
import { walkDocument } from './document-tree.ts';

/** The places that dynamic anchors mean on the way to a schema: the outermost ones win. */
export type DynamicScope = ReadonlyMap<string, string>;

/** A schema resource: a schema with an `$id`, or the document. */
interface Resource {
  readonly uri: string;
  readonly pointer: string;
}

export interface SchemaResources {
  /** The pointer that a `$ref` in the schema at `from` leads to, or undefined. */
  readonly resolve: (reference: string, from: string) => string | undefined;
  /** The same for a `$dynamicRef` that is met in a scope. */
  readonly resolveDynamic: (reference: string, from: string, scope: DynamicScope) => string | undefined;
  /** The scope inside the resource that the schema at the pointer belongs to. */
  readonly enter: (scope: DynamicScope, pointer: string) => DynamicScope;
}

interface Index {
  readonly resources: ReadonlyMap<string, string>;
  readonly anchors: ReadonlyMap<string, string>;
  /** Dynamic anchors by resource. */
  readonly dynamic: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The base of a document that names none. */
const nowhere = 'document:/';

/** Resolves the references of one document's schemas. What needs a walk through the whole document is done when first asked for. */
export function schemaResources(document: JsonObject): SchemaResources {
  const self = member(document, '$self');
  const root: Resource = { uri: typeof self === 'string' ? absolute(self, nowhere) : nowhere, pointer: '' };
  const resourceAt = (pointer: string): Resource => nearestResource(document, root, pointer);
  const index = once(() => indexOf(document, resourceAt));
  const anchored = new Map<string, boolean>();
  /** Whether a dynamic anchor may stand at or below the pointer: most documents have none, and need no search for them. */
  const isAnchored = (pointer: string): boolean => {
    let found = anchored.get(pointer);
    if (found === undefined) anchored.set(pointer, (found = mentions(valueAt(document, pointer), '$dynamicAnchor')));
    return found;
  };
  const resolve: SchemaResources['resolve'] = (reference, from) => {
    const own = resourceAt(from);
    const [file = '', fragment] = reference.split('#', 2);
    const uri = file === '' ? own.uri : absolute(file, own.uri);
    const base = uri === own.uri ? own.pointer : uri === root.uri ? '' : index().resources.get(uri);
    if (base === undefined) return undefined;
    const inside = fragmentPointer(`#${fragment ?? ''}`);
    if (inside === undefined) return index().anchors.get(`${uri}#${fragment ?? ''}`);
    if (valueAt(document, base + inside) !== undefined) return base + inside;
    // authors who give a component an `$id` still point into the document
    return file === '' && valueAt(document, inside) !== undefined ? inside : undefined;
  };
  return {
    resolve,
    resolveDynamic: (reference, from, scope) => {
      const target = resolve(reference, from);
      const name = reference.split('#', 2)[1] ?? '';
      const isDynamic = target !== undefined && member(valueAt(document, target), '$dynamicAnchor') === name;
      return isDynamic ? (scope.get(name) ?? target) : target;
    },
    enter: (scope, pointer) => {
      const owner = scopeRoot(resourceAt(pointer), pointer);
      const anchors = isAnchored(owner) ? index().dynamic.get(owner) : undefined;
      return anchors === undefined ? scope : new Map([...anchors, ...scope]);
    },
  };
}

function nearestResource(document: JsonObject, root: Resource, pointer: string): Resource {
  let found = root;
  let value: Json | undefined = document;
  const tokens = pointerTokens(pointer);
  for (const [index, token] of tokens.entries()) {
    value = Array.isArray(value) ? (value as readonly Json[])[Number(token)] : member(value, token);
    const id = member(value, '$id');
    if (typeof id === 'string' && !id.startsWith('#'))
      found = { uri: absolute(id, found.uri), pointer: joinPointer('', ...tokens.slice(0, index + 1)) };
  }
  return found;
}

/** Components without an `$id` stand for themselves: one document may hold an anchor's name many times. */
function scopeRoot(resource: Resource, pointer: string): string {
  return resource.pointer === ''
    ? (/^\/components\/schemas\/[^/]+|^.*?\/(?:schema|itemSchema)(?=\/|$)/.exec(pointer)?.[0] ?? '')
    : resource.pointer;
}

function indexOf(document: JsonObject, resourceAt: (pointer: string) => Resource): Index {
  const resources = new Map<string, string>();
  const anchors = new Map<string, string>();
  const dynamic = new Map<string, Map<string, string>>();
  walkDocument(document, (schema, kind, pointer) => {
    if (kind !== 'schema') return;
    const names = ['$anchor', '$dynamicAnchor'].map((keyword) => member(schema, keyword));
    if (typeof schema['$id'] !== 'string' && names.every((name) => typeof name !== 'string')) return;
    const resource = resourceAt(pointer);
    resources.set(resource.uri, resource.pointer);
    for (const name of names) if (typeof name === 'string') anchors.set(`${resource.uri}#${name}`, pointer);
    if (typeof names[1] !== 'string') return;
    const owner = scopeRoot(resource, pointer);
    if (!dynamic.has(owner)) dynamic.set(owner, new Map());
    dynamic.get(owner)?.set(names[1], pointer);
  });
  return { resources, anchors, dynamic };
}

/** The URI that a reference means, without fragment. */
function absolute(reference: string, base: string): string {
  return (URL.parse(reference, base)?.href ?? reference).split('#', 1)[0] ?? '';
}

/** Whether any object in the value has a member of that name. */
function mentions(value: Json | undefined, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (isObject(value) && Object.hasOwn(value, name)) || Object.values(value).some((entry: Json) => mentions(entry, name));
}
