/** References that no `_id` tells, by the form of their values: `starting_after` that must look like a guest's identifier, `guest_…`; an `owner` that is an integer as owners' identifiers are. Pure. */
import { member } from '../../lib/json.ts';
import { nameWords, singularName } from '../../lib/names.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { itemsOf, keywordOf, propertiesOf, successBody, typesOf } from '../../spec/properties.ts';
import { representation } from './representation.ts';
import type { Resource } from './resources.ts';

/** The resource that each name refers to, of parameters and of members of bodies whose pattern is that of its identifiers alone. */
export function referencesByForm(contract: Contract, resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const owners = new Map<string, Resource | undefined>();
  for (const resource of resources)
    for (const form of formsOf(contract, resource))
      owners.set(form, owners.has(form) && owners.get(form) !== resource ? undefined : resource);
  const found = new Map<string, Resource | undefined>();
  if (owners.size === 0) return new Map();
  for (const [name, place] of contract.operations.flatMap((operation) => places(contract, operation))) {
    const resource = owners.get(formOf(contract, place) ?? '');
    // `id` is the thing's own
    if (!resource || name === resource.identifier) continue;
    found.set(name, found.has(name) && found.get(name) !== resource ? undefined : resource);
  }
  return new Map([...found].filter((entry): entry is [string, Resource] => entry[1] !== undefined));
}

/** The patterns of a resource's identifiers that hardly anything else has. */
function formsOf(contract: Contract, resource: Resource): string[] {
  const { parameter, read, patch, replace, remove } = resource;
  const asked = [read, patch, replace, remove].flatMap((operation) => {
    const schema = operation?.parameters.find((one) => one.in === 'path' && one.name === parameter)?.schema;
    return schema ? [schema] : [];
  });
  return [...new Set([...shownIdentifiers(contract, resource), ...asked].flatMap((place) => formOf(contract, place) ?? []))];
}

/** Where answers show the identifiers of a resource. */
function shownIdentifiers(contract: Contract, { identifier, read, list, create }: Resource): SchemaPlace[] {
  return [read, list, create].flatMap((operation) => {
    const body = operation && successBody(operation);
    const place = body && identifier !== undefined ? representation(contract, body.schema).get(identifier) : undefined;
    return place ? [place] : [];
  });
}

/** A pattern that begins with letters of its own and a mark: `^guest_`, `^rooms/`. */
function formOf(contract: Contract, place: SchemaPlace): string | undefined {
  const pattern = member(contract.resolve(place).schema, 'pattern');
  return typeof pattern === 'string' && /^\^[A-Za-z]{2,}[_\-:/]/.test(pattern) ? pattern : undefined;
}

/**
 * The resource that each name of a body's members refers to where it is what one of its things is called, and its type that of their identifiers:
 * `owner: 3` beside `/owners/{id}`, as Django has it. Of a list the name is that of its entries.
 */
export function referencesByCall(contract: Contract, resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const called = new Map<string, readonly [Resource, string]>();
  for (const resource of resources) {
    const type = keyTypeOf(contract, shownIdentifiers(contract, resource)[0]);
    if (type !== undefined && !counting.has(singular(resource.name))) called.set(singular(resource.name), [resource, type]);
  }
  const found = new Map<string, Resource>();
  if (called.size === 0) return found;
  for (const [name, place] of contract.operations.flatMap((operation) => bodyPlaces(contract, operation))) {
    const items = itemsOf(contract, place);
    const [resource, type] = called.get(items ? singular(name) : nameWords(name).join(' ')) ?? [];
    if (resource && type === keyTypeOf(contract, items ?? place)) found.set(items ? name.replace(/s$/, '') : name, resource);
  }
  return found;
}

/** Names of numbers that count, and that things may well have beside a resource of that name. */
const counting = new Set(['page', 'version', 'revision', 'level', 'position', 'rank', 'year', 'month', 'week']);

const singular = (name: string): string => nameWords(name).map(singularName).join(' ');

/** The type of keys that a server gives, where a place may hold one: an integer that has no end, or a UUID. */
function keyTypeOf(contract: Contract, place: SchemaPlace | undefined): 'integer' | 'uuid' | undefined {
  if (!place) return undefined;
  const types = typesOf(contract, place);
  if (types.size > (types.has('null') ? 2 : 1)) return undefined;
  const states = (keyword: string): boolean => keywordOf(contract, place, keyword) !== undefined;
  if (types.has('integer')) return states('enum') || states('maximum') ? undefined : 'integer';
  return keywordOf(contract, place, 'format') === 'uuid' ? 'uuid' : undefined;
}

function places(contract: Contract, operation: Operation): (readonly [string, SchemaPlace])[] {
  return [
    ...operation.parameters.flatMap(({ in: place, name, schema }) => (schema && place !== 'path' ? [[name, schema] as const] : [])),
    ...bodyPlaces(contract, operation),
  ];
}

function bodyPlaces(contract: Contract, { requestBody }: Operation): (readonly [string, SchemaPlace])[] {
  return (requestBody?.content ?? []).flatMap(({ schema }) => (schema ? [...propertiesOf(contract, schema)] : []));
}
