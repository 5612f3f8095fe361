import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/lib/json.ts';
import { changedOperations } from '../../../src/spec/changed-operations.ts';
import { createContract } from '../../../src/spec/create-contract.ts';

const answer = (schema: string): JsonObject => ({
  responses: { 200: { description: '', content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } } } },
});
const document = {
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  servers: [{ url: 'http://localhost' }],
  paths: {
    '/pets': { get: answer('Pet'), post: answer('Owner') },
    '/owners': { get: answer('Owner') },
    '/vets': { parameters: [{ name: 'x', in: 'query', schema: { type: 'string' } }], get: answer('Vet'), put: answer('Vet') },
  },
  components: {
    schemas: {
      Pet: { type: 'object', properties: { owner: { $ref: '#/components/schemas/Owner' } } },
      Owner: { type: 'object', properties: { id: { type: 'integer' } } },
      Vet: { type: 'string' },
      Unused: {},
    },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
};
type Document = typeof document;

const vets = ['GET /vets', 'PUT /vets'];
const rows: readonly (readonly [string, (changed: Document) => void, readonly string[] | undefined])[] = [
  ['nothing', () => undefined, []],
  ['prose about the document', ({ info }) => (info.version = '2'), []],
  ['an operation', ({ paths }) => (paths['/pets'].get = answer('Vet')), ['GET /pets']],
  ['a response of an operation', ({ paths }) => Object.assign(paths['/owners'].get['responses'] as object, { 404: {} }), ['GET /owners']],
  ['a parameter of a path', ({ paths }) => Object.assign(paths['/vets'].parameters[0] ?? {}, { required: true }), vets],
  ['a schema', ({ components }) => (components.schemas.Vet.type = 'integer'), vets],
  [
    'a schema that others use',
    ({ components }) => (components.schemas.Owner.properties.id.type = 'string'),
    ['GET /owners', 'GET /pets', 'POST /pets'],
  ],
  ['a schema that nobody uses', ({ components }) => Object.assign(components.schemas.Unused, { type: 'string' }), []],
  ['a new operation, which others may need', ({ paths }) => Object.assign(paths['/owners'], { delete: answer('Owner') }), undefined],
  ['a new path', ({ paths }) => Object.assign(paths, { '/new': { get: answer('Vet') } }), undefined],
  ['a server', ({ servers }) => Object.assign(servers[0] ?? {}, { url: 'http://elsewhere' }), undefined],
  ['how to get in', ({ components }) => (components.securitySchemes.key.name = 'X-Other'), undefined],
];

it.each(rows)('%s', (_, change, want) => {
  const changed = structuredClone(document);
  change(changed);
  const found = changedOperations(createContract(document), createContract(changed));
  expect(found && [...found].sort()).toEqual(want);
});
