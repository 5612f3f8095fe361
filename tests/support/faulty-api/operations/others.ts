/** Observations, targets, notes and health. */
import type { JsonObject } from '../../../../src/lib/json.ts';
import { isObject } from '../../../../src/lib/json.ts';
import type { Call } from '../hooks.ts';
import { plain } from '../plain.ts';
import { answer, empty, type Reply } from '../reply.ts';
import { keep, type Entity, type World } from '../world.ts';
import { find, findNote, findObservation, isMine, isVisible, mustBeFree, mustOwn } from './find.ts';
import { filter, numberOf, order } from './list.ts';
import { pick, type Operation } from './operation.ts';

/** An observation as it is answered. */
export function viewObservation(entity: Entity): JsonObject {
  return { id: entity.key, telescope_id: entity.parent ?? '', requested_by: entity.owner, created_at: entity.createdAt, ...entity.fields };
}

/** A target as it is answered. */
export function viewTarget(entity: Entity): JsonObject {
  return { id: Number(entity.key), added_by: entity.owner, ...entity.fields };
}

/** A note as it is answered. */
export function viewNote(entity: Entity): JsonObject {
  return { id: entity.key, created_at: entity.createdAt, ...entity.fields };
}

const maker = (call: Call): { readonly owner: string; readonly institute: string } => ({
  owner: call.user.name,
  institute: call.user.institute,
});

function listObservations(call: Call, world: World): Reply {
  const telescope = find(call, world.telescopes, 'telescope_id');
  const all = [...world.observations.values()].filter(({ parent }) => parent === telescope.key).map(viewObservation);
  const wanted = order(filter(all, call, ['state', 'priority']), call);
  const size = numberOf(call, 'size', 20);
  const page = numberOf(call, 'page', 1);
  return answer(200, { items: wanted.slice((page - 1) * size, page * size), page, size, total: wanted.length });
}

function requestObservation(call: Call, world: World): Reply {
  const telescope = find(call, world.telescopes, 'telescope_id');
  const fields = {
    remarks: null,
    ...pick(call.body, ['title', 'priority', 'state', 'remarks', 'tags', 'window', 'exposures', 'pointing']),
  };
  const key = `obs-${String(world.count('observations')).padStart(6, '0')}`;
  const entity = keep(world, world.observations, { key, ...maker(call), parent: telescope.key, fields });
  return answer(201, viewObservation(entity), { Location: `/v1/telescopes/${telescope.key}/observations/${key}` });
}

function listTargets(call: Call, world: World): Reply {
  const after = Number(plain(call.query['cursor'] ?? 'c0').slice(1));
  const kinds = call.query['kind'];
  const wanted = [...world.targets.values()].filter(
    (entity) => isVisible(call, entity) && Number(entity.key) > after && (!Array.isArray(kinds) || kinds.includes(entity.fields['kind'])),
  );
  const limit = numberOf(call, 'limit', 20);
  const items = wanted.slice(0, limit).map(viewTarget);
  const last = items.at(-1);
  return answer(200, { items, next_cursor: wanted.length > limit && last ? `c${plain(last['id'])}` : null });
}

function addTarget(call: Call, world: World): Reply {
  const kind = isObject(call.body) ? call.body['kind'] : undefined;
  const own: Readonly<Record<string, readonly string[]>> = {
    star: ['spectral_class', 'discovered_on'],
    comet: ['perihelion_on', 'period_years'],
    galaxy: ['morphology', 'redshift'],
  };
  const fields: JsonObject = {
    ...(kind === 'star' && { discovered_on: null }),
    ...pick(call.body, ['kind', 'name', 'magnitude', 'aliases', ...(own[plain(kind)] ?? [])]),
  };
  mustBeFree(call, world.targets, fields['name']);
  const entity = keep(world, world.targets, { key: String(world.count('targets')), ...maker(call), fields });
  return answer(201, viewTarget(entity), { Location: `/v1/targets/${entity.key}` });
}

function listNotes(call: Call, world: World): Reply {
  const mine = [...world.notes.values()].filter((entity) => isMine(call, entity)).map(viewNote);
  const wanted = filter(mine, call, ['pinned']);
  const limit = numberOf(call, 'limit', 20);
  const offset = numberOf(call, 'offset', 0);
  const items = wanted.slice(offset, offset + limit);
  return answer(200, { items, total: wanted.length, limit, offset }, { 'X-Total-Count': String(wanted.length) });
}

function writeNote(call: Call, world: World): Reply {
  const entity = keep(world, world.notes, { key: world.uuid(), ...maker(call), fields: pick(call.body, ['text', 'pinned']) });
  return answer(201, viewNote(entity), { Location: `/v1/notes/${entity.key}` });
}

const json = 'application/json';
const observed = findObservation;
const target = (call: Call, world: World): Entity => find(call, world.targets, 'target_id');

/** Handlers by operation. */
export const otherOperations: Readonly<Record<string, Operation>> = {
  'GET /health': { answers: json, handle: () => answer(200, { status: 'ok' }) },
  'GET /telescopes/{telescope_id}/observations': {
    answers: json,
    locate: (call, world) => void find(call, world.telescopes, 'telescope_id'),
    handle: listObservations,
  },
  'POST /telescopes/{telescope_id}/observations': {
    answers: json,
    locate: (call, world) => void find(call, world.telescopes, 'telescope_id'),
    handle: requestObservation,
  },
  'GET /telescopes/{telescope_id}/observations/{observation_id}': {
    answers: json,
    handle: (call, world) => answer(200, viewObservation(observed(call, world))),
  },
  'DELETE /telescopes/{telescope_id}/observations/{observation_id}': {
    answers: undefined,
    locate: (call, world) => mustOwn(call, observed(call, world)),
    handle: (call, world) => {
      world.observations.delete(observed(call, world).key);
      return empty(204);
    },
  },
  'GET /targets': { answers: json, handle: listTargets },
  'POST /targets': { answers: json, handle: addTarget },
  'GET /targets/{target_id}': { answers: json, handle: (call, world) => answer(200, viewTarget(target(call, world))) },
  'DELETE /targets/{target_id}': {
    answers: undefined,
    locate: (call, world) => mustOwn(call, target(call, world)),
    handle: (call, world) => {
      world.targets.delete(target(call, world).key);
      return empty(204);
    },
  },
  'GET /notes': { answers: json, handle: listNotes },
  'POST /notes': { answers: json, handle: writeNote },
  'GET /notes/{note_id}': { answers: json, handle: (call, world) => answer(200, viewNote(findNote(call, world))) },
  'DELETE /notes/{note_id}': {
    answers: undefined,
    handle: (call, world) => {
      world.notes.delete(findNote(call, world).key);
      return empty(204);
    },
  },
};
