import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { answered } from '../converse.ts';

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const answers = (status: string, schema: Json, more: JsonObject = {}): Json => ({
  [status]: { description: '', content: json(schema), ...more },
  404: { description: '' },
});
const path = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'integer' } });
const query = (name: string, schema: Json, description = ''): Json => ({ name, in: 'query', schema, description });

const genres = ['poems', 'plays', 'essays'];
const written: JsonObject = {
  title: { type: 'string', minLength: 1, maxLength: 40 },
  genre: { enum: genres },
  lent: { type: 'boolean' },
  pages: { type: 'integer', minimum: 1, maximum: 2000 },
};

/** A contract of shelves, listed page by page along links, and of the books on them, listed by number and with filters, an order and a search. */
export const shelvesDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Shelves', version: '1' },
  paths: {
    '/shelves': {
      post: {
        requestBody: {
          required: true,
          content: json({ type: 'object', required: ['label'], properties: { label: { type: 'string', minLength: 1 } } }),
        },
        responses: answers('201', ref('Shelf')),
      },
      get: {
        parameters: [query('limit', { type: 'integer', minimum: 1, maximum: 50, default: 20 }), query('after', { type: 'string' })],
        responses: answers('200', { type: 'array', items: ref('Shelf') }, { headers: { Link: { schema: { type: 'string' } } } }),
      },
    },
    '/shelves/{shelfId}': {
      get: { parameters: [path('shelfId')], responses: answers('200', ref('Shelf')) },
      delete: { parameters: [path('shelfId')], responses: { 204: { description: '' } } },
    },
    '/shelves/{shelfId}/books': {
      post: {
        parameters: [path('shelfId')],
        requestBody: {
          required: true,
          content: json({ type: 'object', required: ['title', 'genre', 'lent', 'pages'], properties: written }),
        },
        responses: answers('201', ref('Book')),
      },
      get: {
        parameters: [
          path('shelfId'),
          query('page', { type: 'integer', minimum: 1, default: 1 }),
          query('per_page', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
          query('genre', { type: 'array', items: { enum: genres } }),
          query('lent', { type: 'boolean' }),
          query('title', { type: 'string' }),
          query('sort_by', { type: 'string', enum: ['title', 'pages'] }),
          query('order', { type: 'string', enum: ['asc', 'desc'] }),
          query('q', { type: 'string', minLength: 1 }, 'Part of the title.'),
        ],
        responses: answers('200', {
          type: 'object',
          properties: { data: { type: 'array', items: ref('Book') }, total: { type: 'integer' } },
        }),
      },
    },
    '/shelves/{shelfId}/books/{bookId}': {
      get: { parameters: [path('shelfId'), path('bookId')], responses: answers('200', ref('Book')) },
      patch: {
        parameters: [path('shelfId'), path('bookId')],
        requestBody: { required: true, content: json({ type: 'object', properties: written }) },
        responses: answers('200', ref('Book')),
      },
      delete: { parameters: [path('shelfId'), path('bookId')], responses: { 204: { description: '' } } },
    },
  },
  components: {
    schemas: {
      Shelf: { type: 'object', properties: { id: { type: 'integer' }, label: { type: 'string' }, bookCount: { type: 'integer' } } },
      Book: { type: 'object', properties: { id: { type: 'integer' }, revision: { type: 'integer' }, ...written } },
    },
  },
};

/** Ways in which the lists can be made to break their promises. */
export type ShelvesFault =
  | 'link-lost'
  | 'link-skips'
  | 'link-repeats'
  | 'page-skips'
  | 'page-too-long'
  | 'total-too-high'
  | 'total-unfiltered'
  | 'header-differs'
  | 'filter-ignored'
  | 'filter-loses'
  | 'filter-first-only'
  | 'filter-one-of-two'
  | 'false-ignored'
  | 'filter-by-part'
  | 'order-one-way'
  | 'order-as-text'
  | 'order-after-cut'
  | 'search-ignored'
  | 'search-loses'
  | 'unlisted'
  | 'made-twice'
  | 'listed-otherwise'
  | 'lists-all-shelves'
  | 'count-stale'
  | 'deleted-listed'
  | 'deletes-two'
  | 'updates-all'
  /** No fault: another client adds a book with each look at the list. */
  | 'company';

interface Book extends JsonObject {
  readonly id: number;
  readonly shelf: number;
  readonly title: string;
  readonly genre: string;
  readonly lent: boolean;
  readonly pages: number;
}

