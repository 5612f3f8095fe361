/** Schemas of telescopes: one schema for both directions, told apart by `readOnly` and `writeOnly`. */
import type { JsonObject } from '../../../../src/lib/json.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const date: JsonObject = { type: 'string', format: 'date' };
const stamp: JsonObject = { type: 'string', format: 'date-time', readOnly: true };

/** What of a telescope may be written, by property. */
const written: JsonObject = {
  name: { type: 'string', minLength: 1, maxLength: 60, description: 'Unique within an institute.', examples: ['Great Dish'] },
  code: { type: 'string', pattern: '^[A-Z]{2,4}-[0-9]{1,3}$', examples: ['GD-1'] },
  kind: { $ref: '#/components/schemas/TelescopeKind' },
  aperture_m: { type: 'number', exclusiveMinimum: 0, maximum: 100, multipleOf: 0.01 },
  mirror_count: { type: 'integer', minimum: 1, maximum: 36 },
  hourly_rate: { type: 'number', minimum: 0, maximum: 99999.99, multipleOf: 0.01 },
  active: { type: 'boolean', default: true },
  site: ref('Site'),
  commissioned_on: date,
  decommissioned_on: { type: ['string', 'null'], format: 'date', description: 'null when it is left out.' },
  contact_email: { type: ['string', 'null'], format: 'email', maxLength: 120, description: 'null when it is left out.' },
  homepage: { type: 'string', format: 'uri', maxLength: 200 },
  labels: {
    type: 'object',
    maxProperties: 8,
    propertyNames: { pattern: '^[a-z_]{1,20}$' },
    additionalProperties: { type: 'string', maxLength: 40 },
  },
  instruments: { type: 'array', maxItems: 5, items: ref('Instrument') },
  assembly: ref('Part'),
  control_key: { type: 'string', minLength: 8, maxLength: 64, writeOnly: true, description: 'Never answered.' },
};

const telescope: JsonObject = {
  type: 'object',
  required: [
    'id',
    'owner',
    'version',
    'created_at',
    'updated_at',
    'observation_count',
    'name',
    'code',
    'kind',
    'aperture_m',
    'mirror_count',
    'site',
    'commissioned_on',
  ],
  additionalProperties: false,
  properties: {
    id: { type: 'string', format: 'uuid', readOnly: true },
    owner: { type: 'string', readOnly: true },
    version: { type: 'integer', minimum: 1, readOnly: true },
    created_at: stamp,
    updated_at: stamp,
    observation_count: { type: 'integer', minimum: 0, readOnly: true },
    ...written,
  },
};

const patch: JsonObject = {
  type: 'object',
  additionalProperties: false,
  description: 'A JSON Merge Patch (RFC 7396): what is not named stays as it is, in nested objects too.',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 60 },
    mirror_count: { type: 'integer', minimum: 1, maximum: 36 },
    hourly_rate: { type: 'number', minimum: 0, maximum: 99999.99, multipleOf: 0.01 },
    active: { type: 'boolean' },
    decommissioned_on: { type: ['string', 'null'], format: 'date' },
    site: {
      type: 'object',
      additionalProperties: false,
      properties: {
        latitude: { type: 'number', minimum: -90, maximum: 90 },
        longitude: { type: 'number', minimum: -180, exclusiveMaximum: 180 },
        elevation_m: { type: 'integer', minimum: -400, maximum: 6000 },
      },
    },
    instruments: { type: 'array', maxItems: 5, items: ref('Instrument') },
  },
};

/** Schemas by name, for `components.schemas`. */
export const telescopeSchemas: JsonObject = {
  TelescopeKind: { type: 'string', enum: ['optical', 'radio', 'infrared'] },
  Site: {
    type: 'object',
    required: ['latitude', 'longitude'],
    additionalProperties: false,
    properties: {
      latitude: { type: 'number', minimum: -90, maximum: 90 },
      longitude: { type: 'number', minimum: -180, exclusiveMaximum: 180 },
      elevation_m: { type: 'integer', minimum: -400, maximum: 6000 },
    },
  },
  Instrument: {
    type: 'object',
    required: ['name', 'channels'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 40 },
      channels: { type: 'array', maxItems: 6, items: ref('Channel') },
    },
  },
  Channel: {
    type: 'object',
    required: ['band'],
    additionalProperties: false,
    properties: {
      band: { type: 'string', enum: ['U', 'B', 'V', 'R', 'I'] },
      wavelengths_nm: { type: 'array', maxItems: 8, uniqueItems: true, items: { type: 'integer', minimum: 10, maximum: 1_000_000 } },
    },
  },
  Part: {
    type: 'object',
    description: 'A part of a telescope, made of parts.',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 30 },
      mass_kg: { type: 'number', minimum: 0, maximum: 1_000_000 },
      parts: { type: 'array', maxItems: 4, items: ref('Part') },
    },
  },
  Telescope: telescope,
  TelescopePatch: patch,
  TelescopePage: {
    type: 'object',
    required: ['items', 'total', 'limit', 'offset'],
    additionalProperties: false,
    properties: {
      items: { type: 'array', items: ref('Telescope') },
      total: { type: 'integer', minimum: 0 },
      limit: { type: 'integer', minimum: 1, maximum: 100 },
      offset: { type: 'integer', minimum: 0 },
    },
  },
  Frame: {
    type: 'object',
    required: ['size', 'sha256'],
    additionalProperties: false,
    properties: { size: { type: 'integer', minimum: 1 }, sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
  },
};
