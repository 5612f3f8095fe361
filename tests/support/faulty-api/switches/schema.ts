/** Answers that break their schema, in one place each. */
import type { Phase } from '../../../../src/cases/case.ts';
import { isObject, type Json } from '../../../../src/lib/json.ts';
import type { Hooks } from '../hooks.ts';
import { plain } from '../plain.ts';
import { observation } from '../samples.ts';
import { at, get, patch, post, put, type Step } from '../step.ts';
import { telescope } from '../samples.ts';
import { edit, refusal, success, type Switch } from './switch.ts';

const item = 'GET /telescopes/{telescope_id}';
const observed = 'GET /telescopes/{telescope_id}/observations/{observation_id}';

const row = (id: string, operation: string, breaks: string, phase: readonly Phase[], hooks: Hooks, shows: readonly Step[]): Switch => ({
  id: `schema-${id}`,
  class: 'schema',
  operation,
  breaks,
  check: 'body-matches-schema',
  phase,
  hooks,
  shows,
});

const last = (list: Json | undefined): readonly Json[] => (Array.isArray(list) ? (list as readonly Json[]) : []);

export const schemaSwitches: readonly Switch[] = [
  row('version-text', 'POST /telescopes', 'version is an integer', ['examples'], edit('version', String), [
    post('/telescopes', telescope({ name: 'V' })),
  ]),
  row('mirrors-text', item, 'mirror_count is an integer', ['stateful'], edit('mirror_count', String), [get(at.telescope)]),
  row(
    'owner-missing',
    item,
    'owner is required',
    ['stateful'],
    edit('owner', () => undefined),
    [get(at.telescope)],
  ),
  row(
    'site-null',
    'PUT /telescopes/{telescope_id}',
    'site is an object',
    ['stateful', 'examples'],
    edit('site', () => null),
    [put(at.telescope, telescope())],
  ),
  row(
    'kind-loud',
    'GET /telescopes',
    'kind of a listed telescope is one of the enum',
    ['stateful'],
    edit('items/*/kind', (kind) => plain(kind).toUpperCase()),
    [get('/telescopes')],
  ),
  row(
    'created-without-zone',
    observed,
    'created_at is a date-time',
    ['stateful'],
    edit('created_at', (text) => plain(text).slice(0, -1)),
    [get(at.observation)],
  ),
  row(
    'id-no-uuid',
    'GET /notes/{note_id}',
    'id is a uuid',
    ['stateful'],
    edit('id', (id) => plain(id).replaceAll('-', '')),
    [get(at.note)],
  ),
  row(
    'count-negative',
    item,
    'observation_count is at least 0',
    ['stateful'],
    edit('observation_count', () => -1),
    [get(at.telescope)],
  ),
  row(
    'target-extra',
    'GET /targets/{target_id}',
    'a target has no further properties',
    ['stateful'],
    edit('rowid', () => 17),
    [get(at.star)],
  ),
  row(
    'listed-extra',
    'GET /notes',
    'a listed note has no further properties',
    ['stateful'],
    edit('items/*/score', () => 0),
    [get('/notes')],
  ),
  row(
    'band-null-below',
    item,
    'band, two lists down, is a string',
    ['boundaries', 'stateful'],
    edit('instruments/*/channels/*/band', () => null),
    [get(at.telescope)],
  ),
  row(
    'part-number-below',
    item,
    'name of a part of a part is a string',
    ['boundaries', 'stateful'],
    edit('assembly/parts/*/parts/*/name', () => 7),
    [get(at.telescope)],
  ),
  row(
    'tag-lies',
    'GET /targets/{target_id}',
    'kind names the kind',
    ['boundaries', 'stateful'],
    edit('kind', (kind) => (kind === 'comet' ? 'star' : kind)),
    [get(at.comet)],
  ),
  row(
    'tag-unknown',
    'GET /targets',
    'kind of a listed galaxy is a known one',
    ['boundaries', 'stateful'],
    edit('items/*/kind', (kind) => (kind === 'galaxy' ? 'nebula' : kind)),
    [get('/targets')],
  ),
  row(
    'secret-told',
    item,
    'control_key is never answered',
    ['stateful'],
    success((reply, call, world) => {
      const secret = world.telescopes.get(plain(call.path['telescope_id']))?.fields['control_key'];
      return isObject(reply.body) && secret !== undefined ? { ...reply, body: { ...reply.body, control_key: secret } } : reply;
    }),
    [get(at.telescope)],
  ),
  row(
    'secret-echoed',
    'POST /telescopes',
    'control_key is never answered',
    ['examples'],
    success((reply, call) => {
      const secret = isObject(call.body) ? call.body['control_key'] : undefined;
      return isObject(reply.body) && secret !== undefined ? { ...reply, body: { ...reply.body, control_key: secret } } : reply;
    }),
    [post('/telescopes', telescope({ name: 'S' }))],
  ),
  row(
    'rate-thousandths',
    item,
    'hourly_rate is a multiple of 0.01',
    ['stateful'],
    edit('hourly_rate', (rate) => (typeof rate === 'number' ? rate + 0.001 : undefined)),
    [get(at.telescope)],
  ),
  row(
    'absent-becomes-null',
    item,
    'labels is an object, or absent',
    ['boundaries', 'stateful'],
    edit('labels', (labels) => labels ?? null),
    [get(at.bare)],
  ),
  row(
    'null-becomes-false',
    observed,
    'remarks is a string or null',
    ['boundaries'],
    edit('remarks', (remarks) => remarks ?? false),
    [post(at.observations, observation({ remarks: null }), { keep: 'silent' }), get('/telescopes/{telescope}/observations/{silent}')],
  ),
  row(
    'unicode-becomes-bytes',
    observed,
    'title is a string, whatever its letters',
    ['boundaries'],
    edit('title', (title) => (/[^ -~]/.test(plain(title)) ? [...Buffer.from(plain(title))] : title)),
    [get(at.observation)],
  ),
  row(
    'map-numbers',
    item,
    'values of labels are strings',
    ['stateful'],
    edit('labels', (labels) => (isObject(labels) ? Object.fromEntries(Object.keys(labels).map((name, index) => [name, index])) : labels)),
    [get(at.telescope)],
  ),
  row(
    'tags-twice',
    observed,
    'tags are unique',
    ['stateful'],
    edit('tags', (tags) => (tags === undefined ? tags : [...last(tags), ...last(tags).slice(-1)])),
    [get(at.observation)],
  ),
  row('total-text', 'GET /telescopes', 'total is an integer', ['examples'], edit('total', String), [get('/telescopes')]),
  row(
    'cursor-missing',
    'GET /targets',
    'next_cursor is required',
    ['examples'],
    edit('next_cursor', (cursor) => cursor ?? undefined),
    [get('/targets')],
  ),
  row(
    'list-bare',
    'GET /telescopes/{telescope_id}/observations',
    'a page is an object',
    ['stateful'],
    success((reply) => (isObject(reply.body) ? { ...reply, body: reply.body['items'] } : reply)),
    [get(at.observations)],
  ),
  row(
    'item-wrapped',
    'GET /notes/{note_id}',
    'a note stands alone',
    ['stateful'],
    success((reply) => ({ ...reply, body: { note: reply.body as Json } })),
    [get(at.note)],
  ),
  row(
    'priority-half',
    observed,
    'priority is an integer',
    ['stateful'],
    edit('priority', (priority) => Number(priority) + 0.5),
    [get(at.observation)],
  ),
  row('pinned-text', 'POST /notes', 'pinned is a boolean', ['examples'], edit('pinned', String), [
    post('/notes', { text: 'x', pinned: false }),
  ]),
  row(
    'dither-three',
    observed,
    'dither has two numbers',
    ['boundaries', 'stateful'],
    edit('exposures/*/dither', (dither) => (dither === undefined ? dither : [...last(dither), 0])),
    [get(at.observation)],
  ),
  row(
    'name-too-long',
    'PATCH /telescopes/{telescope_id}',
    'name is no longer than 60',
    ['stateful'],
    edit('name', (name) => plain(name).padEnd(61, '.')),
    [patch(at.telescope, {})],
  ),
  row(
    'latitude-beyond',
    'GET /telescopes',
    'latitude of a listed site is at most 90',
    ['stateful'],
    edit('items/*/site/latitude', () => 90.5),
    [get('/telescopes')],
  ),
  row(
    'problem-untitled',
    item,
    'a problem has a title and a status',
    ['boundaries', 'stateful'],
    refusal(404, (reply) => ({ ...reply, body: { type: 'about:blank', detail: 'none' } })),
    [get('/telescopes/00000000-0000-4000-8000-000000000000')],
  ),
  row(
    'errors-by-name',
    'POST /targets',
    'errors of a problem are a list',
    ['invalid'],
    refusal(422, (reply) => ({ ...reply, body: { ...(isObject(reply.body) && reply.body), errors: { body: 'bad' } } })),
    [post('/targets', { kind: 'star' })],
  ),
];
