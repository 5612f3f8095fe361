/** What scenarios are about. Pure. */
import { pathAfter } from '../lib/names.ts';
import type { Operation } from '../spec/contract.ts';
import type { Planning } from './planning.ts';
import type { Resource } from './resources.ts';

/** Whether scenarios are to be about the operation. */
export function isChosen({ chosen }: Pick<Planning, 'chosen'>, id: string): boolean {
  return chosen?.has(id) ?? true;
}

/** Ids of the resource's operations, and of those below it that are no other resource's, as actions are. */
export function operationsAbout({ contract, resources }: Planning, resource: Resource): string[] {
  const { create, list, read, replace, patch, remove } = resource;
  const own: readonly (Operation | undefined)[] = [create, list, read, replace, patch, remove];
  return contract.operations
    .filter((operation) => own.includes(operation) || nearestTo(operation.path, resources.all) === resource)
    .map(({ id }) => id);
}

/** The resource whose collection or item shares most of a path that is below it. */
function nearestTo(path: string, resources: readonly Resource[]): Resource | undefined {
  const shared = ({ collection, item }: Resource): number =>
    Math.max(...[collection, item].map((above) => (path === above || pathAfter(above, path) !== undefined ? above.length : 0)));
  const near = resources.filter((resource) => shared(resource) > 0);
  return near.toSorted((one, other) => shared(other) - shared(one))[0];
}
