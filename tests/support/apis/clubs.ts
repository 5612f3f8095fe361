import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { answered } from '../converse.ts';

const written: JsonObject = {
  name: { type: 'string', minLength: 1, maxLength: 60 },
  yearly_fee: { type: 'number', minimum: 0 },
  topics: { type: 'array', items: { type: 'string' } },
  members: { type: 'integer', format: 'int64', minimum: 0 },
};
const club: Json = {
  type: 'object',
  required: ['id', 'owner', ...Object.keys(written)],
  properties: { id: { type: 'integer' }, owner: { type: 'string' }, ...written },
};
const clubIn: Json = { type: 'object', required: Object.keys(written), properties: written };
const visit: Json = {
  type: 'object',
  required: ['id', 'club_id', 'guest'],
  properties: { id: { type: 'integer' }, club_id: { type: 'integer' }, guest: { type: 'string' } },
};
const visitIn: Json = { type: 'object', required: ['guest'], properties: { guest: { type: 'string', minLength: 1 } } };
const line: Json = {
  type: 'object',
  required: ['club_id', 'cards'],
  properties: { club_id: { type: 'integer' }, cards: { type: 'integer', minimum: 1, maximum: 9 } },
};
const orderIn: Json = { type: 'object', required: ['lines'], properties: { lines: { type: 'array', minItems: 1, items: line } } };
const order: Json = {
  type: 'object',
  required: ['id', 'lines'],
  properties: { id: { type: 'integer' }, lines: { type: 'array', items: line } },
};
const numbers = (...names: readonly string[]): JsonObject => Object.fromEntries(names.map((name) => [name, { type: 'integer' }]));
const page = (items: Json, ...names: readonly string[]): Json => ({
  type: 'object',
  properties: { items: { type: 'array', items }, ...numbers(...names) },
});
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const bytes: Json = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const responses = (status: string, content?: Json): Json => ({
  [status]: { description: '', ...(content !== undefined && { content }) },
  404: { description: '' },
});
const takes = (schema: Json): Json => ({ required: true, content: json(schema) });
const query = (name: string, schema: Json, description = ''): Json => ({ name, in: 'query', schema, description });
const counter = (minimum: number): Json => ({ type: 'integer', minimum });
const id: Json = { name: 'club_id', in: 'path', required: true, schema: { type: 'integer' } };

/** A contract of clubs with a badge each, visits that are only booked and listed, orders with lines that name clubs, and an overview that counts. */
export const clubsDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Clubs', version: '1' },
  paths: {
    '/clubs': {
      post: { requestBody: takes(clubIn), responses: responses('201', json(club)) },
      get: {
        parameters: [
          query('limit', { ...(counter(1) as JsonObject), default: 50 }),
          query('offset', counter(0)),
          query('q', { type: 'string' }, 'part of the name, in any case'),
          query('topic', { type: 'string' }),
          query('min_fee', { type: 'number' }),
        ],
        responses: responses('200', json(page(club, 'total'))),
      },
    },
    '/clubs/{club_id}': {
      parameters: [id],
      get: { responses: responses('200', json(club)) },
      put: { requestBody: takes(clubIn), responses: responses('200', json(club)) },
      delete: { responses: responses('204') },
    },
    '/clubs/{club_id}/badge': {
      parameters: [id],
      get: { responses: responses('200', bytes) },
      put: { requestBody: { required: true, content: bytes }, responses: responses('204') },
    },
    '/clubs/{club_id}/visits': {
      parameters: [id],
      post: { requestBody: takes(visitIn), responses: responses('201', json(visit)) },
      get: {
        parameters: [query('page', counter(1)), query('per_page', { ...(counter(1) as JsonObject), default: 20 })],
        responses: responses('200', json(page(visit, 'page', 'pages', 'total'))),
      },
    },
    '/orders': { post: { requestBody: takes(orderIn), responses: responses('201', json(order)) } },
    '/orders/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: responses('200', json(order)),
      },
    },
    '/overview': { get: { responses: responses('200', json({ type: 'object', properties: numbers('clubs', 'founded_in') })) } },
  },
};

/** Ways in which the API can be made to break its promises. */
export type ClubsFault =
  | 'fee-rounded'
  | 'owner-lost'
  | 'offset-of-pages'
  | 'search-begins'
  | 'search-minds-case'
  | 'topic-first-only'
  | 'fee-ignored'
  | 'badge-kept'
  | 'badge-shared'
  | 'badge-stays'
  | 'visits-stay'
  | 'visits-of-all'
  | 'visit-elsewhere'
  | 'visit-unlisted'
  | 'pages-rounded-down'
  | 'overview-frozen'
  | 'order-of-nothing'
  | 'order-one-line'
  | 'wide-rounded';

