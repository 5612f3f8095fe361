import { expect, test } from 'vitest';
import { describedText } from '../../../../src/spec/values/described-text.ts';
import { sampleValue } from '../../../../src/spec/values/sample-value.ts';
import { schemaContract } from '../../../support/schema-contract.ts';

test.each([
  ['Name of the zone (e.g. “example.com.”) MUST have a trailing dot', 'example.com.'],
  ['Kind, one of “Native”, “Master”', 'Native'],
  ['set to one of "record, zone, comment"', 'record'],
  ["a city, for example 'Oslo'", 'Oslo'],
  ['allowed values are `asc`, `desc`', 'asc'],
  ['shown to the user, "verbatim"', undefined],
  ["e.g. the owner's name", undefined],
  ['such as cats and dogs', undefined],
  ['', undefined],
])('of %j the value is %j', (description, want) => expect(describedText(description)).toBe(want));

test('a described value is the ordinary one of free text only', () => {
  const ordinary = (schema: object): unknown => {
    const { contract, place } = schemaContract({ type: 'string', description: 'e.g. "a-b"', ...schema });
    return sampleValue(contract, place, { direction: 'request', seed: 1 });
  };
  expect([ordinary({}), ordinary({ enum: ['x'] }), ordinary({ example: 'y' })]).toEqual(['a-b', 'x', 'y']);
  expect(ordinary({ maxLength: 2 })).not.toBe('a-b');
});
