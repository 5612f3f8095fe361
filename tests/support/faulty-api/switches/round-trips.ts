/** What is written is not what is read back. */
import type { Phase } from '../../../../src/cases/case.ts';
import { isObject, type Json } from '../../../../src/lib/json.ts';
import type { Hooks } from '../hooks.ts';
import { plain } from '../plain.ts';
import { note, observation, star, telescope } from '../samples.ts';
import { at, get, post, put, type Step } from '../step.ts';
import { edit, success, written, type Switch } from './switch.ts';

const row = (
  id: string,
  operation: string,
  breaks: string,
  hooks: Hooks,
  shows: readonly Step[],
  phase: readonly Phase[] = ['boundaries', 'stateful'],
): Switch => ({
  id: `relation-${id}`,
  class: 'relations',
  operation,
  breaks,
  check: 'written-read-back',
  phase,
  hooks,
  shows,
});

/** Changes a text before it is kept. */
const text = (path: string, change: (value: string) => string): Hooks =>
  written(path, (value) => (typeof value === 'string' ? change(value) : value));
/** Changes a list before it is kept. */
const list = (path: string, change: (value: readonly Json[]) => readonly Json[]): Hooks =>
  written(path, (value) => (Array.isArray(value) ? change(value as readonly Json[]) : value));
/** Changes the bytes of frames on their way out. */
const bytes = (change: (frame: Buffer) => Buffer): Hooks =>
  success((reply) => (reply.body instanceof Uint8Array ? { ...reply, body: change(Buffer.from(reply.body)) } : reply));

const telescopes = 'POST /telescopes, PUT /telescopes/{telescope_id}';
const asking = 'POST /telescopes/{telescope_id}/observations';
type Changes = Parameters<typeof telescope>[0];
const made = (changes: Changes): readonly Step[] => [post('/telescopes', telescope({ name: 'Written', ...changes }))];
const asked = (changes: Changes): readonly Step[] => [post(at.observations, observation(changes))];
const noted = (words: string): readonly Step[] => [post('/notes', note({ text: words }))];
const framed = (content: Buffer): readonly Step[] => [put(at.frame, content, { type: 'application/octet-stream' }), get(at.frame)];

