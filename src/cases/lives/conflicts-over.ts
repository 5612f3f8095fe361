/** When a creation is a conflict for the state of what it names. Pure. */
import type { Operation } from '../../spec/contract.ts';
import { declaresStatus } from '../../spec/declares-status.ts';
import { resourcesNamed } from '../inference/references.ts';
import { conflictsIn, namesOf, refusedStates } from '../inference/told-refusals.ts';
import type { Planning } from '../planning.ts';
import { refusalsSaid } from './actions.ts';
import type { Stated } from './states.ts';

/** The states of a thing in which a creation that names it is a conflict by its words, where these leave no doubt whose states they are. */
export function conflictsOver(planning: Planning, operation: Operation, stated: Stated): readonly string[] {
  if (!declaresStatus(operation, '409')) return [];
  const named = (name: string, text: string): boolean => new RegExp(`\\b(?:${namesOf({ name })})\\b`, 'i').test(text);
  const others = [...resourcesNamed(planning, operation).values()].filter(({ item }) => item !== stated.resource.item);
  return refusalsSaid(planning.contract, operation).flatMap((sentence) =>
    conflictsIn(sentence).flatMap((condition) => {
      const isIts = named(stated.name, condition) || (named(stated.name, sentence) && !others.some(({ name }) => named(name, sentence)));
      return isIts ? refusedStates(condition, stated) : [];
    }),
  );
}
