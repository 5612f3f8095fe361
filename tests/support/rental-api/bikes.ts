/** Bikes, their photos and their manuals. */
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { ordered, refusal, type Kept, type On, type Reply, type User, type World } from './world.ts';
import type { Arrived, Understood } from './understand.ts';

export interface Call {
  readonly world: World;
  readonly on: On;
  readonly user: User;
  readonly origin: string;
  readonly arrived: Arrived;
  readonly request: Understood;
}

export type Handlers = Readonly<Record<string, (call: Call) => Reply>>;

export function seen({ user, on }: Call, kept: Kept): boolean {
  return kept.owner.firm === user.firm || on('stranger-sees');
}

/** The thing of the path, where the user may see it, and to change it may also do that. */
export function reach(call: Call, all: ReadonlyMap<string, Kept>, id: Json | undefined, changing: string | undefined): Kept | Reply {
  const kept = all.get(String(id));
  if (!kept || !seen(call, kept)) return refusal(404, 'There is no such thing.');
  if (changing !== undefined && kept.owner.name !== call.user.name && !call.on(`other-${changing}`))
    return refusal(403, 'It is not yours.');
  return kept;
}

export function isReply(value: Kept | Reply): value is Reply {
  return 'status' in value;
}

function shown(call: Call, kept: Kept): JsonObject {
  const { on, world } = call;
  const children = [...world.services.values()].filter(({ parent }) => parent === kept.id).length;
  return {
    electric: false,
    ...kept.fields,
    bikeId: on('id-as-text') ? kept.id : Number(kept.id),
    addedBy: kept.owner.name,
    addedAt: kept.addedAt,
    changedAt: kept.changedAt,
    revision: kept.revision,
    serviceCount: on('count-of-services') ? 0 : children,
  };
}

function tags(kept: Kept): Readonly<Record<string, string>> {
  return { ETag: `"${kept.id}-${kept.revision}"`, 'Last-Modified': new Date(kept.changedAt).toUTCString() };
}

function taken({ world, on }: Call, fields: JsonObject, but?: string): boolean {
  const same = [...world.bikes.values()].some((kept) => kept.id !== but && kept.fields['frameNumber'] === fields['frameNumber']);
  return same && !on('frame-number-twice');
}

const readOnly = ['bikeId', 'addedBy', 'addedAt', 'changedAt', 'revision', 'serviceCount'];

function writable(call: Call, body: JsonObject): JsonObject {
  const entries = Object.entries(body).filter(([name]) => !readOnly.includes(name));
  const text = (value: Json): Json => (typeof value === 'string' && call.on('trims') ? value.trim() : value);
  return Object.fromEntries(entries.map(([name, value]) => [name, text(value)]));
}

function change(call: Call, kept: Kept, fields: JsonObject): Reply {
  const { world, on, request } = call;
  if (taken(call, fields, kept.id)) return refusal(409, 'The frame number is taken.');
  const next: Kept = {
    ...kept,
    fields,
    revision: on('revision-stands-still') ? kept.revision : kept.revision + 1,
    changedAt: on('changed-at-stands-still') ? kept.changedAt : world.now(),
    addedAt: on('added-at-moves') ? world.now() : kept.addedAt,
  };
  const asked = request.body['revision'];
  const stored = on('update-takes-read-only') && typeof asked === 'number' ? { ...next, revision: asked } : next;
  world.bikes.set(kept.id, stored);
  const [first] = [...world.bikes.values()].filter((one) => one.id !== kept.id && seen(call, one));
  if (on('update-reaches-first') && first && fields['brand'] !== undefined)
    world.bikes.set(first.id, { ...first, fields: { ...first.fields, brand: fields['brand'] } });
  return { status: 200, headers: tags(stored), body: shown(call, stored) };
}

