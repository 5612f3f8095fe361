/** The yardstick is itself measured: its document is sound, it keeps it with every switch off, and every switch shows. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject, type Json } from '../../../src/lib/json.ts';
import { joinPointer } from '../../../src/lib/json-pointer.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import type { Exchange } from '../../../src/requests/exchange.ts';
import { judge } from '../../../src/verdicts/judge.ts';
import type { Verdict } from '../../../src/verdicts/verdict.ts';
import { checks } from '../../../src/verdicts/registry.ts';
import { prelude, walk, type Came } from '../../support/faulty-api/demonstrate.ts';
import { document } from '../../support/faulty-api/document.ts';
import { bareTelescope, note, observation, star, telescope } from '../../support/faulty-api/samples.ts';
import { startFaultyApi, type FaultyApi } from '../../support/faulty-api/start.ts';
import { at, get, patch, post, put, remove, type Step } from '../../support/faulty-api/step.ts';
import { proposedChecks, switches } from '../../support/faulty-api/switches.ts';
import { switchClasses, type Switch } from '../../support/faulty-api/switches/switch.ts';

const contract = createContract(document, { dialect: '3.1' });

/** Every operation, every status that can be had on purpose. */
const tour: readonly (readonly [Step, number])[] = [
  [get('/health', { as: 'nobody' }), 200],
  [get('/health', { headers: { Accept: 'text/html' } }), 406],
  [get('/telescopes?limit=1&sort=-aperture_m&q=great&active=false&kind=optical'), 200],
  [get('/telescopes?limit=0'), 422],
  [get('/telescopes?limit=1&limit=1'), 422],
  [get('/telescopes?q=%ff'), 400],
  [get('/telescopes?unknown=1'), 422],
  [get('/telescopes', { as: 'nobody' }), 401],
  [get('/telescopes', { as: 'nobody', headers: { Authorization: 'Bearer {token:expired}' } }), 401],
  [get('/telescopes', { as: 'nobody', headers: { Authorization: 'Basic {token:main}' } }), 401],
  [post('/telescopes', telescope()), 409],
  [post('/telescopes', telescope({ name: 'Reader' }), { as: 'reader' }), 403],
  [post('/telescopes', bareTelescope({ name: 'a\0b\u{1F52D}', labels: {}, instruments: [] })), 201],
  [
    post(
      '/telescopes',
      '{"name":"x","labels":{"__proto__":"x","constructor":"y"},"code":"AB-1","kind":"radio","aperture_m":0.29,"mirror_count":1,"site":{"latitude":-90,"longitude":-180},"commissioned_on":"2024-02-29"}',
      { type: 'application/json' },
    ),
    201,
  ],
  [post('/telescopes', '{"__proto__":{}}', { type: 'application/json' }), 422],
  [post('/telescopes', telescope({ name: 'N', aperture_m: 0.295 })), 422],
  [post('/telescopes', '{"aperture_m":1e400}', { type: 'application/json' }), 422],
  [post('/telescopes', telescope({ name: 'N' }), { type: 'text/plain' }), 415],
  [post('/telescopes', 'x'.repeat(300_000), { type: 'application/json' }), 413],
  [post('/telescopes', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, { type: 'application/json' }), 413],
  [get(at.telescope), 200],
  [get(at.telescope, { as: 'other' }), 200],
  [get(at.telescope, { as: 'stranger' }), 404],
  [get(at.telescope, { headers: { 'If-None-Match': '*' } }), 304],
  [get('/telescopes/no-uuid'), 422],
  [get('/telescopes/%'), 400],
  [{ method: 'HEAD', path: at.telescope }, 200],
  [put(at.telescope, telescope()), 200],
  [put(at.telescope, telescope({ id: 'no-uuid' })), 422],
  [put(at.telescope, telescope({ name: 'Étoile' })), 409],
  [put(at.telescope, telescope(), { headers: { 'If-Match': '"0000000000000000"' } }), 412],
  [put(at.telescope, telescope(), { as: 'other' }), 403],
  [patch(at.telescope, { site: { elevation_m: 1 }, decommissioned_on: null }), 200],
  [patch(at.telescope, {}), 200],
  [patch(at.telescope, { active: null }), 422],
  [get(at.frame), 200],
  [get(at.frame, { headers: { Accept: 'application/json' } }), 406],
  [put(at.frame, Buffer.from('again'), { type: 'application/octet-stream' }), 200],
  [put(at.frame, Buffer.alloc(0), { type: 'application/octet-stream' }), 422],
  [get('/telescopes/{bare}/frame'), 404],
  [get(`${at.observations}?page=2&size=1&state=done&priority=9&sort=-priority`), 200],
  [post(at.observations, observation({ tags: [], remarks: null }), { as: 'other' }), 201],
  [post(at.observations, observation({ window: { starts_at: '2026-02-30T00:00:00Z' } })), 422],
  [get(at.observation), 200],
  [get('/telescopes/{bare}/observations/{observation}'), 404],
  [remove(at.observation, { as: 'other' }), 403],
  [remove(at.observation), 204],
  [remove(at.observation), 404],
  [get('/targets?kind=star&kind=galaxy&limit=1'), 200],
  [get('/targets?kind=star&kind=star'), 422],
  [get('/targets?cursor=c999999999'), 200],
  [post('/targets', star({ name: 'x', period_years: 1 })), 422],
  [post('/targets', star()), 409],
  [get(at.comet), 200],
  [get('/targets/2147483648'), 422],
  [remove(at.star), 204],
  [get('/notes?pinned=true', { as: 'other' }), 200],
  [get(at.note, { as: 'other' }), 404],
  [post('/notes', note({ pinned: 'yes' })), 422],
  [post('/notes', '{', { type: 'application/json' }), 400],
  [remove(at.note, { as: 'reader' }), 403],
  [remove(at.note), 204],
  [remove(at.telescope, { headers: { 'If-Match': '"0"' } }), 412],
  [remove(at.telescope), 204],
  [get(at.observations), 404],
];

