/** Paths that end with a slash, as `/pets/` and `/pets/{id}/`: what a path says stands before it. Pure. */
import type { Contract, Operation } from './contract.ts';

/** The path template as the document writes it, and as addresses are made from it. */
export function writtenPath({ path, ending }: Operation): string {
  return `${path}${ending ?? ''}`;
}

/** The contract with paths that name things in one way: none ends with a slash, but for `/` and for one that the document has without it too. The contract itself where none does. */
export function withoutLastSlash(contract: Contract): Contract {
  const written = new Set(contract.operations.map(({ path }) => path));
  const isBare = ({ path }: Operation): boolean => path === '/' || !path.endsWith('/') || written.has(path.slice(0, -1));
  if (contract.operations.every(isBare)) return contract;
  const bare = new Map(
    contract.operations.map((operation) => [
      operation.id,
      isBare(operation) ? operation : { ...operation, path: operation.path.slice(0, -1), ending: '/' as const },
    ]),
  );
  const ofPlan = (operation: Operation): Operation => bare.get(operation.id) ?? operation;
  return {
    ...contract,
    operations: contract.operations.map(ofPlan),
    match: (method, path) => {
      const found = contract.match(method, path);
      return found && ofPlan(found);
    },
    matchPath: (path) => contract.matchPath(path).map(ofPlan),
  };
}
