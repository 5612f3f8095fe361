/** What scenarios are about. Pure. */
import { keepLast } from '../lib/keep-last.ts';
import type { Planning } from './planning.ts';
import type { Resource } from './resources.ts';

/** Whether scenarios are to be about the operation. */
export function isChosen({ chosen }: Pick<Planning, 'chosen'>, id: string): boolean {
  return chosen?.has(id) ?? true;
}

/** Ids of the resource's operations, and of those below it that are no other resource's, as actions are. */
export function operationsAbout(planning: Planning, resource: Resource): string[] {
  const { create, list, read, replace, patch, remove } = resource;
  const own = [create, list, read, replace, patch, remove].filter((part) => part !== undefined);
  return [...new Set([...own, ...(nearest(planning).get(resource) ?? [])])].map(({ id }) => id);
}

/** The operations by the resource whose collection or item shares most of their paths; for all at once, since a document may have a thousand of each. */
const nearest = keepLast(({ contract, resources }: Planning) => {
  const places = new Map(
    resources.all.flatMap((resource) => pathsOf(resource).map((path): [string, Resource] => [path, resource])).toReversed(),
  );
  return Map.groupBy(contract.operations, ({ path }) => places.get(pathsAbove(path).find((above) => places.has(above)) ?? ''));
});

const pathsOf = ({ collection, item }: Resource): readonly string[] => [collection, item];

/** The path, and each that it is below of, the longest first. */
function pathsAbove(path: string): readonly string[] {
  const ends = [...path.matchAll(/[/:]/g)].map(({ index }) => index).filter((index) => index > 0);
  return [path, ...ends.toReversed().map((end) => path.slice(0, end))];
}