/** The API of the contract, as a function; correct but for the faults named. */
export function createClubsApi(...faults: readonly ClubsFault[]): (request: Case) => Answer {
  const broken = (fault: ClubsFault): boolean => faults.includes(fault);
  const clubs = new Map<number, JsonObject>();
  /** Numbers of members that no double holds, as text. */
  const wides = new Map<number, string>();
  const shown = (club: number): Answer => {
    const answer = answered(200, clubs.get(club));
    const wide = broken('wide-rounded') ? undefined : wides.get(club);
    const text = new TextDecoder().decode(answer.bytes);
    return { ...answer, bytes: new TextEncoder().encode(wide === undefined ? text : text.replace(/"members":\d+/, `"members":${wide}`)) };
  };
  const badges = new Map<number, Uint8Array>();
  const visits: (JsonObject & { readonly club_id: number })[] = [];
  const orders = new Map<number, JsonObject>();
  let last = 0;
  const kept = (body: JsonObject): JsonObject => ({
    ...body,
    ...(broken('fee-rounded') && { yearly_fee: Math.round(Number(body['yearly_fee'])) }),
  });
  const listClubs = (asked: ReadonlyMap<string, Json>): Answer => {
    const fold = (text: Json | undefined): string => (broken('search-minds-case') ? String(text) : String(text).toLowerCase());
    const [words, topic, fee] = [asked.get('q'), asked.get('topic'), broken('fee-ignored') ? undefined : asked.get('min_fee')];
    const fitting = [...clubs.values()].filter(({ name, topics, yearly_fee }) => {
      const at = words === undefined ? 0 : fold(name).indexOf(fold(words));
      const own = Array.isArray(topics) ? topics.slice(0, broken('topic-first-only') ? 1 : undefined) : [];
      const found = broken('search-begins') ? at === 0 : at >= 0;
      return found && (topic === undefined || own.includes(topic)) && (fee === undefined || Number(yearly_fee) >= Number(fee));
    });
    const limit = Number(asked.get('limit') ?? 50);
    const from = Number(asked.get('offset') ?? 0) * (broken('offset-of-pages') ? limit : 1);
    return answered(200, { items: fitting.slice(from, from + limit), total: fitting.length });
  };
  const listVisits = (club: number, asked: ReadonlyMap<string, Json>): Answer => {
    const own = visits.filter(({ club_id }) => broken('visits-of-all') || club_id === club);
    const size = Number(asked.get('per_page') ?? 20);
    const at = Number(asked.get('page') ?? 1);
    const pages = broken('pages-rounded-down') ? Math.floor(own.length / size) : Math.ceil(own.length / size);
    const items = own
      .slice((at - 1) * size, at * size)
      .map((one) => ({ ...one, club_id: broken('visit-elsewhere') ? one.club_id + 1 : one.club_id }));
    return answered(200, { items: broken('visit-unlisted') ? [] : items, page: at, pages, total: own.length });
  };
  const upload = (club: number, raw: Uint8Array): Answer => {
    const stored = broken('badge-kept') ? (badges.get(club) ?? raw) : raw;
    for (const one of broken('badge-shared') ? clubs.keys() : [club]) badges.set(one, stored);
    return answered(204);
  };
  const remove = (club: number): Answer => {
    clubs.delete(club);
    if (!broken('badge-stays')) badges.delete(club);
    return answered(204);
  };
  const ship = (sent: JsonObject): Answer => {
    const lines = Array.isArray(sent['lines']) ? sent['lines'] : [];
    if (!broken('order-of-nothing') && !lines.every((one: Json) => isObject(one) && clubs.has(Number(one['club_id']))))
      return answered(404);
    orders.set(++last, { id: last, lines: broken('order-one-line') ? lines.slice(0, 1) : lines });
    return answered(201, orders.get(last));
  };
  return ({ request: { operation, parameters, body } }) => {
    const asked = new Map(parameters.map(({ name, value }) => [name, value]));
    const club = Number(asked.get('club_id'));
    const raw = new TextDecoder().decode(body?.raw);
    const sent = isObject(body?.value) ? body.value : {};
    const gone = answered(404);
    if (asked.has('club_id') && !clubs.has(club)) {
      const stays =
        (broken('badge-stays') && operation.id.endsWith('/badge')) || (broken('visits-stay') && operation.id.endsWith('/visits'));
      if (!stays || operation.method !== 'GET') return gone;
    }
    switch (operation.id) {
      case 'POST /clubs': {
        const wide = /"members":(\d{16,})/.exec(raw)?.[1];
        if (body?.raw && wide === undefined) return answered(422);
        clubs.set(++last, { ...kept(body?.raw ? (JSON.parse(raw) as JsonObject) : sent), id: last, owner: 'me' });
        if (wide !== undefined) wides.set(last, wide);
        return { ...shown(last), status: 201 };
      }
      case 'GET /clubs':
        return listClubs(asked);
      case 'PUT /clubs/{club_id}':
        clubs.set(club, { ...kept(sent), id: club, owner: broken('owner-lost') ? 'nobody' : 'me' });
        return answered(200, clubs.get(club));
      case 'DELETE /clubs/{club_id}':
        return remove(club);
      case 'PUT /clubs/{club_id}/badge':
        return upload(club, body?.raw ?? new TextEncoder().encode(String(body?.value)));
      case 'GET /clubs/{club_id}/badge':
        return badges.has(club) ? { ...answered(200), bytes: badges.get(club) ?? new Uint8Array() } : gone;
      case 'POST /clubs/{club_id}/visits':
        visits.push({ ...sent, id: ++last, club_id: club });
        return answered(201, visits.at(-1));
      case 'GET /clubs/{club_id}/visits':
        return listVisits(club, asked);
      case 'POST /orders':
        return ship(sent);
      case 'GET /orders/{id}':
        return orders.has(Number(asked.get('id'))) ? answered(200, orders.get(Number(asked.get('id')))) : gone;
      case 'GET /overview':
        return answered(200, { clubs: broken('overview-frozen') ? 0 : clubs.size, founded_in: 1900 });
      default:
        return shown(club);
    }
  };
}
