/** Finds what a path speaks of, and who may see and change it. */
import type { Call } from '../hooks.ts';
import { plain } from '../plain.ts';
import { refuse } from '../reply.ts';
import type { Entity, Shelf, World } from '../world.ts';

/** The entity behind a path parameter. Refuses with 404 what is not there or hidden, with 403 the change of what others made. */
export function find(call: Call, shelf: Shelf, parameter: string): Entity {
  const entity = shelf.get(plain(call.path[parameter]));
  if (!entity || !isVisible(call, entity)) throw refuse(404, 'There is no such thing.');
  return entity;
}

/** Refuses with 403 unless the user made it. */
export function mustOwn(call: Call, entity: Entity): void {
  if (entity.owner !== call.user.name && !call.lifted.has('owner')) throw refuse(403, 'Somebody else made it.');
}

/** Whether the user's institute is the entity's. */
export function isVisible(call: Call, entity: Entity): boolean {
  return entity.institute === call.user.institute || call.lifted.has('institute');
}

/** The observation of a path, which must be one of the path's telescope. */
export function findObservation(call: Call, world: World): Entity {
  const telescope = call.lifted.has('parent') ? undefined : find(call, world.telescopes, 'telescope_id');
  const entity = find(call, world.observations, 'observation_id');
  if (telescope && entity.parent !== telescope.key) throw refuse(404, 'There is no such thing.');
  return entity;
}

/** The note of a path: nobody but its writer gets it. */
export function findNote(call: Call, world: World): Entity {
  const entity = world.notes.get(plain(call.path['note_id']));
  if (!entity || !isMine(call, entity)) throw refuse(404, 'There is no such thing.');
  return entity;
}

/** Whether the user wrote the note. */
export function isMine(call: Call, entity: Entity): boolean {
  return entity.owner === call.user.name || call.lifted.has('private');
}

/** Refuses with 409 a name that another entity of the institute has. */
export function mustBeFree(call: Call, shelf: Shelf, name: unknown, but?: Entity): void {
  for (const entity of shelf.values()) {
    if (entity.key !== but?.key && entity.institute === call.user.institute && entity.fields['name'] === name)
      throw refuse(409, 'The name is taken.');
  }
}
