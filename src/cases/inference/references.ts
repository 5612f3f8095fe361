/** The members of a body that refer to other things, at any depth: `template_id`, `lines[].item_id`, `item.id`, `tag_ids`, `{ type: 'items', id }`. Pure. */
import { isObject, type Json, type JsonObject } from '../../lib/json.ts';
import { joinPointer } from '../../lib/json-pointer.ts';
import { plainName } from '../../lib/names.ts';
import type { Operation } from '../../spec/contract.ts';
import { keepLast } from '../../lib/keep-last.ts';
import { ordinaryBody, type Planning } from '../planning.ts';
import type { Resource } from './resources.ts';

/** A place of a body that names a thing. */
export interface Reference {
  readonly resource: Resource;
  readonly pointer: string;
  /** For people: `item_id`. */
  readonly name: string;
  readonly value: Json;
}

/** The body with what `choose` gives in the place of each reference; where that is undefined, the member is left out. A list of identifiers becomes a list of one. */
export function mapReferences(
  planning: Planning,
  operation: Operation,
  body: Json,
  choose: (reference: Reference) => Json | undefined,
  resourceOf: ResourceOf = resourceNamed,
): Json {
  const mapped = (value: Json, pointer: string, owner: string): Json => {
    if (Array.isArray(value)) return value.map((item: Json, index) => mapped(item, joinPointer(pointer, index), owner));
    if (!isObject(value)) return value;
    const typed = ofType(planning, value);
    const chosenId = typed && choose({ resource: typed, pointer: joinPointer(pointer, 'id'), name: owner, value: value['id'] ?? null });
    if (typed && chosenId === undefined) return value;
    const identified = chosenId === undefined ? value : { ...value, id: chosenId };
    return Object.fromEntries(
      Object.entries(identified).flatMap(([name, inner]): [string, Json][] => {
        if (typed && name === 'id') return [[name, inner]];
        const at = joinPointer(pointer, name);
        const list = Array.isArray(inner);
        const resource = resourceOf(planning, operation, owner, list ? name.replace(/s$/, '') : name);
        if (!resource || isObject(inner) || (list && inner.some(isObject))) return [[name, mapped(inner, at, name)]];
        const value = list ? (inner[0] ?? null) : inner;
        const chosen = choose({ resource, pointer: at, name, value });
        return chosen === undefined ? [] : [[name, chosen === value ? inner : list ? [chosen] : chosen]];
      }),
    );
  };
  return mapped(body, '', '');
}

/** Which resource a member of an object that is called `owner` refers to. */
export type ResourceOf = (planning: Planning, operation: Operation, owner: string, name: string) => Resource | undefined;

/** The references of a body. */
export function referencesIn(planning: Planning, operation: Operation, body: Json, resourceOf?: ResourceOf): readonly Reference[] {
  const found: Reference[] = [];
  const note = (reference: Reference): Json => {
    found.push(reference);
    return reference.value;
  };
  mapReferences(planning, operation, body, note, resourceOf);
  return found;
}

/** As `resourceNamed`, and where that knows none, what the member is called after: a guess, for requests that are refused without it. */
export const resourceCalled: ResourceOf = (planning, operation, owner, name) => {
  const known = resourceNamed(planning, operation, owner, name);
  const called = known ? undefined : planning.resources.ofCall(name);
  return called?.create?.id === operation.id ? undefined : (known ?? called);
};

/** The resources that operations name, by operation and item; found out once, for it is asked for each resource. */
const named = keepLast((_: Planning) => new Map<string, ReadonlyMap<string, Resource>>());

/** The resources whose things an operation's ordinary body names, by the path of their items; also such as are only shown within others. */
export function resourcesNamed(planning: Planning, operation: Operation): ReadonlyMap<string, Resource> {
  const known = named(planning);
  const body = (): Json => ordinaryBody(planning, operation, 0)?.value ?? null;
  const found =
    known.get(operation.id) ?? new Map(referencesIn(planning, operation, body()).map(({ resource }) => [resource.item, resource] as const));
  known.set(operation.id, found);
  return found;
}

/** Whether an operation's ordinary body names a thing of the resource. */
export function namesThing(planning: Planning, operation: Operation, { item }: Resource): boolean {
  return resourcesNamed(planning, operation).has(item);
}

/** Creations elsewhere, under a path without parameters, that name a thing of the resource. */
export function creationsNaming(planning: Planning, resource: Resource): readonly Operation[] {
  return planning.contract.operations.filter(
    (operation) =>
      operation.method === 'POST' &&
      operation.id !== resource.create?.id &&
      !operation.path.includes('{') &&
      namesThing(planning, operation, resource),
  );
}

/** Whether a body names this one thing of the resource. */
export function namesOne(planning: Planning, operation: Operation, body: Json | undefined, { item }: Resource, id: Json): boolean {
  return referencesIn(planning, operation, body ?? null).some(
    ({ resource, value }) => resource.item === item && String(value) === String(id),
  );
}

/** Puts the references of a body, which are known to lead to something, into other bodies, and leaves out those that lead to nothing where that `fits`; a place that is to stay as it is can be excepted. */
export function referencesOf(
  planning: Planning,
  operation: Operation,
  body: Json,
): (other: Json, except?: string, fits?: (candidate: Json) => boolean) => Json {
  const known = new Map(referencesIn(planning, operation, body).map(({ resource, value }) => [resource.item, value]));
  return (other, except, fits = () => false) => {
    let isAnyUnknown = false;
    const put = (isLeftOut: boolean): Json =>
      mapReferences(planning, operation, other, ({ resource, pointer, value }) => {
        if (value === null || `${except ?? ''}/`.startsWith(`${pointer}/`)) return value;
        isAnyUnknown ||= !known.has(resource.item);
        return known.get(resource.item) ?? (isLeftOut ? undefined : value);
      });
    const whole = put(false);
    if (!isAnyUnknown) return whole;
    const bare = put(true);
    return fits(bare) ? bare : whole;
  };
}

/** The references of list items to what an item before names at the same place: rules that no schema tells may forbid them. */
export function namedTwice(planning: Planning, operation: Operation, body: Json): readonly Reference[] {
  const seen = new Set<string>();
  return referencesIn(planning, operation, body).filter(({ pointer, value }) => {
    if (!/\/\d+\//.test(pointer)) return false;
    const key = `${pointer.replaceAll(/\/\d+\//g, '/*/')} ${JSON.stringify(value)}`;
    const before = seen.has(key);
    seen.add(key);
    return before;
  });
}

/** The resource that an object of JSON:API names by its type, beside an identifier. @see https://jsonapi.org/format/#document-resource-identifier-objects */
function ofType({ resources }: Planning, { type, id }: JsonObject): Resource | undefined {
  return typeof type === 'string' && typeof id === 'string'
    ? resources.all.find(({ name }) => plainName(name) === plainName(type))
    : undefined;
}

function resourceNamed({ resources }: Planning, operation: Operation, owner: string, name: string): Resource | undefined {
  if (owner === '') return resources.ofMember(operation, name);
  if (resources.isOwn(operation, name)) return undefined;
  return resources.ofReference(name) ?? resources.ofReference(`${owner}_${name}`);
}
