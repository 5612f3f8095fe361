import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/lib/json.ts';
import { createContract } from '../../../../src/spec/create-contract.ts';
import { writeCollection } from '../../../../src/sources/postman/write-collection.ts';

const login = (components: JsonObject): string => {
  const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  const answers = Object.fromEntries(['200', '400', '401'].map((status) => [status, { description: '' }]));
  const post = { security: [], requestBody: { content: { 'application/json': { schema } } }, responses: answers };
  const contract = createContract({ openapi: '3.1.0', info: { title: 't', version: '1' }, components, paths: { '/login': { post } } });
  return JSON.stringify(writeCollection(contract));
};

test('a login that asks for no credential may answer 401, where the document knows credentials at all', () => {
  expect(login({ securitySchemes: { key: { type: 'http', scheme: 'bearer' } } })).toContain('oneOf([200, 400, 401])');
  expect(login({})).toContain('oneOf([200, 400])');
});
