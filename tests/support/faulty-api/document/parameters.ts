/** Every parameter under a name of its own, so that a switch can bend one of them. */
import type { JsonObject } from '../../../../src/lib/json.ts';

const query = (name: string, schema: JsonObject, more: JsonObject = {}): JsonObject => ({ name, in: 'query', schema, ...more });
const path = (name: string, schema: JsonObject): JsonObject => ({ name, in: 'path', required: true, schema });
const header = (name: string): JsonObject => ({
  name,
  in: 'header',
  description: 'RFC 9110 section 13.1: `*`, or entity tags as they came in `ETag`.',
  schema: { type: 'string', pattern: '^(\\*|(W/)?"[^"]*"(, *(W/)?"[^"]*")*)$' },
});

const limit: JsonObject = { type: 'integer', minimum: 1, maximum: 100, default: 20 };
const offset: JsonObject = { type: 'integer', minimum: 0, maximum: 100_000, default: 0 };

/** Parameters by name, for `components.parameters`. */
export const parameters: JsonObject = {
  TelescopeId: path('telescope_id', { type: 'string', format: 'uuid' }),
  ObservationId: path('observation_id', { type: 'string', pattern: '^obs-[0-9]{6}$' }),
  TargetId: path('target_id', { type: 'integer', format: 'int32', minimum: 1, maximum: 2_147_483_647 }),
  NoteId: path('note_id', { type: 'string', format: 'uuid' }),
  IfMatch: header('If-Match'),
  IfNoneMatch: header('If-None-Match'),
  TelescopeLimit: query('limit', limit, { example: 10 }),
  TelescopeOffset: query('offset', offset),
  TelescopeKindFilter: query('kind', { $ref: '#/components/schemas/TelescopeKind' }),
  TelescopeActiveFilter: query('active', { type: 'boolean' }),
  TelescopeNameFilter: query('name', { type: 'string', minLength: 1, maxLength: 60 }),
  TelescopeSearch: query('q', { type: 'string', minLength: 1, maxLength: 40 }, { description: 'Part of the name, whatever its case.' }),
  TelescopeSort: query(
    'sort',
    { type: 'string', enum: ['name', '-name', 'aperture_m', '-aperture_m', 'created_at', '-created_at'], default: 'created_at' },
    { description: 'By this property; descending with a minus sign. Names by their UTF-16 code units.' },
  ),
  ObservationPageNumber: query('page', { type: 'integer', minimum: 1, maximum: 1000, default: 1 }),
  ObservationPageSize: query('size', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
  ObservationStateFilter: query('state', { type: 'string', enum: ['draft', 'queued', 'done'] }),
  ObservationPriorityFilter: query('priority', { type: 'integer', minimum: 1, maximum: 10 }),
  ObservationSort: query('sort', { type: 'string', enum: ['priority', '-priority', 'created_at', '-created_at'], default: 'created_at' }),
  TargetCursor: query('cursor', { type: 'string', pattern: '^c[0-9]{1,9}$' }, { description: 'From `next_cursor` of the page before.' }),
  TargetLimit: query('limit', limit),
  TargetKindFilter: query('kind', {
    type: 'array',
    minItems: 1,
    maxItems: 3,
    uniqueItems: true,
    items: { type: 'string', enum: ['star', 'comet', 'galaxy'] },
  }),
  NoteLimit: query('limit', limit),
  NoteOffset: query('offset', offset),
  NotePinnedFilter: query('pinned', { type: 'boolean' }),
};
