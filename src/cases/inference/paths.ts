/** The operations of a document by what their paths have in common: it may have a thousand of them, and of each others are looked for. Pure. */
import { pathSegments, segmentParameter, singularName } from '../../lib/names.ts';
import type { Contract, Operation } from '../../spec/contract.ts';

/** The operations, to be found without looking at all of them. */
export interface Paths {
  /** By method and path. */
  readonly byPlace: ReadonlyMap<string, Operation>;
  /** Every POST below an identifier, by the last segment of its path: `episodes` of `/shows/{id}/episodes`. */
  readonly below: ReadonlyMap<string, readonly Operation[]>;
  /** The last segments of paths that have one parameter more, by the path without it: `{value}` by `/tags/{type}`. */
  readonly longer: ReadonlyMap<string, readonly string[]>;
  /** Every GET, by its path with the last segment in the singular; see `singularPath`. */
  readonly beside: ReadonlyMap<string, readonly Operation[]>;
}

/** Sorts a contract's operations by their paths. */
export function indexPaths({ operations }: Contract): Paths {
  const segments = new Map(operations.map(({ path }) => [path, pathSegments(path)]));
  const of = ({ path }: Operation): readonly string[] => segments.get(path) ?? [];
  const isBelow = (operation: Operation): boolean => segmentParameter(of(operation).at(-2) ?? '') !== undefined;
  const by = (method: string): Operation[] => operations.filter((operation) => operation.method === method);
  return {
    byPlace: new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation])),
    below: Map.groupBy(by('POST').filter(isBelow), (operation) => of(operation).at(-1) ?? ''),
    longer: longerPaths(new Set(segments.keys())),
    beside: Map.groupBy(by('GET'), (operation) => singularPath(of(operation))),
  };
}

function longerPaths(all: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of all) {
    const at = path.lastIndexOf('/{');
    const shorter = path.slice(0, at);
    if (at > 0 && path.endsWith('}') && shorter.endsWith('}') && all.has(shorter))
      found.set(shorter, [...(found.get(shorter) ?? []), path.slice(at + 1)]);
  }
  return found;
}

/** A path with its last segment in the singular, which lists and their items may share: `/messages` and `/message/{id}` without its parameter. */
export function singularPath(segments: readonly string[]): string {
  return [...segments.slice(0, -1), singularName(segments.at(-1) ?? '')].join('/');
}
