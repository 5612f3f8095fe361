/** Gives resources that nothing in the contract creates a few entities, so that their reads can succeed. */
import { anonymous } from './authenticate.ts';
import { makeEntity } from './entities.ts';
import type { Resource } from './resource.ts';
import type { World } from './world.ts';

const count = 3;

/** Makes three sampled entities of a resource that no operation creates the first time it is asked for. */
export function seedEntities(world: World, resource: Resource): void {
  const isMade = [...world.plans.values()].some(
    ({ deed }) => deed.resource === resource && (deed.kind === 'create' || deed.kind === 'update'),
  );
  if (isMade || world.seeded.has(resource.collection)) return;
  world.seeded.add(resource.collection);
  for (let index = 0; index < count; index++) makeEntity(world, { resource, given: {}, caller: anonymous, parents: [], owner: undefined });
  world.note(`nothing in the contract creates ${resource.collection}: the stand-in made up ${count}`);
}
