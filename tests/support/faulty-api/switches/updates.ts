/** Writes that do more or less than they say. */
import { isObject, type Json, type JsonObject } from '../../../../src/lib/json.ts';
import type { Call, Hooks } from '../hooks.ts';
import { tagOf } from '../operations/telescopes.ts';
import { bareTelescope, note, telescope } from '../samples.ts';
import { at, get, patch, post, put } from '../step.ts';
import { keep, rewrite } from '../world.ts';
import { relation as row, telescopeOf, without } from './relation.ts';
import { edit, refusal, sent, success, withFields, type Switch } from './switch.ts';

const item = '/telescopes/{telescope_id}';
/** Sets fields of the path's telescope after a success. */
const afterwards = (change: (fields: JsonObject, call: Call) => JsonObject): Hooks =>
  success((reply, call, world) => {
    const entity = telescopeOf(call, world);
    if (entity) world.telescopes.set(entity.key, { ...entity, fields: change(entity.fields, call) });
    return reply;
  });

export const updateSwitches: readonly Switch[] = [
  row(
    'patch-resets',
    `PATCH ${item}`,
    'a patch keeps what it does not name',
    'update-keeps-rest',
    afterwards((fields) => without(fields, 'labels')),
    [patch(at.telescope, { active: true }), get(at.telescope)],
    ['stateful', 'relations'],
  ),
  row(
    'patch-resets-nested',
    `PATCH ${item}`,
    'a patch keeps what it does not name of the site',
    'update-keeps-rest',
    afterwards((fields, call) =>
      isObject(sent(call, 'site')) && isObject(fields['site']) && sent(call, 'site') !== undefined
        ? { ...fields, site: replacedSite(fields['site'], sent(call, 'site')) }
        : fields,
    ),
    [patch(at.telescope, { site: { latitude: 3 } }), get(at.telescope)],
  ),
  row(
    'put-merges',
    `PUT ${item}`,
    'what PUT leaves out is gone',
    'put-replaces',
    {
      before: (call, world) => {
        const entity = telescopeOf(call, world);
        if (entity && isObject(call.body)) call.body = { ...entity.fields, ...call.body };
        return undefined;
      },
    },
    [put(at.telescope, bareTelescope()), get(at.telescope)],
  ),
  row(
    'put-adds',
    `PUT ${item}`,
    'PUT twice is PUT once',
    'put-replaces',
    {
      before: (call, world) => {
        const count = telescopeOf(call, world)?.fields['mirror_count'];
        if (isObject(call.body) && count === call.body['mirror_count'])
          call.body = { ...call.body, mirror_count: (Number(count) % 36) + 1 };
        return undefined;
      },
    },
    [put(at.telescope, telescope({ mirror_count: 4 })), get(at.telescope)],
  ),
  row(
    'refused-but-done',
    `PUT ${item}`,
    'a refused write leaves no trace',
    'refused-no-trace',
    refusal(422, (reply, call, world) => {
      const entity = telescopeOf(call, world);
      if (entity) rewrite(world, world.telescopes, entity, { ...entity.fields, active: entity.fields['active'] !== true });
      return reply;
    }),
    [put(at.telescope, telescope({ mirror_count: 0 })), get(at.telescope)],
  ),
  row(
    'refused-but-made',
    'POST /notes',
    'a refused creation makes nothing',
    'refused-no-trace',
    refusal(422, (reply, call, world) => {
      keep(world, world.notes, {
        key: world.uuid(),
        owner: call.user.name,
        institute: call.user.institute,
        fields: { text: 'ghost', pinned: false },
      });
      return reply;
    }),
    [post('/notes', note({ pinned: 3 })), get('/notes')],
  ),
  row(
    'conflict-but-done',
    'POST /targets',
    'a conflict leaves no trace',
    'refused-no-trace',
    refusal(409, (reply, call, world) => {
      const oldest = world.targets.values().find(({ fields }) => fields['name'] === sent(call, 'name'));
      if (oldest) rewrite(world, world.targets, oldest, { ...oldest.fields, magnitude: 29 });
      return reply;
    }),
    [post('/targets', { kind: 'star', name: 'Vega', magnitude: 1, spectral_class: 'A' }), get(at.star)],
  ),
  row(
    'location-dead',
    'POST /targets',
    'Location leads to what was created',
    'location-resolves',
    success((reply) => withFields(reply, { Location: '/v1/targets/2147483647' })),
    [post('/targets', { kind: 'star', name: 'N', magnitude: 1, spectral_class: 'A' })],
    ['stateful', 'relations'],
  ),
  row(
    'location-of-another',
    'POST /telescopes',
    'Location leads to what was created',
    'location-resolves',
    success((reply, _call, world) => withFields(reply, { Location: `/v1/telescopes/${[...world.telescopes.keys()][0] ?? ''}` })),
    [post('/telescopes', telescope({ name: 'N' }))],
    ['stateful', 'relations'],
  ),
  row(
    'count-stale',
    `GET ${item}`,
    'observation_count counts the observations',
    'count-agrees',
    edit('observation_count', () => 0),
    [get(at.telescope)],
  ),
  row(
    'tag-of-before',
    `PATCH ${item}`,
    'the entity tag is that of what was answered',
    'preconditions-kept',
    {
      before: (call, world) => {
        const entity = telescopeOf(call, world);
        if (entity) tags.set(call, tagOf(entity, world));
        return undefined;
      },
      after: (reply, call) => (reply.status === 200 ? withFields(reply, { ETag: tags.get(call) }) : reply),
    },
    [patch(at.telescope, { active: true })],
  ),
];

const tags = new WeakMap<Call, string>();

function replacedSite(before: JsonObject, patch: Json | undefined): JsonObject {
  const { elevation_m: _lost, ...rest } = before;
  return isObject(patch) && patch['elevation_m'] !== undefined ? before : rest;
}
