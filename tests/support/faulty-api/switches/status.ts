/** Statuses that the document does not have, and crashes on data that it allows. */
import type { Phase } from '../../../../src/cases/case.ts';
import type { Call, Hooks } from '../hooks.ts';
import { plain } from '../plain.ts';
import { isObject } from '../../../../src/lib/json.ts';
import { observation, star, telescope } from '../samples.ts';
import { at, get, patch, post, remove, type Step } from '../step.ts';
import { crashes, refusal, sent, success, type Switch } from './switch.ts';

const row = (
  id: string,
  operation: string,
  breaks: string,
  check: 'status-declared' | 'no-server-error',
  phase: readonly Phase[],
  hooks: Hooks,
  shows: readonly Step[],
): Switch => ({
  id: `status-${id}`,
  class: 'status',
  operation,
  breaks,
  check,
  phase,
  hooks,
  shows,
});

const to = (status: number): Hooks => success((reply) => ({ ...reply, status }));
const from = (status: number, other: number): Hooks => refusal(status, (reply) => ({ ...reply, status: other }));
const crash = (status: number): Hooks => from(status, 500);
/** Whether a text of the body fits. */
const says = (name: string, pattern: RegExp) => (call: Call) => pattern.test(plain(sent(call, name)));
const list = 'POST /telescopes/{telescope_id}/observations';
const fresh = (changes: Parameters<typeof telescope>[0]): readonly Step[] => [
  post('/telescopes', telescope({ name: 'Fresh', ...changes })),
];
const asked = (changes: Parameters<typeof observation>[0]): readonly Step[] => [post(at.observations, observation(changes))];

