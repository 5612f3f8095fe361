/** Which resource fills a path parameter: by its place, by its name, by what is above it. Pure. */
import { pathSegments } from '../../lib/names.ts';
import type { Operation, Parameter } from '../../spec/contract.ts';
import type { Resource, Resources } from './resources.ts';

interface Known extends Pick<Resources, 'all' | 'ofReference'> {
  /** What is only shown within lists. */
  readonly shown: () => readonly Resource[];
  readonly byItem: ReadonlyMap<string, Resource>;
}

/** The resource that fills a path parameter of an operation. */
export function resourceOfParameter(
  { all, shown, byItem, ofReference }: Known,
  operation: Operation,
  parameter: string,
): Resource | undefined {
  const parts = pathSegments(operation.path);
  const at = parts.findIndex((part) => part.startsWith(`{${parameter}}`));
  const place = `/${[...parts.slice(0, at), `{${parameter}}`].join('/')}`;
  const exact = byItem.get(place) ?? all.find((resource) => isAddressedBy(resource, place));
  if (exact) return exact;
  const declared = operation.parameters.find((one) => one.in === 'path' && one.name === parameter);
  if (declared && isEnumerated(declared)) return undefined;
  // the same place by another name: `/tenants/{tenant}/…` where there is `/tenants/{tenant_name}`
  const above = withoutNames(place);
  const alike = all.filter(({ item }) => withoutNames(item) === above);
  if (alike.length === 1) return alike[0];
  const namesakes = all.filter((resource) => resource.parameter === parameter);
  if (namesakes.length === 1) return namesakes[0];
  const referred = ofReference(parameter);
  if (referred) return referred;
  const generic = /(?:^|_|-)(?:id|uuid|key|identifier)$|^id/i.test(parameter) || parameter.endsWith('Id');
  if (!generic) return undefined;
  for (let length = at; length > 0; length--) {
    const collection = `/${parts.slice(0, length).join('/')}`;
    const nearest =
      all.find((resource) => resource.collection === collection) ?? shown().find((resource) => resource.collection === collection);
    if (nearest) return nearest;
  }
  return undefined;
}

/** Whether things are named by the last parameter of a path and one more, both of which are chosen when they are made: `/tags/{type}` of `/tags/{type}/{value}`. */
function isAddressedBy({ item, create }: Resource, place: string): boolean {
  return create !== undefined && item.lastIndexOf('/{') === place.length && item.startsWith(place) && !create.path.startsWith(place);
}

const withoutNames = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}');

function isEnumerated(parameter: Parameter): boolean {
  const schema = parameter.schema?.schema;
  return typeof schema === 'object' && (schema['enum'] !== undefined || schema['const'] !== undefined);
}
