/** The document of the pottery: glazes with notes and copies, and firings with readings, whose states it draws in words. */
import type { JsonObject } from '../../../src/lib/json.ts';

const text = (maxLength: number, more: JsonObject = {}): JsonObject => ({ type: 'string', minLength: 1, maxLength, ...more });
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  required: [...required],
  properties,
});
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const takes = (schema: JsonObject): JsonObject => ({ required: true, content: json(schema) });
const gives = (schema: JsonObject, more: JsonObject = {}): JsonObject => ({ description: '', content: json(schema), ...more });
const refusals = (...statuses: readonly number[]): JsonObject =>
  Object.fromEntries([415, 422, ...statuses].map((status) => [String(status), { description: '' }]));
const id = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: { type: 'integer', minimum: 1 } });
const tagged = { headers: { ETag: { required: true, schema: { type: 'string' } } } };

const tags = { type: 'array', maxItems: 5, uniqueItems: true, items: text(20) };
const heat = { type: 'integer', minimum: 1, maximum: 1400 };
const state = { type: 'string', enum: ['planned', 'burning', 'cooled', 'cancelled'] };

export const potteryDocument: JsonObject = {
  openapi: '3.1.0',
  info: {
    title: 'Pottery',
    version: '1',
    description: `States of a firing: planned -> burning, cancelled; burning -> cooled,
  cancelled. Any other move gets 409. Every GET can be asked as HEAD.`,
  },
  components: {
    schemas: {
      Note: object({ id: { type: 'integer' }, text: text(80) }, ['id', 'text']),
      Glaze: object({ id: { type: 'integer' }, name: text(60), heat, tags, notes: { type: 'array', items: ref('Note') } }, [
        'id',
        'name',
        'heat',
      ]),
      Reading: object({ id: { type: 'integer' }, minute: { type: 'integer' } }, ['id', 'minute']),
      Firing: object({ id: { type: 'integer' }, glaze_id: { type: 'integer' }, heat, state }, ['id', 'glaze_id', 'heat', 'state']),
    },
  },
  paths: {
    '/glazes': {
      post: {
        requestBody: takes(object({ name: text(60), heat, tags }, ['name', 'heat'])),
        responses: { 201: gives(ref('Glaze')), ...refusals() },
      },
    },
    '/glazes/{glaze_id}': {
      parameters: [id('glaze_id')],
      get: { responses: { 200: gives(ref('Glaze'), tagged), ...refusals(404) } },
      patch: {
        description: 'Changes only what is given.',
        requestBody: takes({ ...object({ name: text(60), heat, tags }, []), minProperties: 1 }),
        responses: { 200: gives(ref('Glaze'), tagged), ...refusals(404) },
      },
      delete: {
        summary: 'Delete a glaze with its notes and its firings',
        description: '409 while a firing of it is burning.',
        responses: { 204: { description: '' }, ...refusals(404, 409) },
      },
    },
    '/glazes/{glaze_id}/copy': {
      parameters: [id('glaze_id')],
      post: {
        description: 'A new, independent glaze with another name.',
        requestBody: takes(object({ name: text(60) }, ['name'])),
        responses: { 201: gives(ref('Glaze')), ...refusals(404) },
      },
    },
    '/glazes/{glaze_id}/notes': {
      parameters: [id('glaze_id')],
      get: { responses: { 200: gives({ type: 'array', items: ref('Note') }), ...refusals(404) } },
      post: { requestBody: takes(object({ text: text(80) }, ['text'])), responses: { 201: gives(ref('Note')), ...refusals(404) } },
    },
    '/glazes/{glaze_id}/firings': {
      parameters: [id('glaze_id')],
      get: { responses: { 200: gives({ type: 'array', items: ref('Firing') }), ...refusals(404) } },
    },
    '/firings': {
      post: {
        requestBody: takes(object({ glaze_id: { type: 'integer', minimum: 1 }, heat }, ['glaze_id', 'heat'])),
        responses: { 201: gives(ref('Firing')), ...refusals(404) },
      },
    },
    '/firings/{firing_id}': {
      parameters: [id('firing_id')],
      get: { responses: { 200: gives(ref('Firing')), ...refusals(404) } },
      patch: {
        description: 'A firing in a final state cannot be changed (409).',
        requestBody: takes({ ...object({ heat, state }, []), minProperties: 1 }),
        responses: { 200: gives(ref('Firing')), ...refusals(404, 409) },
      },
      delete: { description: '409 while the firing is burning.', responses: { 204: { description: '' }, ...refusals(404, 409) } },
    },
    '/firings/{firing_id}/readings': {
      parameters: [id('firing_id')],
      get: { responses: { 200: gives({ type: 'array', items: ref('Reading') }), ...refusals(404) } },
      post: {
        description: '409 when the firing is cancelled or has a reading of that minute already.',
        requestBody: takes(object({ minute: { type: 'integer', minimum: 0 } }, ['minute'])),
        responses: { 201: gives(ref('Reading')), ...refusals(404, 409) },
      },
    },
    '/firings/{firing_id}/cancel': {
      parameters: [id('firing_id')],
      post: {
        description: 'Only planned and burning firings can be cancelled.',
        responses: { 200: gives(ref('Firing')), ...refusals(404, 409) },
      },
    },
  },
};
