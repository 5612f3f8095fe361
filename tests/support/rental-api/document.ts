/** The rental's OpenAPI document: in another style than the observatory's. 3.0, camel case, an API key, bare lists and nested pages, actions, forms and parts. */
import type { Json, JsonObject } from '../../../src/lib/json.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): JsonObject => ({ 'application/json': { schema } });
const list = (schema: string): JsonObject => ({ type: 'array', items: ref(schema) });
const object = (required: readonly string[], properties: JsonObject): JsonObject => ({ type: 'object', required, properties });
const integer = (minimum: number, maximum: number, more: JsonObject = {}): JsonObject => ({ type: 'integer', minimum, maximum, ...more });
const text = (minLength: number, maxLength: number, more: JsonObject = {}): JsonObject => ({
  type: 'string',
  minLength,
  maxLength,
  ...more,
});
const moment: JsonObject = { type: 'string', format: 'date-time' };
const own = (schema: JsonObject): JsonObject => ({ ...schema, readOnly: true });
const query = (name: string, schema: JsonObject, more: JsonObject = {}): JsonObject => ({ name, in: 'query', schema, ...more });
const path = (name: string, schema: JsonObject): JsonObject => ({ name, in: 'path', required: true, schema });
const header = (name: string, more: JsonObject = {}): JsonObject => ({ name, in: 'header', schema: { type: 'string' }, ...more });
const takes = (content: JsonObject): JsonObject => ({ required: true, content });
const field = (type: string, required = true): JsonObject => ({ required, schema: { type } });

/** A response object; refusals all look alike. */
const gives = (content: JsonObject | undefined, headers: JsonObject = {}): JsonObject => ({
  description: 'It went well.',
  ...(content && { content }),
  ...(Object.keys(headers).length > 0 && { headers }),
});
const refusals = (...statuses: readonly number[]): JsonObject =>
  Object.fromEntries(
    [400, 401, 403, 431, ...statuses].map((status) => [String(status), { description: 'It did not.', content: json(ref('Failure')) }]),
  );

const bikeWritten: JsonObject = {
  brand: text(1, 30),
  category: { type: 'string', enum: ['city', 'cargo', 'race'] },
  pricePerDay: { type: 'number', minimum: 1, maximum: 200, exclusiveMaximum: true, multipleOf: 0.5 },
  gears: integer(1, 30, { nullable: true }),
  electric: { type: 'boolean', default: false },
  frameNumber: text(6, 12, { pattern: '^[A-Z0-9]+$', description: 'Unique.' }),
  tags: { type: 'array', uniqueItems: true, maxItems: 4, items: text(1, 12) },
  dimensions: object(['lengthCm'], { lengthCm: integer(50, 400), heightCm: integer(50, 200) }),
};

const schemas: JsonObject = {
  BikeInput: object(['brand', 'category', 'pricePerDay', 'frameNumber'], bikeWritten),
  BikePatch: { type: 'object', minProperties: 1, properties: bikeWritten },
  Bike: {
    allOf: [
      ref('BikeInput'),
      object(['bikeId', 'addedBy', 'addedAt', 'changedAt', 'revision', 'serviceCount'], {
        bikeId: own({ type: 'integer', format: 'int64' }),
        addedBy: own({ type: 'string' }),
        addedAt: own(moment),
        changedAt: own(moment),
        revision: own({ type: 'integer', minimum: 1 }),
        serviceCount: own({ type: 'integer', minimum: 0 }),
      }),
    ],
  },
  ServiceInput: object(['kind', 'minutes'], {
    kind: { type: 'string', enum: ['brakes', 'tyres', 'chain'] },
    minutes: integer(1, 600),
    remark: text(0, 100, { nullable: true }),
  }),
  Service: { allOf: [ref('ServiceInput'), object(['serviceId'], { serviceId: own(text(1, 20)) })] },
  StationInput: object(['label', 'capacity'], {
    label: text(1, 40),
    capacity: integer(0, 500),
    openFrom: { type: 'string', format: 'date' },
  }),
  Station: { allOf: [ref('StationInput'), object(['code'], { code: own(text(3, 8, { pattern: '^[A-Z]+$' })) })] },
  RentalInput: object(['bikeId', 'riderName', 'days'], {
    bikeId: { type: 'integer', format: 'int64' },
    riderName: text(1, 40),
    days: integer(1, 30),
  }),
  Rental: {
    allOf: [
      ref('RentalInput'),
      object(['rentalId', 'status', 'bookedAt'], {
        rentalId: own({ type: 'string', format: 'uuid' }),
        status: own({ type: 'string', enum: ['open', 'returned', 'cancelled'] }),
        bookedAt: own(moment),
      }),
    ],
  },
  Feedback: object(['rating', 'about'], {
    rating: integer(1, 5),
    about: { type: 'string', enum: ['bike', 'staff'] },
    comment: text(0, 50),
  }),
  Failure: object(['error'], {
    error: object(['code', 'message'], {
      code: { type: 'string' },
      message: { type: 'string' },
      fields: { type: 'array', items: { type: 'string' } },
    }),
  }),
};

const bikeId = path('bikeId', { type: 'integer', format: 'int64', minimum: 1 });
const rentalId = path('rentalId', { type: 'string', format: 'uuid' });
const code = path('code', text(3, 8, { pattern: '^[A-Z]+$' }));
const tagged: JsonObject = { ETag: field('string'), 'Last-Modified': field('string') };
const act = (summary: string): JsonObject => ({ summary, responses: { 200: gives(json(ref('Rental'))), ...refusals(404, 409) } });

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
  '/bikes/{bikeId}/services': {
    parameters: [bikeId],
    get: {
      parameters: [query('cursor', { type: 'string', maxLength: 20 }), query('limit', integer(1, 20, { default: 10 }))],
      responses: {
        200: gives(
          json(
            object(['data', 'meta'], {
              data: list('Service'),
              meta: object(['hasMore'], { hasMore: { type: 'boolean' }, nextCursor: { type: 'string', nullable: true } }),
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

const others: JsonObject = {
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
  '/rentals/{rentalId}': {
    parameters: [rentalId],
    get: { responses: { 200: gives(json(ref('Rental'))), ...refusals(404) } },
    delete: { responses: { 204: gives(undefined), ...refusals(404) } },
  },
  '/rentals/{rentalId}/return': { parameters: [rentalId], post: act('Ends an open rental.') },
  '/rentals/{rentalId}/cancel': { parameters: [rentalId], post: act('Calls an open rental off.') },
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
