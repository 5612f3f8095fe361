import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../src/lib/json.ts';
import { validValues, type ValidValue } from '../../../../src/spec/values/valid-values.ts';
import type { ValueOptions } from '../../../../src/spec/values/value-options.ts';
import { here, schemaContract } from '../../../support/schema-contract.ts';

function walk(schema: Json, options: Partial<ValueOptions> = {}, others: JsonObject = {}): readonly ValidValue[] {
  const { contract, place } = schemaContract(schema, others);
  return validValues(contract, place, { direction: 'request', seed: 1, name: 'it', ...options });
}

const texts = (values: readonly ValidValue[]): readonly string[] => values.map(({ what, value }) => `${what} → ${JSON.stringify(value)}`);

describe('edges', () => {
  const rows: readonly (readonly [string, Json, readonly string[]])[] = [
    [
      'of an integer',
      { type: 'integer', minimum: 1, maximum: 100, example: 50 },
      [
        '`it` at its minimum 1 → 1',
        '`it` just above its minimum 1: 2 → 2',
        '`it` at its maximum 100 → 100',
        '`it` just below its maximum 100: 99 → 99',
      ],
    ],
    [
      'of exclusive bounds',
      { type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 10, example: 5 },
      ['`it` just inside its exclusive minimum 0: 1 → 1', '`it` just inside its exclusive maximum 10: 9 → 9'],
    ],
    [
      'of multiples',
      { type: 'integer', multipleOf: 5, minimum: 1, maximum: 99, example: 50 },
      ['`it` just inside its minimum 1: 5 → 5', '`it` just inside its maximum 99: 95 → 95'],
    ],
    [
      'of fractional multiples',
      { type: 'number', multipleOf: 0.01, minimum: 0, maximum: 10, example: 5 },
      ['`it` just above its minimum 0: 0.01 → 0.01', '`it` as 0.29, a multiple of 0.01 → 0.29'],
    ],
    ['of a free number', { type: 'number' }, ['`it` as 0 → 0', '`it` as -1 → -1', '`it` as the fraction 0.5 → 0.5']],
    [
      'of a length',
      { type: 'string', minLength: 2, maxLength: 4, example: 'abc' },
      [
        '`it` at its shortest length 2 → "ab"',
        '`it` at its longest length 4 → "abca"',
        '`it` with letters beyond ASCII → "Zoë "',
        '`it` with characters beyond the basic plane → "𝒮amp"',
      ],
    ],
    ['of a free string', { type: 'string' }, ['`it` empty → ""', '`it` with other scripts → "名前 имя όνομα"']],
    ['of an enumeration', { enum: ['a', 'b', null] }, ['`it` as "b" → "b"', '`it` null → null']],
    ['of a truth', { type: 'boolean' }, ['`it` false → false']],
    ['of a date', { type: 'string', format: 'date' }, ['`it` on a leap day → "2024-02-29"']],
    ['of a date and time', { type: 'string', format: 'date-time' }, ['`it` with an offset of half an hour → "2024-05-17T12:30:00+05:30"']],
    ['of an address', { type: 'string', format: 'email' }, ['`it` with a plus tag → "sample+tag@example.com"']],
    [
      'of a list',
      { type: 'array', items: { const: 1 }, maxItems: 3 },
      ['`it` with no items → []', '`it` with its most items: 3 → [1,1,1]'],
    ],
    [
      'of a list of every kind',
      { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true },
      ['`it` with every item that it can have: 3 → ["a","b","c"]'],
    ],
    [
      'of a pattern',
      { type: 'string', pattern: '^[A-Z]{2,5}$', example: 'AB' },
      ['`it` with a longer text that matches its pattern → "UMVVV"'],
    ],
    ['of decimals in texts', { type: 'string', pattern: String.raw`^\d{1,6}\.\d{2}$` }, ['`it` as 0.00 → "0.00"']],
    ['of a nullable', { type: ['integer', 'null'], example: 1 }, ['`it` null → null']],
    ['of a union', { anyOf: [{ type: 'integer', example: 1 }, { type: 'boolean' }] }, ['`it` as boolean → true', '`it` false → false']],
  ];
  test.each(rows)('%s', (_, schema, want) => expect(texts(walk(schema))).toEqual(expect.arrayContaining([...want])));
});

