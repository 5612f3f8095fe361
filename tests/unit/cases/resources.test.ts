import { expect, test } from 'vitest';
import { inferResources } from '../../../src/cases/inference/resources.ts';
import type { Json } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

const object = (...names: readonly string[]): Json => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
});
const answers = (status: string, schema: Json): Json => ({
  responses: { [status]: { description: '', content: { 'application/json': { schema } } } },
});
const empty: Json = { responses: { 204: { description: '' } } };

const contract = createContract({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/shelves': { post: answers('201', object('shelfId', 'label')), get: answers('200', { type: 'array', items: object('shelfId') }) },
    '/shelves/{shelf_id}': { get: answers('200', object('shelfId')), delete: empty },
    '/shelves/{shelf_id}/books': {
      post: answers('201', { type: 'object', properties: { data: object('id', 'title') } }),
      get: answers('200', { type: 'object', properties: { items: { type: 'array', items: object('id') }, total: { type: 'integer' } } }),
    },
    '/shelves/{shelf_id}/books/{bookId}': { get: answers('200', object('id')), put: empty, delete: empty },
    '/books/archive/{bookId}': { post: empty },
    '/settings/{key}': { get: answers('200', object('value')), put: empty },
    '/loan-categories': { post: answers('201', object('uuid')), get: answers('200', { type: 'array', items: object('uuid') }) },
    '/shelves/{shelf_id}/visits': {
      post: answers('201', object('id', 'visitor')),
      get: answers('200', { type: 'array', items: object('id', 'visitor') }),
    },
    '/search': { post: answers('200', object('hits')), get: answers('200', { type: 'array', items: object('id') }) },
    '/halls/{code}': { get: answers('200', object('code', 'area')), put: answers('201', object('code', 'area')) },
    '/halls': { get: answers('200', { type: 'array', items: object('code', 'area') }) },
    '/loan-categories/{id}': { get: answers('200', object('uuid')) },
    '/letters': {
      get: answers('200', {
        type: 'object',
        properties: { tags: { type: 'array', items: { type: 'string' } }, letters: { type: 'array', items: object('ID') } },
      }),
    },
    '/letter/{ID}': { get: answers('200', object('ID')) },
    '/rooms': { post: answers('201', object('id', 'name')), get: answers('200', { type: 'array', items: object('id', 'name') }) },
    '/rooms/{room}': {
      parameters: [{ name: 'room', in: 'path', required: true, description: 'Room name', schema: { type: 'string' } }],
      get: answers('200', object('id', 'name')),
    },
    '/rooms/{room_name}/doors': { post: empty },
  },
});
const resources = inferResources(contract);
const named = (name: string) => resources.all.find((resource) => resource.name === name);

test('a collection and its items are a resource, with the property that identifies an item, also where an item has no path of its own', () => {
  expect(resources.all.map(({ name, identifier, create }) => [name, identifier, create?.id])).toEqual([
    ['shelves', 'shelfId', 'POST /shelves'],
    ['books', 'id', 'POST /shelves/{shelf_id}/books'],
    ['settings', undefined, 'PUT /settings/{key}'],
    ['halls', 'code', 'PUT /halls/{code}'],
    ['loan-categories', 'uuid', 'POST /loan-categories'],
    ['letter', 'ID', undefined],
    ['rooms', 'name', 'POST /rooms'],
    ['visits', 'id', 'POST /shelves/{shelf_id}/visits'],
  ]);
  expect(named('books')).toMatchObject({
    list: { id: 'GET /shelves/{shelf_id}/books' },
    replace: { method: 'PUT' },
    remove: { method: 'DELETE' },
    patch: undefined,
  });
});

test.each([
  ['POST /shelves/{shelf_id}/books', 'shelf_id', 'shelves'],
  ['GET /shelves/{shelf_id}/books/{bookId}', 'bookId', 'books'],
  ['POST /books/archive/{bookId}', 'bookId', 'books'],
  ['GET /settings/{key}', 'key', 'settings'],
  ['GET /letter/{ID}', 'ID', 'letter'],
  ['POST /rooms/{room_name}/doors', 'room_name', 'rooms'],
])('the parameter of %s: %s is filled by %s', (id, parameter, want) => {
  const operation = contract.operations.find((candidate) => candidate.id === id);
  expect(operation && resources.ofPathParameter(operation, parameter)?.name).toBe(want);
});

test.each([
  ['shelf_id', 'shelves'],
  ['shelfId', 'shelves'],
  ['parent_book_id', 'books'],
  ['category_id', 'loan-categories'],
  ['title', undefined],
  ['id', undefined],
  ['tax_id', undefined],
  ['hallCode', 'halls'],
  ['zip_code', undefined],
])('a property %s refers to %s', (name, want) => expect(resources.ofReference(name)?.name).toBe(want));

test('the key that a write chooses for the very thing that it writes refers to nothing', () => {
  const [put] = contract.operations.filter(({ id }) => id === 'PUT /halls/{code}');
  const [post] = contract.operations.filter(({ id }) => id === 'POST /shelves');
  expect([put, post].map((operation) => operation && resources.ofMember(operation, 'hall_code')?.name)).toEqual([undefined, 'halls']);
});

test('a list beside a path in the singular tells its identifiers', () =>
  expect(named('letter')).toMatchObject({ list: { id: 'GET /letters' }, identifier: 'ID' }));

test('what fills a parameter that is called like its thing, the description may tell', () =>
  expect(named('rooms')?.identifier).toBe('name'));

test('two members may name a thing, a thing below others is not made in another place, and of those that are called alike the outermost is meant', () => {
  const list: Json = answers('200', { type: 'array', items: object('id', 'kind', 'value') });
  const post: Json = {
    requestBody: { content: { 'application/json': { schema: object('kind', 'value') } } },
    ...(answers('201', object('kind', 'value')) as object),
  };
  const { all, ofPathParameter, ofReference, ofCall } = inferResources(
    createContract({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {
        '/marks': { post, get: list },
        '/marks/{kind}': { get: list },
        '/marks/{kind}/{value}': { get: answers('200', object('kind', 'value')), delete: empty },
        '/halls/{hall}/seats': { post: answers('201', object('id')) },
        '/shows/{show}/seats/{seat}': { get: answers('200', object('id')) },
        '/fans': { post: answers('201', object('id')), get: list },
        '/fans/{fanId}': { get: answers('200', object('id')) },
        '/clubs/{club}/fans': { get: list },
        '/clubs/{club}/fans/{fanId}': { get: answers('200', object('id')), delete: empty },
      },
    }),
  );
  expect(all.map(({ item }) => item)).toEqual(['/marks/{kind}/{value}', '/fans/{fanId}', '/clubs/{club}/fans/{fanId}']);
  const marks = all[0];
  expect(marks).toMatchObject({ name: 'marks', identifier: 'value', create: { id: 'POST /marks' } });
  expect(marks?.read && ofPathParameter(marks.read, 'kind')).toBe(marks);
  expect(['fan_id', 'fan', 'fanName', 'fare'].map((name) => [ofReference(name)?.item, ofCall(name)?.item])).toEqual([
    ['/fans/{fanId}', '/fans/{fanId}'],
    [undefined, '/fans/{fanId}'],
    [undefined, '/fans/{fanId}'],
    [undefined, undefined],
  ]);
});
