/** The rental's OpenAPI document: in another style than the observatory's. 3.0, camel case, an API key, bare lists and nested pages, actions, forms and parts. */
import type { JsonObject } from '../../../src/lib/json.ts';
import { schemas } from './schemas.ts';
import { field, gives, header, integer, json, list, moment, object, path, query, ref, refusals, takes, text } from './words.ts';

const bikeId = path('bikeId', { type: 'integer', format: 'int64', minimum: 1 });
const rentalId = path('rentalId', { type: 'string', format: 'uuid' });
const code = path('code', text(3, 8, { pattern: '^[A-Z]+$' }));
const tagged: JsonObject = { ETag: field('string'), 'Last-Modified': field('string') };
const act = (summary: string): JsonObject => ({ summary, responses: { 200: gives(json(ref('Rental'))), ...refusals(404, 409) } });
const calledOff: JsonObject = {
  ...act('Calls an open rental off.'),
  requestBody: takes(json(object(['reason'], { reason: { type: 'string', enum: ['weather', 'illness', 'other'] } }))),
  responses: { 200: gives(json(ref('Rental'))), ...refusals(404, 409, 415) },
};
const handover: JsonObject = {
  summary: 'Gives a rental to another rider, on another bike.',
  requestBody: takes(json(object(['bikeId', 'riderName'], { bikeId: { type: 'integer', format: 'int64' }, riderName: text(1, 40) }))),
  responses: { 204: gives(undefined), ...refusals(404, 415) },
};

