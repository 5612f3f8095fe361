/** Updates of which a document says that the state which they ask for may be a conflict. Pure. */
import { isStateName, nameWords } from '../../lib/names.ts';
import type { Contract, Operation } from '../../spec/contract.ts';
import { declaresStatus, responsesTo } from '../../spec/declares-status.ts';
import { sentencesAt } from '../../spec/descriptions.ts';

/** Whether a member of an update's body names a state, and the words of the operation or of its 409 speak of that: `any other change of status is refused with 409`. Which state may follow another no schema tells. */
export function mayConflict(contract: Contract, operation: Operation, name: string): boolean {
  if (!isStateName(name) || !declaresStatus(operation, '409')) return false;
  const spoken = new RegExp(String.raw`\b${nameWords(name).at(-1) ?? ''}s?\b`, 'i');
  const conflicts = responsesTo(operation, '409').map(({ pointer }) => pointer);
  return sentencesAt(contract, operation.pointer, ...conflicts).some((one) => spoken.test(one));
}
