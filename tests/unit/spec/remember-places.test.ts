import { expect, test } from 'vitest';
import type { SchemaPlace } from '../../../src/spec/contract.ts';
import { rememberPlaces } from '../../../src/spec/remember-places.ts';

const document = { openapi: '3.1.0' };

test('finds out once what holds for a place', () => {
  const asked: string[] = [];
  const typeOf = rememberPlaces((_: { readonly document: typeof document }, { pointer, schema }: SchemaPlace) => {
    asked.push(pointer);
    return typeof schema === 'object' ? schema['type'] : undefined;
  });
  const schema = { type: 'string' };
  expect(typeOf({ document }, { pointer: '/a', schema })).toBe('string');
  expect(typeOf({ document }, { pointer: '/a', schema })).toBe('string');
  expect(asked).toEqual(['/a']);
});

test.each([
  ['another document', { openapi: '3.1.0' }, '/a'],
  ['another place', document, '/b'],
])('asks again for the same schema in %s', (_, other, pointer) => {
  const asked: string[] = [];
  const look = rememberPlaces((_: { readonly document: typeof document }, place: SchemaPlace) => asked.push(place.pointer));
  const schema = {};
  look({ document }, { pointer: '/a', schema });
  look({ document: other }, { pointer, schema });
  expect(asked).toEqual(['/a', pointer]);
});
