/** Which operations generated cases are about, and which they never ask for: from what people call them. Pure. */
import { HarnessError } from '../errors.ts';
import { nearest } from '../lib/nearest.ts';
import type { Contract, Operation } from '../spec/contract.ts';
import { locate } from '../spec/locate.ts';
import type { Settings } from './settings.ts';

export interface Choice {
  /** Ids of what scenarios are about; undefined for everything. */
  readonly chosen: ReadonlySet<string> | undefined;
  /** Ids of what is never asked for, not even to prepare something. */
  readonly skipped: ReadonlySet<string>;
  /** Whether a request must not be sent, whatever it was planned for; undefined where nothing is left out. */
  readonly isLeftOut: LeftOut | undefined;
}

/** Tells by method and URL. */
export type LeftOut = (request: { readonly method: string; readonly url: string }, baseUrl: string) => boolean;

/** The choice of the settings. Throws HarnessError E_USAGE for a name that no operation has. */
export function chooseOperations(
  contract: Contract,
  { operations, skipOperations = [], skipDeprecated = false }: Pick<Settings, 'operations' | 'skipOperations' | 'skipDeprecated'>,
): Choice {
  const deprecated = skipDeprecated ? contract.operations.filter((operation) => operation.deprecated) : [];
  const skipped = idsOf(contract, skipOperations).union(new Set(deprecated.map(({ id }) => id)));
  return {
    chosen: operations && idsOf(contract, operations),
    skipped,
    isLeftOut: skipped.size === 0 ? undefined : leavesOut(contract, skipped, skipOperations.map(matcher)),
  };
}

/** A `Location` may lead to what is left out, HEAD does what GET does, and `DELETE *` stands for a DELETE that the document does not have, too. */
function leavesOut(contract: Contract, skipped: ReadonlySet<string>, names: readonly ((text: string) => boolean)[]): LeftOut {
  return ({ method, url }, baseUrl) => {
    const there = locate(contract, url, baseUrl)?.operations ?? [];
    return (method === 'HEAD' ? ['HEAD', 'GET'] : [method]).some((one) => {
      const declared = there.find((operation) => operation.method === one);
      if (declared !== undefined) return skipped.has(declared.id);
      return there.some(({ path }) => names.some((fits) => fits(path) || fits(`${one} ${path}`)));
    });
  };
}

function idsOf({ operations }: Contract, names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names.flatMap((name) => {
      const fits = matcher(name);
      const found = operations.filter((operation) => namesOf(operation).some(fits));
      if (found.length > 0) return found.map(({ id }) => id);
      const meant = nearest(name, new Set(operations.flatMap(namesOf)));
      throw new HarnessError('E_USAGE', `the document has no operation "${name}"`, {
        hint: `${meant === undefined ? '' : `did you mean "${meant}"? `}An operation is named by METHOD and path, by its path alone, its operationId or a tag; * stands for anything.`,
      });
    }),
  );
}

function namesOf({ id, path, operationId, tags }: Operation): string[] {
  return [id, path, ...(operationId === undefined ? [] : [operationId]), ...tags];
}

function matcher(name: string): (text: string) => boolean {
  const pattern = new RegExp(
    `^${name
      .split('*')
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
    'u',
  );
  return (text) => pattern.test(text);
}