describe('the document', () => {
  test('has schemas that all compile', () => {
    const reasons = schemaPlaces(document, '').flatMap((pointer) => {
      const validity = contract.validators.validate({ pointer, schema: true }, null, 'response');
      return validity.kind === 'cannot-judge' ? [validity.reason] : [];
    });
    expect(reasons).toEqual([]);
    expect(contract.notes).toEqual([]);
    expect(contract.operations).toHaveLength(21);
  });

  test('has examples that fit', () => {
    const given = contract.operations
      .flatMap(({ requestBody }) => requestBody?.content ?? [])
      .flatMap(({ schema, examples }) => examples.map((example) => ({ schema, example })));
    const kinds = given.map(({ schema, example }) => (schema ? contract.validators.validate(schema, example, 'request').kind : 'none'));
    expect(kinds).toEqual(given.map(() => 'valid'));
    expect(given.length).toBeGreaterThan(8);
  });
});

describe('with every switch off', () => {
  let api: FaultyApi;
  let came: readonly Came[];
  const steps = [...prelude, ...tour.map(([step]) => step)];
  beforeAll(async () => {
    api = await startFaultyApi();
    came = await walk(api, steps);
  });
  afterAll(() => api.close());

  test.for(
    tour.map(
      ([step, status], index) => [`${step.method} ${step.path} as ${step.as ?? 'main'} #${index}`, status, prelude.length + index] as const,
    ),
  )('%s answers %i', ([, status, index]) => {
    expect(came[index]?.status, came[index]?.bytes.toString()).toBe(status);
  });

  test('every answer keeps the document', () => {
    const verdicts = came.map((answer, index) => verdictOn(api, steps[index] as Step, answer));
    const bad = verdicts.flatMap(({ judgements, operation }) =>
      judgements
        .filter(({ check, outcome }) => check !== 'request-matches' && (outcome === 'fail' || outcome === 'cannot-judge'))
        .map(({ check, reason }) => `${operation?.id} ${check}: ${reason}`),
    );
    expect(bad).toEqual([]);
    expect(new Set(verdicts.map(({ operation }) => operation?.id)).size).toBe(21);
  });

  test('answers an undeclared method with 405 and all methods there are', async () => {
    const odd = ['DELETE', 'PUT', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY', 'NONSENSE'].map((method): Step => ({ method, path: '/notes' }));
    const answers = await walk(api, odd);
    expect(answers.map(({ status, headers }) => [status, headers['allow']])).toEqual(odd.map(() => [405, 'GET, POST, HEAD, OPTIONS']));
  });

  test('answers the same to the same requests', async () => {
    const twin = await startFaultyApi();
    const again = await walk(twin, steps);
    await twin.close();
    expect(again).toEqual(came);
  });
});

describe('the switches', () => {
  test('have unique ids, known classes, checks and operations', () => {
    const ids = switches.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
    const known = new Set([...checks.map(({ id }) => id), ...proposedChecks]);
    expect(switches.filter(({ check }) => !known.has(check)).map(({ id, check }) => `${id} ${check}`)).toEqual([]);
    const operations = new Set(contract.operations.map(({ id }) => id));
    expect(switches.flatMap(({ operation }) => operation.split(', ')).filter((id) => !operations.has(id))).toEqual([]);
  });

  test('are many, in every class', () => {
    expect(switches.length).toBeGreaterThanOrEqual(110);
    for (const name of switchClasses) expect(switches.filter((entry) => entry.class === name).length, name).toBeGreaterThanOrEqual(10);
  });

  test.for(switches.map((entry) => [entry.id, entry] as const))('%s shows', async ([, entry]) => {
    const steps = [...prelude, ...entry.shows];
    const [off, on] = await Promise.all([startFaultyApi(), startFaultyApi({ switches: [entry.id] })]);
    const [kept, broken] = await Promise.all([walk(off, steps), walk(on, steps)]);
    await Promise.all([off.close(), on.close()]);
    const shown = (answers: readonly Came[]): readonly Came[] => answers.slice(prelude.length);
    expect(shown(kept).map(({ fault }) => fault)).toEqual(entry.shows.map(() => undefined));
    expect(shown(broken)).not.toEqual(shown(kept));
    const wrong = (answers: readonly Came[], api: FaultyApi): readonly string[] =>
      shown(answers).flatMap((answer, index) => failures(api, entry.shows[index] as Step, answer));
    expect(wrong(kept, off)).toEqual([]);
    if (judgedAlone.has(entry.check) && !judgedElsewhere(entry)) expect(wrong(broken, on)).toContain(entry.check);
    const [before, after] = [kept.at(-1)?.status ?? 0, broken.at(-1)?.status ?? 0];
    if (entry.check === 'invalid-refused' || entry.check === 'media-type-refused')
      expect([before >= 400, after < 400]).toEqual([true, true]);
    if (entry.check === 'valid-accepted') expect([before < 300, after >= 400]).toEqual([true, true]);
    if (entry.check === 'unauthenticated-refused') expect([before, after < 300]).toEqual([401, true]);
    if (entry.check === 'forbidden-refused') expect(after).toBeLessThan(300);
  });
});

/** Checks that need no more than one exchange. */
const judgedAlone = new Set([
  'answer-received',
  'no-server-error',
  'status-declared',
  'content-type-declared',
  'body-parses',
  'body-matches-schema',
  'headers-match',
  'empty-where-required',
]);

/** Requests that belong to no operation, and messages that Node's client reads otherwise than ours. */
function judgedElsewhere(entry: Switch): boolean {
  return entry.class === 'protocol' || entry.id === 'transport-no-gzip' || entry.id === 'transport-length-short';
}

/** Checks that fail on an answer. */
function failures(api: FaultyApi, step: Step, came: Came): readonly string[] {
  return verdictOn(api, step, came).judgements.flatMap(({ check, outcome }) =>
    outcome === 'fail' && check !== 'request-matches' ? [check] : [],
  );
}

function verdictOn(api: FaultyApi, step: Step, came: Came): Verdict {
  const path = step.path.replaceAll(/\{(?:bare|telescope)\}/g, '00000000-0000-4000-8000-000000000000').replaceAll(/\{[^}]*\}/g, '1');
  const { status, headers, bytes, fault } = came;
  const exchange: Exchange = {
    id: 'shown',
    source: 'tests',
    title: '',
    identity: undefined,
    request: { method: step.method, url: api.baseUrl + path, headers: [], body: undefined },
    response: status === undefined ? undefined : { status, headers: Object.entries(headers), body: bytes },
    fault: fault === undefined ? undefined : { kind: 'protocol', message: fault },
    timing: { startedAt: 0, headers: 1, total: 1 },
  };
  return judge(contract, exchange, { baseUrl: api.baseUrl });
}

/** Pointers of all schemas that stand under a `schema` or `schemas` member. */
function schemaPlaces(node: Json, pointer: string): string[] {
  if (Array.isArray(node)) return node.flatMap((entry: Json, index) => schemaPlaces(entry, joinPointer(pointer, index)));
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([name, value]) => {
    const here = joinPointer(pointer, name);
    if (name === 'schema') return [here];
    if (name === 'schemas' && isObject(value)) return Object.keys(value).map((schema) => joinPointer(here, schema));
    return schemaPlaces(value, here);
  });
}
