/** A granary as a document and a function: silos that hold grain, loads that bring and take it, trips that are moved on by a body. What another evaluator's API was broken by and was missed at first, one fault each. */
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, member, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { serializeBody } from '../../../src/requests/serialize-body.ts';
import { answered } from '../converse.ts';

export type GranaryFault =
  | 'any-move'
  | 'five-stops-refused'
  | 'full-silo-deleted'
  | 'label-unread'
  | 'load-for-nothing'
  | 'outgoing-uncounted';

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const gives = (schema: JsonObject): JsonObject => ({ description: '', content: json(schema) });
const takes = (schema: JsonObject): JsonObject => ({ required: true, content: json(schema) });
const refusals = (...statuses: readonly number[]): JsonObject =>
  Object.fromEntries(statuses.map((status) => [String(status), { description: '' }]));
const path = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const object = (required: readonly string[], properties: JsonObject): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  required: [...required],
  properties,
});

const silo = { site: { type: 'string', minLength: 1, maxLength: 40 }, capacity: { type: 'integer', minimum: 1, maximum: 9000 } };
const load = {
  silo_id: { type: 'string' },
  direction: { type: 'string', enum: ['in', 'out'] },
  quantity: { type: 'integer', minimum: 1, maximum: 500 },
};
const stops = { type: 'array', minItems: 1, maxItems: 5, items: object(['silo_id'], { silo_id: { type: 'string' } }) };
const missing = { description: 'The body breaks its schema, or names a silo that does not exist.' };
const label = { 'image/png': { schema: { type: 'string', format: 'binary' } } };

export const granaryDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Granary', version: '1' },
  components: {
    schemas: {
      Silo: object(['id', 'site', 'capacity', 'level'], { id: { type: 'string' }, ...silo, level: { type: 'integer', minimum: 0 } }),
      Trip: object(['id', 'stops', 'status'], {
        id: { type: 'string' },
        stops,
        status: { type: 'string', enum: ['planned', 'underway', 'arrived', 'called_off'] },
      }),
    },
  },
  paths: {
    '/silos': {
      post: { requestBody: takes(object(['site', 'capacity'], silo)), responses: { 201: gives({ $ref: '#/components/schemas/Silo' }) } },
    },
    '/silos/{silo_id}': {
      parameters: [path('silo_id')],
      get: { responses: { 200: gives({ $ref: '#/components/schemas/Silo' }), ...refusals(404) } },
      delete: {
        description: 'A silo whose level is above zero cannot be deleted: 409.',
        responses: refusals(204, 404, 409),
      },
    },
    '/silos/{silo_id}/label': {
      parameters: [path('silo_id')],
      get: { responses: { 200: { description: '', content: label }, ...refusals(404) } },
      put: {
        requestBody: { required: true, content: label },
        responses: { ...refusals(204, 404), 422: { description: 'The content is not a valid PNG image.' } },
      },
    },
    '/loads': {
      post: {
        description: 'Grain that comes or goes. 409 where the silo has no room for it, or does not hold as much.',
        requestBody: takes(object(['silo_id', 'direction', 'quantity'], load)),
        responses: {
          201: gives(object(['id', ...Object.keys(load)], { id: { type: 'string' }, ...load })),
          409: { description: '' },
          422: missing,
        },
      },
    },
    '/trips': {
      post: {
        requestBody: takes(object(['stops'], { stops })),
        responses: { 201: gives({ $ref: '#/components/schemas/Trip' }), 422: missing },
      },
    },
    '/trips/{trip_id}': {
      parameters: [path('trip_id')],
      get: { responses: { 200: gives({ $ref: '#/components/schemas/Trip' }), ...refusals(404) } },
    },
    '/trips/{trip_id}/moves': {
      parameters: [path('trip_id')],
      post: {
        description: 'From `planned` to `underway` or `called_off`, from `underway` to `arrived`. Any other move answers 409.',
        requestBody: takes(object(['to'], { to: { type: 'string', enum: ['underway', 'arrived', 'called_off'] } })),
        responses: { 200: gives({ $ref: '#/components/schemas/Trip' }), ...refusals(404, 409, 422) },
      },
    },
  },
};

const moves: Readonly<Record<string, readonly string[]>> = { planned: ['underway', 'called_off'], underway: ['arrived'] };

interface Silo {
  readonly fields: JsonObject;
  level: number;
  label?: Uint8Array;
}

/** A new granary, correct but for the fault named. */
export function createGranary(fault?: GranaryFault): (asked: Case) => Answer {
  const silos = new Map<string, Silo>();
  const trips = new Map<string, { readonly stops: Json; status: string }>();
  let made = 0;
  const identifier = (): string => `g${String((made += 1))}`;
  const load = (value: JsonObject): Answer => {
    const one = silos.get(String(value['silo_id']));
    if (!one) return fault === 'load-for-nothing' ? answered(201, { id: identifier(), ...value }) : answered(422);
    const change = Number(value['quantity']) * (value['direction'] === 'in' ? 1 : -1);
    if (one.level + change < 0 || one.level + change > Number(one.fields['capacity'])) return answered(409);
    if (change > 0 || fault !== 'outgoing-uncounted') one.level += change;
    return answered(201, { id: identifier(), ...value });
  };
  const trip = (list: Json): Answer => {
    const named = Array.isArray(list) ? list.map((stop: Json) => String(member(stop, 'silo_id'))) : [];
    if (named.some((id) => !silos.has(id)) || (fault === 'five-stops-refused' && named.length > 4)) return answered(422);
    const id = identifier();
    trips.set(id, { stops: list, status: 'planned' });
    return answered(201, { id, stops: list, status: 'planned' });
  };
  const labelled = (one: Silo, { operation, body }: Case['request']): Answer => {
    if (operation.method === 'GET')
      return one.label ? { ...answered(200, undefined, { 'content-type': 'image/png' }), bytes: one.label } : answered(404);
    const { bytes } = serializeBody(body ?? { mediaType: 'image/png' }, undefined, undefined);
    if (fault !== 'label-unread' && !Buffer.from(bytes).subarray(1, 4).equals(Buffer.from('PNG'))) return answered(422);
    one.label = bytes;
    return answered(204);
  };
  return ({ request }) => {
    const { operation, parameters, body } = request;
    const value = isObject(body?.value) ? body.value : {};
    const given = (name: string): string => String(parameters.find((one) => one.name === name)?.value);
    if (operation.path === '/loads') return load(value);
    if (operation.path === '/trips') return trip(value['stops'] ?? null);
    if (operation.path === '/silos') {
      const id = identifier();
      silos.set(id, { fields: value, level: 0 });
      return answered(201, { id, ...value, level: 0 });
    }
    if (operation.path.startsWith('/silos')) {
      const one = silos.get(given('silo_id'));
      if (!one) return answered(404);
      if (operation.path.endsWith('/label')) return labelled(one, request);
      if (operation.method === 'GET') return answered(200, { id: given('silo_id'), ...one.fields, level: one.level });
      if (one.level > 0 && fault !== 'full-silo-deleted') return answered(409);
      silos.delete(given('silo_id'));
      return answered(204);
    }
    const one = trips.get(given('trip_id'));
    if (!one) return answered(404);
    const to = value['to'];
    if (operation.method === 'POST') {
      if (fault !== 'any-move' && moves[one.status]?.includes(String(to)) !== true) return answered(409);
      one.status = String(to);
    }
    return answered(200, { id: given('trip_id'), ...one });
  };
}
