/** Pages that do not add up. */
import { isObject, type JsonObject } from '../../../../src/lib/json.ts';
import { plain } from '../plain.ts';
import { at, get } from '../step.ts';
import { asIf, ignores, relation as row } from './relation.ts';
import { edit, success, withFields, type Switch } from './switch.ts';

const listed = 'GET /telescopes';
const observations = 'GET /telescopes/{telescope_id}/observations';
const number = (query: JsonObject, name: string, otherwise: number): number => Number(query[name] ?? otherwise);

export const pageSwitches: readonly Switch[] = [
  row('limit-ignored', listed, 'a page has at most `limit` items', 'limit-respected', ignores('limit'), [get('/telescopes?limit=1')]),
  row('size-ignored', observations, 'a page has at most `size` items', 'limit-respected', ignores('size'), [
    get(`${at.observations}?size=1`),
  ]),
  row(
    'limit-one-more',
    'GET /targets',
    'a page has at most `limit` items',
    'limit-respected',
    asIf((query) => ({ ...query, limit: number(query, 'limit', 20) + 1 })),
    [get('/targets?limit=1')],
  ),
  row('offset-ignored', listed, 'the second page has other items', 'pages-disjoint', ignores('offset'), [
    get('/telescopes?limit=1&offset=1'),
  ]),
  row(
    'offset-one-less',
    'GET /notes',
    'pages do not overlap',
    'pages-disjoint',
    asIf((query) => ({ ...query, offset: Math.max(0, number(query, 'offset', 0) - 1) })),
    [get('/notes?limit=1&offset=1')],
  ),
  row(
    'offset-one-more',
    listed,
    'pages leave nothing out',
    'pages-complete',
    asIf((query) => ({ ...query, offset: number(query, 'offset', 0) === 0 ? 0 : number(query, 'offset', 0) + 1 })),
    [get('/telescopes?limit=1&offset=1')],
  ),
  row(
    'page-from-zero',
    observations,
    'the first page holds the first items',
    'total-agrees',
    asIf((query) => ({ ...query, page: number(query, 'page', 1) + 1 })),
    [get(`${at.observations}?page=1&size=1`)],
  ),
  row('page-ignored', observations, 'the second page has other items', 'pages-disjoint', ignores('page'), [
    get(`${at.observations}?page=2&size=1`),
  ]),
  row(
    'cursor-repeats',
    'GET /targets',
    'pages do not overlap',
    'pages-disjoint',
    asIf((query) =>
      query['cursor'] === undefined ? query : { ...query, cursor: `c${Math.max(0, Number(plain(query['cursor']).slice(1)) - 1)}` },
    ),
    [get('/targets?limit=1&cursor=c1')],
  ),
  row(
    'cursor-skips',
    'GET /targets',
    'pages leave nothing out',
    'pages-complete',
    asIf((query) => (query['cursor'] === undefined ? query : { ...query, cursor: `c${Number(plain(query['cursor']).slice(1)) + 1}` })),
    [get('/targets?limit=1&cursor=c1')],
  ),
  row(
    'cursor-lost',
    'GET /targets',
    'pages leave nothing out',
    'pages-complete',
    edit('next_cursor', () => null),
    [get('/targets?limit=1')],
  ),
  row(
    'total-of-page',
    listed,
    'total counts all, not the page',
    'total-agrees',
    success((reply) =>
      isObject(reply.body) && Array.isArray(reply.body['items'])
        ? withFields(
            { ...reply, body: { ...reply.body, total: reply.body['items'].length } },
            { 'X-Total-Count': plain(reply.body['items'].length) },
          )
        : reply,
    ),
    [get('/telescopes?limit=1')],
  ),
  row(
    'total-one-more',
    observations,
    'total counts what there is',
    'total-agrees',
    edit('total', (total) => Number(total) + 1),
    [get(at.observations)],
  ),
  row(
    'total-unfiltered',
    listed,
    'total counts what fits the filter',
    'total-agrees',
    success((reply, _call, world) => (isObject(reply.body) ? { ...reply, body: { ...reply.body, total: world.telescopes.size } } : reply)),
    [get('/telescopes?kind=radio')],
  ),
  row(
    'total-header',
    'GET /notes',
    'X-Total-Count is total',
    'total-agrees',
    success((reply) => withFields(reply, { 'X-Total-Count': String(Number(reply.headers['X-Total-Count']) + 1) })),
    [get('/notes')],
  ),
];
