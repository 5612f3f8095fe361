/** References that no name tells, by the form of their values: `starting_after` that must look like a guest's identifier, `guest_…`. Pure. */
import { member } from '../../lib/json.ts';
import type { Contract, Operation, SchemaPlace } from '../../spec/contract.ts';
import { propertiesOf, successBody } from '../../spec/properties.ts';
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
function formsOf(contract: Contract, { identifier, parameter, read, patch, replace, remove, create, list }: Resource): string[] {
  const shown = [read, list, create].flatMap((operation) => {
    const body = operation && successBody(operation);
    const place = body && identifier !== undefined ? representation(contract, body.schema).get(identifier) : undefined;
    return place ? [place] : [];
  });
  const asked = [read, patch, replace, remove].flatMap((operation) => {
    const schema = operation?.parameters.find((one) => one.in === 'path' && one.name === parameter)?.schema;
    return schema ? [schema] : [];
  });
  return [...new Set([...shown, ...asked].flatMap((place) => formOf(contract, place) ?? []))];
}

/** A pattern that begins with letters of its own and a mark: `^guest_`, `^rooms/`. */
function formOf(contract: Contract, place: SchemaPlace): string | undefined {
  const pattern = member(contract.resolve(place).schema, 'pattern');
  return typeof pattern === 'string' && /^\^[A-Za-z]{2,}[_\-:/]/.test(pattern) ? pattern : undefined;
}

function places(contract: Contract, operation: Operation): (readonly [string, SchemaPlace])[] {
  return [
    ...operation.parameters.flatMap(({ in: place, name, schema }) => (schema && place !== 'path' ? [[name, schema] as const] : [])),
    ...(operation.requestBody?.content ?? []).flatMap(({ schema }) => (schema ? [...propertiesOf(contract, schema)] : [])),
  ];
}
