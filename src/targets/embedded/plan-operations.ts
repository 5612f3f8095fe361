/** Infers what each operation does to the resources: creates, lists, reads, changes, removes, keeps files, or acts in a way that the contract does not tell. */
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { takesFile } from './infer-resources.ts';
import { listShape, type ListShape } from './list-shape.ts';
import { fixedSegments, isBelow, lastParameter, parameterPrefixes, parentPath, trimPath } from './paths.ts';
import { referredResource, resourceCalled, type Resource } from './resource.ts';
import type { Shapes } from './shapes.ts';
import { isJsonType } from '../../lib/media-type.ts';
import { successOf } from './successes.ts';
import { unwrapped } from './unwrap.ts';
import { isBareIdentity, wordsOf } from './words.ts';

/** What an operation does. */
export type Deed =
  | { readonly kind: 'create'; readonly resource: Resource }
  | { readonly kind: 'list'; readonly resource: Resource; readonly shape: ListShape }
  | { readonly kind: 'read'; readonly resource: Resource }
  /** `replaces` for PUT; `byBody` when the entity is named in the body; `byClaim` when it is the caller's own. */
  | { readonly kind: 'update'; readonly resource: Resource; readonly replaces: boolean; readonly named: 'path' | 'body' | 'claim' }
  | { readonly kind: 'delete'; readonly resource: Resource }
  | { readonly kind: 'upload' | 'download' | 'remove-file'; readonly resource: Resource; readonly slot: string }
  | { readonly kind: 'act'; readonly resource: Resource | undefined };

export interface Plan {
  readonly operation: Operation;
  readonly deed: Deed;
  /** The resources that path parameters name an entity of, by parameter, outermost first. */
  readonly references: ReadonlyMap<string, Resource>;
}

/** The plan of every operation, by operation id. */
export function planOperations(contract: Contract, shapes: Shapes, resources: readonly Resource[]): ReadonlyMap<string, Plan> {
  const slots = fileSlots(contract, resources);
  return new Map(
    contract.operations.map((operation) => {
      const references = pathReferences(resources, operation);
      const deed = deedOf({ operation, resources, shapes, slots, references });
      return [operation.id, { operation, deed, references }];
    }),
  );
}

interface Clues {
  readonly operation: Operation;
  readonly resources: readonly Resource[];
  readonly shapes: Shapes;
  /** Resource by the path that files are kept under. */
  readonly slots: ReadonlyMap<string, Resource>;
  readonly references: ReadonlyMap<string, Resource>;
}

function deedOf(clues: Clues): Deed {
  const { operation, resources } = clues;
  const path = trimPath(operation.path);
  const item = resources.find((resource) => resource.item === path);
  const collection = resources.find((resource) => resource.collection === path);
  return (
    fileDeed(clues, path) ??
    (item && itemDeed(operation, item)) ??
    (collection && collectionDeed(clues, collection)) ??
    otherDeed(clues, path)
  );
}

function itemDeed(operation: Operation, resource: Resource): Deed | undefined {
  switch (operation.method) {
    case 'GET':
      return { kind: 'read', resource };
    case 'DELETE':
      return { kind: 'delete', resource };
    case 'PUT':
    case 'PATCH':
    case 'POST':
      return { kind: 'update', resource, replaces: operation.method === 'PUT', named: 'path' };
    default:
      return undefined;
  }
}

const callerClaims = new Set(['client_id', 'clientid', 'azp', 'sub', 'email', 'username']);

function collectionDeed({ operation, shapes }: Clues, resource: Resource): Deed | undefined {
  const place = successOf(operation)?.media?.schema;
  const shape = place && listShape(shapes, place);
  if (operation.method === 'GET') return shape && { kind: 'list', resource, shape };
  if (operation.method === 'POST') return { kind: 'create', resource };
  if (operation.method !== 'PUT' && operation.method !== 'PATCH') return undefined;
  const replaces = operation.method === 'PUT';
  const body = operation.requestBody?.content.find((media) => media.schema !== undefined)?.schema;
  if (body !== undefined && shapes.properties(body).has(resource.keys[0] ?? 'id'))
    return { kind: 'update', resource, replaces, named: 'body' };
  const parameter = resource.item === undefined ? undefined : lastParameter(resource.item);
  return parameter !== undefined && callerClaims.has(parameter.toLowerCase())
    ? { kind: 'update', resource, replaces: false, named: 'claim' }
    : undefined;
}

