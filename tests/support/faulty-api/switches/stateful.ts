/** Things that are not there when they should be, or are others than they should. */
import { isObject } from '../../../../src/lib/json.ts';
import type { Call } from '../hooks.ts';
import { viewObservation } from '../operations/others.ts';
import { bareTelescope, note, star, telescope } from '../samples.ts';
import { at, get, patch, post, put } from '../step.ts';
import { keep, rewrite, type Entity } from '../world.ts';
import { telescopeOf } from './relation.ts';
import { addressed, idOf, neighbour, state as row } from './state.ts';
import { edit, first, sent, success, withFields, type Switch } from './switch.ts';

const item = '/telescopes/{telescope_id}';
const observed = '/telescopes/{telescope_id}/observations/{observation_id}';
const elsewhere = '/telescopes/{bare}/observations/{observation}';
const fresh = post('/notes', note(), { keep: 'fresh' });

export const statefulSwitches: readonly Switch[] = [
  row(
    'unreadable',
    'POST /notes',
    'what was created can be read',
    'created-readable',
    success((reply, _call, world) => (world.notes.delete(idOf(reply.body)), reply)),
    [fresh, get('/notes/{fresh}')],
  ),
  row(
    'unlisted',
    'GET /telescopes',
    'what was created is listed',
    'created-listed',
    success((reply) =>
      isObject(reply.body) && Array.isArray(reply.body['items'])
        ? {
            ...reply,
            body: { ...reply.body, items: reply.body['items'].slice(0, -1), total: Math.max(0, Number(reply.body['total']) - 1) },
          }
        : reply,
    ),
    [get('/telescopes')],
  ),
  row(
    'unlisted-nested',
    'GET /telescopes/{telescope_id}/observations',
    'what was created is listed',
    'created-listed',
    edit('items', () => []),
    [get(at.observations)],
  ),
  row(
    'read-other',
    'GET /targets/{target_id}',
    'reading one does not give another',
    'written-read-back',
    first((call, world) => {
      const other = neighbour(world.targets, addressed(call, world.targets, 'target_id'));
      if (other) call.path = { target_id: other.key };
    }),
    [get(at.star)],
  ),
  row(
    'content-other',
    'GET /notes/{note_id}',
    'reading one does not give the content of another',
    'written-read-back',
    success((reply, call, world) => {
      const other = neighbour(world.notes, addressed(call, world.notes, 'note_id'));
      return other && isObject(reply.body) ? { ...reply, body: { ...reply.body, ...other.fields } } : reply;
    }),
    [get(at.note)],
  ),
  row(
    'update-dropped',
    `PUT ${item}`,
    'what was replaced is kept',
    'written-read-back',
    {
      before: (call, world) => {
        const entity = telescopeOf(call, world);
        if (entity) saved.set(call, entity);
        return undefined;
      },
      after: (reply, call, world) => {
        const entity = saved.get(call);
        if (entity && reply.status === 200) world.telescopes.set(entity.key, entity);
        return reply;
      },
    },
    [put(at.telescope, telescope({ name: 'New' })), get(at.telescope)],
  ),
  row(
    'patch-dropped',
    `PATCH ${item}`,
    'what was patched is kept',
    'written-read-back',
    success((reply, call, world) => {
      const entity = telescopeOf(call, world);
      if (entity && sent(call, 'active') !== undefined)
        world.telescopes.set(entity.key, { ...entity, fields: { ...entity.fields, active: !entity.fields['active'] } });
      return reply;
    }),
    [patch(at.telescope, { active: true }), get(at.telescope)],
  ),
  row(
    'update-swaps',
    `PATCH ${item}`,
    'a change reaches the one it is for',
    'written-read-back',
    first((call, world) => {
      const other = neighbour(world.telescopes, telescopeOf(call, world));
      if (other) call.path = { telescope_id: other.key };
    }),
    [patch(at.telescope, { active: true }), get(at.telescope)],
  ),
  row(
    'update-spreads',
    `PATCH ${item}`,
    'a change leaves others alone',
    'others-untouched',
    success((reply, call, world) => {
      const other = neighbour(world.telescopes, telescopeOf(call, world));
      if (other)
        rewrite(world, world.telescopes, other, {
          ...other.fields,
          mirror_count: sent(call, 'mirror_count') ?? other.fields['mirror_count'] ?? 1,
        });
      return reply;
    }),
    [patch(at.telescope, { mirror_count: 9 }), get(at.bare)],
  ),
  row(
    'id-of-another',
    'POST /targets',
    'the id of the answer is that of the new one',
    'written-read-back',
    edit('id', (id) => Math.max(1, Number(id) - 1)),
    [post('/targets', star({ name: 'N' }))],
  ),
  row(
    'ids-shared',
    'POST /notes',
    'two creations have two ids',
    'written-read-back',
    success((reply, call, world) => {
      const oldest = world.notes.values().find(({ owner }) => owner === call.user.name);
      const made = world.notes.get(idOf(reply.body));
      if (!oldest || !made || oldest.key === made.key || !isObject(reply.body)) return reply;
      world.notes.delete(made.key);
      world.notes.set(oldest.key, { ...made, key: oldest.key });
      return withFields({ ...reply, body: { ...reply.body, id: oldest.key } }, { Location: `/v1/notes/${oldest.key}` });
    }),
    [post('/notes', note({ text: 'second' }))],
  ),
  row(
    'created-twice',
    'POST /notes',
    'one creation makes one',
    'created-once',
    success((reply, call, world) => {
      const made = world.notes.get(idOf(reply.body));
      if (made) keep(world, world.notes, { ...made, parent: '', key: world.uuid() });
      return reply;
    }),
    [fresh, get('/notes')],
  ),
  row(
    'nested-unscoped',
    `GET ${observed}`,
    'an observation is found under its own telescope only',
    'nested-scoped',
    { lifts: ['parent'] },
    [get(elsewhere)],
  ),
  row(
    'nested-list-unscoped',
    'GET /telescopes/{telescope_id}/observations',
    'a telescope lists its own observations only',
    'nested-scoped',
    success((reply, _call, world) => {
      const items = [...world.observations.values()].map(viewObservation);
      return isObject(reply.body) ? { ...reply, body: { ...reply.body, items, total: items.length } } : reply;
    }),
    [get('/telescopes/{bare}/observations')],
  ),
  row(
    'default-other',
    'POST /telescopes',
    'active is true where it is left out',
    'default-applied',
    first((call) => {
      if (isObject(call.body) && call.body['active'] === undefined) call.body = { ...call.body, active: false };
    }),
    [post('/telescopes', bareTelescope({ name: 'D' }))],
    ['stateful', 'boundaries'],
  ),
  row(
    'owner-assigned',
    'POST /telescopes',
    "owner is the server's to say",
    'read-only-kept',
    success((reply, call) =>
      isObject(reply.body) && typeof sent(call, 'owner') === 'string'
        ? { ...reply, body: { ...reply.body, owner: sent(call, 'owner') ?? '' } }
        : reply,
    ),
    [post('/telescopes', telescope({ name: 'O', owner: 'root' }))],
    ['stateful', 'relations'],
  ),
];

/** What was there before a call. */
const saved = new WeakMap<Call, Entity>();
