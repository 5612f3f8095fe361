/** Stations, rentals and feedback. */
import { createHash } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { isReply, reach, seen, type Call, type Handlers } from './bikes.ts';
import { ordered, refusal, type Kept, type Reply } from './world.ts';

function station({ fields, id }: Kept, { on }: Call): JsonObject {
  const { pins } = fields;
  const numbers = isObject(pins) &&
    on('pins-as-numbers') && { pins: mapped(pins, (name, text) => [name, /^\d+$/.test(text) ? Number(text) : text]) };
  return { ...fields, ...numbers, code: id };
}

function mapped(pins: JsonObject, change: (name: string, text: string) => [string, Json]): JsonObject {
  return Object.fromEntries(Object.entries(pins).map(([name, text]) => change(name, String(text))));
}

function rental(kept: Kept): JsonObject {
  return { ...kept.fields, rentalId: kept.id, bookedAt: kept.addedAt };
}

/** Whether the answer is asked for as CSV rather than as JSON. */
function wantsCsv({ arrived, on }: Call): boolean {
  const [first = ''] = (arrived.headers.accept ?? '').split(',');
  return first.includes('text/csv') && !on('csv-ignored');
}

function act(verb: 'return' | 'cancel', status: string): (call: Call) => Reply {
  return (call) => {
    const { world, on, request } = call;
    const kept = reach(call, world.rentals, request.path['rentalId'], verb);
    if (isReply(kept)) return kept;
    if (kept.fields['status'] !== 'open' && !on(`${verb}s-twice`)) return refusal(409, 'It is not open.');
    const changed: Kept = { ...kept, fields: { ...kept.fields, status: on(`${verb}-does-nothing`) ? 'open' : status } };
    world.rentals.set(kept.id, changed);
    if (on(`${verb}-of-all`))
      for (const one of world.rentals.values())
        if (seen(call, one)) world.rentals.set(one.id, { ...one, fields: { ...one.fields, status } });
    return { status: 200, body: { ...rental(changed), status } };
  };
}

