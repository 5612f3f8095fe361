import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/lib/json.ts';
import { toldValues } from '../../../src/spec/told-values.ts';
import { schemaContract } from '../../support/schema-contract.ts';

const number = { type: 'number' };
const line = { type: 'object', properties: { name: { type: 'string' }, quantity: { type: 'integer' }, unitPrice: number, total: number } };
const order: JsonObject = {
  id: 7,
  lines: [
    { name: 'a', quantity: 2, unitPrice: 3, total: 6 },
    { name: 'b', quantity: 1, unitPrice: '4.50', total: 4.5 },
  ],
  gross: 10.5,
  refunded: '2.25',
  held: 3,
};

/** What the description makes of a member beside those of the order. */
function computed(description: string, value: JsonObject = order): (number | undefined)[] {
  const properties = {
    id: { type: 'integer' },
    lines: { type: 'array', items: line },
    gross: number,
    refunded: { type: 'string', pattern: String.raw`^\d+\.\d\d$` },
    held: { type: 'integer' },
    it: { ...number, description },
  };
  const { contract, place } = schemaContract({ type: 'object', properties });
  return toldValues(contract, place).map((told) => told.computed(value));
}

describe('numbers that follow from others by their words', () => {
  test.each([
    ['Sum of the line totals.', 10.5],
    ['The sum of `quantity` times `unitPrice` over the lines, in cents.', 10.5],
    ['Total of unit price × quantity of each line', 10.5],
    ['Sum of the quantities of all lines', 3],
    ['Number of lines', 2],
    ['Gross minus refunded', 8.25],
    ['gross plus held', 13.5],
    ['Sum of gross, refunded and held', 15.75],
    ['held × gross, rounded to cents', 31.5],
  ])('%s', (description, want) => expect(computed(description)).toEqual([want]));

  test.each([
    'Sum of the totals of the lines that are not cancelled',
    'Sum of the line totals. Discounts are subtracted.',
    'Sum of the line totals less refunded',
    'Sum of the totals of the shipments',
    'Number of open lines',
    'The gross amount',
    'Gross minus fees',
    'gross minus refunded plus held',
    'Gross and held',
  ])('nothing by: %s', (description) => expect(computed(description)).toEqual([]));

  test('where a part is missing, or is no number, nothing can be said', () => {
    expect(computed('Sum of the line totals', { id: 7, lines: [{ total: null }] })).toEqual([undefined]);
    expect(computed('Gross minus refunded', { gross: 7, refunded: 'none' })).toEqual([undefined]);
    expect(computed('Sum of the line totals', { id: 7 })).toEqual([undefined]);
  });
});
