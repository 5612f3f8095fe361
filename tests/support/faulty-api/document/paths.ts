/** The operations. */
import type { Json, JsonObject } from '../../../../src/lib/json.ts';
import * as samples from '../samples.ts';
import { nothing, refusals, sharedHeaders, success } from './responses.ts';

const parameter = (name: string): JsonObject => ({ $ref: `#/components/parameters/${name}` });
const always = [400, 422, 431] as const;

interface Parts {
  readonly tag: string;
  readonly summary: string;
  readonly parameters?: readonly string[];
  readonly body?: JsonObject;
  readonly success: JsonObject;
  /** Beside 400, 401, 422 and 431, which everything answers. */
  readonly refusals: readonly number[];
}

function operation(id: string, parts: Parts): JsonObject {
  return {
    operationId: id,
    tags: [parts.tag],
    summary: parts.summary,
    ...(parts.parameters && { parameters: parts.parameters.map(parameter) }),
    ...(parts.body && { requestBody: parts.body }),
    responses: { ...parts.success, ...refusals(...always, 401, ...parts.refusals) },
  };
}

function json(schema: string, examples: Readonly<Record<string, Json>>, types: readonly string[] = ['application/json']): JsonObject {
  const named = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  return {
    required: true,
    content: Object.fromEntries(types.map((type) => [type, { schema: { $ref: `#/components/schemas/${schema}` }, examples: named }])),
  };
}

const unsafeBody = [403, 406, 413, 415] as const;
const created = { Location: 'Location' };
const tagged = { ETag: 'ETag' };
const follow = (operationId: string, name: string): JsonObject => ({
  [operationId]: { operationId, parameters: { [name]: '$response.body#/id' } },
});

const telescopes: JsonObject = {
  get: operation('listTelescopes', {
    tag: 'telescopes',
    summary: 'The telescopes of the institute, oldest first',
    parameters: [
      'TelescopeLimit',
      'TelescopeOffset',
      'TelescopeKindFilter',
      'TelescopeActiveFilter',
      'TelescopeNameFilter',
      'TelescopeSearch',
      'TelescopeSort',
    ],
    success: { 200: success('A page.', 'TelescopePage', { headers: { 'X-Total-Count': 'TotalCount' } }) },
    refusals: [406],
  }),
  post: operation('createTelescope', {
    tag: 'telescopes',
    summary: 'Adds a telescope',
    body: json('Telescope', { full: samples.telescope(), bare: samples.bareTelescope() }),
    success: { 201: success('Added.', 'Telescope', { headers: { ...created, ...tagged }, links: follow('getTelescope', 'telescope_id') }) },
    refusals: [...unsafeBody, 409],
  }),
};

const telescopeItem: JsonObject = {
  parameters: [parameter('TelescopeId')],
  get: operation('getTelescope', {
    tag: 'telescopes',
    summary: 'One telescope',
    parameters: ['IfNoneMatch'],
    success: { 200: success('The telescope.', 'Telescope', { headers: tagged }), 304: nothing('It is as the entity tag says.', tagged) },
    refusals: [404, 406],
  }),
  put: operation('replaceTelescope', {
    tag: 'telescopes',
    summary: 'Replaces all that may be written',
    parameters: ['IfMatch'],
    body: json('Telescope', { full: samples.telescope({ name: 'Replaced Dish' }) }),
    success: { 200: success('Replaced.', 'Telescope', { headers: tagged }) },
    refusals: [...unsafeBody, 404, 409, 412],
  }),
  patch: operation('patchTelescope', {
    tag: 'telescopes',
    summary: 'Changes what is named',
    parameters: ['IfMatch'],
    body: json('TelescopePatch', { elevation: { site: { elevation_m: 2640 } }, off: { active: false } }, [
      'application/merge-patch+json',
      'application/json',
    ]),
    success: { 200: success('Changed.', 'Telescope', { headers: tagged }) },
    refusals: [...unsafeBody, 404, 409, 412],
  }),
  delete: operation('deleteTelescope', {
    tag: 'telescopes',
    summary: 'Removes a telescope with its observations and its frame',
    parameters: ['IfMatch'],
    success: { 204: nothing('Removed.') },
    refusals: [403, 404, 412],
  }),
};

