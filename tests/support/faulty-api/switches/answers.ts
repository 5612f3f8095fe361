/** Answers with a wrong media type, wrong bytes or wrong header fields. */
import type { Phase } from '../../../../src/cases/case.ts';
import type { Hooks } from '../hooks.ts';
import { bytesOf } from '../write-reply.ts';
import type { Reply } from '../reply.ts';
import { note, telescope } from '../samples.ts';
import { at, get, patch, post, put, remove, type Step } from '../step.ts';
import { messageOf, fieldsOf } from '../write-reply.ts';
import { fields, refusal, success, withFields, type Switch } from './switch.ts';

const row = (
  id: string,
  operation: string,
  breaks: string,
  check: string,
  phase: readonly Phase[],
  hooks: Hooks,
  shows: readonly Step[],
): Switch => ({
  id,
  class: id.startsWith('header') ? 'headers' : 'media',
  operation,
  breaks,
  check,
  phase,
  hooks,
  shows,
});

/** Changes the text of successful answers. */
const text = (change: (json: string) => string, encoding: BufferEncoding = 'utf8'): Hooks =>
  success((reply: Reply) => ({ ...reply, body: Buffer.from(change(Buffer.from(bytesOf(reply) ?? '').toString()), encoding) }));

const observed = 'GET /telescopes/{telescope_id}/observations/{observation_id}';
const item = 'GET /telescopes/{telescope_id}';

export const mediaSwitches: readonly Switch[] = [
  row('media-html', 'GET /health', 'health is JSON', 'content-type-declared', ['examples'], fields({ 'Content-Type': 'text/html' }), [
    get('/health'),
  ]),
  row(
    'media-none',
    'GET /targets/{target_id}',
    'a target has a Content-Type',
    'content-type-declared',
    ['stateful'],
    fields({ 'Content-Type': undefined }),
    [get(at.star)],
  ),
  row(
    'media-problem-text',
    observed,
    'a problem is a problem document',
    'content-type-declared',
    ['boundaries', 'stateful'],
    refusal(404, (reply) => ({ ...withFields(reply, { 'Content-Type': 'text/plain' }), body: Buffer.from('Not Found') })),
    [get('/telescopes/{telescope}/observations/obs-999999')],
  ),
  row(
    'media-problem-json',
    'POST /notes',
    'a refusal is application/problem+json',
    'content-type-declared',
    ['invalid'],
    refusal(422, (reply) => withFields(reply, { 'Content-Type': 'application/json' })),
    [post('/notes', {})],
  ),
  row(
    'media-comma',
    'GET /telescopes',
    'the list is JSON',
    'body-parses',
    ['examples'],
    text((json) => json.replace(/\}$/, ',}')),
    [get('/telescopes')],
  ),
  row(
    'media-mark',
    'GET /targets',
    'the list is JSON, without byte order mark',
    'body-parses',
    ['examples'],
    text((json) => `\uFEFF${json}`),
    [get('/targets')],
  ),
  row(
    'media-empty',
    'PUT /telescopes/{telescope_id}',
    'the replaced telescope is answered',
    'body-parses',
    ['stateful', 'examples'],
    text(() => ''),
    [put(at.telescope, telescope())],
  ),
  row(
    'media-lines',
    'GET /notes',
    'the list is one JSON document',
    'body-parses',
    ['examples'],
    text((json) => `${json}\n${json}`),
    [get('/notes')],
  ),
  row(
    'media-nan',
    observed,
    'numbers are JSON numbers',
    'body-parses',
    ['stateful'],
    text((json) => json.replace(/"priority":\d+/, '"priority":NaN')),
    [get(at.observation)],
  ),
  row(
    'media-latin',
    'GET /notes/{note_id}',
    'JSON is UTF-8, whatever its letters',
    'body-parses',
    ['boundaries'],
    text((json) => json, 'latin1'),
    [get(at.note)],
  ),
  row(
    'media-quotes',
    'GET /telescopes',
    'quotes in strings are escaped',
    'body-parses',
    ['boundaries'],
    text((json) => json.replaceAll('\\"', '"')),
    [post('/telescopes', telescope({ name: 'a "quoted" one' })), get('/telescopes')],
  ),
  row(
    'media-frame',
    'GET /telescopes/{telescope_id}/frame',
    'a frame is bytes',
    'content-type-declared',
    ['stateful'],
    fields({ 'Content-Type': 'image/png' }),
    [get(at.frame)],
  ),
  row(
    'media-gone-content',
    'DELETE /telescopes/{telescope_id}/observations/{observation_id}',
    '204 has no content',
    'empty-where-required',
    ['stateful'],
    {
      send: (response, reply) => {
        if (reply.status !== 204) return false;
        const whole: Reply = { ...reply, body: { deleted: true } };
        response.socket?.end(messageOf(whole, { ...fieldsOf(whole), 'Content-Type': 'application/json', Connection: 'close' }));
        return true;
      },
    },
    [remove(at.observation)],
  ),
];

