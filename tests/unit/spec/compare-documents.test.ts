import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { pointerTokens } from '../../../src/lib/json-pointer.ts';
import { compareDocuments, type Drift } from '../../../src/spec/compare-documents.ts';

const pet = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, owner: { $ref: '#/components/schemas/Owner' } } };

const locked: JsonObject = {
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/pets': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }],
        responses: {
          200: {
            description: '',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items'],
                  properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } },
                },
              },
            },
          },
        },
        security: [{ key: [] }],
      },
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { tag: { enum: ['a', 'b'] } } } } } },
        responses: { 201: { description: '' } },
      },
    },
    '/owners': {
      get: { responses: { 200: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Owner' } } } } } },
    },
  },
  components: { schemas: { Pet: pet, Owner: { type: 'object', properties: { id: { type: 'integer' } } }, Unused: {} } },
};

/** The document with another value at a pointer, or without the member there. */
function replaced(document: Json, [token, ...rest]: readonly string[], value: Json | undefined): Json {
  if (token === undefined) return value ?? null;
  const entries = new Map(Object.entries(document ?? {}) as [string, Json][]);
  if (rest.length === 0 && value === undefined) entries.delete(token);
  else entries.set(token, replaced(entries.get(token) ?? {}, rest, value));
  return Array.isArray(document) ? [...entries.values()] : Object.fromEntries(entries);
}

type Change = (document: JsonObject) => JsonObject;

const set =
  (pointer: string, value?: Json): Change =>
  (document) =>
    replaced(document, pointerTokens(pointer), value) as JsonObject;

const json = 'application/json';
const drift = (...changes: Change[]): readonly Drift[] =>
  compareDocuments(
    locked,
    changes.reduce((document, change) => change(document), locked),
  );

describe('compareDocuments', () => {
  it('finds nothing between documents that differ only in the order of members and of unordered lists', () => {
    const turned = JSON.parse(JSON.stringify(locked), (_, entry: unknown) =>
      typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? Object.fromEntries(Object.entries(entry).toReversed()) : entry,
    ) as JsonObject;
    expect(compareDocuments(locked, turned)).toEqual([]);
    const list = (required: Json): JsonObject => ({ components: { schemas: { A: { required } } } });
    expect(compareDocuments(list(['a', 'b']), list(['b', 'a']))).toEqual([]);
  });

  it.each<[string, Change, { kind: string; operation?: string; what: string }]>([
    [
      'a new operation',
      set('/paths/~1pets/delete', { responses: {} }),
      { kind: 'added', operation: 'DELETE /pets', what: 'DELETE /pets is new' },
    ],
    ['an operation that is gone', set('/paths/~1pets/post'), { kind: 'removed', operation: 'POST /pets', what: 'POST /pets is gone' }],
    ['a path that is gone', set('/paths/~1owners'), { kind: 'removed', operation: 'GET /owners', what: 'GET /owners is gone' }],
    [
      'a new status',
      set('/paths/~1pets/get/responses/404', { description: '' }),
      { kind: 'added', operation: 'GET /pets', what: 'GET /pets: status 404 is new' },
    ],
    [
      'a media type that is gone',
      set('/paths/~1pets/get/responses/200/content/application~1json'),
      { kind: 'removed', operation: 'GET /pets', what: 'response 200 of GET /pets: media type application/json is gone' },
    ],
    [
      'a property that is no longer required',
      set('/paths/~1pets/get/responses/200/content/application~1json/schema/required', []),
      { kind: 'removed', operation: 'GET /pets', what: 'response 200 of GET /pets: property `items` is no longer required' },
    ],
    [
      'a new parameter',
      set('/paths/~1pets/get/parameters/1', { name: 'q', in: 'query' }),
      { kind: 'added', operation: 'GET /pets', what: 'GET /pets: parameter `q` in query is new' },
    ],
    [
      'a bound of a parameter',
      set('/paths/~1pets/get/parameters/0/schema/maximum', 50),
      { kind: 'changed', operation: 'GET /pets', what: 'parameter `limit` of GET /pets: `maximum` was 100, is 50' },
    ],
    [
      'a parameter that is now required',
      set('/paths/~1pets/get/parameters/0/required', true),
      { kind: 'added', operation: 'GET /pets', what: 'parameter `limit` of GET /pets: is now required' },
    ],
    [
      'a new value of an enum',
      set('/paths/~1pets/post/requestBody/content/application~1json/schema/properties/tag/enum/2', 'c'),
      { kind: 'added', operation: 'POST /pets', what: 'request body of POST /pets: property `tag`: value "c" is new' },
    ],
    [
      'a new security alternative',
      set('/paths/~1pets/get/security/1', {}),
      { kind: 'added', operation: 'GET /pets', what: 'GET /pets: security alternative {} is new' },
    ],
    [
      'a property of a component, naming who uses it',
      set('/components/schemas/Owner/properties/id/type', 'string'),
      { kind: 'changed', what: 'schema Owner (used by GET /owners, GET /pets): property `id`: `type` was "integer", is "string"' },
    ],
    [
      'a component that nothing uses',
      set('/components/schemas/Unused'),
      { kind: 'removed', what: 'schema Unused (used by no operation) is gone' },
    ],
    [
      'a deep property',
      set('/paths/~1pets/get/responses/200/content/application~1json/schema/properties/items/items', { properties: { a: {} } }),
      {
        kind: 'removed',
        operation: 'GET /pets',
        what: 'response 200 of GET /pets: property `items[]`: `$ref` is gone: "#/components/schemas/Pet"',
      },
    ],
    ['the version', set('/info/version', '2'), { kind: 'changed', what: 'the document: info: `version` was "1", is "2"' }],
  ])('tells %s', (_, change, want) => {
    expect(drift(change)[0]).toMatchObject({ operation: undefined, ...want });
  });

  it('counts the operations that use a component when they are many', () => {
    const paths = Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((n) => [
        `/p${n}`,
        { get: { responses: { 200: { description: '', content: { [json]: { schema: { $ref: '#/components/schemas/A' } } } } } } },
      ]),
    );
    const [only] = compareDocuments(
      { paths, components: { schemas: { A: { type: 'string' } } } },
      { paths, components: { schemas: { A: { type: 'number' } } } },
    );
    expect(only?.what).toBe('schema A (used by 6 operations): `type` was "string", is "number"');
  });

  it('puts whole operations first, then operations, then components, then the rest, with pointers into the document that has the place', () => {
    const got = drift(
      set('/info/version', '2'),
      set('/components/schemas/New', {}),
      set('/paths/~1pets/get/responses/404', { description: '' }),
      set('/paths/~1owners'),
    );
    expect(got.map(({ pointer }) => pointer)).toEqual([
      '/paths/~1owners/get',
      '/paths/~1pets/get/responses/404',
      '/components/schemas/New',
      '/info/version',
    ]);
  });

  it('compares examples and extensions as a whole', () => {
    const [only, ...others] = compareDocuments({ 'x-a': { b: 1, c: 2 } }, { 'x-a': { b: 2, d: 1 } });
    expect(only?.what).toBe('the document: `x-a` was {"b":1,"c":2}, is {"b":2,"d":1}');
    expect(others).toEqual([]);
  });
});
