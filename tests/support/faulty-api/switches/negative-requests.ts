/** Rules about parameters and whole bodies that are not enforced. */
import type { Json } from '../../../../src/lib/json.ts';
import type { Hooks } from '../hooks.ts';
import { problem } from '../reply.ts';
import { bareTelescope, note } from '../samples.ts';
import { at, get, patch, post, put, type Step } from '../step.ts';
import { refusal, rule, type Switch } from './switch.ts';

const row = (id: string, operation: string, breaks: string, hooks: Hooks, shows: readonly Step[], check = 'invalid-refused'): Switch => ({
  id: `negative-${id}`,
  class: 'negative',
  operation,
  breaks,
  check,
  phase: ['invalid'],
  hooks,
  shows,
});

const listed = 'GET /telescopes';
const patched = 'PATCH /telescopes/{telescope_id}';
const parameter = (name: string, keyword: string, value?: Json): Hooks => rule(`parameters/${name}/schema/${keyword}`, value);
const queries: readonly Switch[] = [
  row('query-maximum', listed, 'limit is at most 100', parameter('TelescopeLimit', 'maximum'), [get('/telescopes?limit=101')]),
  row('query-minimum', listed, 'limit is at least 1', parameter('TelescopeLimit', 'minimum'), [get('/telescopes?limit=0')]),
  row('query-enum', listed, 'kind is one of the enum', rule('parameters/TelescopeKindFilter/schema', { type: 'string' }), [
    get('/telescopes?kind=neutrino'),
  ]),
  row('query-type', listed, 'active is a boolean', parameter('TelescopeActiveFilter', 'type'), [get('/telescopes?active=maybe')]),
  row('query-number', 'GET /notes', 'offset is an integer', parameter('NoteOffset', 'type'), [get('/notes?offset=many')]),
  row('query-pattern', 'GET /targets', 'cursor fits its pattern', parameter('TargetCursor', 'pattern'), [get('/targets?cursor=next')]),
  row('query-sort', 'GET /telescopes/{telescope_id}/observations', 'sort is one of the enum', parameter('ObservationSort', 'enum'), [
    get(`${at.observations}?sort=colour`),
  ]),
  row('query-item', 'GET /targets', 'each kind is one of the enum', parameter('TargetKindFilter', 'items'), [get('/targets?kind=moon')]),
  row('query-min-length', listed, 'q is not empty', parameter('TelescopeSearch', 'minLength'), [get('/telescopes?q=')]),
  row('query-max-length', listed, 'name is no longer than 60', parameter('TelescopeNameFilter', 'maxLength'), [
    get(`/telescopes?name=${'x'.repeat(61)}`),
  ]),
  row('query-twice', listed, 'limit comes once', { lifts: ['repeated'] }, [get('/telescopes?limit=1&limit=2')]),
];

const wholes: readonly Switch[] = [
  row('malformed', patched, 'malformed JSON is refused', { lifts: ['malformed'] }, [
    patch(at.telescope, '{"active":', { type: 'application/json' }),
  ]),
  row('empty', patched, 'an empty body is refused', { lifts: ['empty'] }, [
    { method: 'PATCH', path: at.telescope, type: 'application/json' },
  ]),
  row(
    'media-type',
    'POST /notes',
    'only JSON is taken',
    { lifts: ['media-type'] },
    [post('/notes', JSON.stringify(note()), { type: 'text/plain' })],
    'media-type-refused',
  ),
  row(
    'media-type-frame',
    'PUT /telescopes/{telescope_id}/frame',
    'only octet-stream is taken',
    { lifts: ['media-type'] },
    [put(at.frame, 'x', { type: 'application/pdf' })],
    'media-type-refused',
  ),
  row(
    'charset',
    'POST /telescopes',
    'only UTF-8 is taken',
    { lifts: ['charset'] },
    [post('/telescopes', JSON.stringify(bareTelescope({ name: 'C' })), { type: 'application/json; charset=iso-8859-1' })],
    'media-type-refused',
  ),
  row(
    'refused-with-200',
    patched,
    'a refusal is no success',
    refusal(422, (reply) => ({ ...reply, status: 200 })),
    [patch(at.telescope, { active: 7 })],
  ),
  row(
    'refused-with-304',
    patched,
    'a refusal is a 4xx',
    refusal(422, () => ({ status: 304, headers: {}, body: undefined })),
    [patch(at.telescope, { active: 7 })],
  ),
  row(
    'type-crash-hidden',
    'POST /targets',
    'a body of the wrong type is refused with 422',
    refusal(422, () => problem(501, 'not implemented')),
    [post('/targets', 7)],
    'no-server-error',
  ),
];

export const negativeRequestSwitches: readonly Switch[] = [...queries, ...wholes];