describe('objects', () => {
  const schema: JsonObject = {
    type: 'object',
    required: ['id'],
    properties: { id: { const: 1 }, a: { const: 2 }, b: { type: 'array', items: { $ref: '#/components/schemas/Item' } } },
    additionalProperties: { type: 'boolean' },
  };
  const others: JsonObject = { Item: { type: 'object', required: ['n'], properties: { n: { type: 'integer', maximum: 9, example: 3 } } } };
  const found = walk(schema, {}, others);
  test('every optional property is absent once, alone once, and all of them', () => {
    expect(texts(found)).toEqual(
      expect.arrayContaining([
        '`it` with only the required properties → {"id":1}',
        'without `it.a` → {"id":1,"b":[{"n":3}]}',
        '`it.a` as the only optional property → {"id":1,"a":2}',
      ]),
    );
  });
  test('a further property is added where the schema invites it', () => {
    expect(found).toContainEqual(
      expect.objectContaining({ at: '/extra', covers: `${here}/additionalProperties`, value: { id: 1, a: 2, b: [{ n: 3 }], extra: true } }),
    );
  });
  test('the rest stays ordinary while a deep place varies', () => {
    expect(found).toContainEqual({
      value: { id: 1, a: 2, b: [{ n: 9 }] },
      what: '`it.b[0].n` at its maximum 9',
      at: '/b/0/n',
      covers: '/components/schemas/Item/properties/n/maximum',
      confidence: 'certain',
    });
  });
  test('no value comes twice', () => expect(new Set(found.map(({ value }) => JSON.stringify(value))).size).toBe(found.length));
  test('the root without a name is no part of the texts', () => {
    const { contract, place } = schemaContract({ type: 'object', properties: { n: { type: 'integer', minimum: 4 } } });
    expect(validValues(contract, place, { direction: 'request', seed: 1 }).map(({ what }) => what)).toContain('`n` at its minimum 4');
  });
});

test('every branch of a union is walked', () => {
  const branch = (kind: string, property: string): Json => ({
    type: 'object',
    required: ['kind', property],
    properties: { kind: { const: kind }, [property]: { type: 'integer', minimum: 3 } },
  });
  const found = walk({ oneOf: [branch('a', 'x'), branch('b', 'y')] });
  expect(found.map(({ value }) => value)).toEqual(
    expect.arrayContaining([
      { kind: 'a', x: 3 },
      { kind: 'b', y: 3 },
    ]),
  );
});

test('recursion is entered once', () => {
  const found = walk({ type: 'object', properties: { kids: { type: 'array', items: { $ref: `#${here}` } } } });
  expect(texts(found)).toContain('`it.kids` with one item → {"kids":[{"kids":[]}]}');
});

test('the limits of a storage are never certain', () => {
  const confidences = new Map(walk({ type: 'integer', format: 'int32' }).map(({ value, confidence }) => [value, confidence]));
  expect([confidences.get(2_147_483_647), confidences.get(-2_147_483_648), confidences.get(1), confidences.get(0)]).toEqual([
    'likely',
    'likely',
    'likely',
    'likely',
  ]);
});

test('a text whose name speaks of a notation is never certain', () => {
  expect(
    walk({ type: 'string' }, { name: 'owner_email' }).filter(
      ({ what, confidence }) => what !== 'an ordinary value' && confidence === 'certain',
    ),
  ).toEqual([]);
});

test.each<[says: string, schema: Json, sure: boolean]>([
  ['a notation', { type: 'string', example: 'image/png' }, false],
  ['what base64 makes', { type: 'string', example: 'aGVsbG8gd29ybGQhaGVsbG8gd29ybGQhaGVsbG8gd29ybGQh' }, false],
  ['words', { type: 'string', example: 'Ada Lovelace.' }, true],
])('of a text whose example is %s', (_says, schema, sure) => {
  const other = walk(schema).find(({ what }) => what.includes('other scripts'));
  expect(other?.confidence).toBe(sure ? 'certain' : 'likely');
});

test('an address of another scheme, host or form may be refused by a rule that no format tells', () => {
  const found = walk({ type: 'string', format: 'uri' });
  const sure = (says: string): unknown => found.find(({ what }) => what.includes(says))?.confidence;
  expect(['with a query', 'with a port', 'of few characters'].map(sure)).toEqual(['likely', 'likely', 'likely']);
});

test('lists of made-up texts, and of things, where no bound is stated', () => {
  const sure = (items: Json, more: object = {}): unknown =>
    walk({ type: 'array', items, ...more }).findLast(({ what }) => what.includes('two items') || what.includes('most items'))?.confidence;
  expect([sure({ type: 'string' }), sure({ type: 'integer' }), sure({ type: 'string' }, { maxItems: 3 })]).toEqual([
    'likely',
    'certain',
    'certain',
  ]);
  expect([sure({ type: 'string', format: 'uri' }), sure({ type: 'string', format: 'date' })]).toEqual(['likely', 'certain']);
  const [two] = walk({ type: 'array', items: { type: 'string' }, example: ['a@b.example', 'c@d.example', 'e'] }).filter(({ what }) =>
    what.includes('two items'),
  );
  expect(two).toMatchObject({ value: ['a@b.example', 'c@d.example'], confidence: 'certain' });
});

test('names with signs of their own are told as they are', () => {
  const found = walk({ type: 'object', properties: { 'a%$&': { type: 'boolean' } } });
  expect(texts(found)).toContain('`it.a%$&` false → {"a%$&":false}');
});

test('no more values are made than asked', () => expect(walk({ type: 'string' }, { limit: 3 })).toHaveLength(3));

test('equal seeds give equal values', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'string', pattern: '^q[a-z]{3,9}$' }, b: { type: 'array', items: { type: 'string', format: 'uuid' } } },
  };
  expect(walk(schema, { seed: 9 })).toEqual(walk(schema, { seed: 9 }));
});
