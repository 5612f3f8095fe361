/** The rental's schemas. */
import type { JsonObject } from '../../../src/lib/json.ts';
import { integer, moment, object, own, ref, text } from './words.ts';

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

export const schemas: JsonObject = {
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
    pins: { type: 'object', additionalProperties: text(1, 40) },
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
  NoteInput: object(['text'], { text: text(1, 80), pinned: { type: 'boolean' } }),
  Note: {
    allOf: [
      ref('NoteInput'),
      object(['noteId', 'bikeId'], { noteId: own({ type: 'integer' }), bikeId: own({ type: 'integer', format: 'int64' }) }),
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