export const otherHandlers: Handlers = {
  'GET /stations': (call) => {
    const { world, on, request } = call;
    let found = [...world.stations.values()].filter((kept) => seen(call, kept)).map((kept) => station(kept, call));
    const sort = request.query['sort'];
    if (typeof sort === 'string' && !on('sort-text-ignored'))
      found = ordered(found, sort.replace('-', ''), sort.startsWith('-') && !on('minus-ignored'));
    if (wantsCsv(call)) {
      const rows = found.map((one) => `${String(one['code'])},${String(one['capacity'])}`);
      return { status: 200, headers: { 'Content-Type': 'text/csv' }, body: Buffer.from(['code,capacity', ...rows, ''].join('\r\n')) };
    }
    const [skip, top] = [Number(request.query['skip'] ?? 0), Number(request.query['top'] ?? 50)];
    const stations = found.slice(on('skip-ignored') ? 0 : skip, (on('skip-ignored') ? 0 : skip) + top);
    return { status: 200, body: { stations, count: on('count-of-page') ? stations.length : found.length } };
  },
  'GET /stations/{code}': (call) => {
    const kept = reach(call, call.world.stations, call.request.path['code'], undefined);
    return isReply(kept) ? kept : { status: 200, body: station(kept, call) };
  },
  'PUT /stations/{code}': (call) => {
    const { world, request, user, origin, on, arrived } = call;
    const id = String(request.path['code']);
    const former = world.stations.get(id);
    if (former && former.owner.name !== user.name && !on('other-replaces-station')) return refusal(403, 'It is not yours.');
    if (former && arrived.headers['if-none-match'] === '*' && !on('if-none-match-star-ignored')) return refusal(412, 'It is there.');
    const { code: _code, ...rest } = request.body;
    const { pins } = rest;
    const lowered = isObject(pins) && on('pins-lowered') && { pins: mapped(pins, (name, text) => [name.toLowerCase(), text]) };
    const fields: JsonObject = { ...rest, ...lowered };
    const now = world.now();
    const kept: Kept = {
      id,
      owner: user,
      parent: '',
      fields: on('station-not-replaced') && former ? former.fields : fields,
      revision: 1,
      addedAt: now,
      changedAt: now,
    };
    world.stations.set(id, kept);
    const body = { ...station(kept, call), ...(on('station-not-replaced') && fields) };
    return former && !on('station-replaced-201')
      ? { status: 200, body }
      : { status: on('station-made-200') ? 200 : 201, headers: { Location: `${origin}/stations/${encodeURIComponent(id)}` }, body };
  },
  'DELETE /stations/{code}': (call) => {
    const kept = reach(call, call.world.stations, call.request.path['code'], 'deletes-station');
    if (isReply(kept)) return kept;
    call.world.stations.delete(kept.id);
    return { status: 204 };
  },
  'GET /rentals': (call) => {
    const { world, on, request } = call;
    const { status, bikeId, sort } = request.query;
    let found = [...world.rentals.values()].filter((kept) => seen(call, kept)).map(rental);
    if (status !== undefined && !(on('open-ignored') && status === 'open')) found = found.filter((one) => one['status'] === status);
    if (bikeId !== undefined && !on('bike-ignored')) found = found.filter((one) => one['bikeId'] === bikeId);
    const [, name, way] = /^(days|riderName|bookedAt)(?:,(asc|desc))?$/.exec(String(sort ?? '')) ?? [];
    if (name !== undefined && !on('sort-comma-ignored')) found = ordered(found, name, way === 'desc');
    const [number, size] = [Number(request.query['page'] ?? 0), Number(request.query['size'] ?? (on('default-size-other') ? 10 : 20))];
    const content = found.slice(number * size, number * size + size);
    const totalPages = Math.ceil(found.length / size) + (on('total-pages-off') ? 1 : 0);
    const page = {
      number: on('page-number-off') ? number + 1 : number,
      size: on('page-size-lies') ? 20 : size,
      totalElements: on('elements-of-page') ? content.length : found.length,
      totalPages,
    };
    return { status: 200, body: { content, page } };
  },
  'GET /rentals.csv': (call) => {
    const { world, on } = call;
    const found = [...world.rentals.values()].filter((kept) => seen(call, kept) || on('stranger-sees-csv'));
    const rows = found.slice(0, on('csv-lacks-last') ? -1 : undefined).map(({ id, fields }) => `${id},${String(fields['status'])}`);
    return { status: 200, headers: { 'Content-Type': 'text/csv' }, body: Buffer.from(['rentalId,status', ...rows, ''].join('\r\n')) };
  },
  'POST /rentals': (call) => {
    const { world, request, user, origin, on, arrived } = call;
    const bike = reach(call, world.bikes, request.body['bikeId'], undefined);
    if (isReply(bike) && !on('rents-no-bike')) return bike;
    const key = arrived.headers['idempotency-key']?.toString();
    const earlier =
      key === undefined || on('idempotency-key-ignored') ? undefined : world.rentals.get(world.booked.get(`${user.name} ${key}`) ?? '');
    if (earlier) return { status: 201, headers: { Location: `${origin}/rentals/${earlier.id}` }, body: rental(earlier) };
    const hash = createHash('sha1').update(`rental ${world.next()}`).digest('hex');
    const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
    const { rentalId: _id, status, bookedAt: _at, ...fields } = request.body;
    const now = world.now();
    const started = on('status-taken') && status !== undefined ? status : 'open';
    const kept: Kept = { id, owner: user, parent: '', fields: { ...fields, status: started }, revision: 1, addedAt: now, changedAt: now };
    world.rentals.set(id, kept);
    if (key !== undefined) world.booked.set(`${user.name} ${key}`, id);
    return {
      status: 201,
      headers: {
        Location: on('location-of-nothing') ? `${origin}/rentals/00000000-0000-4000-8000-000000000000` : `${origin}/rentals/${id}`,
      },
      body: rental(kept),
    };
  },
  'GET /rentals/{rentalId}': (call) => {
    const kept = reach(call, call.world.rentals, call.request.path['rentalId'], undefined);
    return isReply(kept) ? kept : { status: 200, body: rental(kept) };
  },
  'DELETE /rentals/{rentalId}': (call) => {
    const kept = reach(call, call.world.rentals, call.request.path['rentalId'], 'deletes-rental');
    if (isReply(kept)) return kept.status === 404 && call.on('deletes-rental-again') ? { status: 204 } : kept;
    call.world.rentals.delete(kept.id);
    return { status: 204 };
  },
  'POST /rentals/{rentalId}/return': act('return', 'returned'),
  'POST /rentals/{rentalId}/transfer': (call) => {
    const { world, on, request } = call;
    const kept = reach(call, world.rentals, request.path['rentalId'], 'transfer');
    if (isReply(kept)) return kept;
    const { bikeId, riderName } = request.body;
    const bike = reach(call, world.bikes, bikeId, undefined);
    if (isReply(bike)) return bike;
    const rider = !on('transfer-keeps-rider') && riderName !== undefined && { riderName };
    const other = !on('transfer-keeps-bike') && bikeId !== undefined && { bikeId };
    world.rentals.set(kept.id, { ...kept, fields: { ...kept.fields, ...rider, ...other } });
    return { status: 204 };
  },
  'POST /rentals/{rentalId}/cancel': act('cancel', 'cancelled'),
  'POST /feedback': ({ request }) => ({ status: 202, body: { received: request.body } }),
};
