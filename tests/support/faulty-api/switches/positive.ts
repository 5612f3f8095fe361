/** Rules that are stricter than the document: good requests are refused. */
import { isObject, type Json } from '../../../../src/lib/json.ts';
import type { Hooks } from '../hooks.ts';
import { comet, galaxy, note, observation, star, telescope } from '../samples.ts';
import { at, get, patch, post, type Step } from '../step.ts';
import { changeAt, rule, type Switch } from './switch.ts';

const row = (id: string, operation: string, breaks: string, hooks: Hooks, shows: readonly Step[]): Switch => ({
  id: `positive-${id}`,
  class: 'positive',
  operation,
  breaks,
  check: 'valid-accepted',
  phase: ['boundaries'],
  hooks,
  shows,
});

const telescopes = 'POST /telescopes, PUT /telescopes/{telescope_id}';
const asking = 'POST /telescopes/{telescope_id}/observations';
const listed = 'GET /telescopes';
const patched = 'PATCH /telescopes/{telescope_id}';

type Changes = Parameters<typeof telescope>[0];
const made = (changes: Changes): readonly Step[] => [post('/telescopes', telescope({ name: 'Good', ...changes }))];
const asked = (changes: Changes): readonly Step[] => [post(at.observations, observation(changes))];
const property = (schema: string, path: string, value?: Json): Hooks => rule(`schemas/${schema}/properties/${path}`, value);
const parameter = (name: string, keyword: string, value?: Json): Hooks => rule(`parameters/${name}/schema/${keyword}`, value);

/** Enforces one more required property. */
const require = (schema: string, name: string): Hooks => ({
  rules: (document) =>
    changeAt(document, ['components', 'schemas', schema, 'required'], (list) => [
      ...(Array.isArray(list) ? (list as readonly Json[]) : []),
      name,
    ]) as typeof document,
});

const withoutMergePatch: Hooks = {
  rules: (document) =>
    changeAt(document, ['paths', '/telescopes/{telescope_id}', 'patch', 'requestBody', 'content'], (content) =>
      isObject(content) ? { 'application/json': content['application/json'] ?? {} } : content,
    ) as typeof document,
};

const site = { latitude: 1, longitude: 1 };

