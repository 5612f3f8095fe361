/** Restores what recorded answers showed: things that were listed, read, made or changed, and the files that were fetched. */
import { isObject, member, type Json, type JsonObject } from '../../lib/json.ts';
import { isJsonType } from '../../lib/media-type.ts';
import type { Operation } from '../../spec/contract.ts';
import { pathValues } from '../../spec/path-values.ts';
import { restoreEntity } from './entities.ts';
import { lastParameter } from './paths.ts';
import type { Plan } from './plan-operations.ts';
import type { Resource } from './resource.ts';
import type { Entity } from './store.ts';
import { successOf } from './successes.ts';
import { unwrapped } from './unwrap.ts';
import type { World } from './world.ts';

/** An answer that somebody once got from the API. */
export interface SeenAnswer {
  readonly method: string;
  /** Absolute; of whatever host. */
  readonly url: string;
  readonly status: number;
  /** The field `Content-Type`. */
  readonly type: string | undefined;
  readonly body: Uint8Array;
}

/** Puts everything that the answers showed into the store, in their order: what was deleted is gone again. The number of things that are there then. */
export function restoreSeen(world: World, basePath: string, answers: readonly SeenAnswer[]): number {
  for (const answer of answers) {
    const found = answer.status >= 200 && answer.status < 300 ? findOperation(world, basePath, answer) : undefined;
    const plan = found && world.plans.get(found.operation.id);
    if (found && plan) restoreAnswer(world, plan, pathValues(found.operation.path, found.path), answer);
  }
  return world.resources.reduce((sum, resource) => sum + world.store.all(resource).length, 0);
}

/** The operation that an answer belongs to: below the stand-in's own base path, else below the longest other one that leads to some. */
function findOperation(
  { contract }: World,
  basePath: string,
  { method, url }: SeenAnswer,
): { readonly operation: Operation; readonly path: string } | undefined {
  const whole = URL.parse(url)?.pathname ?? '/';
  const segments = whole.split('/').slice(1);
  const own = whole.startsWith(`${basePath}/`) ? [whole.slice(basePath.length)] : [];
  for (const path of [...own, ...segments.map((_, index) => `/${segments.slice(index).join('/')}`)]) {
    const operation = contract.match(method.toUpperCase(), path);
    if (operation !== undefined) return { operation, path };
  }
  return undefined;
}

function restoreAnswer(world: World, { operation, deed, references }: Plan, path: ReadonlyMap<string, string>, answer: SeenAnswer): void {
  const { resource } = deed;
  const named = [...references].flatMap(([parameter, referred]) => world.store.find(referred, path.get(parameter) ?? '') ?? []);
  const own = named.findLast((entity) => entity.resource === resource);
  if (deed.kind === 'delete') {
    if (own !== undefined) world.store.remove(own);
    return;
  }
  if (deed.kind === 'download') {
    if (own !== undefined) restoreBytes(world, own, deed.slot, path.get(lastParameter(operation.path) ?? ''), answer);
    return;
  }
  const json = jsonOf(answer);
  const place = successOf(operation)?.media?.schema;
  if (resource === undefined || place === undefined || json === undefined) return;
  const parents = named.filter((entity) => entity.resource !== resource);
  if (deed.kind === 'list') {
    const holder = deed.shape.wrapper === undefined ? json : member(json, deed.shape.wrapper);
    const items = deed.shape.property === undefined ? holder : member(holder, deed.shape.property);
    for (const item of Array.isArray(items) ? (items as readonly Json[]) : []) restoreItem(world, resource, item, parents);
  } else if (deed.kind === 'read' || deed.kind === 'create' || deed.kind === 'update') {
    const { wrapper } = unwrapped(world.shapes, place);
    restoreItem(world, resource, wrapper === undefined ? json : (member(json, wrapper) ?? null), parents);
  }
}

function jsonOf({ type, body }: SeenAnswer): Json | undefined {
  if (body.length === 0 || (type !== undefined && !isJsonType(type))) return undefined;
  try {
    return JSON.parse(Buffer.from(body).toString()) as Json;
  } catch {
    return undefined;
  }
}

function restoreItem(world: World, resource: Resource, item: Json, parents: readonly Entity[]): void {
  const identity = isObject(item) ? item[resource.keys[0] ?? 'id'] : undefined;
  if (!isObject(item) || (typeof identity !== 'string' && typeof identity !== 'number')) return;
  const entity = restoreEntity(world, resource, String(identity), item, parents);
  for (const view of resource.views) restoreFiles(world, entity, world.shapes.properties(view), item);
}

/** Files that an item lists; their bytes come with a download, if one was recorded. */
function restoreFiles(world: World, entity: Entity, properties: ReturnType<World['shapes']['properties']>, item: JsonObject): void {
  for (const [name, { place }] of properties) {
    const items = world.shapes.items(place);
    const shownAs = items && world.shapes.settled(items).pointer;
    const slot = shownAs === undefined ? undefined : world.uploadSlots.get(shownAs);
    const listed = item[name];
    if (shownAs === undefined || slot === undefined || !Array.isArray(listed)) continue;
    const kept = world.store.files(entity).filter((file) => file.shownAs !== shownAs);
    const files = (listed as readonly Json[]).filter(isObject).map((values) => ({
      slot,
      name: String(values['filename'] ?? values['name'] ?? 'file'),
      type: 'application/octet-stream',
      bytes: new Uint8Array(),
      values,
      shownAs,
    }));
    world.store.setFiles(entity, [...kept, ...files]);
  }
}

function restoreBytes(world: World, entity: Entity, slot: string, name: string | undefined, { type, body }: SeenAnswer): void {
  const files = world.store.files(entity);
  const known = files.find((file) => file.slot === slot && (name === undefined || file.name === name));
  const fresh = { slot, name: name ?? 'file', values: {}, shownAs: undefined };
  const file = { ...(known ?? fresh), type: type ?? 'application/octet-stream', bytes: body };
  world.store.setFiles(entity, [...files.filter((other) => other !== known), file]);
}
