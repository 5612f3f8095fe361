/** Words for the switches about answers that do not agree with each other. */
import type { Phase } from '../../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../../src/lib/json.ts';
import type { Call, Hooks } from '../hooks.ts';
import { plain } from '../plain.ts';
import type { Step } from '../step.ts';
import type { Entity, World } from '../world.ts';
import { success, type Switch } from './switch.ts';

/** A switch of class relations. */
export const relation = (
  id: string,
  operation: string,
  breaks: string,
  check: string,
  hooks: Hooks,
  shows: readonly Step[],
  phase: readonly Phase[] = ['stateful', 'relations'],
): Switch => ({
  id: `relation-${id}`,
  class: 'relations',
  operation,
  breaks,
  check,
  phase,
  hooks,
  shows,
});

/** Handles the call as if the query were another; what the answer says of itself stays as it was asked. */
export function asIf(change: (query: JsonObject) => JsonObject): Hooks {
  const asked = new WeakMap<Call, JsonObject>();
  return {
    before: (call) => {
      asked.set(call, call.query);
      call.query = change(call.query);
      return undefined;
    },
    after: (reply, call) => {
      const query = asked.get(call);
      if (!isObject(reply.body) || reply.status !== 200 || !query) return reply;
      const echoes = Object.entries(query).filter(([name]) => isObject(reply.body) && Object.hasOwn(reply.body, name));
      return { ...reply, body: { ...reply.body, ...Object.fromEntries(echoes) } };
    },
  };
}

/** Ignores a parameter. */
export const ignores = (name: string): Hooks =>
  asIf((query) => Object.fromEntries(Object.entries(query).filter(([other]) => other !== name)));
/** Changes the items of a page. */
export const items = (change: (list: readonly Json[], call: Call) => readonly Json[]): Hooks =>
  success((reply, call) =>
    isObject(reply.body) && Array.isArray(reply.body['items'])
      ? { ...reply, body: { ...reply.body, items: change(reply.body['items'] as readonly Json[], call) } }
      : reply,
  );

/** The object without one member. */
export const without = (object: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));

/** The telescope of a call's path. */
export const telescopeOf = (call: Call, world: World): Entity | undefined => world.telescopes.get(plain(call.path['telescope_id']));
