import type { Json, JsonObject } from '../../../src/lib/json.ts';

const media = (type: string, schema: Json): JsonObject => ({ content: { [type]: { schema } } });
const object = (properties: JsonObject, required: readonly string[] = Object.keys(properties)): JsonObject => ({
  type: 'object',
  properties,
  required: [...required],
  additionalProperties: false,
});
const api = 'application/vnd.api+json';
const hal = 'application/hal+json';
const none: Json = { description: '' };
const gives = (status: string, content?: JsonObject): Json => ({
  ...Object.fromEntries(['400', '404', '409'].map((other) => [other, none])),
  [status]: { description: '', ...content },
});
const query = (name: string, schema: Json): Json => ({ name, in: 'query', schema });
const inPath = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const text: Json = { type: 'string' };
const link: Json = object({ href: text });
const attributes: JsonObject = {
  name: { type: 'string', minLength: 1, maxLength: 60, description: 'No two orchards have the same.' },
  crop: { enum: ['apple', 'pear', 'plum'] },
  area: { type: 'integer', minimum: 1, maximum: 100 },
};
const identified = (type: string): JsonObject => object({ type: { const: type }, id: text });
const orchard = object({ type: { const: 'orchards' }, id: text, attributes: object(attributes) });
const tree = object({
  type: { const: 'trees' },
  id: text,
  attributes: object({ label: text }),
  relationships: object({ orchard: object({ data: identified('orchards') }) }),
});
const single = (resource: Json): JsonObject => media(api, object({ jsonapi: { type: 'object' }, data: resource }));
const several = (resource: Json): JsonObject =>
  media(api, object({ data: { type: 'array', items: resource }, meta: object({ total: { type: 'integer' } }) }));
const { id: _, ...unnamedTree } = tree['properties'] as JsonObject;
const newOrchard = object({ data: object({ type: { const: 'orchards' }, attributes: object(attributes) }) });
const change = object({ data: object({ type: { const: 'orchards' }, id: text, attributes: object(attributes, []) }) });
const embedded = (name: string, item: Json): JsonObject =>
  object({
    _embedded: object({ [name]: { type: 'array', items: item } }),
    _links: object({ self: link, next: link }, ['self']),
    page: object({ size: { type: 'integer' }, number: { type: 'integer' }, totalElements: { type: 'integer' } }),
  });
const team = object({ id: text, name: text, motto: text }, ['id', 'name']);
const changes: Json = {
  type: 'array',
  items: {
    type: 'object',
    properties: { op: { enum: ['add', 'remove', 'replace', 'test'] }, path: text, value: {} },
    required: ['op', 'path'],
  },
};

const job = object({ id: text, status: { enum: ['queued', 'running', 'done'] }, progress: { type: 'integer' } });

/** A contract of orchards and their trees in the manner of JSON:API, of teams and their members in that of HAL, and of exports that take their time. */
export const orchardsDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Orchards', version: '1' },
  paths: {
    '/orchards': {
      get: {
        parameters: [
          query('filter[crop]', attributes['crop'] ?? null),
          query('page[number]', { type: 'integer', minimum: 1, default: 1 }),
          query('page[size]', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
          query('sort', { type: 'array', items: { enum: ['name', '-name', 'area', '-area'] } }),
        ],
        responses: gives('200', several(orchard)),
      },
      post: { requestBody: { required: true, ...media(api, newOrchard) }, responses: gives('201', single(orchard)) },
    },
    '/orchards/{id}': {
      parameters: [inPath('id')],
      get: { responses: gives('200', single(orchard)) },
      patch: { requestBody: { required: true, ...media(api, change) }, responses: gives('200', single(orchard)) },
      delete: { responses: gives('204') },
    },
    '/orchards/{id}/trees': { parameters: [inPath('id')], get: { responses: gives('200', several(tree)) } },
    '/trees': {
      post: {
        requestBody: { required: true, ...media(api, object({ data: object(unnamedTree) })) },
        responses: gives('201', single(tree)),
      },
    },
    '/trees/{id}': {
      parameters: [inPath('id')],
      get: { responses: gives('200', single(tree)) },
      delete: { responses: gives('204') },
    },
    '/teams': {
      get: {
        parameters: [
          query('page', { type: 'integer', minimum: 0, default: 0 }),
          query('size', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
          query('sort', { enum: ['name,asc', 'name,desc'] }),
        ],
        responses: gives('200', media(hal, embedded('teams', team))),
      },
      post: {
        requestBody: { required: true, ...media('application/json', object({ name: text, motto: text }, ['name'])) },
        responses: gives('201', media(hal, team)),
      },
    },
    '/teams/{id}': {
      parameters: [inPath('id')],
      get: { responses: gives('200', media(hal, team)) },
      patch: {
        requestBody: { required: true, ...media('application/json-patch+json', changes) },
        responses: gives('200', media(hal, team)),
      },
      delete: { responses: gives('204') },
    },
    '/teams/{id}/members': {
      parameters: [inPath('id')],
      get: {
        responses: gives(
          '200',
          media(
            hal,
            object(
              { _embedded: object({ members: { type: 'array', items: object({ userId: text }) } }, []), _links: object({ self: link }) },
              ['_links'],
            ),
          ),
        ),
      },
    },
    '/teams/{id}/members/{userId}': {
      parameters: [inPath('id'), inPath('userId')],
      put: { responses: gives('204') },
      delete: { responses: gives('204') },
    },
    '/exports': { post: { responses: gives('202', media('application/json', job)) } },
    '/exports/{id}': { parameters: [inPath('id')], get: { responses: gives('200', media('application/json', job)) } },
    '/exports/{id}/result': {
      parameters: [inPath('id')],
      get: { responses: gives('200', media('application/json', { type: 'array', items: team })) },
    },
    '/users': { get: { responses: gives('200', media(hal, embedded('users', team))) } },
  },
};
