import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { answered } from '../converse.ts';

const json = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const takes = (schema: Json): Json => ({ required: true, ...json(schema) });
const none: Json = { description: '' };
const gives = (status: string, schema: Json, ...others: readonly string[]): Json => ({
  ...Object.fromEntries(['400', '404', ...others].map((other) => [other, none])),
  [status]: { description: '', ...json(schema) },
});
const query = (name: string, schema: Json): Json => ({ name, in: 'query', schema });
const inPath = (name: string, schema: Json): Json => ({ name, in: 'path', required: true, schema });
const boatId: Json = { type: 'string', pattern: '^[a-z][a-z0-9-]{2,39}$' };
const crewId: Json = { type: 'string', pattern: '^crew_[0-9]{8}$' };
const moment: Json = { type: 'string', format: 'date-time', readOnly: true };
const written: JsonObject = {
  displayName: { type: 'string', minLength: 1, maxLength: 60 },
  berths: { type: 'integer', minimum: 1, maximum: 9 },
};
const boat: Json = {
  type: 'object',
  required: ['displayName', 'berths'],
  properties: {
    name: { type: 'string', readOnly: true, pattern: '^boats/[a-z][a-z0-9-]{2,39}$' },
    ...written,
    state: { enum: ['READY', 'DIRTY', 'SOLD'], readOnly: true },
    deleteTime: moment,
    etag: { type: 'string', readOnly: true },
  },
};
const boatChange: Json = { type: 'object', properties: { ...written, etag: { type: 'string', pattern: '^v[0-9]+$' } } };
const crew: Json = { type: 'object', required: ['id', 'alias'], properties: { id: crewId, alias: { type: 'string' } } };
const trip: JsonObject = {
  skipper: crewId,
  start_date: { type: 'string', format: 'date' },
  end_date: { type: 'string', format: 'date', description: 'After start_date.' },
};
const act = (description: string): Json => ({ description, responses: gives('200', boat, '409') });