const frame: JsonObject = {
  parameters: [parameter('TelescopeId')],
  get: operation('downloadFrame', {
    tag: 'frames',
    summary: 'The latest frame, byte for byte',
    success: {
      200: {
        description: 'The bytes.',
        headers: sharedHeaders({ 'X-Checksum-Sha256': 'Checksum' }),
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    },
    refusals: [404, 406],
  }),
  put: operation('uploadFrame', {
    tag: 'frames',
    summary: 'Keeps a frame of any bytes, at least one',
    body: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary', minLength: 1 } } } },
    success: { 200: success('Replaced.', 'Frame'), 201: success('Kept.', 'Frame', { headers: created }) },
    refusals: [...unsafeBody, 404],
  }),
};

const observations: JsonObject = {
  parameters: [parameter('TelescopeId')],
  get: operation('listObservations', {
    tag: 'observations',
    summary: 'The observations of a telescope, oldest first',
    parameters: ['ObservationPageNumber', 'ObservationPageSize', 'ObservationStateFilter', 'ObservationPriorityFilter', 'ObservationSort'],
    success: { 200: success('A page.', 'ObservationPage') },
    refusals: [404, 406],
  }),
  post: operation('requestObservation', {
    tag: 'observations',
    summary: 'Asks for an observation',
    body: json('Observation', {
      fixed: samples.observation(),
      tracked: samples.observation({ pointing: { mode: 'tracked', catalogue: 'NGC224' } }),
    }),
    success: { 201: success('Asked for.', 'Observation', { headers: created }) },
    refusals: [...unsafeBody, 404],
  }),
};

const observationItem: JsonObject = {
  parameters: [parameter('TelescopeId'), parameter('ObservationId')],
  get: operation('getObservation', {
    tag: 'observations',
    summary: 'One observation',
    success: { 200: success('The observation.', 'Observation') },
    refusals: [404, 406],
  }),
  delete: operation('cancelObservation', {
    tag: 'observations',
    summary: 'Withdraws an observation',
    success: { 204: nothing('Withdrawn.') },
    refusals: [403, 404],
  }),
};

const targets: JsonObject = {
  get: operation('listTargets', {
    tag: 'targets',
    summary: 'The catalogue by id',
    parameters: ['TargetCursor', 'TargetLimit', 'TargetKindFilter'],
    success: { 200: success('A page.', 'TargetPage') },
    refusals: [406],
  }),
  post: operation('addTarget', {
    tag: 'targets',
    summary: 'Adds a target to the catalogue',
    body: json('Target', { star: samples.star(), comet: samples.comet(), galaxy: samples.galaxy() }),
    success: { 201: success('Added.', 'Target', { headers: created, links: follow('getTarget', 'target_id') }) },
    refusals: [...unsafeBody, 409],
  }),
};

const targetItem: JsonObject = {
  parameters: [parameter('TargetId')],
  get: operation('getTarget', {
    tag: 'targets',
    summary: 'One target',
    success: { 200: success('The target.', 'Target') },
    refusals: [404, 406],
  }),
  delete: operation('removeTarget', {
    tag: 'targets',
    summary: 'Removes a target',
    success: { 204: nothing('Removed.') },
    refusals: [403, 404],
  }),
};

const notes: JsonObject = {
  get: operation('listNotes', {
    tag: 'notes',
    summary: 'Your own notes, oldest first',
    parameters: ['NoteLimit', 'NoteOffset', 'NotePinnedFilter'],
    success: { 200: success('A page.', 'NotePage', { headers: { 'X-Total-Count': 'TotalCount' } }) },
    refusals: [406],
  }),
  post: operation('writeNote', {
    tag: 'notes',
    summary: 'Keeps a note that nobody else sees',
    body: json('Note', { note: samples.note() }),
    success: { 201: success('Kept.', 'Note', { headers: created }) },
    refusals: [...unsafeBody],
  }),
};

const noteItem: JsonObject = {
  parameters: [parameter('NoteId')],
  get: operation('getNote', {
    tag: 'notes',
    summary: 'One of your notes',
    success: { 200: success('The note.', 'Note') },
    refusals: [404, 406],
  }),
  delete: operation('deleteNote', { tag: 'notes', summary: 'Removes a note', success: { 204: nothing('Removed.') }, refusals: [403, 404] }),
};

/** Path items by path template. */
export const paths: JsonObject = {
  '/health': {
    get: {
      operationId: 'getHealth',
      tags: ['health'],
      summary: 'Whether the observatory answers',
      security: [],
      responses: { 200: success('It does.', 'Health', { example: { status: 'ok' } }), ...refusals(...always, 406) },
    },
  },
  '/telescopes': telescopes,
  '/telescopes/{telescope_id}': telescopeItem,
  '/telescopes/{telescope_id}/frame': frame,
  '/telescopes/{telescope_id}/observations': observations,
  '/telescopes/{telescope_id}/observations/{observation_id}': observationItem,
  '/targets': targets,
  '/targets/{target_id}': targetItem,
  '/notes': notes,
  '/notes/{note_id}': noteItem,
};
