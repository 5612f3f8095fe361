import type { Answer, Case } from '../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../src/lib/json.ts';
import { answered } from './converse.ts';

const media = (type: string, schema: Json): JsonObject => ({ content: { [type]: { schema } } });
const object = (properties: JsonObject, required: readonly string[] = Object.keys(properties)): JsonObject => ({
  type: 'object',
  properties,
  required: [...required],
  additionalProperties: false,
});
const api = 'application/vnd.api+json';
const hal = 'application/hal+json';
const none: Json = { description: '' };
const gives = (status: string, content?: JsonObject): Json => ({
  ...Object.fromEntries(['400', '404', '409'].map((other) => [other, none])),
  [status]: { description: '', ...content },
});
const query = (name: string, schema: Json): Json => ({ name, in: 'query', schema });
const inPath = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const text: Json = { type: 'string' };
const link: Json = object({ href: text });
const attributes: JsonObject = {
  name: { type: 'string', minLength: 1, maxLength: 60, description: 'No two orchards have the same.' },
  crop: { enum: ['apple', 'pear', 'plum'] },
  area: { type: 'integer', minimum: 1, maximum: 100 },
};
const identified = (type: string): JsonObject => object({ type: { const: type }, id: text });
const orchard = object({ type: { const: 'orchards' }, id: text, attributes: object(attributes) });
const tree = object({
  type: { const: 'trees' },
  id: text,
  attributes: object({ label: text }),
  relationships: object({ orchard: object({ data: identified('orchards') }) }),
});
const single = (resource: Json): JsonObject => media(api, object({ jsonapi: { type: 'object' }, data: resource }));
const several = (resource: Json): JsonObject =>
  media(api, object({ data: { type: 'array', items: resource }, meta: object({ total: { type: 'integer' } }) }));
const { id: _, ...unnamedTree } = tree['properties'] as JsonObject;
const newOrchard = object({ data: object({ type: { const: 'orchards' }, attributes: object(attributes) }) });
const change = object({ data: object({ type: { const: 'orchards' }, id: text, attributes: object(attributes, []) }) });
const embedded = (name: string, item: Json): JsonObject =>
  object({
    _embedded: object({ [name]: { type: 'array', items: item } }),
    _links: object({ self: link, next: link }, ['self']),
    page: object({ size: { type: 'integer' }, number: { type: 'integer' }, totalElements: { type: 'integer' } }),
  });
const team = object({ id: text, name: text });

