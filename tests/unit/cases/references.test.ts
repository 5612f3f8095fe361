import { expect, test } from 'vitest';
import { createPlanning } from '../../../src/cases/planning.ts';
import { mapReferences, namedTwice, referencesIn, referencesOf } from '../../../src/cases/inference/references.ts';
import type { Json } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';
import { planOptions } from '../../support/plan-options.ts';

const thing: Json = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } };
const responses = (status: string): Json => ({ [status]: { description: '', content: { 'application/json': { schema: thing } } } });
const contract = createContract({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/books': { post: { responses: responses('201') } },
    '/books/{id}': { get: { responses: responses('200') } },
    '/readers': { post: { responses: responses('201') } },
    '/readers/{id}': { get: { responses: responses('200') } },
    '/loans': { post: { responses: responses('201') } },
  },
});
const planning = createPlanning(contract, {
  phases: new Set(),
  ...planOptions,
  authenticated: false,
});
const [loan] = contract.operations.filter(({ path }) => path === '/loans');
if (!loan) throw new TypeError('the document has loans');

test.each([
  ['a member', { book_id: 1 }, ['/book_id books']],
  ['a member of an object in a list', { lines: [{ bookId: 1 }, { bookId: 2 }] }, ['/lines/0/bookId books', '/lines/1/bookId books']],
  ['the id of an object that is named like the resource', { reader: { id: 3 } }, ['/reader/id readers']],
  ['the id of an object in a list of them', { books: [{ id: 1, days: 14 }] }, ['/books/0/id books']],
  ['a list of identifiers', { book_ids: [1, 2] }, ['/book_ids books']],
  ['nothing', { id: 1, note: { id: 2 }, tax_id: 'x', books: 2 }, []],
])('references of a body: %s', (_, body, want) =>
  expect(referencesIn(planning, loan, body).map(({ pointer, resource }) => `${pointer} ${resource.name}`)).toEqual(want),
);

test('a reference that leads nowhere is left out, one that does is put in, and a list becomes a list of one', () => {
  const body = { reader_id: 1, lines: [{ book_id: 1, days: 2 }], book_ids: [4, 5] };
  const found = mapReferences(planning, loan, body, ({ resource }) => (resource.name === 'books' ? 17 : undefined));
  expect(found).toEqual({ lines: [{ book_id: 17, days: 2 }], book_ids: [17] });
});

test('a body takes the references of another one, but for null and the place that is varied', () => {
  const body = { reader_id: null, book_id: 'x', lines: [{ book_id: 1 }, { book_id: 2 }] };
  const other = { reader_id: 8, lines: [{ book_id: 9 }] };
  expect(referencesOf(planning, loan, other)(body, '/book_id')).toEqual({ ...body, lines: [{ book_id: 9 }, { book_id: 9 }] });
});

test('a reference that nothing is known of is left out where the rest fits, and stays elsewhere', () => {
  const refer = referencesOf(planning, loan, { reader_id: 8 });
  const body = { reader_id: 1, shelf: { book_id: 2, row: 3 } };
  expect(refer(body, undefined, () => true)).toEqual({ reader_id: 8, shelf: { row: 3 } });
  expect(refer(body, undefined, () => false)).toEqual({ reader_id: 8, shelf: { book_id: 2, row: 3 } });
  expect(refer(body, '/shelf/book_id', () => true)).toEqual({ reader_id: 8, shelf: { book_id: 2, row: 3 } });
});

test.each([
  [
    [{ book_id: 1 }, { book_id: 1 }, { book_id: 1 }],
    ['/lines/1/book_id', '/lines/2/book_id'],
  ],
  [[{ book_id: 1 }, { book_id: 2 }], []],
])('lines that name one book twice: %j', (lines, want) =>
  expect(namedTwice(planning, loan, { lines }).map(({ pointer }) => pointer)).toEqual(want),
);

/** A document with a creation of pets whose body has the member, beside owners and tags whose identifiers are of the type. */
function petsWith(name: string, schema: Json, key: Json = { type: 'integer' }): readonly string[] {
  const owner: Json = { type: 'object', properties: { id: key, name: { type: 'string' } } };
  const made = { '201': { description: '', content: { 'application/json': { schema: owner } } } };
  const pet: Json = { type: 'object', properties: { [name]: schema, id: { type: 'integer', readOnly: true } } };
  const pets = createContract({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {
      '/owners': { post: { responses: made } },
      '/owners/{id}': { get: { responses: made } },
      '/tags': { post: { responses: made } },
      '/tags/{id}': { get: { responses: made } },
      '/versions': { post: { responses: made } },
      '/versions/{id}': { get: { responses: made } },
      '/pets': { post: { requestBody: { content: { 'application/json': { schema: pet } } }, responses: made } },
    },
  });
  const operation = pets.operations.find(({ path }) => path === '/pets');
  if (!operation) throw new TypeError('the document has pets');
  const body = { [name]: name.endsWith('s') ? [1] : 1 };
  const found = referencesIn(createPlanning(pets, { phases: new Set(), ...planOptions, authenticated: false }), operation, body);
  return found.map(({ pointer, resource }) => `${pointer} ${resource.name}`);
}

const uuid: Json = { type: 'string', format: 'uuid' };

test.each<[string, Json, Json, readonly string[]]>([
  ['owner', { type: 'integer' }, { type: 'integer' }, ['/owner owners']],
  ['owner', { type: ['integer', 'null'] }, { type: 'integer' }, ['/owner owners']],
  ['owner', { anyOf: [uuid, { type: 'null' }] }, uuid, ['/owner owners']],
  ['tags', { type: 'array', items: { type: 'integer' } }, { type: 'integer' }, ['/tags tags']],
  ['owner', { type: 'string' }, { type: 'string' }, []],
  ['owner', { type: 'integer' }, uuid, []],
  ['owner', { type: 'integer', maximum: 100 }, { type: 'integer' }, []],
  ['owners', { type: 'array', items: { type: 'string' } }, { type: 'integer' }, []],
  ['age', { type: 'integer' }, { type: 'integer' }, []],
  ['version', { type: 'integer' }, { type: 'integer' }, []],
])('a member `%s` of %j beside identifiers of %j refers to %j', (name, schema, key, want) =>
  expect(petsWith(name, schema, key)).toEqual(want),
);
