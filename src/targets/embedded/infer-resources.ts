/** Infers the resources of a contract from its paths, methods and schemas. Guesses only; decides nothing about answers. */
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { plainName } from '../../lib/names.ts';
import { listShape } from './list-shape.ts';
import { fixedSegments, isBelow, lastParameter, parentPath, trimPath } from './paths.ts';
import { referredResource, type Resource } from './resource.ts';
import type { Shapes } from './shapes.ts';
import { successOf } from './successes.ts';
import { unwrapped } from './unwrap.ts';
import { isBareIdentity, wordsOf } from './words.ts';

const itemMethods = new Set(['GET', 'PUT', 'PATCH', 'DELETE']);
const fileNames = new Set(['filename', 'file', 'filepath', 'path', 'attachment']);

/** The resources of a contract: collections with items, then those that can only be added to and listed, then lone items. */
export function inferResources(contract: Contract, shapes: Shapes): readonly Resource[] {
  const at = operationsByPath(contract);
  const strong: Resource[] = [];
  const weak: string[] = [];
  for (const [item, operations] of at) {
    const parameter = lastParameter(item);
    if (parameter === undefined || fileNames.has(plainName(parameter)) || isFileSlot(operations)) continue;
    if (!operations.some((operation) => itemMethods.has(operation.method))) continue;
    const collection = parentPath(item);
    if (at.has(collection)) strong.push(describe(at, shapes, collection, item));
    else if (operations.some((operation) => operation.method === 'GET')) weak.push(item);
  }
  for (const [collection, operations] of at) {
    if (lastParameter(collection) !== undefined || strong.some((resource) => resource.collection === collection)) continue;
    if (!isAppendable(operations, shapes)) continue;
    const resource = describe(at, shapes, collection, undefined);
    // `/owners/{id}/pets` adds to `/pets` where that has items of the same schema
    if (
      !strong.some(
        (other) => other.item !== undefined && other.views.some((view) => resource.views.some(({ pointer }) => pointer === view.pointer)),
      )
    ) {
      strong.push(resource);
    }
  }
  const lone = weak.filter((item) => !speaksOfAnother(strong, item)).map((item) => describe(at, shapes, parentPath(item), item));
  return [...strong, ...lone];
}

/** The operations of a contract by path template, trailing slashes removed. */
function operationsByPath(contract: Contract): ReadonlyMap<string, readonly Operation[]> {
  return Map.groupBy(contract.operations, (operation) => trimPath(operation.path));
}

/** Whether an operation of a path takes a file. */
function isFileSlot(operations: readonly Operation[]): boolean {
  return operations.some((operation) => operation.method !== 'PATCH' && takesFile(operation));
}

/** Whether an operation's body is a file or has one in it. */
export function takesFile(operation: Operation): boolean {
  const content = operation.requestBody?.content ?? [];
  return (
    content.length > 0 && content.every((media) => /^(multipart\/|application\/octet-stream|image\/|audio\/|video\/)/.test(media.type))
  );
}

function isAppendable(operations: readonly Operation[], shapes: Shapes): boolean {
  const list = operations.find((operation) => operation.method === 'GET');
  const create = operations.find((operation) => operation.method === 'POST');
  const place = list && successOf(list)?.media?.schema;
  return create?.requestBody !== undefined && place !== undefined && listShape(shapes, place) !== undefined;
}

function speaksOfAnother(resources: readonly Resource[], item: string): boolean {
  const parameter = lastParameter(item) ?? '';
  if (referredResource(resources, parameter) !== undefined) return true;
  return resources.some(
    (resource) => resource.item !== undefined && isBelow(item, resource.collection) && lastParameter(resource.item) === parameter,
  );
}

function describe(at: ReadonlyMap<string, readonly Operation[]>, shapes: Shapes, collection: string, item: string | undefined): Resource {
  const words = wordsOf(fixedSegments(collection).at(-1) ?? '');
  const views = viewsOf(shapes, at.get(collection) ?? [], item === undefined ? [] : (at.get(item) ?? []));
  const parameter = item === undefined ? 'id' : (lastParameter(item) ?? 'id');
  return { collection, item, words, views, keys: keysOf(shapes, views, parameter, words) };
}

function viewsOf(shapes: Shapes, collection: readonly Operation[], item: readonly Operation[]): readonly SchemaPlace[] {
  const places: SchemaPlace[] = [];
  for (const [operations, methods] of [
    [item, ['GET', 'PUT', 'PATCH']],
    [collection, ['POST', 'PUT', 'GET']],
  ] as const) {
    for (const operation of operations.filter(({ method }) => (methods as readonly string[]).includes(method))) {
      const place = successOf(operation, operation.method === 'POST' ? [201, 200] : undefined)?.media?.schema;
      const shown = place && shownBy(shapes, place);
      if (shown !== undefined && shapes.properties(shown).size > 0) places.push(shown);
    }
  }
  const unique = [...new Map(places.map((place) => [place.pointer, place])).values()];
  return unique.toSorted((a, b) => shapes.properties(b).size - shapes.properties(a).size);
}

/** The schema of the entity in an answer: the items of a list, what an envelope holds, or the schema itself. */
function shownBy(shapes: Shapes, place: SchemaPlace): SchemaPlace {
  return listShape(shapes, place)?.items ?? unwrapped(shapes, place).place;
}

/** The properties that an item parameter may stand for: `petId` is `petId` or `id`; `id_or_slug` is `id` or `slug`. */
function keysOf(shapes: Shapes, views: readonly SchemaPlace[], parameter: string, words: readonly string[]): readonly string[] {
  const properties = new Map(views.flatMap((view) => [...shapes.properties(view).keys()]).map((name) => [plainName(name), name]));
  const plain = plainName(parameter);
  const own = plainName(words.join(''));
  const alternatives = isBareIdentity(parameter) ? parameter.split(/_or_|Or|-or-/) : [];
  const wished = [plain, ...alternatives.map(plainName)];
  if (plain.startsWith(own) && plain !== own) wished.push(plain.slice(own.length));
  const last = plainName(words.at(-1) ?? '');
  if (last !== '' && plain.startsWith(last) && plain !== last) wished.push(plain.slice(last.length));
  const found = wished.flatMap((name) => properties.get(name) ?? []);
  if (found.length === 0)
    found.push(...['id', 'uuid', `${own}id`, 'slug', 'key', 'name'].flatMap((name) => properties.get(name) ?? []).slice(0, 1));
  return found.length === 0 ? ['id'] : [...new Set(found)];
}
