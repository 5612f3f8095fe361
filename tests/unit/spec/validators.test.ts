import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import type { Direction, Validity } from '../../../src/spec/contract.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

const schemas: JsonObject = {
  Cat: { type: 'object', required: ['kind', 'meow'], properties: { kind: { type: 'string' }, meow: { type: 'integer' } } },
  Dog: { type: 'object', required: ['kind', 'bark'], properties: { kind: { type: 'string' }, bark: { type: 'integer' } } },
  Tree: {
    type: 'object',
    properties: { value: { type: 'integer' }, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
  },
};

function validate(openapi: string, schema: Json, value: Json, direction: Direction = 'response'): Validity {
  const contract = createContract({
    openapi,
    info: { title: 't', version: '1' },
    paths: {},
    components: { schemas: { ...schemas, It: schema } },
  });
  return contract.validators.validate({ pointer: '/components/schemas/It', schema: {} }, value, direction);
}

function keywords(validity: Validity): readonly string[] {
  return validity.kind === 'invalid' ? validity.violations.map(({ keyword, instance }) => `${keyword} ${instance}`) : [validity.kind];
}

describe('OpenAPI 3.0', () => {
  const rows: readonly (readonly [string, Json, Json, readonly string[]])[] = [
    ['nullable allows null', { type: 'string', nullable: true }, null, ['valid']],
    ['without nullable null is wrong', { type: 'string' }, null, ['type ']],
    ['nullable beside allOf allows null', { nullable: true, allOf: [{ $ref: '#/components/schemas/Cat' }] }, null, ['valid']],
    ['nullable keeps an enum', { type: 'string', nullable: true, enum: ['a'] }, 'b', ['enum ']],
    ['a boolean exclusiveMinimum excludes its bound', { type: 'integer', minimum: 3, exclusiveMinimum: true }, 3, ['exclusiveMinimum ']],
    ['a false exclusiveMaximum includes its bound', { type: 'integer', maximum: 3, exclusiveMaximum: false }, 3, ['valid']],
    ['siblings of $ref are ignored', { $ref: '#/components/schemas/Tree', required: ['nothing'] }, {}, ['valid']],
  ];
  test.each(rows)('%s', (_, schema, value, want) => expect(keywords(validate('3.0.3', schema, value))).toEqual(want));
});

describe('OpenAPI 3.1', () => {
  const union: Json = {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: { propertyName: 'kind' },
  };
  const mapped: Json = { ...union, discriminator: { propertyName: 'kind', mapping: { c: '#/components/schemas/Cat', d: 'Dog' } } };
  const lost: Json = { ...union, discriminator: { propertyName: 'kind', mapping: { c: '#/components/schemas/Lion', d: 'Dog' } } };
  const rows: readonly (readonly [string, Json, Json, readonly string[]])[] = [
    ['a mapping that leads nowhere accuses no tag', lost, { kind: 'c', meow: 1 }, ['valid']],
    ['and the union stands', lost, { kind: 'c' }, ['oneOf ']],
    ['siblings of $ref count', { $ref: '#/components/schemas/Tree', required: ['value'] }, {}, ['required ']],
    [
      'a recursive schema is judged at any depth',
      { $ref: '#/components/schemas/Tree' },
      { children: [{ children: [{ value: 'x' }] }] },
      ['type /children/0/children/0/value'],
    ],
    ['a boolean exclusiveMinimum says nothing', { type: 'integer', minimum: 3, exclusiveMinimum: true }, 3, ['valid']],
    ['and the bound beside it stands', { type: 'integer', minimum: 3, exclusiveMinimum: true }, 2, ['minimum ']],
    ['0.3 is a multiple of 0.1', { type: 'number', multipleOf: 0.1 }, 0.3, ['valid']],
    ['0.35 is none', { type: 'number', multipleOf: 0.1 }, 0.35, ['multipleOf ']],
    ['a date-time needs an offset', { type: 'string', format: 'date-time' }, '2026-11-23T10:00:00', ['format ']],
    ['a leap second and a lower-case t are date-times', { type: 'string', format: 'date-time' }, '2016-12-31t23:59:60z', ['valid']],
    ['30 February is no date', { type: 'string', format: 'date' }, '2026-02-30', ['format ']],
    ['int32 has a range', { type: 'integer', format: 'int32' }, 2_147_483_648, ['format ']],
    ['an unknown format is an annotation', { type: 'string', format: 'colour' }, 'x', ['valid']],
    ['inherited names are no properties', { type: 'object', required: ['constructor'] }, {}, ['required ']],
    ['lengths are code points', { type: 'string', maxLength: 1 }, '😀', ['valid']],
    [
      'a nullable reference tells what is wrong inside',
      { anyOf: [{ $ref: '#/components/schemas/Tree' }, { type: 'null' }] },
      { value: 'x' },
      ['type /value'],
    ],
    ['a union tells itself, not its branches', { anyOf: [{ type: 'string', minLength: 3 }, { type: 'integer' }] }, 'a', ['anyOf ']],
    ['a discriminator chooses the branch', union, { kind: 'Cat', bark: 1 }, ['required ']],
    ['an unknown tag is wrong', union, { kind: 'Cow' }, ['discriminator /kind']],
    ['mapped tags count', mapped, { kind: 'd', bark: 1 }, ['valid']],
    ['unmapped names do not', mapped, { kind: 'Dog', bark: 1 }, ['discriminator /kind']],
    [
      'unevaluatedProperties sees through allOf',
      { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
      { a: 1, b: 2 },
      ['unevaluatedProperties '],
    ],
    ['an empty enum allows nothing', { enum: [] }, 'a', ['not ']],
  ];
  test.each(rows)('%s', (_, schema, value, want) => expect(keywords(validate('3.1.0', schema, value))).toEqual(want));
});

describe('direction', () => {
  const account: Json = {
    type: 'object',
    required: ['id', 'password'],
    properties: { id: { type: 'integer', readOnly: true }, password: { type: 'string', writeOnly: true } },
  };
  test('a response need not have and must not have what is writeOnly', () => {
    expect(keywords(validate('3.1.0', account, { id: 1 }))).toEqual(['valid']);
    expect(keywords(validate('3.1.0', account, { id: 1, password: 'x' }))).toEqual(['writeOnly /password']);
  });
  test('a request need not have what is readOnly', () => {
    expect(keywords(validate('3.1.0', account, { password: 'x' }, 'request'))).toEqual(['valid']);
    expect(keywords(validate('3.1.0', account, { id: 1 }, 'request'))).toEqual(['required ']);
  });
});

describe('what cannot be judged is said', () => {
  test.each<readonly [string, Json, string]>([
    ['a type that is none', { type: 'strin' }, '/components/schemas/It'],
    ['a reference to nowhere', { properties: { a: { $ref: '#/components/schemas/Nobody' } } }, '#/components/schemas/Nobody'],
    ['a pattern that is no regular expression', { type: 'string', pattern: '[' }, 'pattern ['],
  ])('%s', (_, schema, named) => {
    const validity = validate('3.1.0', schema, 'a');
    expect(validity.kind === 'cannot-judge' ? validity.reason : validity.kind).toContain(named);
  });
  test('a pattern of another dialect that JavaScript reads leniently is used', () => {
    expect(validate('3.1.0', { type: 'string', pattern: '^\\_+$' }, '__').kind).toBe('valid');
  });
});

describe('what a reference leads to', () => {
  const contract = createContract({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {},
    components: {
      schemas: {
        Broken: { type: 'object', properties: { next: { $ref: '#/nowhere' } } },
        Unread: { type: 'string', pattern: '[' },
        Both: {
          type: 'object',
          properties: {
            broken: { $ref: '#/components/schemas/Broken' },
            unread: { $ref: '#/components/schemas/Unread' },
            sound: { $ref: '#/components/schemas/Sound' },
          },
        },
        Holder: { type: 'object', properties: { both: { $ref: '#/components/schemas/Both' }, count: { type: 'integer' } } },
        Sound: { type: 'object', properties: { self: { $ref: '#/components/schemas/Sound' } } },
      },
    },
  });
  const at = (name: string): { readonly pointer: string; readonly schema: JsonObject } => ({
    pointer: `/components/schemas/${name}`,
    schema: {},
  });
  const rows: readonly (readonly [string, Json, string])[] = [
    ['is judged by where the value does not reach what is broken', { count: 1 }, 'valid'],
    ['accuses where the value does not reach what is broken', { count: 'one' }, 'invalid'],
    ['cannot be judged where the value reaches a schema that cannot be used', { both: { broken: {} } }, 'cannot-judge'],
    ['cannot be judged where the value reaches a pattern that cannot be read', { both: { unread: 'x' } }, 'cannot-judge'],
    ['cannot be judged for such a pattern whatever the value leads to after it', { both: { unread: 'x', sound: {} } }, 'cannot-judge'],
  ];
  test.each(rows)('%s', (_, value, want) => expect(contract.validators.validate(at('Holder'), value, 'response').kind).toBe(want));

  test('is looked through for flaws before any value comes', () => {
    expect(contract.validators.flaw(at('Holder'), 'response')).toEqual({
      pointer: '/components/schemas/Broken',
      problem: expect.stringMatching(/^cannot be used: .*"#\/nowhere"/) as string,
    });
    expect(contract.validators.flaw(at('Unread'), 'response')).toEqual({
      pointer: '/components/schemas/Unread',
      problem: 'has a pattern that is no ECMA-262 regular expression: [',
    });
    expect(contract.validators.flaw(at('Sound'), 'response')).toBe(undefined);
  });
});

test('a violation points at the keyword in the document', () => {
  const validity = validate(
    '3.1.0',
    { type: 'object', properties: { tree: { $ref: '#/components/schemas/Tree' } } },
    { tree: { value: 'x' } },
  );
  expect(validity).toMatchObject({
    kind: 'invalid',
    violations: [{ instance: '/tree/value', schema: '/components/schemas/Tree/properties/value/type', message: 'must be integer' }],
  });
});