/** A contract of orchards and their trees in the manner of JSON:API, and of teams and their members in that of HAL. */
export const orchardsDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Orchards', version: '1' },
  paths: {
    '/orchards': {
      get: {
        parameters: [
          query('filter[crop]', attributes['crop'] ?? null),
          query('page[number]', { type: 'integer', minimum: 1, default: 1 }),
          query('page[size]', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
          query('sort', { type: 'array', items: { enum: ['name', '-name', 'area', '-area'] } }),
        ],
        responses: gives('200', several(orchard)),
      },
      post: { requestBody: { required: true, ...media(api, newOrchard) }, responses: gives('201', single(orchard)) },
    },
    '/orchards/{id}': {
      parameters: [inPath('id')],
      get: { responses: gives('200', single(orchard)) },
      patch: { requestBody: { required: true, ...media(api, change) }, responses: gives('200', single(orchard)) },
      delete: { responses: gives('204') },
    },
    '/orchards/{id}/trees': { parameters: [inPath('id')], get: { responses: gives('200', several(tree)) } },
    '/trees': {
      post: {
        requestBody: { required: true, ...media(api, object({ data: object(unnamedTree) })) },
        responses: gives('201', single(tree)),
      },
    },
    '/trees/{id}': {
      parameters: [inPath('id')],
      get: { responses: gives('200', single(tree)) },
      delete: { responses: gives('204') },
    },
    '/teams': {
      get: {
        parameters: [
          query('page', { type: 'integer', minimum: 0, default: 0 }),
          query('size', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
          query('sort', { enum: ['name,asc', 'name,desc'] }),
        ],
        responses: gives('200', media(hal, embedded('teams', team))),
      },
      post: {
        requestBody: { required: true, ...media('application/json', object({ name: text })) },
        responses: gives('201', media(hal, team)),
      },
    },
    '/teams/{id}': {
      parameters: [inPath('id')],
      get: { responses: gives('200', media(hal, team)) },
      delete: { responses: gives('204') },
    },
    '/teams/{id}/members': {
      parameters: [inPath('id')],
      get: {
        responses: gives(
          '200',
          media(
            hal,
            object(
              { _embedded: object({ members: { type: 'array', items: object({ userId: text }) } }, []), _links: object({ self: link }) },
              ['_links'],
            ),
          ),
        ),
      },
    },
    '/teams/{id}/members/{userId}': {
      parameters: [inPath('id'), inPath('userId')],
      put: { responses: gives('204') },
      delete: { responses: gives('204') },
    },
    '/users': { get: { responses: gives('200', media(hal, embedded('users', team))) } },
  },
};

/** Ways in which the API can be made to break its promises. */
export type OrchardsFault =
  | 'filter-ignored'
  | 'sort-ignored'
  | 'size-ignored'
  | 'total-off'
  | 'name-taken-twice'
  | 'patch-resets'
  | 'patch-lost'
  | 'patch-reaches-others'
  | 'area-lost'
  | 'tree-elsewhere'
  | 'trees-missing'
  | 'member-not-added'
  | 'member-not-removed'
  | 'members-replaced'
  | 'team-goes-with-member'
  | 'teams-unsorted'
  | 'teams-page-ignored'
  | 'teams-total-off';

interface Thing {
  readonly id: string;
  readonly fields: JsonObject;
}

/** The API of the contract, as a function; correct but for the fault named. */
export function createOrchardsApi(fault?: OrchardsFault): (request: Case) => Answer {
  const kept = new Map<string, Map<string, Thing>>(['orchards', 'trees', 'teams'].map((kind) => [kind, new Map()]));
  const members = new Map<string, Set<string>>();
  let count = 0;
  const of = (kind: string): Map<string, Thing> => kept.get(kind) ?? new Map<string, Thing>();
  const make = (kind: string, fields: JsonObject): Thing => {
    const thing = { id: `${kind}-${(count += 1)}`, fields };
    of(kind).set(thing.id, thing);
    return thing;
  };
  const resource = (kind: string, { id, fields }: Thing): JsonObject => {
    const { orchard: of_, ...rest } = fields;
    const relationships = { orchard: { data: { type: 'orchards', id: of_ ?? '' } } };
    return { type: kind, id, attributes: rest, ...(kind === 'trees' && { relationships }) };
  };
  const shown = (status: number, kind: string, thing: Thing): Answer => answered(status, { jsonapi: {}, data: resource(kind, thing) });
  const sorted = (things: readonly Thing[], order: string): Thing[] => {
    const [name, down] = order.startsWith('-') ? [order.slice(1), true] : [order.replace(/,.*/, ''), order.endsWith(',desc')];
    const key = (thing: Thing): number | string => thing.fields[name] as number | string;
    return things.toSorted((one, other) => (key(one) < key(other) ? -1 : Number(key(one) > key(other))) * (down ? -1 : 1));
  };
  const orchards = (given: ReadonlyMap<string, Json>): Answer => {
    const crop = given.get('filter[crop]');
    const found = [...of('orchards').values()].filter(
      ({ fields }) => crop === undefined || fields['crop'] === crop || fault === 'filter-ignored',
    );
    const order = [given.get('sort') ?? []].flat()[0];
    const all = order === undefined || fault === 'sort-ignored' ? found : sorted(found, String(order));
    const size = fault === 'size-ignored' ? 20 : Number(given.get('page[size]') ?? 20);
    const at = (Number(given.get('page[number]') ?? 1) - 1) * size;
    const total = all.length + Number(fault === 'total-off');
    return answered(200, { data: all.slice(at, at + size).map((one) => resource('orchards', one)), meta: { total } });
  };
  const hasName = (name: Json | undefined, but?: string): boolean =>
    fault !== 'name-taken-twice' && [...of('orchards').values()].some(({ id, fields }) => id !== but && fields['name'] === name);
  const orchardCall = (method: string, one: Thing, data: JsonObject): Answer => {
    if (method === 'GET') return shown(200, 'orchards', one);
    if (method === 'DELETE') return of('orchards').delete(one.id) ? answered(204) : answered(404);
    const changed = isObject(data['attributes']) ? data['attributes'] : {};
    if (data['id'] !== one.id || hasName(changed['name'], one.id)) return answered(409);
    const next = { id: one.id, fields: { ...one.fields, ...(fault === 'patch-resets' && { area: 1 }), ...changed } };
    if (fault !== 'patch-lost') of('orchards').set(one.id, next);
    if (fault === 'patch-reaches-others')
      for (const other of of('orchards').values()) of('orchards').set(other.id, { ...other, fields: { ...other.fields, ...changed } });
    return shown(200, 'orchards', next);
  };
  const page = (name: string, all: readonly JsonObject[], given: ReadonlyMap<string, Json>): Answer => {
    const size = Number(given.get('size') ?? 20);
    const number = fault === 'teams-page-ignored' ? 0 : Number(given.get('page') ?? 0);
    const items = all.slice(number * size, (number + 1) * size);
    const next = (number + 1) * size < all.length ? { next: { href: `/${name}?page=${number + 1}&size=${size}` } } : {};
    const totalElements = all.length + Number(fault === 'teams-total-off');
    return answered(200, {
      _embedded: { [name]: items },
      _links: { self: { href: `/${name}` }, ...next },
      page: { size, number, totalElements },
    });
  };
  const membership = (method: string, one: Thing, user: string): Answer => {
    const joined = members.get(one.id) ?? new Set<string>();
    members.set(one.id, joined);
    if (method === 'GET') {
      const list = [...joined].map((userId) => ({ userId }));
      return answered(200, {
        ...(list.length > 0 && { _embedded: { members: list } }),
        _links: { self: { href: `/teams/${one.id}/members` } },
      });
    }
    if (!/^u[1-4]$/.test(user)) return answered(404);
    if (method === 'PUT') {
      if (fault === 'members-replaced') joined.clear();
      if (fault !== 'member-not-added') joined.add(user);
      return answered(204);
    }
    if (!joined.has(user)) return answered(404);
    if (fault !== 'member-not-removed') joined.delete(user);
    if (fault === 'team-goes-with-member') of('teams').delete(one.id);
    return answered(204);
  };
  return ({ request }) => {
    const { method, path } = request.operation;
    const body = isObject(request.body?.value) ? request.body.value : {};
    const data = isObject(body['data']) ? body['data'] : {};
    const given = new Map(request.parameters.map(({ name, value }) => [name, value]));
    const [, kind = '', below] = path.split(/\/(?:\{id\}\/?)?/);
    if (path === '/users')
      return page(
        'users',
        [1, 2, 3, 4].map((number) => ({ id: `u${number}`, name: `User ${number}` })),
        given,
      );
    if (path === '/orchards' && method === 'GET') return orchards(given);
    if (path === '/teams' && method === 'GET') {
      const all = [...of('teams').values()];
      const order = given.get('sort');
      const teams = order === undefined || fault === 'teams-unsorted' ? all : sorted(all, String(order));
      return page(
        'teams',
        teams.map(({ id, fields }) => ({ id, ...fields })),
        given,
      );
    }
    if (path === '/teams') {
      const made = make('teams', { name: body['name'] ?? null });
      return answered(201, { id: made.id, ...made.fields });
    }
    if (method === 'POST') {
      const fields = isObject(data['attributes']) ? data['attributes'] : {};
      const [related] = Object.values(isObject(data['relationships']) ? data['relationships'] : {});
      const orchardId = isObject(related) && isObject(related['data']) ? String(related['data']['id']) : undefined;
      if (kind === 'trees' && !of('orchards').has(orchardId ?? '')) return answered(404);
      if (kind === 'orchards' && hasName(fields['name'])) return answered(409);
      const own = orchardId === undefined ? {} : { orchard: fault === 'tree-elsewhere' ? 'orchards-0' : orchardId };
      return shown(201, kind, make(kind, { ...fields, ...own, ...(fault === 'area-lost' && kind === 'orchards' && { area: 1 }) }));
    }
    const one = of(kind).get(String(given.get('id')));
    if (!one) return answered(404);
    if (below === 'trees') {
      const own = [...of('trees').values()].filter(({ fields }) => fields['orchard'] === one.id && fault !== 'trees-missing');
      return answered(200, { data: own.map((each) => resource('trees', each)), meta: { total: own.length } });
    }
    if (below?.startsWith('members')) return membership(method, one, String(given.get('userId') ?? ''));
    if (kind === 'orchards') return orchardCall(method, one, data);
    if (method === 'DELETE') return of(kind).delete(one.id) ? answered(204) : answered(404);
    return kind === 'trees' ? shown(200, 'trees', one) : answered(200, { id: one.id, ...one.fields });
  };
}
