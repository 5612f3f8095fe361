/** Words for the switches about what is there and what is not. */
import type { Phase } from '../../../../src/cases/case.ts';
import { isObject } from '../../../../src/lib/json.ts';
import type { Call, Hooks } from '../hooks.ts';
import { plain } from '../plain.ts';
import type { Step } from '../step.ts';
import type { Entity, Shelf } from '../world.ts';
import type { Switch } from './switch.ts';

/** A switch of class stateful. */
export const state = (
  id: string,
  operation: string,
  breaks: string,
  check: string,
  hooks: Hooks,
  shows: readonly Step[],
  phase: readonly Phase[] = ['stateful', 'relations'],
): Switch => ({
  id: `state-${id}`,
  class: 'stateful',
  operation,
  breaks,
  check,
  phase,
  hooks,
  shows,
});

/** What a path parameter leads to. */
export const addressed = (call: Call, shelf: Shelf, name: string): Entity | undefined => shelf.get(plain(call.path[name]));
/** Another one of the same owner, the next of the shelf or its first. */
export function neighbour(shelf: Shelf, entity: Entity | undefined): Entity | undefined {
  const all = [...shelf.values()].filter(({ owner }) => owner === entity?.owner);
  const next = all[(all.findIndex(({ key }) => key === entity?.key) + 1) % all.length];
  return next?.key === entity?.key ? undefined : next;
}
/** The id in an answer. */
export const idOf = (body: unknown): string => plain(isObject(body) ? body['id'] : '');