/** The API of the contract, as a function; correct but for the faults named. */
export function createShelvesApi(...faults: readonly ShelvesFault[]): (request: Case) => Answer {
  const broken = (fault: ShelvesFault): boolean => faults.includes(fault);
  const shelves = new Map<number, JsonObject>();
  const books = new Map<number, Book>();
  let last = 0;
  /** Of all books: each of them shows it. */
  let revision = 0;
  const shown = ({ shelf: _shelf, ...book }: Book): JsonObject => ({ ...book, revision });
  const counted = (id: number): JsonObject => ({
    ...shelves.get(id),
    bookCount: broken('count-stale') ? 0 : [...books.values()].filter(({ shelf }) => shelf === id).length,
  });
  const add = (shelf: number, body: JsonObject): Book => {
    const made = { ...body, id: ++last, shelf } as unknown as Book;
    books.set(made.id, made);
    revision += 1;
    return made;
  };
  const update = (book: Book, sent: JsonObject): Answer => {
    for (const one of broken('updates-all') ? books.values() : [book]) books.set(one.id, { ...one, ...sent });
    revision += 1;
    return answered(200, shown({ ...book, ...sent }));
  };
  const listShelves = (asked: ReadonlyMap<string, Json>): Answer => {
    const limit = Number(asked.get('limit') ?? 20);
    const after = Number(asked.get('after') ?? 0) + (asked.has('after') ? (broken('link-skips') ? 1 : broken('link-repeats') ? -1 : 0) : 0);
    const rest = [...shelves.keys()].filter((id) => id > after);
    const page = rest.slice(0, limit);
    const more = rest.length > limit && !broken('link-lost');
    return answered(
      200,
      page.map(counted),
      more ? { link: `<http://api.test/shelves?limit=${limit}&after=${page.at(-1)}>; rel="next"` } : {},
    );
  };
  const listBooks = (shelf: number, asked: ReadonlyMap<string, Json>): Answer => {
    if (broken('company')) add(shelf, { title: 'Another', genre: 'plays', lent: true, pages: 7 });
    const all = [...books.values()].filter((book) => broken('lists-all-shelves') || book.shelf === shelf);
    const fitting = all.slice(0, broken('unlisted') ? -1 : undefined).filter((book) => fits(book, asked, broken));
    const size = Number(asked.get('per_page') ?? 20) + (broken('page-too-long') && asked.has('per_page') ? 1 : 0);
    const page = Number(asked.get('page') ?? 1);
    const from = (page - 1 + (broken('page-skips') && page > 1 ? 1 : 0)) * size;
    const cut = (list: readonly Book[]): readonly Book[] => list.slice(from, from + size);
    const items = broken('order-after-cut') ? ordered(cut(fitting), asked, broken) : cut(ordered(fitting, asked, broken));
    const total = broken('total-too-high') ? fitting.length + 1 : broken('total-unfiltered') ? all.length : fitting.length;
    const data = items.map((book) => (broken('listed-otherwise') ? { ...shown(book), pages: book.pages + 1 } : shown(book)));
    return answered(200, { data, total }, { 'x-total-count': String(broken('header-differs') ? total + 1 : total) });
  };
  const remove = (id: number): Answer => {
    if (broken('deletes-two')) books.delete(id - 1);
    if (!broken('deleted-listed')) books.delete(id);
    return answered(204);
  };
  return ({ request: { operation, parameters, body } }) => {
    const asked = new Map(parameters.map(({ name, value }) => [name, value]));
    const shelf = Number(asked.get('shelfId'));
    const book = books.get(Number(asked.get('bookId')));
    const sent = isObject(body?.value) ? body.value : {};
    switch (operation.id) {
      case 'GET /shelves':
        return listShelves(asked);
      case 'POST /shelves':
        shelves.set(++last, { ...sent, id: last });
        return answered(201, counted(last));
      case 'GET /shelves/{shelfId}':
        return shelves.has(shelf) ? answered(200, counted(shelf)) : answered(404);
      case 'DELETE /shelves/{shelfId}':
        return answered(shelves.delete(shelf) ? 204 : 404);
      case 'GET /shelves/{shelfId}/books':
        return listBooks(shelf, asked);
      case 'POST /shelves/{shelfId}/books':
        if (broken('made-twice')) add(shelf, sent);
        return answered(201, shown(add(shelf, sent)));
      case 'PATCH /shelves/{shelfId}/books/{bookId}':
        return book ? update(book, sent) : answered(404);
      case 'DELETE /shelves/{shelfId}/books/{bookId}':
        return book ? remove(book.id) : answered(404);
      default:
        return book ? answered(200, shown(book)) : answered(404);
    }
  };
}

function fits(book: Book, asked: ReadonlyMap<string, Json>, broken: (fault: ShelvesFault) => boolean): boolean {
  const given = asked.get('genre');
  const wanted = Array.isArray(given) ? given.slice(0, broken('filter-first-only') ? 1 : undefined) : undefined;
  const lent = asked.get('lent');
  const [title, words] = [asked.get('title'), asked.get('q')];
  const genreFits = wanted === undefined || broken('filter-ignored') || wanted.includes(book.genre);
  const skips = (broken('filter-one-of-two') && wanted !== undefined) || (broken('false-ignored') && lent === false);
  const lentFits = lent === undefined || skips || book.lent === lent;
  const titleFits =
    title === undefined ||
    (broken('filter-by-part') ? book.title.includes(String(title)) : book.title === title && !broken('filter-loses'));
  const found = words === undefined || broken('search-ignored') || (book.title.includes(String(words)) && !broken('search-loses'));
  return genreFits && lentFits && titleFits && found;
}

function ordered(books: readonly Book[], asked: ReadonlyMap<string, Json>, broken: (fault: ShelvesFault) => boolean): readonly Book[] {
  const key = asked.get('sort_by');
  if (key !== 'title' && key !== 'pages') return books;
  const value = (book: Book): string | number => (broken('order-as-text') ? String(book[key]) : book[key]);
  const sign = asked.get('order') === 'desc' && !broken('order-one-way') ? -1 : 1;
  return books.toSorted((left, right) => (value(left) === value(right) ? 0 : value(left) < value(right) ? -sign : sign));
}
