/** Things that may be named once only: a seat that a hold makes held, a hold that a booking makes booked. Pure. */
import { isStateName, nameWords, pathSegments, plainName, singularName } from '../../lib/names.ts';
import { isPast } from '../../lib/past-words.ts';
import type { Operation } from '../../spec/contract.ts';
import { successBody } from '../../spec/properties.ts';
import { statedValues } from './list-parameters.ts';
import type { Planning } from '../planning.ts';
import { representation } from './representation.ts';
import type { Resource } from './resources.ts';

/** Remembered: it is asked for every body that is made. */
const known = new WeakMap<Operation, Map<Resource, string | undefined>>();

/** Whether an operation leaves the things that it names in a state that is called after it: then the next one needs others. */
export function usesUp(planning: Planning, operation: Operation, resource: Resource): boolean {
  return stateAfter(planning, operation, resource) !== undefined;
}

/** The state, called after a creation, that it leaves the things in which it names: `held` after a hold. */
export function stateAfter(planning: Planning, operation: Operation, resource: Resource): string | undefined {
  const answers = known.get(operation) ?? new Map<Resource, string | undefined>();
  known.set(operation, answers);
  if (!answers.has(resource)) answers.set(resource, namedAfter(planning, operation, resource));
  return answers.get(resource);
}

function namedAfter({ contract, resources }: Planning, operation: Operation, { read, list }: Resource): string | undefined {
  const shown = read ?? list;
  const body = shown && successBody(shown);
  const made = resources.createdBy(operation)?.name ?? pathSegments(operation.path).at(-1) ?? '';
  const verb = singularName(nameWords(made).at(-1) ?? '').replace(/(?:ing|ation|ment)$/, '');
  if (!body || operation.method !== 'POST' || verb.length < 3) return undefined;
  return [...representation(contract, body.schema)]
    .filter(([name]) => isStateName(name))
    .flatMap(([, place]) => statedValues(contract, place))
    .find((state): state is string => typeof state === 'string' && isPast(plainName(state), verb));
}