function listBikes(call: Call): Reply {
  const { world, request, on, origin } = call;
  const { query } = request;
  const [least, most] = [query['minPricePerDay'], query['maxPricePerDay']];
  let found = [...world.bikes.values()].filter((kept) => seen(call, kept)).map((kept) => shown(call, kept));
  const all = world.bikes.size;
  const { category, electric, addedAfter } = query;
  const [first] = [...world.bikes.values()];
  if (on('filter-writes') && category !== undefined && first)
    world.bikes.set(first.id, { ...first, fields: { ...first.fields, brand: 'Filtered' } });
  if (Array.isArray(category))
    found = found.filter((bike) => (on('several-as-one') ? category[0] === bike['category'] : category.includes(bike['category'] ?? '')));
  if (electric !== undefined && !(on('false-ignored') && electric === false)) found = found.filter((bike) => bike['electric'] === electric);
  if (least !== undefined && !on('least-ignored')) found = found.filter((bike) => Number(bike['pricePerDay']) >= Number(least));
  if (most !== undefined)
    found = found.filter((bike) => Number(bike['pricePerDay']) <= Number(most) - (on('most-is-exclusive') ? 0.01 : 0));
  if (addedAfter !== undefined && !on('after-ignored'))
    found = found.filter((bike) => Date.parse(String(bike['addedAt'])) > Date.parse(String(addedAfter)));
  const by = query['sortBy'];
  const down = query['sortOrder'] === 'desc' && !on('descending-ignored');
  if (on('equals-turned') && by !== undefined && world.next() % 2 === 0) found.reverse();
  if (by !== undefined) found = ordered(found, String(by), down);
  const size = on('page-size-ignored') ? 25 : Number(query['pageSize'] ?? 25);
  const number = Number(query['pageNumber'] ?? 1);
  const last = Math.max(1, Math.ceil(found.length / size));
  const page = on('last-page-repeats') ? Math.min(number, last) : number;
  const start = (on('pages-from-zero') ? page : page - 1) * size;
  const items = found.slice(start, start + size);
  const asked = new URLSearchParams(
    Object.fromEntries(Object.entries(on('next-link-drops-filters') ? {} : query).map(([name, value]) => [name, [value].flat().join(',')])),
  );
  asked.set('pageNumber', String(on('next-link-stays') ? number : number + 1));
  asked.set('pageSize', String(size));
  const next = `${origin}/bikes?${asked.toString()}`;
  return {
    status: 200,
    headers: {
      'X-Total-Count': String(
        on('total-of-all') || (on('stranger-counts') && call.user.name === 'stranger')
          ? all
          : on('total-of-page')
            ? items.length
            : found.length,
      ),
      ...(start + size < found.length && { Link: `<${next}>; rel="next"` }),
    },
    body: items,
  };
}

function conditional(call: Call, kept: Kept): Reply | undefined {
  const { headers } = call.arrived;
  const { ETag, 'Last-Modified': modified } = tags(kept);
  const condition = headers['if-none-match'];
  if (condition !== undefined)
    return isKnown(call, condition, ETag) && !call.on('no-304') ? { status: 304, headers: tags(kept) } : undefined;
  const since = headers['if-modified-since'];
  if (since === undefined || call.on('if-modified-since-ignored')) return undefined;
  return Date.parse(since) >= Date.parse(modified ?? '') ? { status: 304, headers: tags(kept) } : undefined;
}

