import { expect, test } from 'vitest';
import type { Answer, Case } from '../../../src/cases/case.ts';
import { planScenarios } from '../../../src/cases/plan-scenarios.ts';
import { isObject, member, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { brokenIn } from '../../support/broken-in.ts';
import { expectSaid } from '../../support/expect-said.ts';
import { answered, converse } from '../../support/converse.ts';
import { planOptions } from '../../support/plan-options.ts';

const none: Json = { description: '' };
const json = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const object = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({ type: 'object', properties, required });
const text: Json = { type: 'string', minLength: 1 };
const ids: Json = { type: 'array', minItems: 1, maxItems: 4, uniqueItems: true, items: { type: 'string' } };
const state = (...states: readonly string[]): Json => ({ type: 'string', enum: states });
const berth = object({ id: text, dockId: text, number: { type: 'integer' }, state: state('free', 'reserved') });
const write = (taken: JsonObject, made: Json, description = ''): JsonObject => ({
  description,
  requestBody: { required: true, ...json(taken) },
  responses: { 201: { description: '', ...json(made) }, 400: none, 404: none, 409: none, 415: none, 422: none },
});
const read = (made: Json, name?: string): JsonObject => ({
  ...(name !== undefined && { parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }] }),
  get: { responses: { 200: { description: '', ...json(made) }, 404: none } },
});
const dock = { name: text, state: { ...(state('planned', 'open') as JsonObject), default: 'open' } };
const reservation = { dockId: text, berthIds: ids };
const reserved = object({ id: text, ...reservation, state: state('active', 'stayed', 'cancelled') });
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
    '/reservations': {
      post: write(
        object(reservation),
        reserved,
        'The berths become reserved. 404 if the dock is not there, 409 if the dock is not open or a berth is not free.',
      ),
    },
    '/reservations/{reservationId}': read(reserved, 'reservationId'),
    '/reservations/{reservationId}/cancel': {
      parameters: [{ name: 'reservationId', in: 'path', required: true, schema: { type: 'string' } }],
      post: {
        description: 'Its berths become free again. 409 if the reservation is not active.',
        responses: { 200: { description: '', ...json(reserved) }, 404: none, 409: none },
      },
    },
    '/stays': { post: write(object(stay), object({ id: text, ...stay }), '404 if the reservation is not there, 409 if it is not active.') },
    '/stays/{stayId}': read(object({ id: text, ...stay }), 'stayId'),
  },
  components: { schemas: { Berth: berth } },
});

type Fault = 'loses-guest' | 'berths-stay-free' | 'reserved-twice' | 'berths-not-freed' | 'cancelled-stayed';

/** A marina whose berths are made several at once and reserved once, and whose reservations are stayed in once; correct but for the fault named. */
function createMarina(fault?: Fault): (asked: Case) => Answer {
  const kept = new Map<string, JsonObject>();
  const keep = (kind: string, fields: JsonObject): JsonObject => {
    const thing = { id: `${kind}${kept.size}`, ...fields };
    kept.set(thing.id, thing);
    return thing;
  };
  const of = (kind: string, id: Json | undefined): JsonObject | undefined =>
    typeof id === 'string' && id.startsWith(kind) ? kept.get(id) : undefined;
  const setBerths = ({ berthIds }: JsonObject, to: string): void => {
    for (const id of Array.isArray(berthIds) ? berthIds : []) kept.set(String(id), { ...kept.get(String(id)), state: to });
  };
  const cancelled = (one: JsonObject): Answer => {
    if (one['state'] !== 'active') return answered(409);
    if (fault !== 'berths-not-freed') setBerths(one, 'free');
    const now = { ...one, state: 'cancelled' };
    kept.set(String(one['id']), now);
    return answered(200, now);
  };
  const creations: Readonly<Record<string, (body: JsonObject) => Answer>> = {
    '/docks': (body) => answered(201, keep('dock', { state: 'open', ...body })),
    '/reservations': (body) => {
      const berths = (body['berthIds'] as readonly Json[]).map((id) => of('berth', id));
      if (!of('dock', body['dockId'])) return answered(404);
      if (berths.some((one) => one?.['dockId'] !== body['dockId'])) return answered(422);
      const isClosed = of('dock', body['dockId'])?.['state'] !== 'open';
      if (isClosed || (berths.some((one) => one?.['state'] !== 'free') && fault !== 'reserved-twice')) return answered(409);
      if (fault !== 'berths-stay-free') setBerths(body, 'reserved');
      return answered(201, keep('reservation', { ...body, state: 'active' }));
    },
    '/stays': (body) => {
      const reserved = of('reservation', body['reservationId']);
      if (!reserved) return answered(404);
      const isOpen = reserved['state'] === 'active' || (fault === 'cancelled-stayed' && reserved['state'] === 'cancelled');
      if (!isOpen) return answered(409);
      kept.set(String(reserved['id']), { ...reserved, state: 'stayed' });
      return answered(201, keep('stay', fault === 'loses-guest' ? { ...body, guest: 'somebody' } : body));
    },
  };
  return ({ request: { operation, parameters, body, method = operation.method, headers = [] } }) => {
    const [id] = parameters.filter((one) => one.in === 'path').map(({ value }) => value);
    const own = id === undefined ? undefined : kept.get(String(id));
    const berths = [...kept.values()].filter((one) => String(one['id']).startsWith('berth') && one['dockId'] === id);
    if (method === 'GET' && operation.path.endsWith('berths')) return of('dock', id) ? answered(200, { berths }) : answered(404);
    if (method === 'GET') return own ? answered(200, own) : answered(404);
    if (operation.path.endsWith('cancel')) return own ? cancelled(own) : answered(404);
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
      const isRefused =
        asked.intent === 'valid' && asked.title !== 'the same again' && !asked.title.startsWith('POST to ') && answer.status === 409;
      if (isRefused) refused.push(asked.title);
      return answer;
    });
    expect({ scenario: scenario.title, refused, notes }).toEqual({ scenario: scenario.title, refused: [], notes: [] });
  }
});

test('a correct marina is accused of nothing', () => {
  for (const seed of [1, 2, 3]) expect(brokenIn(contract, { ...options, seed }, () => createMarina())).toEqual([]);
});

const rows: readonly (readonly [Fault, string])[] = [
  ['loses-guest', 'certain written-read-back: guest was written as'],
  ['berths-stay-free', 'certain action-takes-effect: after POST /reservations state of what it names is "free", not "reserved"'],
  ['reserved-twice', 'certain conflict-refused: POST /reservations is accepted though what it names was named before'],
  ['berths-not-freed', 'certain action-takes-effect: after POST /reservations/{reservationId}/cancel state of what it names is "reserved"'],
  ['cancelled-stayed', 'certain conflict-refused: POST /stays is accepted while cancelled'],
];

test.each(rows)('%s shows', (fault, want) => {
  expectSaid(
    brokenIn(contract, options, () => createMarina(fault)),
    want,
  );
});
