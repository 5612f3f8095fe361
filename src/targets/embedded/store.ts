/** What the stand-in remembers: entities by resource, and the files kept under them. In memory, gone with the target. */
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Resource } from './resource.ts';

/** One thing that exists in the stand-in. */
export interface Entity {
  readonly resource: Resource;
  /** Order of creation over all resources, from 1. */
  readonly sequence: number;
  /** Property values, those of the body, of the server and the sampled ones. */
  readonly values: JsonObject;
  /** Sequence numbers of the entities named in the path that it was made by, by collection. */
  readonly parents: ReadonlyMap<string, number>;
}

/** A file under an entity. */
export interface StoredFile {
  /** Path template that it was put under. */
  readonly slot: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** What the upload was answered with. */
  readonly values: JsonObject;
  /** Pointer of the schema of those values. */
  readonly shownAs: string | undefined;
}

export interface Store {
  readonly add: (resource: Resource, values: JsonObject, parents: ReadonlyMap<string, number>) => Entity;
  readonly change: (entity: Entity, values: JsonObject) => Entity;
  readonly remove: (entity: Entity) => void;
  /** In the order of creation. */
  readonly all: (resource: Resource) => readonly Entity[];
  /** The entity that a text names by one of the resource's keys. */
  readonly find: (resource: Resource, text: string) => Entity | undefined;
  /** A number that the resource has not used yet, counted from 1. */
  readonly nextNumber: (resource: Resource) => number;
  readonly files: (entity: Entity) => readonly StoredFile[];
  readonly setFiles: (entity: Entity, files: readonly StoredFile[]) => void;
}

/** An empty store. */
export function createStore(): Store {
  const entities = new Map<string, Map<number, Entity>>();
  const counters = new Map<string, number>();
  const files = new Map<number, readonly StoredFile[]>();
  let created = 0;
  const of = (resource: Resource): Map<number, Entity> => {
    let found = entities.get(resource.collection);
    if (found === undefined) entities.set(resource.collection, (found = new Map()));
    return found;
  };
  const find = (resource: Resource, text: string): Entity | undefined => {
    for (const key of resource.keys) for (const entity of of(resource).values()) if (isNamed(entity.values[key], text)) return entity;
    return undefined;
  };
  const put = (entity: Entity): Entity => {
    of(entity.resource).set(entity.sequence, entity);
    return entity;
  };
  return {
    find,
    add: (resource, values, parents) => put({ resource, values, parents, sequence: ++created }),
    change: (entity, values) => put({ ...entity, values }),
    remove: (entity) => {
      of(entity.resource).delete(entity.sequence);
      files.delete(entity.sequence);
    },
    all: (resource) => [...of(resource).values()],
    nextNumber: (resource) => {
      let number = counters.get(resource.collection) ?? 0;
      do number++;
      while (find(resource, String(number)) !== undefined);
      counters.set(resource.collection, number);
      return number;
    },
    files: (entity) => files.get(entity.sequence) ?? [],
    setFiles: (entity, kept) => files.set(entity.sequence, kept),
  };
}

function isNamed(value: Json | undefined, text: string): boolean {
  return (typeof value === 'string' || typeof value === 'number') && String(value) === text;
}
