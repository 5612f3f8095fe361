/** Telescopes and their frames. */
import { createHash } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../../../src/lib/json.ts';
import type { Call } from '../hooks.ts';
import { plain } from '../plain.ts';
import { matchesTag } from '../negotiate.ts';
import { answer, empty, refuse, type Reply } from '../reply.ts';
import { keep, removeTelescope, rewrite, type Entity, type World } from '../world.ts';
import { find, isVisible, mustBeFree, mustOwn } from './find.ts';
import { filter, numberOf, order } from './list.ts';
import { pick, type Operation } from './operation.ts';

const writable = [
  'name',
  'code',
  'kind',
  'aperture_m',
  'mirror_count',
  'hourly_rate',
  'active',
  'site',
  'commissioned_on',
  'decommissioned_on',
  'contact_email',
  'homepage',
  'labels',
  'instruments',
  'assembly',
  'control_key',
];
const defaults: JsonObject = { active: true, decommissioned_on: null, contact_email: null };

/** A telescope as it is answered. */
export function viewTelescope(entity: Entity, world: World): JsonObject {
  const { control_key: _secret, ...fields } = entity.fields;
  const observations = [...world.observations.values()].filter(({ parent }) => parent === entity.key);
  return {
    id: entity.key,
    owner: entity.owner,
    version: entity.version,
    created_at: entity.createdAt,
    updated_at: entity.updatedAt,
    observation_count: observations.length,
    ...fields,
  };
}

/** The entity tag of a telescope as it is now. */
export function tagOf(entity: Entity, world: World): string {
  const text = JSON.stringify([viewTelescope(entity, world), entity.fields['control_key'] ?? null]);
  return `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
}

const found = (call: Call, world: World): Entity => find(call, world.telescopes, 'telescope_id');
const mine = (call: Call, world: World): void => mustOwn(call, found(call, world));

function shown(status: number, entity: Entity, world: World, headers: Readonly<Record<string, string>> = {}): Reply {
  return answer(status, viewTelescope(entity, world), { ...headers, ETag: tagOf(entity, world) });
}

function list(call: Call, world: World): Reply {
  const all = [...world.telescopes.values()].filter((entity) => isVisible(call, entity)).map((entity) => viewTelescope(entity, world));
  const wanted = filter(all, call, ['kind', 'active', 'name']).filter((item) => contains(plain(item['name']), call.query['q']));
  const limit = numberOf(call, 'limit', 20);
  const offset = numberOf(call, 'offset', 0);
  const items = order(wanted, call).slice(offset, offset + limit);
  return answer(200, { items, total: wanted.length, limit, offset }, { 'X-Total-Count': String(wanted.length) });
}

function contains(name: string, searched: Json | undefined): boolean {
  return typeof searched !== 'string' || name.includes(searched) || name.toLowerCase().includes(searched.toLowerCase());
}

function create(call: Call, world: World): Reply {
  const fields = { ...defaults, ...pick(call.body, writable) };
  mustBeFree(call, world.telescopes, fields['name']);
  const entity = keep(world, world.telescopes, { key: world.uuid(), owner: call.user.name, institute: call.user.institute, fields });
  return shown(201, entity, world, { Location: `/v1/telescopes/${entity.key}` });
}

function read(call: Call, world: World): Reply {
  const entity = found(call, world);
  const condition = call.arrival.headers['if-none-match'];
  const tag = tagOf(entity, world);
  if (condition !== undefined && !call.lifted.has('if-none-match') && matchesTag(condition, tag, 'weak')) return empty(304, { ETag: tag });
  return shown(200, entity, world);
}

/** Refuses with 412 when `If-Match` is there and does not fit. */
function mustMatch(call: Call, world: World, entity: Entity): void {
  const condition = call.arrival.headers['if-match'];
  if (condition === undefined || call.lifted.has('if-match')) return;
  if (!matchesTag(condition, tagOf(entity, world), 'strong')) throw refuse(412, 'The telescope has another entity tag.');
}

function write(call: Call, world: World, change: (entity: Entity) => JsonObject): Reply {
  const entity = found(call, world);
  mustMatch(call, world, entity);
  const fields = change(entity);
  mustBeFree(call, world.telescopes, fields['name'], entity);
  return shown(200, rewrite(world, world.telescopes, entity, fields), world);
}

/** RFC 7396: objects are merged, anything else is replaced; a null where it is a value stays one. */
function merge(before: Json | undefined, patch: Json): Json {
  if (!isObject(before) || !isObject(patch)) return patch;
  return { ...before, ...Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, merge(before[name], value)])) };
}

function remove(call: Call, world: World): Reply {
  const entity = found(call, world);
  mustMatch(call, world, entity);
  removeTelescope(world, entity.key);
  return empty(204);
}

function upload(call: Call, world: World): Reply {
  const { key } = found(call, world);
  const known = world.frames.has(key);
  const { bytes } = call.arrival;
  world.frames.set(key, bytes);
  const frame = { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  return known ? answer(200, frame) : answer(201, frame, { Location: `/v1/telescopes/${key}/frame` });
}

function download(call: Call, world: World): Reply {
  const bytes = world.frames.get(found(call, world).key);
  if (!bytes) throw refuse(404, 'There is no frame yet.');
  const headers = { 'Content-Type': 'application/octet-stream', 'X-Checksum-Sha256': createHash('sha256').update(bytes).digest('hex') };
  return { status: 200, headers, body: bytes };
}

const json = 'application/json';

/** Handlers by operation. */
export const telescopeOperations: Readonly<Record<string, Operation>> = {
  'GET /telescopes': { answers: json, handle: list },
  'POST /telescopes': { answers: json, handle: create },
  'GET /telescopes/{telescope_id}': { answers: json, locate: found, handle: read },
  'PUT /telescopes/{telescope_id}': {
    answers: json,
    locate: mine,
    handle: (call, world) => write(call, world, () => ({ ...defaults, ...pick(call.body, writable) })),
  },
  'PATCH /telescopes/{telescope_id}': {
    answers: json,
    locate: mine,
    handle: (call, world) => write(call, world, ({ fields }) => merge(fields, pick(call.body, writable)) as JsonObject),
  },
  'DELETE /telescopes/{telescope_id}': { answers: undefined, locate: mine, handle: remove },
  'GET /telescopes/{telescope_id}/frame': { answers: 'application/octet-stream', locate: found, handle: download },
  'PUT /telescopes/{telescope_id}/frame': { answers: json, locate: mine, handle: upload },
};
