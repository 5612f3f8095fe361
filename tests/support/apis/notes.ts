import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { readText } from '../../../src/spec/read-text.ts';
import { answered } from '../converse.ts';

const note: Json = {
  type: 'object',
  required: ['id', 'title', 'stars'],
  properties: { id: { type: 'integer' }, title: { type: 'string' }, stars: { type: 'integer' }, colour: { type: 'string' } },
};
const written: Json = {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 40 },
    stars: { type: 'integer', minimum: 1, maximum: 5 },
    colour: { enum: ['red', 'blue'] },
  },
};
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const one = (status: string): Json => ({
  [status]: { description: '', content: json(note) },
  404: { description: '' },
  422: { description: '' },
});
const id: Json = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const query = (name: string, schema: Json): Json => ({ name, in: 'query', schema });

/** A small contract of notes: created, read, listed with limit, offset, a filter and an order, replaced, patched, deleted. */
export const notesDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  security: [{ bearer: [] }],
  paths: {
    '/notes': {
      post: { requestBody: { required: true, content: json(written) }, responses: one('201') },
      get: {
        parameters: [
          query('limit', { type: 'integer', minimum: 1 }),
          query('offset', { type: 'integer', minimum: 0 }),
          query('stars', { type: 'integer' }),
          query('sort', { enum: ['stars', '-stars'] }),
        ],
        responses: {
          200: {
            description: '',
            content: json({ type: 'object', properties: { items: { type: 'array', items: note }, total: { type: 'integer' } } }),
          },
        },
      },
    },
    '/notes/{id}': {
      get: { parameters: [id], responses: one('200') },
      put: { parameters: [id], requestBody: { required: true, content: json(written) }, responses: one('200') },
      patch: { parameters: [id], requestBody: { required: true, content: json({ ...written, required: [] }) }, responses: one('200') },
      delete: { parameters: [id], responses: { 204: { description: '' }, 404: { description: '' } } },
    },
  },
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
};

const contract = createContract(notesDocument);

/** Whether the parameters, as the text that they are in a URL, are what the contract allows. */
function allowed({ request }: Case): boolean {
  return request.parameters.every(({ name, value }) => {
    const place = request.operation.parameters.find((parameter) => parameter.name === name)?.schema;
    return (
      place === undefined ||
      contract.validators.validate(place, readText(String(value), contract.resolve(place).schema), 'request').kind === 'valid'
    );
  });
}

/** Ways in which the API can be made to break its promises. */
export type NotesFault =
  | 'open-door'
  | 'takes-anything'
  | 'refuses-five'
  | 'forgets'
  | 'swaps'
  | 'undead'
  | 'unlisted'
  | 'patch-resets'
  | 'put-merges'
  | 'put-counts'
  | 'trace'
  | 'no-limit'
  | 'no-offset'
  | 'no-filter'
  | 'no-sort'
  | 'short-total'
  | 'wrong-location'
  | 'reader-writes'
  | 'method-anything'
  | 'any-type';

interface Note extends JsonObject {
  readonly id: number;
  readonly title: string;
  readonly stars: number;
}

/** The API of the contract, as a function; correct but for the faults named. */
export function createNotesApi(...faults: readonly NotesFault[]): (request: Case) => Answer {
  const notes = new Map<number, Note>();
  let last = 0;
  const broken = (fault: NotesFault): boolean => faults.includes(fault);
  const valid = (body: Json | undefined, required: boolean): body is JsonObject => {
    if (broken('takes-anything')) return isObject(body);
    if (!isObject(body) || (required && body['title'] === undefined)) return false;
    const { title, stars, colour } = body;
    if (title !== undefined && (typeof title !== 'string' || title.length < 1 || [...title].length > 40)) return false;
    if (
      stars !== undefined &&
      (typeof stars !== 'number' || !Number.isInteger(stars) || stars < 1 || stars > (broken('refuses-five') ? 4 : 5))
    )
      return false;
    return colour === undefined || colour === 'red' || colour === 'blue';
  };
  const list = (parameters: ReadonlyMap<string, Json>): Answer => {
    const wanted = parameters.get('stars');
    const all = [...notes.values()]
      .filter((item) => wanted === undefined || broken('no-filter') || item.stars === wanted)
      .slice(broken('unlisted') ? 1 : 0);
    const sort = parameters.get('sort');
    if (sort !== undefined && !broken('no-sort')) all.sort((a, b) => (sort === 'stars' ? a.stars - b.stars : b.stars - a.stars));
    const from = broken('no-offset') ? 0 : Number(parameters.get('offset') ?? 0);
    const items = all.slice(from, broken('no-limit') ? undefined : from + Number(parameters.get('limit') ?? 50));
    return answered(200, { items, total: broken('short-total') ? items.length : all.length });
  };
  const create = (body: Json | undefined): Answer => {
    if (!valid(body, true)) return answered(422);
    const made: Note = { colour: 'red', stars: 1, ...body, id: (last += 1), title: broken('forgets') ? 'x' : String(body['title']) };
    notes.set(made.id, made);
    return answered(201, { ...made, title: String(body['title']) }, { location: `/notes/${broken('wrong-location') ? 99 : made.id}` });
  };
  const write = (found: Note, body: Json | undefined, whole: boolean): Answer => {
    if (!valid(body, whole)) {
      if (broken('trace') && isObject(body)) notes.set(found.id, { ...found, title: 'traced' });
      return answered(422);
    }
    const bare: JsonObject = { ...(whole && { colour: 'red' }), stars: 1, title: found.title };
    const rest: JsonObject = (whole && !broken('put-merges')) || (!whole && broken('patch-resets')) ? bare : found;
    const bumped = whole && broken('put-counts') ? { stars: (found.stars % 5) + 1 } : {};
    const changed = { ...rest, ...body, ...bumped, id: found.id } as unknown as Note;
    notes.set(found.id, changed);
    return answered(200, changed);
  };
  return (planned) => {
    const { request, credentials } = planned;
    const { operation, body } = request;
    const parameters = new Map(request.parameters.map(({ name, value }) => [name, value]));
    const method = request.method ?? operation.method;
    if (!broken('open-door') && (credentials.kind === 'none' || credentials.kind === 'broken')) return answered(401);
    if (credentials.kind === 'identity' && method !== 'GET' && !broken('reader-writes')) return answered(403);
    if (request.rawPath?.endsWith('/')) return answered(404);
    const contentType = request.headers?.find(([name]) => name === 'Content-Type')?.[1] ?? 'application/json';
    if (!/^application\/json(?:; charset=utf-8)?$/i.test(contentType) && !broken('any-type')) return answered(415);
    if (request.method !== undefined && request.method !== 'HEAD')
      return broken('method-anything')
        ? answered(200, {})
        : answered(405, undefined, { allow: operation.path === '/notes' ? 'GET, POST' : 'GET, PUT, PATCH, DELETE' });
    if (!allowed(planned)) return answered(422);
    if (operation.path === '/notes') return method === 'POST' ? create(body?.value) : list(parameters);
    const found = notes.get(Number(parameters.get('id')));
    if (!found) return answered(404);
    const shown = broken('swaps') ? (notes.get(found.id === 1 ? 2 : 1) ?? found) : found;
    if (method === 'GET' || method === 'HEAD') return answered(200, shown);
    if (method === 'DELETE') {
      if (!broken('undead')) notes.delete(found.id);
      return answered(204);
    }
    return write(found, body?.value, method === 'PUT');
  };
}