/** A contract of boats (resource names, custom verbs, update masks, soft deletion, etags in bodies), of crew that is listed by its last identifier, and of trips that name a skipper. */
export const harbourDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Harbour', version: '1' },
  paths: {
    '/boats': {
      get: {
        parameters: [
          query('pageSize', { type: 'integer', minimum: 1, default: 50 }),
          query('pageToken', { type: 'string' }),
          query('showDeleted', { type: 'boolean', default: false }),
        ],
        responses: gives('200', {
          type: 'object',
          properties: { boats: { type: 'array', items: boat }, totalSize: { type: 'integer' }, nextPageToken: { type: 'string' } },
        }),
      },
      post: {
        parameters: [query('boatId', boatId), query('validateOnly', { type: 'boolean' })],
        requestBody: takes(boat),
        responses: gives('201', boat, '409'),
      },
    },
    '/boats/{boat}': {
      parameters: [inPath('boat', boatId)],
      get: { responses: gives('200', boat) },
      patch: {
        parameters: [query('updateMask', { type: 'string', pattern: '^[A-Za-z]+(,[A-Za-z]+)*$' })],
        requestBody: takes(boatChange),
        responses: gives('200', boat, '409'),
      },
      delete: { responses: gives('200', boat) },
    },
    '/boats/{boat}:undelete': { parameters: [inPath('boat', boatId)], post: act('') },
    '/boats/{boat}:ready': { parameters: [inPath('boat', boatId)], post: act('') },
    '/boats/{boat}:sell': {
      parameters: [inPath('boat', boatId)],
      post: act('A boat that is sold, and one that is deleted, is refused with 409.'),
    },
    '/boats/{boat}/trips': {
      parameters: [inPath('boat', boatId)],
      get: {
        summary: 'Lists the trips, sorted by start date',
        responses: gives('200', { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' }, ...trip } } }),
      },
      post: {
        requestBody: takes({ type: 'object', required: Object.keys(trip), properties: trip }),
        responses: gives('201', { type: 'object', properties: { id: { type: 'integer' }, ...trip } }, '422'),
      },
    },
    '/crew': {
      get: {
        parameters: [
          query('limit', { type: 'integer', minimum: 1, default: 50 }),
          query('starting_after', crewId),
          query('ending_before', crewId),
        ],
        responses: gives('200', {
          type: 'object',
          properties: { data: { type: 'array', items: crew }, has_more: { type: 'boolean' } },
        }),
      },
      post: {
        parameters: [
          { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' }, description: 'With another body it is refused.' },
        ],
        requestBody: takes({ type: 'object', required: ['alias'], properties: { alias: { type: 'string', minLength: 1 } } }),
        responses: gives('201', crew, '422'),
      },
    },
    '/crew/{crewId}': { parameters: [inPath('crewId', crewId)], get: { responses: gives('200', crew) } },
  },
};

/** Ways in which the API can be made to break its promises. */
export type HarbourFault =
  | 'ready-lost'
  | 'sell-twice'
  | 'mask-ignored'
  | 'mask-of-two-refused'
  | 'mask-of-unknown-taken'
  | 'old-etag-taken'
  | 'old-etag-written'
  | 'new-etag-refused'
  | 'id-ignored'
  | 'id-taken-twice'
  | 'mark-missing'
  | 'deleted-listed'
  | 'deleted-never-listed'
  | 'undelete-hides'
  | 'undelete-empties'
  | 'after-inclusive'
  | 'before-ignored'
  | 'more-always'
  | 'total-of-all'
  | 'stray-token-taken'
  | 'rehearsal-makes'
  | 'key-of-two'
  | 'deleted-sold'
  | 'trips-unsorted'
  | 'end-first';

interface Boat {
  readonly id: string;
  readonly version: number;
  readonly fields: JsonObject;
  readonly state: string;
  readonly deleted?: boolean;
  readonly hidden?: boolean;
}

/** The API of the contract, as a function; correct but for the fault named. */
export function createHarbourApi(fault?: HarbourFault): (request: Case) => Answer {
  const boats = new Map<string, Boat>();
  const crews: JsonObject[] = [];
  const trips: JsonObject[] = [];
  const keys = new Map<Json, string>();
  const view = ({ id, version, fields, state, deleted }: Boat): JsonObject => ({
    name: `boats/${id}`,
    ...fields,
    state,
    etag: `v${version}`,
    ...(deleted === true && { deleteTime: '2026-01-01T00:00:00Z' }),
  });
  const kept = (one: Boat, change: Partial<Boat>, status = 200): Answer => {
    const next = { ...one, ...change, version: one.version + 1 };
    boats.set(one.id, next);
    return answered(status, view(next));
  };
  const change = (one: Boat, body: JsonObject, mask: Json | undefined): Answer => {
    const { etag, ...fields } = body;
    const stale = etag !== undefined && etag !== `v${one.version}`;
    if (etag !== undefined && !stale && fault === 'new-etag-refused') return answered(409);
    const names = typeof mask === 'string' && fault !== 'mask-ignored' ? mask.split(',') : Object.keys(fields);
    if (names.length > 1 && mask !== undefined && fault === 'mask-of-two-refused') return answered(400);
    if (names.some((name) => !(name in written)) && fault !== 'mask-of-unknown-taken') return answered(400);
    const named = {
      ...one.fields,
      ...Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]))),
    };
    if (stale && fault === 'old-etag-written') kept(one, { fields: named });
    return stale && fault !== 'old-etag-taken' ? answered(409) : kept(one, { fields: named });
  };
  const boatCall = (method: string, one: Boat, verb: string, body: JsonObject, mask: Json | undefined): Answer => {
    if (verb === 'undelete')
      return one.deleted
        ? kept(one, {
            deleted: false,
            hidden: fault === 'undelete-hides',
            ...(fault === 'undelete-empties' && { fields: { ...one.fields, displayName: 'Unnamed' } }),
          })
        : answered(409);
    if (verb === 'ready') return fault === 'ready-lost' ? answered(200, { ...view(one), state: 'READY' }) : kept(one, { state: 'READY' });
    if (verb === 'sell')
      return (one.state === 'SOLD' && fault !== 'sell-twice') || (one.deleted === true && fault !== 'deleted-sold')
        ? answered(409)
        : kept(one, { state: 'SOLD' });
    if (method === 'PATCH') return change(one, body, mask);
    if (method === 'DELETE') return one.deleted ? answered(404) : kept(one, { deleted: true });
    const { deleteTime, ...rest } = view(one);
    return answered(200, deleteTime === undefined || fault === 'mark-missing' ? rest : view(one));
  };
  const crewPage = (given: ReadonlyMap<string, Json>): Answer => {
    const at = (name: string): number => crews.findIndex(({ id }) => id === given.get(name));
    const limit = Number(given.get('limit') ?? 50);
    if (given.has('ending_before') && fault !== 'before-ignored') {
      const before = crews.slice(0, Math.max(0, at('ending_before')));
      return answered(200, { data: before.slice(-limit), has_more: before.length > limit });
    }
    const rest = given.has('starting_after') ? crews.slice(at('starting_after') + (fault === 'after-inclusive' ? 0 : 1)) : crews;
    return answered(200, { data: rest.slice(0, limit), has_more: rest.length > limit || fault === 'more-always' });
  };
  return ({ request }) => {
    const { method, path } = request.operation;
    const body = isObject(request.body?.value) ? request.body.value : {};
    const given = new Map(request.parameters.map(({ name, value }) => [name, value]));
    if (path === '/crew' && method === 'GET') return crewPage(given);
    if (path === '/crew') {
      const key = given.get('Idempotency-Key');
      const [known, print] = [crews[Number(keys.get(`${String(key)} at`))], JSON.stringify(body)];
      if (key !== undefined && known && (keys.get(key) === print || fault === 'key-of-two')) return answered(201, known);
      if (key !== undefined && known) return answered(422);
      if (key !== undefined) keys.set(key, print).set(`${String(key)} at`, String(crews.length));
      crews.push({ ...body, id: `crew_${String(crews.length + 1).padStart(8, '0')}` });
      return answered(201, crews.at(-1) ?? null);
    }
    if (path === '/crew/{crewId}') {
      const one = crews.find(({ id }) => id === given.get('crewId'));
      return one ? answered(200, one) : answered(404);
    }
    if (path === '/boats' && method === 'GET') {
      const all = [...boats.values()].filter(({ hidden }) => hidden !== true);
      const showsAll = fault === 'deleted-listed' || (String(given.get('showDeleted')) === 'true' && fault !== 'deleted-never-listed');
      const shown = all.filter(({ deleted }) => deleted !== true || showsAll);
      const token = given.get('pageToken');
      const at = token === undefined ? 0 : Number(/^p(\d+)$/.exec(String(token))?.[1] ?? -1);
      if (at < 0 && fault !== 'stray-token-taken') return answered(400);
      const end = Math.max(0, at) + Number(given.get('pageSize') ?? 50);
      const page = shown.slice(Math.max(0, at), end).map(view);
      return answered(200, {
        boats: page,
        totalSize: fault === 'total-of-all' ? all.length : shown.length,
        ...(end < shown.length && { nextPageToken: `p${end}` }),
      });
    }
    if (path === '/boats') {
      const wanted = given.get('boatId');
      const id = typeof wanted === 'string' && fault !== 'id-ignored' ? wanted : `b-${boats.size + 1}x`;
      if (boats.has(id) && fault !== 'id-taken-twice') return answered(409);
      const fields = { displayName: body['displayName'] ?? null, berths: body['berths'] ?? null };
      if (String(given.get('validateOnly')) === 'true' && fault !== 'rehearsal-makes')
        return answered(201, view({ id, version: 1, fields, state: 'DIRTY' }));
      return kept({ id, version: 0, fields, state: 'DIRTY' }, {}, 201);
    }
    const one = boats.get(String(given.get('boat')));
    if (!one) return answered(404);
    if (!path.endsWith('/trips')) return boatCall(method, one, path.split(':')[1] ?? '', body, given.get('updateMask'));
    if (method === 'GET') {
      const own = trips.filter(({ boat: owner }) => owner === one.id).map(({ boat: _, ...rest }) => rest);
      const day = (made: JsonObject): string => String(made['start_date']);
      return answered(200, fault === 'trips-unsorted' ? own : own.toSorted((left, right) => (day(left) < day(right) ? -1 : 1)));
    }
    const { skipper, start_date: start, end_date: end } = body;
    if (!crews.some(({ id }) => id === skipper) || (String(start) > String(end) && fault !== 'end-first')) return answered(422);
    const made = { id: trips.length + 1, ...body };
    trips.push({ ...made, boat: one.id });
    return answered(201, made);
  };
}
