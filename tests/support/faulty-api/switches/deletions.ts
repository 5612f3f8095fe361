/** Deletions that delete nothing, too much, or something else. */
import type { Call } from '../hooks.ts';
import { plain } from '../plain.ts';
import type { viewObservation } from '../operations/others.ts';
import { empty } from '../reply.ts';
import { at, get, remove } from '../step.ts';
import type { Entity, World } from '../world.ts';
import { telescopeOf } from './relation.ts';
import { addressed, neighbour, state as row } from './state.ts';
import { first, refusal, success, type Switch } from './switch.ts';

const item = '/telescopes/{telescope_id}';
const observed = '/telescopes/{telescope_id}/observations/{observation_id}';
const elsewhere = '/telescopes/{bare}/observations/{observation}';

export const deletionSwitches: readonly Switch[] = [
  row('delete-keeps', 'DELETE /notes/{note_id}', 'what was deleted is gone', 'deleted-gone', { before: () => empty(204) }, [
    remove(at.note),
    get(at.note),
  ]),
  row(
    'deleted-listed',
    `DELETE ${item}`,
    'what was deleted is no longer listed',
    'deleted-gone',
    {
      before: (call, world) => {
        const entity = telescopeOf(call, world);
        if (entity) saved.set(call, entity);
        return undefined;
      },
      after: (reply, call, world) => {
        const gone = saved.get(call);
        if (gone && reply.status === 204) world.telescopes.set(`${gone.key} (gone)`, gone);
        return reply;
      },
    },
    [remove(at.telescope), get('/telescopes')],
  ),
  row(
    'second-delete-204',
    `DELETE ${observed}`,
    'a second deletion answers 404',
    'deleted-gone',
    refusal(404, () => empty(204)),
    [remove(at.observation), remove(at.observation)],
  ),
  row(
    'delete-takes-neighbour',
    'DELETE /targets/{target_id}',
    'a deletion leaves others alone',
    'others-untouched',
    first((call, world) => {
      const other = neighbour(world.targets, addressed(call, world.targets, 'target_id'));
      if (other) world.targets.delete(other.key);
    }),
    [remove(at.star), get('/targets')],
  ),
  row(
    'delete-other',
    'DELETE /notes/{note_id}',
    'a deletion deletes what it is for',
    'deleted-gone',
    first((call, world) => {
      const other = neighbour(world.notes, addressed(call, world.notes, 'note_id'));
      if (other) call.path = { note_id: other.key };
    }),
    [remove(at.note), get(at.note)],
  ),
  row(
    'nested-delete-unscoped',
    `DELETE ${observed}`,
    'an observation is deleted under its own telescope only',
    'nested-scoped',
    { lifts: ['parent'] },
    [remove(elsewhere)],
  ),
  row(
    'parent-emptied',
    `DELETE ${item}`,
    'a deletion of one telescope leaves the observations of others',
    'others-untouched',
    success((reply, _call, world) => (world.observations.clear(), reply)),
    [remove(at.bare), get(at.observation)],
  ),
  row(
    'delete-late',
    `GET ${item}`,
    'what was deleted is gone at once',
    'deleted-gone',
    {
      before: (call, world) => {
        const entity = telescopeOf(call, world);
        if (entity) cached.set(world, (cached.get(world) ?? new Map()).set(entity.key, entity));
        return undefined;
      },
      after: (reply, call, world) => {
        const entity = cached.get(world)?.get(plain(call.path['telescope_id']));
        return reply.status === 404 && entity
          ? { status: 200, headers: { 'Content-Type': 'application/json', ETag: '"0000000000000000"' }, body: staleView(entity) }
          : reply;
      },
    },
    [get(at.telescope), remove(at.telescope), get(at.telescope)],
  ),
];

/** What was there before a call. */
const saved = new WeakMap<Call, Entity>();
/** What has been read of a world. */
const cached = new WeakMap<World, Map<string, Entity>>();

function staleView(entity: Entity): ReturnType<typeof viewObservation> {
  const { control_key: _secret, ...fields } = entity.fields;
  return {
    id: entity.key,
    owner: entity.owner,
    version: entity.version,
    created_at: entity.createdAt,
    updated_at: entity.updatedAt,
    observation_count: 0,
    ...fields,
  };
}
