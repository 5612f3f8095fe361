import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../src/lib/json.ts';
import { invalidValues, type InvalidValue } from '../../../../src/spec/values/invalid-values.ts';
import type { ValueOptions } from '../../../../src/spec/values/value-options.ts';
import { here, schemaContract } from '../../../support/schema-contract.ts';

function breaks(schema: Json, options: Partial<ValueOptions> = {}, others: JsonObject = {}): readonly InvalidValue[] {
  const { contract, place } = schemaContract(schema, others);
  return invalidValues(contract, place, { direction: 'request', seed: 1, name: 'it', ...options });
}

/** Of one keyword, in short: place, what, value. */
function of(keyword: string, found: readonly InvalidValue[]): readonly string[] {
  return found.filter(({ broken }) => broken.keyword === keyword).map(({ what, value }) => `${what} → ${JSON.stringify(value)}`);
}

describe('each keyword is broken alone', () => {
  const rows: readonly (readonly [string, Json, readonly string[]])[] = [
    ['minimum', { type: 'integer', minimum: 1 }, ['`it` below its minimum 1: 0 → 0']],
    ['maximum', { type: 'number', maximum: 2.5 }, ['`it` above its maximum 2.5: 2.51 → 2.51']],
    ['exclusiveMinimum', { type: 'integer', exclusiveMinimum: 0 }, ['`it` at its exclusive minimum 0 → 0']],
    ['exclusiveMaximum', { type: 'number', exclusiveMaximum: 1 }, ['`it` at its exclusive maximum 1 → 1']],
    ['multipleOf', { type: 'integer', multipleOf: 5, minimum: 0 }, ['`it` as 6, no multiple of 5 → 6']],
    ['minLength', { type: 'string', minLength: 3, example: 'abc' }, ['`it` one character below its shortest length 3 → "ab"']],
    ['maxLength', { type: 'string', maxLength: 3, pattern: '^a+$' }, ['`it` one character above its longest length 3 → "aaaa"']],
    [
      'pattern',
      { type: 'string', pattern: '^[a-z]+$' },
      [
        '`it` as "!", against its pattern → "!"',
        '`it` as "grove0", which only holds a match of its pattern → "grove0"',
        '`it` with a line break behind a match of its pattern → "grove\\n"',
      ],
    ],
    [
      'enum',
      { type: 'string', enum: ['one', 'two'] },
      [
        '`it` as "no-such-value", which is none of its values → "no-such-value"',
        '`it` as "ONE", in another case → "ONE"',
        '`it` empty, which is none of its values → ""',
      ],
    ],
    ['const', { type: 'integer', const: 3 }, ['`it` as 987654321, instead of 3 → 987654321']],
    ['minItems', { type: 'array', items: { const: 1 }, minItems: 2 }, ['`it` with 1 item, fewer than 2 → [1]']],
    ['maxItems', { type: 'array', items: { const: 1 }, maxItems: 2 }, ['`it` with 3 items, more than 2 → [1,1,1]']],
    ['uniqueItems', { type: 'array', items: { enum: [1, 2] }, uniqueItems: true }, ['`it` with the same item twice → [1,1]']],
    ['required', { type: 'object', required: ['a'], properties: { a: { const: 1 } } }, ['without the required `it.a` → {}']],
    [
      'additionalProperties',
      { type: 'object', properties: { a: { const: 1 } }, additionalProperties: false },
      ['`it` with the unknown property `unknownProperty` → {"a":1,"unknownProperty":"x"}'],
    ],
    [
      'unevaluatedProperties',
      { allOf: [{ type: 'object', properties: { a: { const: 1 } } }], unevaluatedProperties: false },
      ['`it` with the unknown property `unknownProperty` → {"a":1,"unknownProperty":"x"}'],
    ],
    ['minProperties', { type: 'object', properties: { a: { const: 1 } }, minProperties: 1 }, ['`it` with 0 properties, fewer than 1 → {}']],
    [
      'maxProperties',
      { type: 'object', required: ['a'], properties: { a: { const: 1 }, b: { const: 2 } }, maxProperties: 1 },
      ['`it` with 2 properties, more than 1 → {"a":1,"b":2}'],
    ],
    [
      'dependentRequired',
      { type: 'object', properties: { a: { const: 1 }, b: { const: 2 } }, dependentRequired: { a: ['b'] } },
      ['`it.a` without `it.b`, which it needs → {"a":1}'],
    ],
    [
      'contains',
      { type: 'array', items: { type: 'integer' }, contains: { const: 4 } },
      ['`it` without the item that it must contain → []'],
    ],
    ['items', { type: 'array', prefixItems: [{ const: 1 }], items: false }, ['`it` with an item too many → [1,"extra"]']],
    ['not', { type: 'string', not: { const: 'root' } }, ['`it` as "root", which is excluded → "root"']],
  ];
  test.each(rows)('%s', (keyword, schema, want) => expect(of(keyword, breaks(schema))).toEqual(want));
});

