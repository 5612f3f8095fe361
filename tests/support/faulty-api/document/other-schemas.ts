/** Schemas of observations, targets, notes, health and problems. */
import type { JsonObject } from '../../../../src/lib/json.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const stamp: JsonObject = { type: 'string', format: 'date-time', readOnly: true };
const counted = (schema: string, rest: JsonObject): JsonObject => ({
  type: 'object',
  required: ['items', ...Object.keys(rest)],
  additionalProperties: false,
  properties: { items: { type: 'array', items: ref(schema) }, ...rest },
});
const total: JsonObject = { type: 'integer', minimum: 0 };

const observation: JsonObject = {
  type: 'object',
  required: ['id', 'telescope_id', 'requested_by', 'created_at', 'title', 'priority', 'state', 'window', 'exposures', 'pointing'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^obs-[0-9]{6}$', readOnly: true },
    telescope_id: { type: 'string', format: 'uuid', readOnly: true },
    requested_by: { type: 'string', readOnly: true },
    created_at: stamp,
    title: { type: 'string', minLength: 1, maxLength: 80 },
    priority: { type: 'integer', minimum: 1, maximum: 10 },
    state: { type: 'string', enum: ['draft', 'queued', 'done'] },
    remarks: { type: ['string', 'null'], maxLength: 500, description: 'null when it is left out.' },
    tags: { type: 'array', maxItems: 5, uniqueItems: true, items: { type: 'string', pattern: '^[a-z]{1,12}$' } },
    window: {
      type: 'object',
      required: ['starts_at'],
      additionalProperties: false,
      properties: { starts_at: { type: 'string', format: 'date-time' }, ends_at: { type: ['string', 'null'], format: 'date-time' } },
    },
    exposures: { type: 'array', minItems: 1, maxItems: 20, items: ref('Exposure') },
    pointing: ref('Pointing'),
  },
};

const observations: JsonObject = {
  Exposure: {
    type: 'object',
    required: ['filter', 'seconds'],
    additionalProperties: false,
    properties: {
      filter: { type: 'string', enum: ['clear', 'red', 'blue'] },
      seconds: { type: 'number', exclusiveMinimum: 0, maximum: 3600 },
      dither: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number', minimum: -60, maximum: 60 } },
    },
  },
  Pointing: {
    oneOf: [ref('FixedPointing'), ref('TrackedPointing')],
    discriminator: {
      propertyName: 'mode',
      mapping: { fixed: '#/components/schemas/FixedPointing', tracked: '#/components/schemas/TrackedPointing' },
    },
  },
  FixedPointing: {
    type: 'object',
    required: ['mode', 'right_ascension', 'declination'],
    additionalProperties: false,
    properties: {
      mode: { type: 'string', enum: ['fixed'] },
      right_ascension: { type: 'number', minimum: 0, exclusiveMaximum: 24 },
      declination: { type: 'number', minimum: -90, maximum: 90 },
    },
  },
  TrackedPointing: {
    type: 'object',
    required: ['mode', 'catalogue'],
    additionalProperties: false,
    properties: { mode: { type: 'string', enum: ['tracked'] }, catalogue: { type: 'string', pattern: '^(NGC|IC|M)[0-9]{1,4}$' } },
  },
  Observation: observation,
  ObservationPage: counted('Observation', {
    page: { type: 'integer', minimum: 1 },
    size: { type: 'integer', minimum: 1, maximum: 50 },
    total,
  }),
};

/** One kind of target: what all have, what this one has, and nothing else. */
const targetKind = (kind: string, required: readonly string[], properties: JsonObject): JsonObject => ({
  type: 'object',
  allOf: [ref('TargetBase')],
  required: ['kind', ...required],
  properties: { kind: { type: 'string', enum: [kind] }, ...properties },
  unevaluatedProperties: false,
});

const targets: JsonObject = {
  TargetBase: {
    type: 'object',
    required: ['id', 'added_by', 'name', 'magnitude'],
    properties: {
      id: { type: 'integer', format: 'int32', minimum: 1, maximum: 2_147_483_647, readOnly: true },
      added_by: { type: 'string', readOnly: true },
      name: { type: 'string', minLength: 1, maxLength: 40, description: 'Unique within an institute.' },
      magnitude: { type: 'number', minimum: -30, maximum: 30 },
      aliases: { type: 'array', maxItems: 10, uniqueItems: true, items: { type: 'string', minLength: 1, maxLength: 40 } },
    },
  },
  Star: targetKind('star', ['spectral_class'], {
    spectral_class: { type: 'string', enum: ['O', 'B', 'A', 'F', 'G', 'K', 'M'] },
    discovered_on: { type: ['string', 'null'], format: 'date', description: 'null when it is left out.' },
  }),
  Comet: targetKind('comet', ['perihelion_on'], {
    perihelion_on: { type: 'string', format: 'date' },
    period_years: { type: 'number', exclusiveMinimum: 0, maximum: 100_000 },
  }),
  Galaxy: targetKind('galaxy', ['morphology'], {
    morphology: { type: 'string', pattern: '^(E[0-7]|S[abc]|Irr)$' },
    redshift: { type: 'number', minimum: 0, maximum: 20 },
  }),
  Target: {
    oneOf: [ref('Star'), ref('Comet'), ref('Galaxy')],
    discriminator: {
      propertyName: 'kind',
      mapping: { star: '#/components/schemas/Star', comet: '#/components/schemas/Comet', galaxy: '#/components/schemas/Galaxy' },
    },
  },
  TargetPage: counted('Target', {
    next_cursor: { type: ['string', 'null'], pattern: '^c[0-9]{1,9}$', description: 'null on the last page.' },
  }),
};

const notes: JsonObject = {
  Note: {
    type: 'object',
    description: 'Private: only who wrote it sees it.',
    required: ['id', 'created_at', 'text', 'pinned'],
    additionalProperties: false,
    properties: {
      id: { type: 'string', format: 'uuid', readOnly: true },
      created_at: stamp,
      text: { type: 'string', minLength: 1, maxLength: 500 },
      pinned: { type: 'boolean' },
    },
  },
  NotePage: counted('Note', { total, limit: { type: 'integer', minimum: 1, maximum: 100 }, offset: { type: 'integer', minimum: 0 } }),
};

/** Schemas by name, for `components.schemas`. */
export const otherSchemas: JsonObject = {
  ...observations,
  ...targets,
  ...notes,
  Health: {
    type: 'object',
    required: ['status'],
    additionalProperties: false,
    properties: { status: { type: 'string', enum: ['ok'] } },
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457.',
    required: ['type', 'title', 'status'],
    additionalProperties: false,
    properties: {
      type: { type: 'string', format: 'uri-reference' },
      title: { type: 'string' },
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: { type: 'string' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['pointer', 'message'],
          additionalProperties: false,
          properties: { pointer: { type: 'string' }, message: { type: 'string' } },
        },
      },
    },
  },
};