export const roundTripSwitches: readonly Switch[] = [
  row(
    'trimmed',
    'POST /notes',
    'text keeps its outer spaces',
    text('text', (words) => words.trim() || words),
    noted(' a '),
  ),
  row(
    'spaces-folded',
    'POST /targets',
    'name keeps its inner spaces',
    text('name', (words) => words.replace(/ {2,}/g, ' ')),
    [post('/targets', star({ name: 'a  b' }))],
  ),
  row(
    'lower-case',
    asking,
    'title keeps its case',
    text('title', (words) => words.toLowerCase()),
    asked({ title: 'ABC' }),
  ),
  row(
    'composed',
    telescopes,
    'name keeps its code points',
    text('name', (words) => words.normalize('NFC')),
    made({ name: 'e\u0301' }),
  ),
  row(
    'astral-marks',
    'POST /notes',
    'text keeps letters beyond the BMP',
    text('text', (words) => words.replace(/[\u{10000}-\u{10FFFF}]/gu, '?')),
    noted('🔭'),
  ),
  row(
    'unicode-marks',
    'POST /targets',
    'aliases keep their letters',
    text('aliases/*', (words) => words.replace(/[^ -~]/gu, '?')),
    [post('/targets', star({ name: 'N', aliases: ['Ž'] }))],
  ),
  row(
    'cut-short',
    asking,
    'title keeps its length',
    text('title', (words) => words.slice(0, 50)),
    asked({ title: 'x'.repeat(60) }),
  ),
  row(
    'escaped',
    'POST /notes',
    'text keeps its angle brackets',
    text('text', (words) => words.replaceAll('<', '&lt;')),
    noted('<b>'),
    ['boundaries', 'stateful'],
  ),
  row(
    'nul-dropped',
    'POST /notes',
    'text keeps its NUL',
    text('text', (words) => words.replaceAll('\0', '') || '-'),
    noted('a\0b'),
    ['boundaries', 'stateful'],
  ),
  row(
    'lines-changed',
    'POST /notes',
    'text keeps its line ends',
    text('text', (words) => words.replaceAll('\r\n', '\n')),
    noted('a\r\nb'),
    ['boundaries', 'stateful'],
  ),
  row(
    'rounded',
    telescopes,
    'hourly_rate keeps its cents',
    written('hourly_rate', (rate) => (typeof rate === 'number' ? Math.round(rate * 10) / 10 : rate)),
    made({ hourly_rate: 10.55 }),
  ),
  row(
    'whole-only',
    telescopes,
    'aperture_m keeps its fraction',
    written('aperture_m', (size) => Math.max(1, Math.trunc(Number(size)))),
    made({ aperture_m: 8.25 }),
  ),
  row(
    'coarse',
    asking,
    'right_ascension keeps its digits',
    written('pointing/right_ascension', (angle) => (typeof angle === 'number' ? Math.fround(angle) : angle)),
    asked({ pointing: { mode: 'fixed', right_ascension: 5.1, declination: 0 } }),
    ['boundaries', 'stateful'],
  ),
  row(
    'day-earlier',
    telescopes,
    'commissioned_on keeps its day',
    text('commissioned_on', (day) =>
      day.slice(8) > '01' ? `${day.slice(0, 8)}${String(Number(day.slice(8)) - 1).padStart(2, '0')}` : day,
    ),
    made({ commissioned_on: '2014-05-02' }),
  ),
  row(
    'zone-dropped',
    asking,
    'starts_at keeps its moment',
    text('window/starts_at', (moment) => moment.replace(/[+-]\d\d:\d\d$/, 'Z')),
    asked({ window: { starts_at: '2026-01-01T00:00:00+02:00' } }),
    ['boundaries'],
  ),
  row(
    'reversed',
    asking,
    'exposures keep their order',
    list('exposures', (entries) => entries.toReversed()),
    asked({}),
  ),
  row(
    'first-only',
    telescopes,
    'all channels are kept',
    list('instruments/*/channels', (entries) => entries.slice(0, 1)),
    made({}),
  ),
  row(
    'sorted',
    telescopes,
    'wavelengths_nm keep their order',
    list('instruments/*/channels/*/wavelengths_nm', (entries) => entries.toSorted((a, b) => Number(a) - Number(b))),
    made({ instruments: [{ name: 'I', channels: [{ band: 'V', wavelengths_nm: [900, 500] }] }] }),
  ),
  row(
    'empty-lost',
    asking,
    'an empty list is kept',
    written('tags', (tags) => (Array.isArray(tags) && tags.length === 0 ? undefined : tags)),
    asked({ tags: [] }),
    ['boundaries'],
  ),
  row(
    'false-lost',
    telescopes,
    'false is kept',
    written('active', (active) => active || true),
    made({ active: false }),
  ),
  row(
    'zero-lost',
    telescopes,
    'zero is kept',
    written('hourly_rate', (rate) => (rate === 0 ? 1 : rate)),
    made({ hourly_rate: 0 }),
    ['boundaries'],
  ),
  row(
    'null-lost',
    asking,
    'null is kept',
    written('remarks', (remarks) => remarks ?? ''),
    asked({ remarks: null }),
    ['boundaries'],
  ),
  row(
    'label-lost',
    telescopes,
    'every label is kept',
    written('labels', (labels) =>
      isObject(labels) ? Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith('_'))) : labels,
    ),
    made({ labels: { _class: 'A', funding: 'x' } }),
  ),
  row(
    'label-renamed',
    telescopes,
    'labels keep their names',
    written('labels', (labels) =>
      isObject(labels) ? Object.fromEntries(Object.entries(labels).map(([name, value]) => [name.replaceAll('_', ''), value])) : labels,
    ),
    made({ labels: { a_b: 'x' } }),
  ),
  row(
    'nested-lost',
    telescopes,
    'elevation_m of the site is kept',
    written('site/elevation_m', () => undefined),
    made({}),
  ),
  row(
    'deep-lost',
    telescopes,
    'parts of parts are kept',
    written('assembly/parts/*/parts', () => undefined),
    made({}),
  ),
  row(
    'optional-lost',
    'POST /targets',
    'aliases are kept',
    written('aliases', () => undefined),
    [post('/targets', star({ name: 'N' }))],
  ),
  row(
    'branch-lost',
    'POST /targets',
    'period_years of a comet is kept',
    written('period_years', () => undefined),
    [post('/targets', { kind: 'comet', name: 'N', magnitude: 1, perihelion_on: '2061-07-28', period_years: 3 })],
  ),
  row(
    'read-differs',
    'GET /notes/{note_id}',
    'text is read as it was written',
    edit('text', (words) => `${plain(words).slice(0, 499)}.`),
    [get(at.note)],
    ['stateful'],
  ),
  {
    ...row(
      'listed-differs',
      'GET /notes',
      'text is listed as it is read',
      edit('items/*/text', (words) => plain(words).slice(0, 12)),
      [get('/notes')],
      ['stateful', 'relations'],
    ),
    check: 'listed-as-read',
  },
  row(
    'bytes-as-text',
    'GET /telescopes/{telescope_id}/frame',
    'bytes come back as they went',
    bytes((frame) => Buffer.from(frame.toString('utf8'))),
    framed(Buffer.from([0xff, 0x00, 0x80])),
    ['boundaries', 'stateful'],
  ),
  row(
    'bytes-lines',
    'GET /telescopes/{telescope_id}/frame',
    'line ends in bytes come back as they went',
    bytes((frame) => Buffer.from(frame.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')),
    framed(Buffer.from('a\r\nb')),
    ['boundaries', 'stateful'],
  ),
  row(
    'bytes-short',
    'GET /telescopes/{telescope_id}/frame',
    'all bytes come back',
    bytes((frame) => (frame.length > 1 ? frame.subarray(0, -1) : frame)),
    framed(Buffer.from('abc')),
    ['boundaries', 'stateful'],
  ),
];
