/** Lists that do not filter, sort or search as they are asked to. */
import { isObject, type Json } from '../../../../src/lib/json.ts';
import type { Call } from '../hooks.ts';
import { plain } from '../plain.ts';
import { bareTelescope } from '../samples.ts';
import { at, get, post, type Step } from '../step.ts';
import { asIf, ignores, items, relation as row, without } from './relation.ts';
import type { Switch } from './switch.ts';

const listed = 'GET /telescopes';
const observations = 'GET /telescopes/{telescope_id}/observations';
const many: readonly Step[] = [2, 10, 9].map((aperture_m) =>
  post('/telescopes', bareTelescope({ name: `Small ${aperture_m}`, aperture_m })),
);

export const filterSwitches: readonly Switch[] = [
  row('filter-ignored', listed, 'kind filters', 'filter-respected', ignores('kind'), [get('/telescopes?kind=radio')]),
  row(
    'filter-inverted',
    listed,
    'active filters',
    'filter-respected',
    asIf((query) => (query['active'] === undefined ? query : { ...query, active: query['active'] !== true })),
    [get('/telescopes?active=true')],
  ),
  row(
    'filter-false-ignored',
    'GET /notes',
    'pinned=false filters',
    'filter-respected',
    asIf((query) => (query['pinned'] === false ? without(query, 'pinned') : query)),
    [get('/notes?pinned=false')],
  ),
  row('filter-nested-ignored', observations, 'state filters', 'filter-respected', ignores('state'), [get(`${at.observations}?state=done`)]),
  row(
    'filter-or',
    observations,
    'two filters both hold',
    'filter-respected',
    asIf((query) => (query['state'] !== undefined && query['priority'] !== undefined ? without(query, 'priority') : query)),
    [get(`${at.observations}?state=queued&priority=9`)],
  ),
  row(
    'filter-first-only',
    'GET /targets',
    'both kinds of two are listed',
    'filter-complete',
    asIf((query) => (Array.isArray(query['kind']) ? { ...query, kind: query['kind'].slice(0, 1) } : query)),
    [get('/targets?kind=star&kind=comet')],
  ),
  row(
    'filter-loses',
    listed,
    'what fits the filter is listed',
    'filter-complete',
    items((list, { query }) => (query['name'] === undefined ? list : [])),
    [get('/telescopes?name=Great%20Dish')],
  ),
  row(
    'filter-prefix',
    listed,
    'name filters by the whole name',
    'filter-respected',
    {
      before: (call) => {
        if (typeof call.query['name'] === 'string') call.query = { ...without(call.query, 'name'), q: call.query['name'] };
        return undefined;
      },
    },
    [get('/telescopes?name=Great')],
  ),
  row('sort-ignored', listed, 'sort sorts', 'sort-respected', ignores('sort'), [...many, get('/telescopes?sort=aperture_m')]),
  row(
    'sort-one-way',
    listed,
    'a minus sorts descending',
    'sort-respected',
    asIf((query) => ({ ...query, sort: plain(query['sort'] ?? 'created_at').replace('-', '') })),
    [...many, get('/telescopes?sort=-aperture_m')],
  ),
  row(
    'sort-as-text',
    listed,
    'numbers sort as numbers',
    'sort-respected',
    items((list, { query }) =>
      query['sort'] === 'aperture_m' ? list.toSorted((a, b) => (apertureText(a) < apertureText(b) ? -1 : 1)) : list,
    ),
    [...many, get('/telescopes?sort=aperture_m')],
  ),
  row(
    'sort-by-other',
    observations,
    'sort=priority sorts by priority',
    'sort-respected',
    asIf((query) => (query['sort'] === 'priority' ? { ...query, sort: '-created_at' } : query)),
    [get(`${at.observations}?sort=priority`)],
  ),
  row(
    'sort-page-only',
    listed,
    'sort comes before paging',
    'sort-respected',
    {
      before: (call) => {
        if (call.query['sort'] === undefined || call.query['limit'] === undefined) return undefined;
        const whole = { ...call.query };
        call.query = without(whole, 'sort');
        paged.set(call, plain(whole['sort']));
        return undefined;
      },
      after: (reply, call) =>
        paged.has(call) && isObject(reply.body) && Array.isArray(reply.body['items'])
          ? {
              ...reply,
              body: {
                ...reply.body,
                items: (reply.body['items'] as readonly Json[]).toSorted((a, b) => bySort(a, b, paged.get(call) ?? '')),
              },
            }
          : reply,
    },
    [...many, get('/telescopes?sort=aperture_m&limit=2')],
  ),
  row('search-ignored', listed, 'q searches', 'search-respected', ignores('q'), [get('/telescopes?q=zzz')]),
  row(
    'search-loses',
    listed,
    'q finds what holds it',
    'search-respected',
    items((list, { query }) => (query['q'] === undefined ? list : [])),
    [get('/telescopes?q=Great')],
  ),
];

function apertureText(entry: Json): string {
  return isObject(entry) ? plain(entry['aperture_m']) : '';
}

const paged = new WeakMap<Call, string>();

function bySort(left: Json, right: Json, sort: string): number {
  const name = sort.replace('-', '');
  const [a, b] = [left, right].map((entry) => (isObject(entry) ? (entry[name] ?? '') : '')) as [string, string];
  return (a < b ? -1 : a > b ? 1 : 0) * (sort.startsWith('-') ? -1 : 1);
}