const bikes: JsonObject = {
  '/bikes': {
    get: {
      parameters: [
        query('pageNumber', integer(1, 1000, { default: 1 })),
        query('pageSize', integer(1, 50, { default: 25 })),
        query('category', { type: 'array', items: { type: 'string', enum: ['city', 'cargo', 'race'] } }, { explode: false }),
        query('electric', { type: 'boolean' }),
        query('minPricePerDay', { type: 'number', minimum: 0 }),
        query('maxPricePerDay', { type: 'number', minimum: 0 }),
        query('addedAfter', moment),
        query('sortBy', { type: 'string', enum: ['pricePerDay', 'brand', 'addedAt'] }),
        query('sortOrder', { type: 'string', enum: ['asc', 'desc'], default: 'asc' }),
      ],
      responses: { 200: gives(json(list('Bike')), { 'X-Total-Count': field('integer'), Link: field('string', false) }), ...refusals() },
    },
    post: {
      requestBody: takes(json(ref('BikeInput'))),
      responses: { 201: gives(undefined, { Location: field('string') }), ...refusals(409, 415) },
    },
  },
  '/bikes/bulk': {
    post: {
      requestBody: takes(json(object(['bikes'], { bikes: { type: 'array', minItems: 1, maxItems: 5, items: ref('BikeInput') } }))),
      responses: { 201: gives(json(object(['made'], { made: list('Bike') }))), ...refusals(409, 415) },
    },
  },
  '/bikes/newest': { get: { responses: { 200: gives(json(list('Bike'))), ...refusals() } } },
  '/bikes/count': {
    get: {
      parameters: [query('electric', { type: 'boolean' })],
      responses: { 200: gives(json(object(['count'], { count: { type: 'integer' } }))), ...refusals() },
    },
  },
  '/bikes/{bikeId}': {
    parameters: [bikeId],
    get: { responses: { 200: gives(json(ref('Bike')), tagged), 304: gives(undefined), ...refusals(404) } },
    put: {
      parameters: [header('If-Match')],
      requestBody: takes(json(ref('BikeInput'))),
      responses: { 200: gives(json(ref('Bike')), tagged), ...refusals(404, 409, 412, 415, 428) },
    },
    patch: {
      requestBody: takes(json(ref('BikePatch'))),
      responses: { 200: gives(json(ref('Bike')), tagged), ...refusals(404, 409, 415) },
    },
    delete: { responses: { 200: gives(json(object(['deleted'], { deleted: { type: 'boolean' } }))), ...refusals(404) } },
  },
  '/bikes/{bikeId}/photo': {
    parameters: [bikeId],
    post: {
      requestBody: takes({
        'multipart/form-data': {
          schema: object(['photo', 'side'], {
            photo: { type: 'string', format: 'binary' },
            side: { type: 'string', enum: ['left', 'right'] },
          }),
        },
      }),
      responses: { 204: gives(undefined), ...refusals(404, 415) },
    },
    get: {
      parameters: [header('Range')],
      responses: {
        200: gives({ 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }, { 'Accept-Ranges': field('string') }),
        206: gives(
          { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          { 'Content-Range': field('string'), 'Accept-Ranges': field('string') },
        ),
        ...refusals(404, 416),
      },
    },
  },
  '/bikes/{bikeId}/manual': {
    parameters: [bikeId],
    put: {
      requestBody: takes({ 'text/plain': { schema: { type: 'string' } } }),
      responses: { 204: gives(undefined), ...refusals(404, 415) },
    },
    get: { responses: { 200: gives({ 'text/plain': { schema: { type: 'string' } } }), ...refusals(404) } },
  },
  '/bikes/{bikeId}/notes': {
    parameters: [bikeId],
    get: { responses: { 200: gives(json(list('Note'))), ...refusals(404) } },
    post: { requestBody: takes(json(ref('NoteInput'))), responses: { 201: gives(json(ref('Note'))), ...refusals(404, 415) } },
  },
  '/bikes/{bikeId}/services': {
    parameters: [bikeId],
    get: {
      parameters: [query('cursor', { type: 'string', maxLength: 20 }), query('limit', integer(1, 20, { default: 10 }))],
      responses: {
        200: gives(
          json(
            object(['data', 'page'], {
              data: list('Service'),
              page: object(['hasMore'], { hasMore: { type: 'boolean' }, nextCursor: { type: 'string', nullable: true } }),
            }),
          ),
        ),
        ...refusals(404),
      },
    },
    post: {
      requestBody: takes(json(ref('ServiceInput'))),
      responses: { 201: gives(json(object(['data'], { data: ref('Service') }))), ...refusals(404, 415) },
    },
  },
  '/bikes/{bikeId}/services/{serviceId}': {
    parameters: [bikeId, path('serviceId', text(1, 20))],
    get: { responses: { 200: gives(json(object(['data'], { data: ref('Service') }))), ...refusals(404) } },
    delete: { responses: { 204: gives(undefined), ...refusals(404) } },
  },
};

const noteId = path('noteId', { type: 'integer' });

const others: JsonObject = {
  '/notes/{noteId}': {
    parameters: [noteId],
    get: { responses: { 200: gives(json(ref('Note'))), ...refusals(404) } },
    put: { requestBody: takes(json(ref('NoteInput'))), responses: { 200: gives(json(ref('Note'))), ...refusals(404, 415) } },
    delete: { responses: { 204: gives(undefined), ...refusals(404) } },
  },
  '/stations': {
    get: {
      parameters: [
        query('skip', integer(0, 10_000, { default: 0 })),
        query('top', integer(1, 100, { default: 50 })),
        query('sort', { type: 'string', pattern: '^-?(label|capacity)$' }),
      ],
      responses: {
        200: gives({
          ...json(
            object(['stations', 'count'], { stations: list('Station'), count: { type: 'integer', description: 'Of all stations.' } }),
          ),
          'text/csv': { schema: { type: 'string' } },
        }),
        ...refusals(),
      },
    },
  },
  '/stations/{code}': {
    parameters: [code],
    get: { responses: { 200: gives(json(ref('Station'))), ...refusals(404) } },
    put: {
      parameters: [header('If-None-Match', { description: '`*` makes sure that none is replaced.' })],
      requestBody: takes(json(ref('StationInput'))),
      responses: {
        200: gives(json(ref('Station'))),
        201: gives(json(ref('Station')), { Location: field('string') }),
        ...refusals(412, 415),
      },
    },
    delete: { responses: { 204: gives(undefined), ...refusals(404) } },
  },
  '/rentals': {
    get: {
      parameters: [
        query('page', integer(0, 1000, { default: 0 })),
        query('size', integer(1, 50, { default: 20 })),
        query('status', { type: 'string', enum: ['open', 'returned', 'cancelled'] }),
        query('bikeId', { type: 'integer', format: 'int64' }),
        query(
          'sort',
          { type: 'string' },
          { description: 'A property, and a direction after a comma: `days,desc`. By days, riderName or bookedAt.' },
        ),
      ],
      responses: {
        200: gives(
          json(
            object(['content', 'page'], {
              content: list('Rental'),
              page: object(['number', 'size', 'totalElements', 'totalPages'], {
                number: { type: 'integer' },
                size: { type: 'integer' },
                totalElements: { type: 'integer' },
                totalPages: { type: 'integer' },
              }),
            }),
          ),
        ),
        ...refusals(),
      },
    },
    post: {
      parameters: [header('Idempotency-Key')],
      requestBody: takes(json(ref('RentalInput'))),
      responses: { 201: gives(json(ref('Rental')), { Location: field('string') }), ...refusals(404, 415) },
    },
  },
  '/rentals.csv': {
    get: { description: 'Every rental.', responses: { 200: gives({ 'text/csv': { schema: { type: 'string' } } }), ...refusals() } },
  },
  '/rentals/{rentalId}': {
    parameters: [rentalId],
    get: { responses: { 200: gives(json(ref('Rental'))), ...refusals(404) } },
    delete: { responses: { 204: gives(undefined), ...refusals(404) } },
  },
  '/rentals/{rentalId}/return': { parameters: [rentalId], post: act('Ends an open rental.') },
  '/rentals/{rentalId}/transfer': { parameters: [rentalId], post: handover },
  '/rentals/{rentalId}/cancel': { parameters: [rentalId], post: calledOff },
  '/feedback': {
    post: {
      requestBody: takes({ 'application/x-www-form-urlencoded': { schema: ref('Feedback') } }),
      responses: { 202: gives(json(object(['received'], { received: ref('Feedback') }))), ...refusals(415) },
    },
  },
};

/** The document as it is served, switches or not. @see https://spec.openapis.org/oas/v3.0.4 */
export const rentalDocument: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Bike rental', version: '2.1' },
  servers: [{ url: '/api/v2' }],
  security: [{ key: [] }],
  paths: { ...bikes, ...others },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } }, schemas },
};
