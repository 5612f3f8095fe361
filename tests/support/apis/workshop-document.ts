/** The document of the workshop: parts with copies, sheets and deliveries, and orders of parts. */
import type { JsonObject } from '../../../src/lib/json.ts';

const text = (maxLength: number, more: JsonObject = {}): JsonObject => ({ type: 'string', minLength: 1, maxLength, ...more });
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const takes = (schema: JsonObject): JsonObject => ({ required: true, content: json(schema) });
const gives = (schema: JsonObject, more: JsonObject = {}): JsonObject => ({ description: '', content: json(schema), ...more });
const refusals = (...statuses: readonly number[]): JsonObject =>
  Object.fromEntries([401, 403, 422, ...statuses].map((status) => [String(status), { description: '' }]));
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } };
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };

const partFields = {
  sku: text(40, { description: 'Unique.' }),
  name: text(80, { description: 'Kept exactly as sent.' }),
  status: { type: 'string', enum: ['active', 'retired'] },
  weight: { type: 'integer', minimum: 1, maximum: 900 },
  boughtAt: { type: 'string', format: 'date-time', example: '2026-02-03T09:30:00+01:00' },
};

export const workshopDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Workshop', version: '1' },
  security: [{ token: [] }],
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: {
      PartInput: {
        type: 'object',
        additionalProperties: false,
        required: ['sku', 'name', 'status', 'weight', 'boughtAt'],
        properties: partFields,
      },
      Part: {
        type: 'object',
        required: ['id', 'sku', 'name', 'status', 'weight', 'boughtAt'],
        properties: { id: { type: 'integer' }, ...partFields },
      },
      OrderInput: {
        type: 'object',
        additionalProperties: false,
        required: ['lines'],
        properties: {
          lines: {
            type: 'array',
            minItems: 1,
            maxItems: 3,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['partId', 'quantity'],
              properties: { partId: { type: 'integer', minimum: 1 }, quantity: { type: 'integer', minimum: 1, maximum: 9 } },
            },
          },
          bench: { type: 'integer', minimum: 1, description: 'A bench of the same workshop.' },
        },
      },
      Order: {
        type: 'object',
        required: ['id', 'status', 'submittedAt'],
        properties: {
          id: { type: 'integer' },
          status: { type: 'string', enum: ['draft', 'submitted'] },
          submittedAt: { type: ['string', 'null'], format: 'date-time' },
        },
      },
    },
  },
  paths: {
    '/parts': {
      get: {
        parameters: [
          { name: 'mine', in: 'query', schema: { type: 'boolean' } },
          { name: 'status', in: 'query', schema: { type: 'string', enum: ['active', 'retired'] } },
          { name: 'search', in: 'query', description: 'A part of the sku; every character stands for itself.', schema: text(40) },
        ],
        responses: { 200: gives({ type: 'array', items: ref('Part') }), ...refusals() },
      },
      post: { requestBody: takes(ref('PartInput')), responses: { 201: gives(ref('Part')), ...refusals(409) } },
    },
    '/parts/{id}': {
      parameters: [id],
      get: { responses: { 200: gives(ref('Part')), ...refusals(404) } },
      put: { requestBody: takes(ref('PartInput')), responses: { 200: gives(ref('Part')), ...refusals(404, 409) } },
      delete: { description: 'Its sku may be used again.', responses: { 204: { description: '' }, ...refusals(404) } },
    },
    '/parts/{id}/copy': {
      parameters: [id],
      post: {
        description: 'A part with another sku and the same properties.',
        requestBody: takes({ type: 'object', additionalProperties: false, required: ['sku'], properties: { sku: text(40) } }),
        responses: { 201: gives(ref('Part'), { headers: { Location: { schema: { type: 'string' } } } }), ...refusals(404, 409) },
      },
    },
    '/parts/{id}/sheet': {
      parameters: [id],
      get: { responses: { 200: { description: '', content: bytes }, ...refusals(404) } },
      put: {
        requestBody: { required: true, content: bytes },
        responses: { 200: { description: 'Replaced.' }, 201: { description: 'Made.' }, ...refusals(404) },
      },
    },
    '/parts/{id}/deliveries': {
      parameters: [id],
      post: {
        requestBody: takes({
          type: 'object',
          additionalProperties: false,
          required: ['quantity'],
          properties: { quantity: { type: 'integer', minimum: 50, maximum: 99 } },
        }),
        responses: { 204: { description: '' }, ...refusals(404) },
      },
    },
    '/orders': { post: { requestBody: takes(ref('OrderInput')), responses: { 201: gives(ref('Order')), ...refusals(404) } } },
    '/orders/{id}': { parameters: [id], get: { responses: { 200: gives(ref('Order')), ...refusals(404) } } },
    '/orders/{id}/submit': { parameters: [id], post: { responses: { 200: gives(ref('Order')), ...refusals(404, 409) } } },
  },
};