/** A created copy, a list under a name of its own, or an action. */
function otherDeed({ operation, resources, shapes, references }: Clues, path: string): Deed {
  const nearest = nearestResource(resources, path);
  const success = successOf(operation, operation.method === 'POST' ? [201, 200, 202, 204] : undefined);
  const place = success?.media?.schema;
  if (place !== undefined && operation.method === 'POST') {
    const makes = success?.status === 201 || /(^|-|_)(clone|copy|duplicate|fork|render|import)/.test(fixedSegments(path).join('-'));
    const resource = makes ? shownResource(resources, shapes, nearest, unwrapped(shapes, place).place) : undefined;
    if (resource !== undefined) return { kind: 'create', resource };
  }
  const shape = place && operation.method === 'GET' && lastParameter(path) === undefined ? listShape(shapes, place) : undefined;
  const listed = shape && shownResource(resources, shapes, nearest, shape.items);
  const aboutOthers = listed !== undefined && ![...references.values()].includes(listed);
  if (shape !== undefined && aboutOthers && references.size === parameterPrefixes(path).size)
    return { kind: 'list', resource: listed, shape };
  return { kind: 'act', resource: [...references.values()].at(-1) ?? nearest };
}

/** The resource whose collection is the longest prefix of a path. */
function nearestResource(resources: readonly Resource[], path: string): Resource | undefined {
  return resources
    .filter((resource) => isBelow(path, resource.collection))
    .toSorted((a, b) => b.collection.length - a.collection.length)[0];
}

/** The resource that a schema shows: by being one of its views, or by sharing the identity and half of the properties with the nearest one. */
function shownResource(
  resources: readonly Resource[],
  shapes: Shapes,
  nearest: Resource | undefined,
  place: SchemaPlace,
): Resource | undefined {
  const showing = resources.filter((resource) => resource.views.some((view) => view.pointer === place.pointer));
  if (nearest !== undefined && (showing.includes(nearest) || shares(shapes, nearest, place))) return nearest;
  return showing[0];
}

function shares(shapes: Shapes, resource: Resource, place: SchemaPlace): boolean {
  const known = new Set(resource.views.flatMap((view) => [...shapes.properties(view).keys()]));
  const own = [...shapes.properties(place).keys()];
  return own.includes(resource.keys[0] ?? 'id') && own.filter((name) => known.has(name)).length * 2 >= own.length;
}

/** The resources that a path's parameters name an entity of. */
function pathReferences(resources: readonly Resource[], operation: Operation): ReadonlyMap<string, Resource> {
  const references = new Map<string, Resource>();
  for (const [name, prefix] of parameterPrefixes(operation.path)) {
    const resource = resources.find((candidate) => candidate.item === prefix) ?? referredByName(resources, name, prefix);
    if (resource !== undefined) references.set(name, resource);
  }
  return references;
}

function referredByName(resources: readonly Resource[], name: string, prefix: string): Resource | undefined {
  const nearest = nearestResource(resources, prefix);
  if (!isBareIdentity(name)) {
    const same = nearest?.item !== undefined && lastParameter(nearest.item) === name ? nearest : undefined;
    return same ?? referredResource(resources, name);
  }
  const words = wordsOf(fixedSegments(parentPath(prefix)).at(-1) ?? '');
  for (let start = 0; start < words.length; start++) {
    const resource = resourceCalled(resources, words.slice(start));
    if (resource !== undefined) return resource;
  }
  return nearest?.item !== undefined && lastParameter(nearest.item) === name ? nearest : undefined;
}

/** Paths below an entity that files are put under: the path of an upload without its last parameter. */
function fileSlots(contract: Contract, resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const slots = new Map<string, Resource>();
  for (const operation of contract.operations) {
    const path = trimPath(operation.path);
    const owner = resources.find((resource) => resource.item !== undefined && path !== resource.item && isBelow(path, resource.item));
    const known = resources.some((resource) => resource.collection === path || resource.item === path);
    if (owner === undefined || known || !takesFile(operation) || operation.method === 'GET') continue;
    slots.set(slotOf(path), owner);
  }
  return slots;
}

function fileDeed({ operation, slots }: Clues, path: string): Deed | undefined {
  const slot = slotOf(path);
  const resource = slots.get(slot);
  if (resource === undefined) return undefined;
  if (operation.method === 'GET') return describesFile(operation) ? undefined : { kind: 'download', resource, slot };
  if (operation.method === 'DELETE') return { kind: 'remove-file', resource, slot };
  return takesFile(operation) ? { kind: 'upload', resource, slot } : undefined;
}

/** Whether a GET beside an upload answers with what is said of the file instead of the file. */
function describesFile(operation: Operation): boolean {
  const media = successOf(operation)?.media;
  const schema = media?.schema?.schema;
  return (
    media !== undefined &&
    isJsonType(media.type) &&
    typeof schema === 'object' &&
    Object.keys(schema).some((keyword) => keyword === '$ref' || keyword === 'properties' || keyword === 'items')
  );
}

function slotOf(path: string): string {
  return lastParameter(path) === undefined ? path : parentPath(path);
}