export const positiveSwitches: readonly Switch[] = [
  row('highest', telescopes, 'mirror_count may be 36', property('Telescope', 'mirror_count/maximum', 35), made({ mirror_count: 36 })),
  row('lowest', asking, 'priority may be 1', property('Observation', 'priority/minimum', 2), asked({ priority: 1 })),
  row(
    'enum-value',
    telescopes,
    'kind may be infrared',
    rule('schemas/TelescopeKind/enum', ['optical', 'radio']),
    made({ kind: 'infrared' }),
  ),
  row('null', asking, 'remarks may be null', property('Observation', 'remarks/type', 'string'), asked({ remarks: null })),
  row(
    'null-nested',
    asking,
    'ends_at of the window may be null',
    property('Observation', 'window/properties/ends_at/type', 'string'),
    asked({ window: { starts_at: '2026-01-01T00:00:00Z', ends_at: null } }),
  ),
  row('absent', telescopes, 'homepage may be left out', require('Telescope', 'homepage'), made({ homepage: undefined })),
  row('absent-nested', telescopes, 'elevation_m of the site may be left out', require('Site', 'elevation_m'), made({ site })),
  row('absent-all', patched, 'a patch may name nothing', rule('schemas/TelescopePatch/minProperties', 1), [patch(at.telescope, {})]),
  row('unicode', 'POST /notes', 'text may hold any letters', property('Note', 'text/pattern', '^[\\u0000-\\u007f]*$'), [
    post('/notes', note({ text: 'Ž' })),
  ]),
  row(
    'astral',
    asking,
    'title may hold letters beyond the BMP',
    property('Observation', 'title/pattern', '^[\\u0000-\\uffff]*$'),
    asked({ title: '𝛼 Centauri' }),
  ),
  row(
    'longest-astral',
    'POST /targets',
    'the longest name is counted in letters, not in code units',
    property('TargetBase', 'name/pattern', '^[\\u0000-\\uffff]*$|^.{0,20}$'),
    [post('/targets', star({ name: '𝛼'.repeat(40) }))],
  ),
  row('empty-array', asking, 'tags may be empty', property('Observation', 'tags/minItems', 1), asked({ tags: [] })),
  row(
    'empty-array-nested',
    telescopes,
    'channels of an instrument may be empty',
    property('Instrument', 'channels/minItems', 1),
    made({ instruments: [{ name: 'I', channels: [] }] }),
  ),
  row(
    'full-array',
    asking,
    'there may be 20 exposures',
    property('Observation', 'exposures/maxItems', 19),
    asked({ exposures: Array.from({ length: 20 }, () => ({ filter: 'red', seconds: 1 })) }),
  ),
  row('longest', asking, 'title may have 80 letters', property('Observation', 'title/maxLength', 79), asked({ title: 'x'.repeat(80) })),
  row('shortest', 'POST /notes', 'text may be one letter', property('Note', 'text/minLength', 2), [post('/notes', note({ text: 'x' }))]),
  row('blank', 'POST /notes', 'text may be a space', property('Note', 'text/pattern', '\\S'), [post('/notes', note({ text: ' ' }))]),
  row(
    'second-branch',
    'POST /targets',
    'a target may be a comet',
    rule('schemas/Target/oneOf', [{ $ref: '#/components/schemas/Star' }, { $ref: '#/components/schemas/Galaxy' }]),
    [post('/targets', comet({ name: 'X' }))],
  ),
  row(
    'third-branch',
    'POST /targets',
    'a target may be a galaxy',
    rule('schemas/Target/oneOf', [{ $ref: '#/components/schemas/Star' }, { $ref: '#/components/schemas/Comet' }]),
    [post('/targets', galaxy({ name: 'X' }))],
  ),
  row('branch-optional', 'POST /targets', 'period_years of a comet may be left out', require('Comet', 'period_years'), [
    post('/targets', comet({ name: 'X', period_years: undefined })),
  ]),
  row(
    'leap-day',
    telescopes,
    'commissioned_on may be a leap day',
    property('Telescope', 'commissioned_on/pattern', '^(?!.*-02-29)'),
    made({ commissioned_on: '2024-02-29' }),
  ),
  row(
    'zoned-time',
    asking,
    'starts_at may have an offset',
    property('Observation', 'window/properties/starts_at/pattern', 'Z$'),
    asked({ window: { starts_at: '2026-01-01T00:00:00+02:00' } }),
  ),
  row(
    'split-second',
    asking,
    'starts_at may have a fraction of a second',
    property('Observation', 'window/properties/starts_at/pattern', '^[^.]*$'),
    asked({ window: { starts_at: '2026-01-01T00:00:00.5Z' } }),
  ),
  row('zero', telescopes, 'hourly_rate may be 0', property('Telescope', 'hourly_rate/minimum', 0.01), made({ hourly_rate: 0 })),
  row('just-inside', telescopes, 'aperture_m may be 0.01', property('Telescope', 'aperture_m/minimum', 0.02), made({ aperture_m: 0.01 })),
  row('negative', 'POST /targets', 'magnitude may be -30', property('TargetBase', 'magnitude/minimum', -29.99), [
    post('/targets', star({ name: 'X', magnitude: -30 })),
  ]),
  row(
    'lowest-nested',
    telescopes,
    'latitude of the site may be -90',
    property('Site', 'latitude/minimum', -89.99),
    made({ site: { ...site, latitude: -90 } }),
  ),
  row('empty-map', telescopes, 'labels may be empty', property('Telescope', 'labels/minProperties', 1), made({ labels: {} })),
  row(
    'recursion',
    telescopes,
    'parts may have parts',
    property('Part', 'parts/items', {
      type: 'object',
      required: ['name'],
      properties: { name: {}, mass_kg: {}, parts: { type: 'array', maxItems: 0 } },
    }),
    made({
      assembly: { name: 'a', parts: [{ name: 'b', parts: [{ name: 'c' }] }] },
    }),
  ),
  {
    ...row('media-type', patched, 'a patch may be application/merge-patch+json', withoutMergePatch, [patch(at.telescope, {})]),
    check: 'media-type-taken',
    phase: ['examples'],
  },
  row('query-highest', listed, 'limit may be 100', parameter('TelescopeLimit', 'maximum', 99), [get('/telescopes?limit=100')]),
  row('query-zero', 'GET /notes', 'offset may be 0', parameter('NoteOffset', 'minimum', 1), [get('/notes?offset=0')]),
  row('query-false', listed, 'active may be false', parameter('TelescopeActiveFilter', 'enum', [true]), [get('/telescopes?active=false')]),
  row(
    'query-enum-value',
    listed,
    'sort may be -name',
    parameter('TelescopeSort', 'enum', ['name', 'aperture_m', '-aperture_m', 'created_at', '-created_at']),
    [get('/telescopes?sort=-name')],
  ),
  row('query-letter', listed, 'q may be one letter', parameter('TelescopeSearch', 'minLength', 2), [get('/telescopes?q=a')]),
  row('query-several', 'GET /targets', 'kind may come three times', parameter('TargetKindFilter', 'maxItems', 2), [
    get('/targets?kind=star&kind=comet&kind=galaxy'),
  ]),
  row(
    'query-required',
    'GET /telescopes/{telescope_id}/observations',
    'every parameter may be left out',
    {
      arrive: ({ method, path, query }) =>
        method === 'GET' && path.endsWith('/observations') && query === ''
          ? {
              status: 422,
              headers: { 'Content-Type': 'application/problem+json' },
              body: { type: 'about:blank', title: 'page is required', status: 422 },
            }
          : undefined,
    },
    [get(at.observations)],
  ),
];