/** Compares weakly. RFC 9110 section 13.1.2. */
function isKnown({ on }: Call, condition: string, tag: string | undefined): boolean {
  if (condition === '*') return !on('star-unknown');
  const known = on('list-of-tags-unknown') ? [condition] : condition.split(/ *, */);
  return known.some((one) => (on('weak-tag-unknown') ? one : one.replace(/^W\//, '')) === tag);
}

export const bikeHandlers: Handlers = {
  'GET /bikes': listBikes,
  'POST /bikes': (call) => {
    const { world, request, user, origin, on } = call;
    const fields = writable(call, request.body);
    if (taken(call, fields)) {
      const now = world.now();
      const ghost = String(world.next());
      if (on('taken-but-made'))
        world.bikes.set(ghost, { id: ghost, owner: user, parent: '', fields, revision: 1, addedAt: now, changedAt: now });
      return refusal(409, 'The frame number is taken.');
    }
    const id = String(on('number-given-again') ? Math.max(0, ...[...world.bikes.keys()].map(Number)) + 1 : world.next());
    const now = world.now();
    world.bikes.set(id, { id, owner: user, parent: '', fields, revision: 1, addedAt: now, changedAt: now });
    if (on('creates-two')) {
      const twin = String(world.next());
      world.bikes.set(twin, { id: twin, owner: user, parent: '', fields, revision: 1, addedAt: now, changedAt: now });
    }
    const place = on('location-of-collection') ? '/bikes' : on('location-elsewhere') ? `/stations/${id}` : `/bikes/${id}`;
    return { status: 201, headers: { Location: `${on('location-without-base') ? new URL(origin).origin : origin}${place}` } };
  },
  'POST /bikes/bulk': (call) => {
    const { world, request, user } = call;
    const wanted = Array.isArray(request.body['bikes']) ? request.body['bikes'].filter(isObject).map((bike) => writable(call, bike)) : [];
    const numbers = new Set(wanted.map((fields) => fields['frameNumber']));
    if (numbers.size < wanted.length || wanted.some((fields) => taken(call, fields))) return refusal(409, 'A frame number is taken.');
    const made = wanted.map((one): Kept => {
      const fields = call.on('bulk-of-one-brand') ? { ...one, brand: wanted[0]?.['brand'] ?? '' } : one;
      const now = world.now();
      return { id: String(world.next()), owner: user, parent: '', fields, revision: 1, addedAt: now, changedAt: now };
    });
    for (const kept of made) world.bikes.set(kept.id, kept);
    return { status: 201, body: { made: made.slice(0, call.on('bulk-answers-one') ? 1 : undefined).map((kept) => shown(call, kept)) } };
  },
  'GET /bikes/newest': (call) => {
    const all = [...call.world.bikes.values()].filter((kept) => seen(call, kept) || call.on('stranger-sees-newest'));
    return { status: 200, body: all.toReversed().map((kept) => shown(call, kept)) };
  },
  'GET /bikes/count': (call) => {
    const { electric } = call.request.query;
    const found = [...call.world.bikes.values()].filter((kept) => seen(call, kept));
    const all = found.map((kept) => shown(call, kept)).filter((bike) => electric === undefined || bike['electric'] === electric);
    return { status: 200, body: { count: all.length + (call.on('count-is-off') ? 1 : 0) } };
  },
  'GET /bikes/{bikeId}': (call) => {
    const kept = reach(call, call.world.bikes, call.request.path['bikeId'], undefined);
    if (isReply(kept)) return kept;
    return conditional(call, kept) ?? { status: 200, headers: tags(kept), body: shown(call, kept) };
  },
  'PUT /bikes/{bikeId}': (call) => {
    const kept = reach(call, call.world.bikes, call.request.path['bikeId'], 'replaces');
    if (isReply(kept)) return kept;
    const wanted = call.arrived.headers['if-match'];
    if (wanted === undefined && !call.on('428-ignored')) return refusal(428, 'If-Match is needed.');
    if (wanted !== undefined && wanted !== tags(kept)['ETag'] && wanted !== '*' && !call.on('412-ignored'))
      return refusal(412, 'It has changed.');
    const body = writable(call, call.request.body);
    const { gears, ...rest } = kept.fields;
    const twin = String(call.world.next());
    if (call.on('put-adds-twin')) call.world.bikes.set(twin, { ...kept, id: twin });
    return change(
      call,
      kept,
      call.on('put-merges')
        ? { ...kept.fields, ...body }
        : call.on('put-keeps-gears')
          ? { ...(gears !== undefined && { gears }), ...body }
          : { ...body, ...(call.on('put-keeps-all') ? rest : {}) },
    );
  },
  'PATCH /bikes/{bikeId}': (call) => {
    const kept = reach(call, call.world.bikes, call.request.path['bikeId'], 'patches');
    if (isReply(kept)) return kept;
    const body = writable(call, call.request.body);
    const dropped = call.on('patch-drops-false') ? Object.fromEntries(Object.entries(body).filter(([, value]) => value !== false)) : body;
    const { tags: _tags, ...fewer } = kept.fields;
    return change(call, kept, { ...(call.on('patch-resets-tags') ? fewer : kept.fields), ...dropped });
  },
  'DELETE /bikes/{bikeId}': (call) => {
    const { world, on } = call;
    const kept = reach(call, world.bikes, call.request.path['bikeId'], 'deletes');
    if (isReply(kept)) return kept;
    if (!on('deletes-nothing')) world.bikes.delete(kept.id);
    const next = [...world.bikes.values()].find(({ id, owner }) => owner.name === kept.owner.name && Number(id) > Number(kept.id));
    if (on('deletes-neighbour') && next) world.bikes.delete(next.id);
    for (const [id, { parent }] of world.notes) if (parent === kept.id) world.notes.delete(id);
    if (!on('children-stay')) for (const [id, { parent }] of world.services) if (parent === kept.id) world.services.delete(id);
    return { status: 200, body: { deleted: true } };
  },
  'POST /bikes/{bikeId}/photo': (call) => {
    const kept = reach(call, call.world.bikes, call.request.path['bikeId'], 'photographs');
    if (isReply(kept)) return kept;
    if (!call.request.file && !call.on('form-without-file')) return refusal(400, 'There is no photo.');
    const bytes = call.request.file ?? new Uint8Array(1);
    call.world.photos.set(kept.id, call.on('bytes-as-text') ? Buffer.from(Buffer.from(bytes).toString('utf8')) : bytes);
    return { status: 204 };
  },
  'GET /bikes/{bikeId}/photo': (call) => {
    const kept = reach(call, call.world.bikes, call.request.path['bikeId'], undefined);
    if (isReply(kept)) return kept;
    const bytes = call.world.photos.get(kept.id);
    if (!bytes) return refusal(404, 'There is no photo.');
    const base = { 'Content-Type': 'application/octet-stream', 'Accept-Ranges': 'bytes' };
    const range = /^bytes=(\d+)-(\d+)$/.exec(call.arrived.headers.range ?? '');
    if (!range) return { status: 200, headers: base, body: bytes };
    const [first, last] = [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)];
    if (first > last) return refusal(416, 'There is no such range.');
    if (call.on('range-ignored'))
      return { status: 206, headers: { ...base, 'Content-Range': `bytes ${first}-${last}/${bytes.length}` }, body: bytes };
    const end = call.on('range-one-short') ? last : last + 1;
    return {
      status: 206,
      headers: { ...base, 'Content-Range': `bytes ${first}-${last}/${bytes.length}` },
      body: bytes.subarray(first, end),
    };
  },
  'PUT /bikes/{bikeId}/manual': (call) => {
    const kept = reach(call, call.world.bikes, call.request.path['bikeId'], 'explains');
    if (isReply(kept)) return kept;
    const text = Buffer.from(call.request.file ?? []).toString('utf8');
    call.world.manuals.set(kept.id, call.on('manual-of-one-line') ? text.split(/[\r\n]/, 1).join('') : text);
    return { status: 204 };
  },
  'GET /bikes/{bikeId}/manual': (call) => {
    const kept = reach(call, call.world.bikes, call.request.path['bikeId'], undefined);
    if (isReply(kept)) return kept;
    const text = call.world.manuals.get(kept.id);
    if (text === undefined) return refusal(404, 'There is no manual.');
    return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: Buffer.from(text) };
  },
};
