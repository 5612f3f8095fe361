/** The document of a laboratory: studies that count their samples, and samples with a photo and one of two ways to be kept. */
import type { JsonObject } from '../../../src/lib/json.ts';

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const gives = (schema: JsonObject): JsonObject => ({ description: '', content: json(schema) });
const takes = (schema: JsonObject): JsonObject => ({ required: true, content: json(schema) });
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const refusals = (...statuses: readonly number[]): JsonObject =>
  Object.fromEntries(statuses.map((status) => [String(status), { description: '' }]));
const path = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: { type: 'string', format: 'uuid' } });
const object = (required: readonly string[], properties: JsonObject): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  required: [...required],
  properties,
});
const picture = { 'image/png': { schema: { type: 'string', format: 'binary' } } };

const studyFields = { title: { type: 'string', minLength: 3, maxLength: 60 } };
const storage = {
  oneOf: [
    object(['type', 'temperature'], {
      type: { const: 'freezer' },
      temperature: { type: 'integer', minimum: -90, maximum: 0 },
      box_code: { type: 'string', pattern: '^BX-[0-9]{4}$' },
    }),
    object(['type', 'room'], { type: { const: 'shelf' }, room: { type: 'integer', minimum: 1, maximum: 40 } }),
  ],
};
const sampleFields = { volume_ml: { type: 'number', minimum: 0, maximum: 500 }, storage };
const volume = { name: 'min_volume', in: 'query', schema: { type: 'number', minimum: 0, maximum: 500 } };

export const samplesDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Laboratory', version: '1' },
  components: {
    schemas: {
      Study: object(['id', 'title', 'sample_count'], {
        id: { type: 'string', format: 'uuid' },
        ...studyFields,
        sample_count: { type: 'integer', minimum: 0, description: 'How many samples it has now.' },
      }),
      Sample: object(['id', 'volume_ml', 'storage', 'has_photo'], {
        id: { type: 'string', format: 'uuid' },
        ...sampleFields,
        has_photo: { type: 'boolean' },
      }),
      SampleInput: {
        ...object(['volume_ml', 'storage'], sampleFields),
        examples: [{ volume_ml: 9, storage: { type: 'shelf', room: 4 } }],
      },
    },
  },
  paths: {
    '/studies': {
      post: { requestBody: takes(object(['title'], studyFields)), responses: { 201: gives(ref('Study')), ...refusals(422) } },
    },
    '/studies/{study_id}': {
      parameters: [path('study_id')],
      get: { responses: { 200: gives(ref('Study')), ...refusals(404) } },
      delete: { responses: { 204: { description: '' }, ...refusals(404) } },
    },
    '/studies/{study_id}/samples': {
      parameters: [path('study_id')],
      get: { parameters: [volume], responses: { 200: gives({ type: 'array', items: ref('Sample') }), ...refusals(404) } },
      post: { requestBody: takes(ref('SampleInput')), responses: { 201: gives(ref('Sample')), ...refusals(404, 422) } },
    },
    '/studies/{study_id}/samples.csv': {
      parameters: [path('study_id')],
      get: {
        summary: 'All samples of a study',
        responses: { 200: { description: '', content: { 'text/csv': { schema: { type: 'string' } } } }, ...refusals(404) },
      },
    },
    '/samples/{sample_id}': {
      parameters: [path('sample_id')],
      get: { responses: { 200: gives(ref('Sample')), ...refusals(404) } },
      delete: { responses: { 204: { description: '' }, ...refusals(404) } },
    },
    '/samples/{sample_id}/photo': {
      parameters: [path('sample_id')],
      get: { responses: { 200: { description: '', content: picture }, ...refusals(404) } },
      put: { requestBody: { required: true, content: picture }, responses: { ...refusals(204, 400, 404) } },
    },
    '/boxes/{code}': {
      parameters: [{ name: 'code', in: 'path', required: true, schema: { type: 'string', pattern: '^BX-[0-9]{4}$' } }],
      get: { responses: { 200: gives(object(['rows'], { rows: { type: 'integer' } })), ...refusals(404) } },
      put: {
        requestBody: takes(object(['rows'], { rows: { type: 'integer', minimum: 1, maximum: 9 } })),
        responses: { 200: { description: '' }, 201: { description: '' }, ...refusals(422) },
      },
    },
  },
};
