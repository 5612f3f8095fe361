import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { answered } from '../converse.ts';

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
  | 'test-ignored'
  | 'change-kept'
  | 'absent-removed'
  | 'motto-stays'
  | 'second-change-lost'
  | 'last-names-next'
  | 'progress-falls'
  | 'teams-unsorted'
  | 'teams-page-ignored'
  | 'teams-total-off';

interface Thing {
  readonly id: string;
  readonly fields: JsonObject;
}

/** The API of the contract, as a function; correct but for the fault named. */
export function createOrchardsApi(fault?: OrchardsFault): (request: Case) => Answer {
  const kept = new Map<string, Map<string, Thing>>(['orchards', 'trees', 'teams', 'exports'].map((kind) => [kind, new Map()]));
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
    const next =
      (number + 1) * size < all.length || fault === 'last-names-next' ? { next: { href: `/${name}?page=${number + 1}&size=${size}` } } : {};
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
  const patched = (one: Thing, body: Json | undefined): Answer => {
    let fields = one.fields;
    const done = (): Thing => ({ id: one.id, fields });
    const failed = (status: number): Answer => {
      if (fault === 'change-kept') of('teams').set(one.id, done());
      return answered(status);
    };
    for (const change of Array.isArray(body) ? body : []) {
      const { op, path, value = null } = isObject(change) ? change : {};
      const name = String(path).slice(1);
      if (op !== 'add' && fields[name] === undefined && fault !== 'absent-removed') return failed(409);
      if (op === 'test' && fields[name] !== value && fault !== 'test-ignored') return failed(409);
      if (!['add', 'remove', 'replace', 'test'].includes(String(op))) return failed(400);
      const { [name]: _former, ...rest } = fields;
      if (op === 'remove' && fault !== 'motto-stays') fields = rest;
      if (op === 'add' || op === 'replace') fields = { ...fields, [name]: value };
      if (fault === 'second-change-lost') break;
    }
    of('teams').set(one.id, done());
    return answered(200, { id: one.id, ...fields });
  };
  const looks = new Map<string, number>();
  const jobOf = (id: string): JsonObject => {
    const look = looks.get(id) ?? 0;
    const progress = fault === 'progress-falls' && look === 2 ? 1 : look * 20;
    return { id, status: look > 3 ? 'done' : look > 1 ? 'running' : 'queued', progress };
  };
  const exported = (id: string | undefined, result: boolean): Answer => {
    if (id === undefined) return answered(202, jobOf(make('exports', {}).id));
    if (!of('exports').has(id)) return answered(404);
    if (result) return (looks.get(id) ?? 0) > 3 ? answered(200, []) : answered(409);
    looks.set(id, (looks.get(id) ?? 0) + 1);
    return answered(200, jobOf(id));
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
    if (kind === 'exports') return exported(method === 'POST' ? undefined : String(given.get('id')), below === 'result');
    if (path === '/teams') {
      const made = make('teams', body);
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
    if (method === 'PATCH' && kind === 'teams') return patched(one, request.body?.value);
    if (kind === 'orchards') return orchardCall(method, one, data);
    if (method === 'DELETE') return of(kind).delete(one.id) ? answered(204) : answered(404);
    return kind === 'trees' ? shown(200, 'trees', one) : answered(200, { id: one.id, ...one.fields });
  };
}
