/** What scenarios are about. Pure. */
import { keepLast } from '../lib/keep-last.ts';
import type { Operation } from '../spec/contract.ts';
import type { Planning } from './planning.ts';
import type { Resource } from './inference/resources.ts';

/** Whether scenarios are to be about the operation. */
export function isChosen({ chosen }: Pick<Planning, 'chosen'>, id: string): boolean {
  return chosen?.has(id) ?? true;
}

/** Ids of the operations that a resource's scenarios are about. */
export function idsAbout(planning: Planning, resource: Resource): string[] {
  return operationsAbout(planning, resource).map(({ id }) => id);
}

/** The resource's operations, and those below it that are no other resource's, as actions are. */
export function operationsAbout(planning: Planning, resource: Resource): readonly Operation[] {
  const { create, list, read, replace, patch, remove } = resource;
  const own = [create, list, read, replace, patch, remove].filter((part) => part !== undefined);
  return [...new Set([...own, ...(nearest(planning).get(resource) ?? [])])];
}

/** The operations by the resource whose collection or item shares most of their paths; for all at once, since a document may have a thousand of each. */
const nearest = keepLast(({ contract, resources }: Planning) => {
  const pathsOf = (resource: Resource): [string, Resource][] => [resource.collection, resource.item].map((path) => [path, resource]);
  const places = new Map(resources.all.flatMap(pathsOf).toReversed());
  return Map.groupBy(contract.operations, ({ path }) => places.get(pathsAbove(path).find((above) => places.has(above)) ?? ''));
});

/** The path, and each that it is below of, the longest first. */
function pathsAbove(path: string): readonly string[] {
  const ends = [...path.matchAll(/[/:]/g)].map(({ index }) => index).filter((index) => index > 0);
  return [path, ...ends.toReversed().map((end) => path.slice(0, end))];
}
