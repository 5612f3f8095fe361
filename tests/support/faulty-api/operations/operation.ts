/** What an operation is made of. */
import type { Json, JsonObject } from '../../../../src/lib/json.ts';
import { isObject } from '../../../../src/lib/json.ts';
import type { Call } from '../hooks.ts';
import type { Reply } from '../reply.ts';
import type { World } from '../world.ts';

export interface Operation {
  /** Media type of its success; undefined where that has no content. */
  readonly answers: string | undefined;
  /** Refuses what is not there, hidden or another's, before the body is looked at. */
  readonly locate?: (call: Call, world: World) => void;
  readonly handle: (call: Call, world: World) => Reply;
}

/** The body's members that are named, in this order; own ones only. */
export function pick(body: Json | undefined, names: readonly string[]): JsonObject {
  if (!isObject(body)) return {};
  return Object.fromEntries(names.filter((name) => Object.hasOwn(body, name)).map((name) => [name, body[name] ?? null]));
}
