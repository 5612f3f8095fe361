import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

/** A value that tells when it is read. */
function watched(name: string, value: Json, read: string[]): JsonObject {
  const get = (): Json => {
    read.push(name);
    return value;
  };
  return Object.defineProperty({}, 'properties', { get, enumerable: true });
}

test('a part of a document is lowered when it is first read, and once', () => {
  const read: string[] = [];
  const answer = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
  const operation = (name: string): JsonObject => ({
    responses: { 200: { description: '', content: { 'application/json': { schema: answer(name) } } } },
  });
  const contract = createContract({
    openapi: '3.0.3',
    info: { title: 'lazy', version: '1' },
    paths: { '/a': { get: operation('A') }, '/b': { get: operation('B') } },
    components: {
      schemas: {
        A: watched('A', { id: { type: 'integer', nullable: true } }, read),
        B: watched('B', {}, read),
      },
    },
  });
  expect(contract.operations.map(({ id }) => id)).toEqual(['GET /a', 'GET /b']);
  expect(read).toEqual([]);
  const place = contract.operations[0]?.responses[0]?.content[0]?.schema;
  if (place === undefined) throw new Error('the operation has lost its answer');
  const resolved = contract.resolve(place);
  expect(resolved).toEqual({ pointer: '/components/schemas/A', schema: { properties: { id: { type: ['integer', 'null'] } } } });
  expect(contract.resolve(place).schema).toBe(resolved.schema);
  expect(read).toEqual(['A']);
});