describe('types', () => {
  const rows: readonly (readonly [string, Json, readonly Json[]])[] = [
    ['an integer', { type: 'integer', minimum: 5, maximum: 5 }, [null, 'a word', 1.5, true, ['a'], { a: 'b' }, '', '5', 4, 6]],
    ['a boolean', { type: 'boolean' }, [null, 'a word', 1, ['a'], { a: 'b' }, 'yes']],
    ['a string', { type: 'string' }, [null, 1, true, ['a'], { a: 'b' }]],
    ['an object', { type: 'object' }, [null, 'a word', 1, true, ['a']]],
    ['an array', { type: 'array' }, [null, 'a word', 1, true, { a: 'b' }]],
    ['a nullable string', { type: ['string', 'null'] }, [1, true, ['a'], { a: 'b' }]],
    ['a nullable reference', { anyOf: [{ $ref: '#/components/schemas/Text' }, { type: 'null' }] }, [1, true, ['a'], { a: 'b' }]],
  ];
  test.each(rows)('%s is replaced by every sensible other type', (_, schema, want) => {
    expect(breaks(schema, {}, { Text: { type: 'string' } }).map(({ value }) => value)).toEqual(want);
  });
  test('anything goes where no type is declared', () => expect(breaks({ description: 'any' })).toEqual([]));
  test('what lenient parsers accept is not certain', () => {
    const confidences = new Map(breaks({ type: 'integer' }).map(({ value, confidence }) => [value, confidence]));
    expect([confidences.get(true), confidences.get('a word')]).toEqual(['likely', 'certain']);
  });
});

test.each(['date', 'date-time', 'time', 'uuid', 'email', 'ipv4', 'ipv6', 'uri', 'hostname', 'duration', 'byte'])(
  'the format %s is broken with a word that is surely none',
  (format) => {
    const found = breaks({ type: 'string', format }).filter(({ broken }) => broken.keyword === 'format');
    expect(found).toContainEqual(
      expect.objectContaining({ confidence: 'certain', broken: { keyword: 'format', schema: `${here}/format` } }),
    );
  },
);

describe('where the promise stands', () => {
  const others: JsonObject = { Owner: { type: 'object', required: ['email'], properties: { email: { type: 'string', format: 'email' } } } };
  const schema: Json = { type: 'object', properties: { owners: { type: 'array', items: { $ref: '#/components/schemas/Owner' } } } };
  test('a promise of a component points into the component, and the place into the value', () => {
    const found = breaks(schema, {}, others).find(({ broken }) => broken.keyword === 'required');
    expect(found).toMatchObject({
      at: '/owners/0/email',
      broken: { schema: '/components/schemas/Owner/required/0' },
      value: { owners: [{}] },
      what: 'without the required `it.owners[0].email`',
    });
  });
});

describe('unions', () => {
  const others: JsonObject = {
    Cat: { type: 'object', required: ['kind', 'lives'], properties: { kind: { const: 'Cat' }, lives: { type: 'integer', maximum: 9 } } },
    Dog: { type: 'object', required: ['kind', 'bark'], properties: { kind: { const: 'Dog' }, bark: { type: 'string', maxLength: 5 } } },
  };
  const oneOf: Json = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];
  test('a value fits no branch', () =>
    expect(of('oneOf', breaks({ oneOf }, {}, others))).toContain('`it` fitting none of its alternatives → {}'));
  test('a tag names no branch', () => {
    const found = of('discriminator', breaks({ oneOf, discriminator: { propertyName: 'kind' } }, {}, others));
    expect(found).toEqual([expect.stringMatching(/^`it\.kind` as "no-such-tag", which names no alternative/)]);
  });
  test('promises of every branch are broken', () => {
    expect(breaks({ oneOf }, {}, others).map(({ broken }) => broken.schema)).toEqual(
      expect.arrayContaining(['/components/schemas/Cat/properties/lives/maximum', '/components/schemas/Dog/properties/bark/maxLength']),
    );
  });
});

test('a readOnly property is no promise of a request', () => {
  const schema = { type: 'object', required: ['id'], properties: { id: { type: 'integer', readOnly: true } } };
  expect(of('required', breaks(schema))).toEqual([]);
  expect(of('required', breaks(schema, { direction: 'response' }))).toEqual(['without the required `it.id` → {}']);
});

test('no more values are made than asked', () => expect(breaks({ type: 'integer' }, { limit: 2 })).toHaveLength(2));