export const statusSwitches: readonly Switch[] = [
  row('created-200', 'POST /notes', 'a creation answers 201', 'status-declared', ['examples'], to(200), [
    post('/notes', { text: 'x', pinned: true }),
  ]),
  row('deleted-202', 'DELETE /targets/{target_id}', 'a deletion answers 204', 'status-declared', ['stateful'], to(202), [remove(at.star)]),
  row(
    'uploaded-204',
    'PUT /telescopes/{telescope_id}/frame',
    'an upload answers 200 or 201',
    'status-declared',
    ['examples', 'stateful'],
    success((reply) => ({ ...reply, status: 204, body: undefined })),
    [{ method: 'PUT', path: at.frame, body: Buffer.from('x'), type: 'application/octet-stream' }],
  ),
  row('taken-423', 'POST /targets', 'a taken name answers 409', 'status-declared', ['stateful', 'boundaries'], from(409, 423), [
    post('/targets', star()),
  ]),
  row('invalid-418', list, 'an invalid body answers 422', 'status-declared', ['invalid'], from(422, 418), asked({ title: 7 })),
  row(
    'absent-410',
    'GET /targets/{target_id}',
    'an unknown target answers 404',
    'status-declared',
    ['boundaries', 'stateful'],
    from(404, 410),
    [get('/targets/2147483647')],
  ),
  row(
    'unacceptable-400',
    'GET /notes',
    'what is not acceptable answers a declared status',
    'status-declared',
    ['protocol'],
    from(406, 417),
    [get('/notes', { headers: { Accept: 'image/gif' } })],
  ),
  row(
    'redirected',
    'GET /targets',
    'the list is answered, not redirected',
    'status-declared',
    ['examples'],
    success((reply) => ({ ...reply, status: 302, headers: { ...reply.headers, Location: '/v1/targets?limit=20' } })),
    [get('/targets')],
  ),
  row(
    'crash-highest',
    list,
    'priority may be 10',
    'no-server-error',
    ['boundaries'],
    crashes((call) => sent(call, 'priority') === 10),
    asked({ priority: 10 }),
  ),
  row(
    'crash-limit-one',
    'GET /telescopes',
    'limit may be 1',
    'no-server-error',
    ['boundaries'],
    crashes((call) => call.query['limit'] === 1),
    [get('/telescopes?limit=1')],
  ),
  row(
    'crash-offset-last',
    'GET /notes',
    'offset may be 100000',
    'no-server-error',
    ['boundaries'],
    crashes((call) => call.query['offset'] === 100_000),
    [get('/notes?offset=100000')],
  ),
  row(
    'crash-absent',
    list,
    'tags may be left out',
    'no-server-error',
    ['boundaries'],
    crashes((call) => sent(call, 'tags') === undefined),
    asked({ tags: undefined }),
  ),
  row(
    'crash-astral',
    'POST /notes',
    'text may hold letters beyond the BMP',
    'no-server-error',
    ['boundaries'],
    crashes(says('text', /[\u{10000}-\u{10FFFF}]/u)),
    [post('/notes', { text: '𝔘', pinned: true })],
  ),
  row(
    'crash-empty-array',
    'POST /telescopes',
    'instruments may be empty',
    'no-server-error',
    ['boundaries'],
    crashes((call) => JSON.stringify(sent(call, 'instruments')) === '[]'),
    fresh({ instruments: [] }),
  ),
  row(
    'crash-empty-list',
    'GET /notes',
    'there may be no notes',
    'no-server-error',
    ['examples', 'stateful'],
    success((reply) => (isObject(reply.body) && reply.body['total'] === 0 ? { ...reply, status: 500 } : reply)),
    [get('/notes', { as: 'reader' })],
  ),
  row('crash-second-delete', 'DELETE /notes/{note_id}', 'a second deletion answers 404', 'no-server-error', ['stateful'], crash(404), [
    remove(at.note),
    remove(at.note),
  ]),
  row(
    'crash-nul',
    'POST /telescopes',
    'name may hold a NUL',
    'no-server-error',
    ['protocol', 'boundaries'],
    crashes((call) => plain(sent(call, 'name')).includes('\0')),
    fresh({ name: 'a\0b' }),
  ),
  row(
    'crash-type',
    'POST /targets',
    'a list is refused',
    'no-server-error',
    ['invalid'],
    { after: (reply, call) => (reply.status === 422 && call.arrival.bytes[0] === 0x5b ? { ...reply, status: 500 } : reply) },
    [post('/targets', [])],
  ),
  row(
    'crash-malformed',
    'PATCH /telescopes/{telescope_id}',
    'malformed JSON is refused',
    'no-server-error',
    ['invalid', 'protocol'],
    crash(400),
    [patch(at.telescope, '{"active":', { type: 'application/json' })],
  ),
  row(
    'crash-wide-id',
    'GET /targets/{target_id}',
    'an id beyond 32 bits is refused',
    'no-server-error',
    ['boundaries', 'invalid', 'protocol'],
    { after: (reply, { path }) => (Number(path['target_id']) > 2 ** 31 - 1 ? { ...reply, status: 500 } : reply) },
    [get('/targets/2147483648')],
  ),
  row(
    'crash-null',
    list,
    'remarks may be null',
    'no-server-error',
    ['boundaries'],
    crashes((call) => sent(call, 'remarks') === null),
    asked({ remarks: null }),
  ),
  row(
    'crash-zero',
    'POST /telescopes',
    'hourly_rate may be 0',
    'no-server-error',
    ['boundaries'],
    crashes((call) => sent(call, 'hourly_rate') === 0),
    fresh({ hourly_rate: 0 }),
  ),
  row(
    'crash-negative',
    list,
    'declination may be negative',
    'no-server-error',
    ['boundaries', 'examples'],
    crashes((call) => JSON.stringify(sent(call, 'pointing')).includes('"declination":-')),
    asked({}),
  ),
  row(
    'crash-leap-day',
    'POST /telescopes',
    'commissioned_on may be a leap day',
    'no-server-error',
    ['boundaries'],
    crashes(says('commissioned_on', /-02-29$/)),
    fresh({ commissioned_on: '2024-02-29' }),
  ),
  row(
    'crash-percent',
    'GET /telescopes/{telescope_id}',
    'broken percent-encoding is refused',
    'no-server-error',
    ['protocol'],
    {
      arrive: ({ path }) =>
        path.startsWith('/telescopes/') && /%(?![0-9a-f]{2})/i.test(path) ? { status: 500, headers: {}, body: undefined } : undefined,
    },
    [get('/telescopes/%')],
  ),
  row(
    'crash-search',
    'GET /telescopes',
    'q may be any text, brackets too',
    'no-server-error',
    ['protocol', 'boundaries'],
    crashes(({ query }) => /[[\](){}*+?\\]/.test(plain(query['q'] ?? ''))),
    [get('/telescopes?q=%28')],
  ),
  row(
    'crash-quote',
    'GET /telescopes',
    'name may be any text, quotes too',
    'no-server-error',
    ['protocol', 'boundaries'],
    crashes(({ query }) => plain(query['name'] ?? '').includes("'")),
    [get("/telescopes?name=O'Hara")],
  ),
  row(
    'crash-second-branch',
    list,
    'pointing may be tracked',
    'no-server-error',
    ['examples', 'boundaries'],
    crashes((call) => JSON.stringify(sent(call, 'pointing')).includes('tracked')),
    asked({ pointing: { mode: 'tracked', catalogue: 'M31' } }),
  ),
  row(
    'crash-two-kinds',
    'GET /targets',
    'kind may come twice',
    'no-server-error',
    ['boundaries'],
    crashes(({ query }) => Array.isArray(query['kind']) && query['kind'].length > 1),
    [get('/targets?kind=star&kind=comet')],
  ),
  row(
    'crash-page-beyond',
    'GET /telescopes/{telescope_id}/observations',
    'a page beyond the last is empty',
    'no-server-error',
    ['boundaries', 'stateful'],
    success((reply) =>
      isObject(reply.body) && JSON.stringify(reply.body['items']) === '[]' && Number(reply.body['page']) > 1
        ? { ...reply, status: 500 }
        : reply,
    ),
    [get(`${at.observations}?page=1000`)],
  ),
];
