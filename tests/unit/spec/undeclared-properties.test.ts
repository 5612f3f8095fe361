import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { undeclaredProperties } from '../../../src/spec/undeclared-properties.ts';
import { schemaContract } from '../../support/schema-contract.ts';

const others: JsonObject = {
  Named: { type: 'object', properties: { name: {} } },
  Pet: { type: 'object', discriminator: { propertyName: 'kind' }, properties: { kind: {} } },
  Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { meow: {} } }] },
  Tree: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } },
};
const named = { $ref: '#/components/schemas/Named' };

test.each<[string, Json, Json, readonly string[]]>([
  ['a property that nothing names', named, { name: 1, more: 2 }, ['/more']],
  ['allOf names together', { allOf: [named, { properties: { age: {} } }] }, { name: 1, age: 2, more: 3 }, ['/more']],
  ['siblings of $ref name together', { ...named, properties: { age: {} } }, { name: 1, age: 2, more: 3 }, ['/more']],
  ['any branch of a union names', { oneOf: [named, { properties: { age: {} } }] }, { age: 2, more: 3 }, ['/more']],
  [
    'a condition names',
    { if: named, then: { properties: { a: {} } }, else: { properties: { b: {} } } },
    { name: 1, a: 1, b: 1, c: 1 },
    ['/c'],
  ],
  ['a map is open', { type: 'object', additionalProperties: { type: 'integer' } }, { a: 1 }, []],
  ['an object of no named properties is open', { type: 'object' }, { a: { b: 1 } }, []],
  ['stated additional properties are declared', { properties: { a: {} }, additionalProperties: true }, { b: 1 }, []],
  ['the schema of a map is followed', { additionalProperties: named }, { x: { name: 1, more: 2 } }, ['/x/more']],
  ['patterns name', { patternProperties: { '^x-': {} } }, { 'x-a': 1, y: 2 }, ['/y']],
  ['heirs name', { $ref: '#/components/schemas/Pet' }, { kind: 'Cat', meow: 1, bark: 2 }, ['/bark']],
  ['depth', { $ref: '#/components/schemas/Tree' }, { children: [{ children: [{ leaf: 1 }] }] }, ['/children/0/children/0/leaf']],
  ['__proto__ is a name', named, JSON.parse('{"__proto__":1}') as Json, ['/__proto__']],
])('%s', (_, schema, value, want) => {
  const { contract, place } = schemaContract(schema, others);
  const found = undeclaredProperties(contract, place, value);
  expect('properties' in found ? found.properties.map(({ instance }) => instance) : found.reason).toEqual(want);
});

test('says what to add, and where', () => {
  const { contract, place } = schemaContract(named, others);
  expect(undeclaredProperties(contract, place, { size: [1.5] })).toEqual({
    properties: [
      {
        instance: '/size',
        properties: '/components/schemas/Named/properties',
        suggestion: { size: { type: 'array', items: { type: 'number' } } },
      },
    ],
  });
});
