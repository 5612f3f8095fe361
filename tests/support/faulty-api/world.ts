/** All that the API remembers. Its clock and its ids come from the seed, so that two runs of the same requests agree. */
import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../src/lib/json.ts';

/** One thing that somebody made. */
export interface Entity {
  readonly key: string;
  readonly institute: string;
  readonly owner: string;
  /** Key of the telescope that it belongs to. */
  readonly parent: string | undefined;
  /** What was written. */
  readonly fields: JsonObject;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type Shelf = Map<string, Entity>;

export interface World {
  readonly telescopes: Shelf;
  readonly observations: Shelf;
  readonly targets: Shelf;
  readonly notes: Shelf;
  /** By telescope. */
  readonly frames: Map<string, Uint8Array>;
  /** The next moment, a second after the last one. */
  readonly tick: () => string;
  readonly uuid: () => string;
  /** 1, 2, 3, … for each shelf. */
  readonly count: (shelf: 'observations' | 'targets') => number;
}

/** An empty world. */
export function createWorld(seed: number): World {
  let moment = Date.UTC(2026, 0, 1);
  let drawn = 0;
  const counts = { observations: 0, targets: 0 };
  return {
    telescopes: new Map(),
    observations: new Map(),
    targets: new Map(),
    notes: new Map(),
    frames: new Map(),
    tick: () => new Date((moment += 1000)).toISOString(),
    uuid: () => {
      const hex = createHash('sha256').update(`${seed} ${drawn++}`).digest('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    count: (shelf) => (counts[shelf] += 1),
  };
}

/** Keeps a new thing. */
export function keep(
  world: World,
  shelf: Shelf,
  entity: Pick<Entity, 'key' | 'institute' | 'owner' | 'fields'> & { readonly parent?: string },
): Entity {
  const now = world.tick();
  const kept: Entity = { parent: undefined, ...entity, version: 1, createdAt: now, updatedAt: now };
  shelf.set(kept.key, kept);
  return kept;
}

/** Writes new fields; the same fields again change nothing, not even the version. */
export function rewrite(world: World, shelf: Shelf, entity: Entity, fields: JsonObject): Entity {
  if (canonical(fields) === canonical(entity.fields)) return entity;
  const written = { ...entity, fields, version: entity.version + 1, updatedAt: world.tick() };
  shelf.set(entity.key, written);
  return written;
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_, entry: Json) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))
      : entry,
  );
}

/** Removes a telescope with all that belongs to it. */
export function removeTelescope(world: World, key: string): void {
  world.telescopes.delete(key);
  world.frames.delete(key);
  for (const observation of world.observations.values()) if (observation.parent === key) world.observations.delete(observation.key);
}
