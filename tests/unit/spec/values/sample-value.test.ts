import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../src/lib/json.ts';
import { sampleValue } from '../../../../src/spec/values/sample-value.ts';
import type { ValueOptions } from '../../../../src/spec/values/value-options.ts';
import { schemaContract } from '../../../support/schema-contract.ts';

const components: JsonObject = {
  Node: { type: 'object', required: ['value'], properties: { value: { type: 'integer' }, next: { $ref: '#/components/schemas/Node' } } },
  Tree: {
    type: 'object',
    required: ['children'],
    properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
  },
  Chain: {
    type: 'object',
    required: ['next'],
    properties: { next: { oneOf: [{ $ref: '#/components/schemas/Chain' }, { type: 'null' }] } },
  },
  Endless: { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Endless' } } },
  Cat: { type: 'object', required: ['kind', 'lives'], properties: { kind: { type: 'string' }, lives: { type: 'integer', minimum: 9 } } },
  Dog: { type: 'object', required: ['kind', 'bark'], properties: { kind: { type: 'string' }, bark: { type: 'string' } } },
};

function sample(schema: Json, options: Partial<ValueOptions> = {}): Json | undefined {
  const { contract, place } = schemaContract(schema, components);
  return sampleValue(contract, place, { direction: 'request', seed: 1, ...options });
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

describe('what the document states comes first', () => {
  const rows: readonly (readonly [string, Json, Json])[] = [
    ['an example', { type: 'string', example: 'Ada' }, 'Ada'],
    ['the first of examples', { type: 'integer', examples: [7, 8] }, 7],
    ['a default', { type: 'integer', default: 50 }, 50],
    ['a const', { const: 'fixed' }, 'fixed'],
    ['the first enumerated value', { enum: ['b', 'a'] }, 'b'],
    ['the example of a property', { type: 'object', properties: { n: { type: 'integer', example: 3 } } }, { n: 3 }],
    ['no example that is invalid', { type: 'integer', example: 'x', default: 4 }, 4],
    ['no example that breaks a bound', { type: 'integer', example: 400, minimum: 5, maximum: 5 }, 5],
    ['no null default where a value is possible', { anyOf: [{ type: 'boolean' }, { type: 'null' }], default: null }, true],
    ['the common values of two enumerations', { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }, 'b'],
    ['no value that `not` forbids', { enum: ['a', 'b'], not: { const: 'a' } }, 'b'],
  ];
  test.each(rows)('%s', (_, schema, want) => expect(sample(schema)).toEqual(want));
});

describe('keywords are kept', () => {
  const rows: readonly (readonly [string, Json, RegExp])[] = [
    ['a pattern', { type: 'string', pattern: '^[A-Z]{2}-\\d{4}$' }, /^"[A-Z]{2}-\d{4}"$/],
    ['a pattern with a look-ahead', { type: 'string', pattern: '^(?=.*\\d)[a-z\\d]{4}$' }, /^"(?=.*\d)[a-z\d]{4}"$/],
    ['a pattern and a length', { type: 'string', pattern: '^[a-z]+$', minLength: 12, maxLength: 12 }, /^"[a-z]{12}"$/],
    ['two patterns', { allOf: [{ pattern: '^[a-z]+$' }, { pattern: 'e' }], type: 'string' }, /^"[a-z]*e[a-z]*"$/],
    ['an exact length', { type: 'string', minLength: 3, maxLength: 3 }, /^"...""?$/],
    ['an e-mail address', { type: 'string', format: 'email' }, /^"\w+@example\.com"$/],
    ['an identifier', { type: 'string', format: 'uuid' }, /^"[\da-f-]{36}"$/],
    ['a long e-mail address', { type: 'string', format: 'email', minLength: 40 }, /^"a{10,}\w+@example\.com"$/],
    ['a short address', { type: 'string', format: 'uri', maxLength: 15 }, /^"http:.{8,10}"$/],
    [
      'properties by pattern',
      { type: 'object', patternProperties: { '^S_': { const: 1 } }, additionalProperties: false, minProperties: 2 },
      /^\{"S_\w*":1,"S_\w*":1\}$/,
    ],
    ['a multiple', { type: 'integer', multipleOf: 7, minimum: 8, maximum: 20 }, /^14$/],
    ['a decimal step', { type: 'number', multipleOf: 0.1, exclusiveMinimum: 0.5, maximum: 0.6 }, /^0\.6$/],
    ['the stricter of two bounds', { allOf: [{ minimum: 1 }, { minimum: 40, maximum: 40 }], type: 'integer' }, /^40$/],
    ['unique items', { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 3, uniqueItems: true }, /^\["a","b","c"\]$/],
    ['a tuple', { type: 'array', prefixItems: [{ const: 1 }, { type: 'boolean' }], items: false }, /^\[1,(true|false)\]$/],
    ['contained items', { type: 'array', items: { type: 'integer' }, contains: { const: 42 } }, /^\[42\]$/],
    ['a count of properties', { type: 'object', minProperties: 2, additionalProperties: { type: 'boolean' } }, /^\{"\w+":\w+,"\w+":\w+\}$/],
    [
      'names of properties',
      { type: 'object', minProperties: 1, propertyNames: { pattern: '^x-' }, additionalProperties: { const: 1 } },
      /^\{"x-.*":1\}$/,
    ],
    [
      'a dependency between properties',
      { type: 'object', required: ['a'], properties: { a: { const: 1 }, b: { const: 2 } }, dependentRequired: { a: ['b'] } },
      /^\{"a":1,"b":2\}$/,
    ],
    [
      'a condition',
      {
        type: 'object',
        required: ['kind'],
        properties: { kind: { enum: ['a', 'b'] } },
        if: { properties: { kind: { const: 'a' } } },
        // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
        then: { required: ['size'], properties: { size: { const: 3 } } },
      },
      /^\{"kind":"a","size":3\}$/,
    ],
    ['a forbidden property', { type: 'object', properties: { a: { const: 1 }, b: { const: 2 } }, not: { required: ['a'] } }, /^\{"b":2\}$/],
    [
      'merged branches',
      { allOf: [{ type: 'object', required: ['a'], properties: { a: { const: 1 } } }, { properties: { a: { type: 'integer' } } }] },
      /^\{"a":1\}$/,
    ],
  ];
  test.each(rows)('%s', (_, schema, want) => expect(JSON.stringify(sample(schema))).toMatch(want));
});

describe('unions', () => {
  test('the first branch that works is taken', () => expect(sample({ oneOf: [{ not: {} }, { const: 2 }] })).toBe(2));
  test('the discriminator names the branch', () => {
    const schema = {
      oneOf: [ref('Cat'), ref('Dog')],
      discriminator: { propertyName: 'kind', mapping: { dog: '#/components/schemas/Dog' } },
    };
    expect(sample(schema)).toMatchObject({ kind: 'Cat', lives: expect.any(Number) });
  });
  test('branches that ordinary values fit alike are kept apart', () => {
    const branch = (name: string): Json => ({ type: 'object', properties: { [name]: { type: 'string' } } });
    expect(sample({ oneOf: [branch('a'), branch('b')] })).toMatchObject({ a: expect.any(String), b: expect.any(Number) });
  });
});

describe('recursion ends as soon as it may', () => {
  const rows: readonly (readonly [string, Json, Json | undefined])[] = [
    ['at an optional property', ref('Node'), { value: expect.any(Number) as Json }],
    ['at an empty list', ref('Tree'), { children: [] }],
    ['at a branch without recursion', ref('Chain'), { next: null }],
    ['never, so that there is no value', ref('Endless'), undefined],
  ];
  test.each(rows)('%s', (_, schema, want) => expect(sample(schema)).toEqual(want));
});

describe('directions', () => {
  const schema = {
    type: 'object',
    required: ['id', 'secret'],
    properties: { id: { type: 'integer', readOnly: true }, secret: { type: 'string', writeOnly: true }, name: { const: 'n' } },
    example: { id: 1, secret: 's', name: 'n' },
  };
  test('a request has no readOnly property', () => expect(sample(schema)).toEqual({ secret: 's', name: 'n' }));
  test('a response has no writeOnly property', () => expect(sample(schema, { direction: 'response' })).toEqual({ id: 1, name: 'n' }));
});

describe('options', () => {
  test('the prefix marks names and addresses, and nothing else', () => {
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', example: 'Ada' },
        email: { type: 'string', format: 'email' },
        note: { type: 'string', example: 'hello' },
      },
    };
    expect(sample(schema, { prefix: 'run7' })).toEqual({
      name: 'run7-Ada',
      email: expect.stringMatching(/^run7-\w+@example\.com$/) as Json,
      note: 'hello',
    });
  });
  test('the prefix keeps to the longest length', () => {
    expect(
      sample({ type: 'object', properties: { name: { type: 'string', maxLength: 8, example: 'Augusta' } } }, { prefix: 'run7' }),
    ).toEqual({ name: 'run7-Aug' });
  });
  test('equal seeds give equal values', () => {
    const schema = { type: 'object', properties: { id: { type: 'string', format: 'uuid' }, at: { type: 'string', format: 'date-time' } } };
    expect(sample(schema, { seed: 5 })).toEqual(sample(schema, { seed: 5 }));
    expect(sample(schema, { seed: 5 })).not.toEqual(sample(schema, { seed: 6 }));
  });
  test('the name of a parameter says what is ordinary for it', () =>
    expect(sample({ type: 'string' }, { name: 'owner_email' })).toMatch(/@example\.com$/));
  test('what holds things has room for many a quantity of them', () => {
    const integer = { type: 'integer', minimum: 1 };
    const least = (name: string): number => Math.min(...[1, 2, 3, 4, 5].map((seed) => Number(sample(integer, { name, seed }))));
    const most = (name: string): number => Math.max(...[1, 2, 3, 4, 5].map((seed) => Number(sample(integer, { name, seed }))));
    expect(least('binCapacity')).toBeGreaterThan(20 * most('quantity'));
    expect(sample({ ...integer, maximum: 9 }, { name: 'capacity' })).toBe(9);
  });
  test('a name such as __proto__ is an ordinary property', () => {
    const schema = JSON.parse('{"type":"object","required":["__proto__"],"properties":{"__proto__":{"const":1}}}') as Json;
    expect(JSON.stringify(sample(schema))).toBe('{"__proto__":1}');
  });
  test('there is no value where nothing is valid', () =>
    expect(sample({ allOf: [{ type: 'string' }, { type: 'integer' }] })).toBe(undefined));
});
