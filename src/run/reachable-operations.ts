/** Which operations a run can plan for. Pure. */
import type { Contract, Operation } from '../spec/contract.ts';
import { isElsewhere } from '../spec/servers.ts';
import type { Target } from '../targets/target.ts';

/** The operations that are at the target: the stand-in has them all, other targets only those that the base URL stands for. */
export function reachableOperations(contract: Contract, { kind, baseUrl }: Pick<Target, 'kind' | 'baseUrl'>): readonly Operation[] {
  return contract.operations.filter((operation) => kind === 'embedded' || !isElsewhere(contract, operation, baseUrl));
}
