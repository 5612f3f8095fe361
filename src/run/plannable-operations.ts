/** Which operations generated cases may ask for, and why they do without the others. Pure. */
import type { Contract, Operation } from '../spec/contract.ts';
import { isSafe } from '../spec/is-safe.ts';
import { isElsewhere } from '../spec/servers.ts';
import { endedBy } from '../spec/withheld.ts';
import type { Target } from '../targets/target.ts';
import type { Choice } from './choose-operations.ts';

export interface Bounds extends Pick<Choice, 'skipped'> {
  readonly target: Pick<Target, 'kind' | 'baseUrl'>;
}

/** The contract with only those operations to plan for that may be asked for at all. */
export function plannable(contract: Contract, bounds: Bounds): Contract {
  return { ...contract, operations: contract.operations.filter((operation) => whyNever(contract, operation, bounds) === undefined) };
}

/** Why no scenario is about an operation; undefined where one may be. `unsafe` is why only safe operations are asked for. */
export function whyLeftOut(
  contract: Contract,
  operation: Operation,
  { chosen, unsafe, ...bounds }: Bounds & Pick<Choice, 'chosen'> & { readonly unsafe: string | undefined },
): string | undefined {
  const never = whyNever(contract, operation, bounds);
  if (never !== undefined) return never;
  if (chosen?.has(operation.id) === false) return '--operation chooses others';
  return isSafe(operation) ? undefined : unsafe;
}

/** The stand-in has all operations, other targets only those that the base URL stands for. */
function whyNever(contract: Contract, operation: Operation, { target, skipped }: Bounds): string | undefined {
  if (skipped.has(operation.id))
    return operation.deprecated ? '--skip-operation or --skip-deprecated leaves it out' : '--skip-operation leaves it out';
  if (target.kind !== 'embedded' && isElsewhere(contract, operation, target.baseUrl))
    return `it is at ${operation.servers[0]?.url}, for which ${target.baseUrl} does not stand; an overlay can say where it is`;
  const ended = endedBy(operation);
  return ended && `its path says that it ends ${ended}: specproof call sends it`;
}
