import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, member, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const none: Json = { description: '' };
const json = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const object = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({ type: 'object', properties, required });
const text: Json = { type: 'string', minLength: 1 };
const ids: Json = { type: 'array', minItems: 1, maxItems: 4, uniqueItems: true, items: { type: 'string' } };
const state = (...states: readonly string[]): Json => ({ type: 'string', enum: states });
const berth = object({ id: text, dockId: text, number: { type: 'integer' }, state: state('free', 'reserved') });
const write = (taken: JsonObject, made: Json): JsonObject => ({
  requestBody: { required: true, ...json(taken) },
  responses: { 201: { description: '', ...json(made) }, 400: none, 404: none, 409: none, 415: none, 422: none },
});
const read = (made: Json, name?: string): JsonObject => ({
  ...(name !== undefined && { parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }] }),
  get: { responses: { 200: { description: '', ...json(made) }, 404: none } },
});
const dock = { name: text, state: { ...(state('planned', 'open') as JsonObject), default: 'open' } };
const reservation = { dockId: text, berthIds: ids };
const stay = { reservationId: text, guest: text };
const inDock = [{ name: 'dockId', in: 'path', required: true, schema: { type: 'string' } }];
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 'Marina', version: '1' },
  paths: {
    '/docks': { post: write(object(dock, ['name']), object({ id: text, ...dock })) },
    '/docks/{dockId}': read(object({ id: text, ...dock }), 'dockId'),
    '/docks/{dockId}/berths': read(object({ berths: { type: 'array', items: { $ref: '#/components/schemas/Berth' } } }), 'dockId'),
    '/docks/{dockId}/berths/batch': {
      parameters: inDock,
      post: write(
        object({
          berths: { type: 'array', minItems: 1, items: object({ number: { type: 'integer', minimum: 1, maximum: 999, example: 12 } }) },
        }),
        object({ berths: { type: 'array', items: { $ref: '#/components/schemas/Berth' } } }),
      ),
    },
    '/reservations': { post: write(object(reservation), object({ id: text, ...reservation, state: state('active', 'stayed') })) },
    '/reservations/{reservationId}': read(object({ id: text, ...reservation, state: state('active', 'stayed') }), 'reservationId'),
    '/stays': { post: write(object(stay), object({ id: text, ...stay })) },
    '/stays/{stayId}': read(object({ id: text, ...stay }), 'stayId'),
  },
  components: { schemas: { Berth: berth } },
});

/** A marina whose berths are made several at once and reserved once, and whose reservations are stayed in once; correct but for a guest that is lost. */
function createMarina(fault?: 'loses-guest'): (asked: Case) => Answer {
  const kept = new Map<string, JsonObject>();
  const keep = (kind: string, fields: JsonObject): JsonObject => {
    const thing = { id: `${kind}${kept.size}`, ...fields };
    kept.set(thing.id, thing);
    return thing;
  };
  const of = (kind: string, id: Json | undefined): JsonObject | undefined =>
    typeof id === 'string' && id.startsWith(kind) ? kept.get(id) : undefined;
  const creations: Readonly<Record<string, (body: JsonObject) => Answer>> = {
    '/docks': (body) => answered(201, keep('dock', { state: 'open', ...body })),
    '/reservations': (body) => {
      const berths = (body['berthIds'] as readonly Json[]).map((id) => of('berth', id));
      if (!of('dock', body['dockId'])) return answered(404);
      if (berths.some((one) => one?.['dockId'] !== body['dockId'])) return answered(422);
      const isTaken = of('dock', body['dockId'])?.['state'] !== 'open' || berths.some((one) => one?.['state'] !== 'free');
      if (isTaken) return answered(409);
      for (const one of berths) if (one) kept.set(String(one['id']), { ...one, state: 'reserved' });
      return answered(201, keep('reservation', { ...body, state: 'active' }));
    },
    '/stays': (body) => {
      const reserved = of('reservation', body['reservationId']);
      if (!reserved) return answered(404);
      if (reserved['state'] !== 'active') return answered(409);
      kept.set(String(reserved['id']), { ...reserved, state: 'stayed' });
      return answered(201, keep('stay', fault ? { ...body, guest: 'somebody' } : body));
    },
  };
  return ({ request: { operation, parameters, body, method = operation.method, headers = [] } }) => {
    const [id] = parameters.filter((one) => one.in === 'path').map(({ value }) => value);
    const own = id === undefined ? undefined : kept.get(String(id));
    const berths = [...kept.values()].filter((one) => String(one['id']).startsWith('berth') && one['dockId'] === id);
    if (method === 'GET' && operation.path.endsWith('berths')) return of('dock', id) ? answered(200, { berths }) : answered(404);
    if (method === 'GET') return own ? answered(200, own) : answered(404);
    if (headers.some(([name, type]) => name === 'Content-Type' && !/^application\/json/i.test(type))) return answered(415);
    const value = body?.value;
    const schema = operation.requestBody?.content[0]?.schema;
    if (!schema || !isObject(value) || contract.validators.validate(schema, value, 'request').kind !== 'valid') return answered(422);
    if (!operation.path.endsWith('batch')) return creations[operation.path]?.(value) ?? answered(404);
    if (!of('dock', id)) return answered(404);
    const numbers = (value['berths'] as readonly Json[]).map((one) => member(one, 'number') ?? 0);
    if (new Set([...numbers, ...berths.map((one) => one['number'])]).size < numbers.length + berths.length) return answered(409);
    return answered(201, { berths: numbers.map((number) => keep('berth', { dockId: id ?? '', number, state: 'free' })) });
  };
}

const options = {
  ...planOptions,
  authenticated: false,
  phases: new Set(['examples', 'stateful', 'invalid', 'boundaries', 'random'] as const),
};

test('what only several creations below a thing make is named, each time another one where it can be named once', () => {
  // of several that come at once, one is made
  for (const scenario of planScenarios(contract, options).filter(({ title }) => !title.startsWith('several at once'))) {
    const api = createMarina();
    const refused: string[] = [];
    const { notes } = converse(scenario, (asked) => {
      const answer = api(asked);
      const isRefused = asked.intent === 'valid' && asked.title !== 'the same again' && answer.status === 409;
      if (isRefused) refused.push(asked.title);
      return answer;
    });
    expect({ scenario: scenario.title, refused, notes }).toEqual({ scenario: scenario.title, refused: [], notes: [] });
  }
});

test('a correct marina is accused of nothing, and what it loses at the end of the way is found', () => {
  for (const seed of [1, 2, 3]) expect(brokenIn(contract, { ...options, seed }, () => createMarina())).toEqual([]);
  expect(brokenIn(contract, options, () => createMarina('loses-guest'))).toContainEqual(
    expect.stringMatching(/^certain written-read-back: guest was written as/),
  );
});
