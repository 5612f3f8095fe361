/** Rules of the document that are not enforced: bad requests are taken for good. */
import type { Json } from '../../../../src/lib/json.ts';
import type { Hooks } from '../hooks.ts';
import { comet, note, observation, star, telescope } from '../samples.ts';
import { at, patch, post, type Step } from '../step.ts';
import { changeAt, rule, type Switch } from './switch.ts';

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

const telescopes = 'POST /telescopes, PUT /telescopes/{telescope_id}';
const asking = 'POST /telescopes/{telescope_id}/observations';
const patched = 'PATCH /telescopes/{telescope_id}';

type Changes = Parameters<typeof telescope>[0];
const made = (changes: Changes): readonly Step[] => [post('/telescopes', telescope({ name: 'Bad', ...changes }))];
const asked = (changes: Changes): readonly Step[] => [post(at.observations, observation(changes))];
const noted = (changes: Changes): readonly Step[] => [post('/notes', note(changes))];
const targeted = (body: Json): readonly Step[] => [post('/targets', body)];

const property = (schema: string, path: string, value?: Json): Hooks => rule(`schemas/${schema}/properties/${path}`, value);
const site = { latitude: 1, longitude: 1 };
const exposure = { filter: 'red', seconds: 1 };

export const negativeSwitches: readonly Switch[] = [
  row('minimum', telescopes, 'mirror_count is at least 1', property('Telescope', 'mirror_count/minimum'), made({ mirror_count: 0 })),
  row('maximum', asking, 'priority is at most 10', property('Observation', 'priority/maximum'), asked({ priority: 11 })),
  row(
    'exclusive-minimum',
    telescopes,
    'aperture_m is more than 0',
    property('Telescope', 'aperture_m/exclusiveMinimum', -1),
    made({ aperture_m: 0 }),
  ),
  row(
    'exclusive-maximum-nested',
    telescopes,
    'longitude of the site is less than 180',
    property('Site', 'longitude/exclusiveMaximum'),
    made({ site: { ...site, longitude: 180 } }),
  ),
  row('min-length', 'POST /notes', 'text is not empty', property('Note', 'text/minLength'), noted({ text: '' })),
  row('max-length', asking, 'title is no longer than 80', property('Observation', 'title/maxLength'), asked({ title: 'x'.repeat(81) })),
  row('pattern', telescopes, 'code fits its pattern', property('Telescope', 'code/pattern'), made({ code: 'gd1' })),
  row(
    'pattern-unanchored',
    telescopes,
    'code fits its pattern from end to end',
    property('Telescope', 'code/pattern', '[A-Z]{2,4}-[0-9]{1,3}'),
    made({ code: 'xGD-1x' }),
  ),
  row('enum', asking, 'state is one of the enum', property('Observation', 'state/enum'), asked({ state: 'lost' })),
  row('required', telescopes, 'kind is required', withoutRequired('Telescope', 'kind'), made({ kind: undefined })),
  row(
    'required-nested',
    telescopes,
    'longitude of the site is required',
    withoutRequired('Site', 'longitude'),
    made({ site: { latitude: 1 } }),
  ),
  row('type', 'POST /notes', 'pinned is a boolean', property('Note', 'pinned/type', ['boolean', 'string']), noted({ pinned: 'yes' })),
  row(
    'type-coerced',
    asking,
    'priority is no text',
    property('Observation', 'priority/type', ['integer', 'string']),
    asked({ priority: '5' }),
  ),
  row(
    'numeral-in-text',
    asking,
    'a numeral in a text is no number',
    property('Observation', 'priority', { type: ['integer', 'string'], minimum: 1, maximum: 10, pattern: '^[0-9]+$' }),
    asked({ priority: '5' }),
  ),
  row(
    'one-for-true',
    'POST /notes',
    'neither yes nor 1 is true',
    property('Note', 'pinned', { enum: [true, false, 'yes', 1] }),
    noted({ pinned: 1 }),
  ),
  row('null', asking, 'window is not null', property('Observation', 'window/type', ['object', 'null']), asked({ window: null })),
  row('additional', 'POST /notes', 'a note has no further properties', rule('schemas/Note/additionalProperties'), noted({ color: 'red' })),
  row(
    'additional-nested',
    telescopes,
    'a site has no further properties',
    rule('schemas/Site/additionalProperties'),
    made({ site: { ...site, planet: 'Mars' } }),
  ),
  row(
    'unevaluated',
    'POST /targets',
    'a star has no further properties',
    rule('schemas/Star/unevaluatedProperties'),
    targeted(star({ name: 'X', planets: 8 })),
  ),
  row('unique', asking, 'tags are unique', property('Observation', 'tags/uniqueItems'), asked({ tags: ['a', 'a'] })),
  row(
    'unique-nested',
    telescopes,
    'wavelengths_nm, two lists down, are unique',
    property('Channel', 'wavelengths_nm/uniqueItems'),
    made({ instruments: [{ name: 'I', channels: [{ band: 'V', wavelengths_nm: [500, 500] }] }] }),
  ),
  row(
    'date',
    telescopes,
    'commissioned_on is a date',
    property('Telescope', 'commissioned_on/format'),
    made({ commissioned_on: '2014-13-01' }),
  ),
  row(
    'date-time-nested',
    asking,
    'starts_at of the window is a date-time',
    property('Observation', 'window/properties/starts_at/format'),
    asked({ window: { starts_at: 'tomorrow' } }),
  ),
  row(
    'email',
    telescopes,
    'contact_email is an e-mail address',
    property('Telescope', 'contact_email/format'),
    made({ contact_email: 'nobody' }),
  ),
  row('min-items', asking, 'there is at least one exposure', property('Observation', 'exposures/minItems'), asked({ exposures: [] })),
  row(
    'max-items',
    telescopes,
    'there are at most five instruments',
    property('Telescope', 'instruments/maxItems'),
    made({ instruments: Array.from({ length: 6 }, (_, index) => ({ name: `I${index}`, channels: [] })) }),
  ),
  row(
    'tuple-size',
    asking,
    'dither has two numbers',
    property('Exposure', 'dither/maxItems'),
    asked({ exposures: [{ ...exposure, dither: [1, 2, 3] }] }),
  ),
  row(
    'multiple',
    telescopes,
    'hourly_rate is a multiple of 0.01',
    property('Telescope', 'hourly_rate/multipleOf'),
    made({ hourly_rate: 10.005 }),
  ),
  row(
    'enum-two-down',
    telescopes,
    'band, two lists down, is one of the enum',
    property('Channel', 'band/enum'),
    made({ instruments: [{ name: 'I', channels: [{ band: 'X' }] }] }),
  ),
  row(
    'item-maximum',
    asking,
    'seconds of an exposure are at most 3600',
    property('Exposure', 'seconds/maximum'),
    asked({ exposures: [{ ...exposure, seconds: 3601 }] }),
  ),
  row('item-pattern', asking, 'a tag is lower-case letters', property('Observation', 'tags/items/pattern'), asked({ tags: ['Deep!'] })),
  row(
    'map-value',
    telescopes,
    'values of labels are strings',
    property('Telescope', 'labels/additionalProperties'),
    made({ labels: { funding: 7 } }),
  ),
  row(
    'map-name',
    telescopes,
    'names of labels fit their pattern',
    property('Telescope', 'labels/propertyNames'),
    made({ labels: { 'A B': 'x' } }),
  ),
  row(
    'map-size',
    telescopes,
    'there are at most eight labels',
    property('Telescope', 'labels/maxProperties'),
    made({ labels: Object.fromEntries(Array.from('abcdefghi').map((name) => [name, name])) }),
  ),
  row(
    'recursive',
    telescopes,
    'mass_kg of a part is at least 0',
    property('Part', 'mass_kg/minimum'),
    made({ assembly: { name: 'a', parts: [{ name: 'b', mass_kg: -1 }] } }),
  ),
  row(
    'branch-required',
    'POST /targets',
    'perihelion_on of a comet is required',
    rule('schemas/Comet/required', ['kind']),
    targeted(comet({ name: 'X', perihelion_on: undefined })),
  ),
  row(
    'branch-enum',
    'POST /targets',
    'spectral_class of a star is one of the enum',
    property('Star', 'spectral_class/enum'),
    targeted(star({ name: 'X', spectral_class: 'Q' })),
  ),
  row(
    'base-maximum',
    'POST /targets',
    'magnitude of every target is at most 30',
    property('TargetBase', 'magnitude/maximum'),
    targeted(star({ name: 'X', magnitude: 31 })),
  ),
  row(
    'tag-unknown',
    'POST /targets',
    'kind is a known one',
    property('Galaxy', 'kind', { type: 'string', pattern: '^(?!star$|comet$)' }),
    targeted({ kind: 'nebula', name: 'X', magnitude: 1, morphology: 'Sa' }),
  ),
  row(
    'secret-short',
    telescopes,
    'control_key has at least 8 letters',
    property('Telescope', 'control_key/minLength'),
    made({ control_key: 'short' }),
  ),
  row('patch-maximum', patched, 'mirror_count is at most 36 in a patch too', property('TelescopePatch', 'mirror_count/maximum'), [
    patch(at.telescope, { mirror_count: 37 }),
  ]),
  row('patch-additional', patched, 'a patch has no further properties', rule('schemas/TelescopePatch/additionalProperties'), [
    patch(at.telescope, { colour: 'red' }),
  ]),
  row('patch-null', patched, 'active is not null in a patch', property('TelescopePatch', 'active/type', ['boolean', 'null']), [
    patch(at.telescope, { active: null }),
  ]),
];

function withoutRequired(schema: string, name: string): Hooks {
  return {
    rules: (document) =>
      changeAt(document, ['components', 'schemas', schema, 'required'], (list) =>
        Array.isArray(list) ? list.filter((entry) => entry !== name) : list,
      ) as typeof document,
  };
}