export const headerSwitches: readonly Switch[] = [
  row('header-location-missing', 'POST /telescopes', '201 has a Location', 'headers-match', ['examples'], fields({ Location: undefined }), [
    post('/telescopes', telescope({ name: 'L' })),
  ]),
  row(
    'header-location-foreign',
    'POST /notes',
    'Location is a path of this API',
    'headers-match',
    ['examples'],
    success((reply) => withFields(reply, { Location: (reply.headers['Location'] ?? '').replace('/v1', '/api') })),
    [post('/notes', note())],
  ),
  row('header-tag-missing', item, 'a telescope has an ETag', 'headers-match', ['stateful'], fields({ ETag: undefined }), [
    get(at.telescope),
  ]),
  row(
    'header-tag-unquoted',
    'PATCH /telescopes/{telescope_id}',
    'ETag is quoted',
    'headers-match',
    ['stateful', 'examples'],
    success((reply) => withFields(reply, { ETag: (reply.headers['ETag'] ?? '').replaceAll('"', '') })),
    [patch(at.telescope, { active: true })],
  ),
  row(
    'header-count-words',
    'GET /notes',
    'X-Total-Count is an integer',
    'headers-match',
    ['examples'],
    fields({ 'X-Total-Count': 'several' }),
    [get('/notes')],
  ),
  row(
    'header-count-missing',
    'GET /telescopes',
    'X-Total-Count is required',
    'headers-match',
    ['examples'],
    fields({ 'X-Total-Count': undefined }),
    [get('/telescopes')],
  ),
  row(
    'header-version-text',
    'GET /health',
    'X-Api-Version is an integer',
    'headers-match',
    ['examples'],
    fields({ 'X-Api-Version': 'v1' }),
    [get('/health')],
  ),
  row(
    'header-version-zero',
    'DELETE /notes/{note_id}',
    'X-Api-Version is at least 1',
    'headers-match',
    ['stateful'],
    fields({ 'X-Api-Version': '0' }),
    [remove(at.note)],
  ),
  row(
    'header-checksum-missing',
    'GET /telescopes/{telescope_id}/frame',
    'X-Checksum-Sha256 is required',
    'headers-match',
    ['stateful'],
    fields({ 'X-Checksum-Sha256': undefined }),
    [get(at.frame)],
  ),
  row(
    'header-challenge-missing',
    'GET /notes',
    '401 has WWW-Authenticate',
    'headers-match',
    ['access'],
    refusal(401, (reply) => withFields(reply, { 'WWW-Authenticate': undefined })),
    [get('/notes', { as: 'nobody' })],
  ),
  row(
    'header-tag-missing-on-304',
    item,
    '304 has an ETag',
    'headers-match',
    ['relations'],
    refusal(304, (reply) => withFields(reply, { ETag: undefined })),
    [get(at.telescope, { headers: { 'If-None-Match': '*' } })],
  ),
];
