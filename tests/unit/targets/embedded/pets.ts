/** A small OAS 3.0 document with the shapes that the stand-in has to infer: nested creation, bare and enveloped lists, PATCH, files, roles. */
import type { JsonObject } from '../../../../src/lib/json.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject): JsonObject => ({ description: 'ok', ...json(schema) });
const none: JsonObject = { description: 'ok' };
const problem = answer(ref('Problem'));
const query = (name: string, schema: JsonObject): JsonObject => ({ name, in: 'query', schema });
const inPath = (name: string, schema: JsonObject): JsonObject => ({ name, in: 'path', required: true, schema });
const security = (...scopes: string[]): JsonObject => ({ security: [{ oauth: scopes }] });

export const pets: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Pets <for> tests', version: '1' },
  servers: [{ url: 'https://pets.example/api/v1' }],
  paths: {
    '/owners': {
      post: {
        ...security('write'),
        requestBody: { required: true, ...json(ref('NewOwner')) },
        responses: { 201: answer(ref('Owner')), 400: problem },
      },
      get: {
        parameters: [
          query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 20 }),
          query('offset', { type: 'integer', minimum: 0, default: 0 }),
          query('sort', { type: 'string' }),
        ],
        responses: { 200: answer({ type: 'array', items: ref('Owner') }), default: problem },
      },
    },
    '/owners/{ownerId}': {
      parameters: [inPath('ownerId', { type: 'string', format: 'uuid' })],
      get: { responses: { 200: answer(ref('Owner')), 404: problem } },
      put: {
        ...security('write'),
        requestBody: { required: true, ...json(ref('NewOwner')) },
        responses: { 200: answer(ref('Owner')), 404: problem },
      },
      delete: { ...security('write', 'admin'), responses: { 204: none, 404: problem } },
    },
    '/owners/{ownerId}/pets': {
      parameters: [inPath('ownerId', { type: 'string', format: 'uuid' })],
      post: {
        ...security('write'),
        requestBody: { required: true, ...json(ref('NewPet')) },
        responses: { 201: answer(ref('Pet')), 404: problem },
      },
      get: { responses: { 200: answer({ type: 'array', items: ref('Pet') }), 404: problem } },
    },
    '/pets': {
      post: {
        ...security('write'),
        requestBody: { required: true, ...json(ref('NewPet')) },
        responses: { 201: answer(ref('Pet')), 409: problem, 422: problem },
      },
      get: {
        parameters: [
          query('page', { type: 'integer', minimum: 1, default: 1 }),
          query('per_page', { type: 'integer', minimum: 1, maximum: 50, default: 10 }),
          query('kind', ref('Kind')),
          query('q', { type: 'string' }),
          query('order_by', { type: 'string' }),
          query('direction', { type: 'string', enum: ['asc', 'desc'] }),
        ],
        responses: {
          200: answer({
            type: 'object',
            required: ['data', 'meta'],
            properties: {
              data: { type: 'array', items: ref('Pet') },
              meta: {
                type: 'object',
                required: ['total', 'total_pages'],
                properties: {
                  total: { type: 'integer' },
                  page: { type: 'integer' },
                  per_page: { type: 'integer' },
                  total_pages: { type: 'integer' },
                  next: { type: 'string', nullable: true },
                },
              },
            },
          }),
        },
      },
    },
    '/pets/{petId}': {
      parameters: [inPath('petId', { type: 'integer' })],
      get: { responses: { 200: answer(ref('Pet')), 404: problem } },
      patch: {
        ...security('write'),
        requestBody: { required: true, ...json(ref('PetPatch')) },
        responses: { 200: answer(ref('Pet')), 404: problem },
      },
      delete: { ...security('write'), responses: { 200: answer(ref('Pet')), 404: problem } },
    },
    '/pets/{petId}/adopt': {
      parameters: [inPath('petId', { type: 'integer' })],
      post: { ...security('write'), responses: { 200: answer(ref('Pet')), 404: problem } },
    },
    '/pets/{petId}/photos': {
      parameters: [inPath('petId', { type: 'integer' })],
      post: {
        ...security('write'),
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: { type: 'object', required: ['photo'], properties: { photo: { type: 'string', format: 'binary' } } },
            },
          },
        },
        responses: { 201: answer(ref('Photo')), 404: problem },
      },
    },
    '/pets/{petId}/photos/{filename}': {
      parameters: [inPath('petId', { type: 'integer' }), inPath('filename', { type: 'string' })],
      get: {
        responses: {
          200: { description: 'bytes', content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } },
          404: problem,
        },
      },
      delete: { ...security('write'), responses: { 204: none, 404: problem } },
    },
    '/tags': { get: { responses: { 200: answer({ type: 'array', items: ref('Tag') }) } } },
    '/tags/{slug}': { get: { parameters: [inPath('slug', { type: 'string' })], responses: { 200: answer(ref('Tag')), 404: none } } },
  },
  components: {
    securitySchemes: {
      oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/token', scopes: { write: 'w', admin: 'a' } } } },
    },
    schemas: {
      Kind: { type: 'string', enum: ['cat', 'dog'] },
      NewOwner: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: { name: { type: 'string', minLength: 1 }, phone: { type: 'string', nullable: true } },
      },
      Owner: {
        type: 'object',
        required: ['id', 'name', 'createdAt', 'createdBy'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          name: { type: 'string' },
          phone: { type: 'string', nullable: true },
          createdAt: { type: 'string', format: 'date-time' },
          createdBy: { type: 'string' },
        },
      },
      NewPet: {
        type: 'object',
        required: ['name', 'kind'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 40 },
          kind: ref('Kind'),
          ownerId: { type: 'string', format: 'uuid' },
          chip: { type: 'string', pattern: '^[A-Z]{3}\\d{4}$' },
        },
      },
      PetPatch: {
        type: 'object',
        minProperties: 1,
        properties: { name: { type: 'string', minLength: 1, maxLength: 40 }, chip: { type: 'string', nullable: true } },
      },
      Pet: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'name', 'kind', 'state', 'weight'],
        properties: {
          id: { type: 'integer' },
          name: { type: 'string' },
          kind: ref('Kind'),
          ownerId: { type: 'string', format: 'uuid', nullable: true },
          chip: { type: 'string', nullable: true },
          state: { type: 'string', enum: ['available', 'adopted'] },
          weight: { type: 'number', minimum: 0.5, maximum: 90 },
          photos: { type: 'array', items: ref('Photo') },
        },
      },
      Photo: {
        type: 'object',
        required: ['filename', 'size'],
        properties: { filename: { type: 'string' }, size: { type: 'integer' }, content_type: { type: 'string' } },
      },
      Tag: { type: 'object', required: ['slug'], properties: { slug: { type: 'string' }, title: { type: 'string' } } },
      Problem: {
        type: 'object',
        required: ['code', 'message', 'problems'],
        properties: {
          code: { type: 'integer' },
          message: { type: 'string' },
          problems: {
            type: 'array',
            items: {
              type: 'object',
              required: ['field', 'message'],
              properties: { field: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};
