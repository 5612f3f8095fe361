import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/lib/json.ts';
import { noteDocument, validateDocument } from '../../../src/spec/validate-document.ts';

const base = { openapi: '3.1.0', info: { title: 't', version: '1' } };
const responses = { 200: { description: '' } };

describe('validateDocument', () => {
  it.each<[string, JsonObject]>([
    ['2.0', { swagger: '2.0', info: base.info, paths: { '/a': { get: { responses } } } }],
    ['3.0', { ...base, openapi: '3.0.3', paths: { '/a': { get: { responses } } } }],
    ['3.1', { ...base, paths: { '/a': { get: { responses } } } }],
    ['3.2', { ...base, openapi: '3.2.0', paths: { '/a': { query: { responses } } } }],
  ])('has nothing to say about a good %s document', async (_, document) => {
    expect(await validateDocument(document, 'api.json')).toEqual([]);
  });

  it('names the places of structural errors, with lines, and counts them', async () => {
    const document = {
      ...base,
      paths: {
        '/a': { get: { responses: { 200: {} }, parameters: [{ in: 'query' }, { name: 'x', in: 'nowhere' }], tags: 1, security: 2 } },
      },
    };
    await expect(validateDocument(document, 'api.json', () => 7)).rejects.toMatchObject({
      code: 'E_SPEC_INVALID',
      message: expect.stringMatching(/^api\.json: \/paths\/~1a\/get\/\S+ \(line 7\) must .*; and \d+ more$/) as string,
    });
  });

  it('notes mistakes in what only describes the API, and refuses others beside them', async () => {
    const slight = { ...base, info: { title: 't' }, tags: [{ description: 'no name' }], paths: { '/a': { get: { responses } } } };
    expect(await validateDocument(slight, 'api.json', () => 3)).toEqual([
      "/tags/0 (line 3) must have required property 'name'",
      "/info (line 3) must have required property 'version'",
    ]);
    await expect(validateDocument({ ...slight, paths: { '/a': { get: { responses: 1 } } } }, 'api.json')).rejects.toThrow('/paths/~1a/get');
  });

  it('follows nothing that stands in an example or an extension', async () => {
    const example = { $ref: './made.json' };
    const operation = {
      'x-shown': { made: example },
      responses: { 200: { description: '', content: { 'application/json': { example } } } },
    };
    expect(await validateDocument({ ...base, paths: { '/a': { get: operation } } }, 'api.json')).toEqual([]);
  });

  it('leaves the document alone', async () => {
    const document = { ...base, paths: { '/a': { get: { responses } } } };
    const before = JSON.stringify(document);
    await validateDocument(document, 'api.json');
    expect(JSON.stringify(document)).toBe(before);
  });
});

describe('noteDocument', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['no operation', {}, ['the document declares no operation: is it the right one?']],
    [
      'an operationId twice',
      { '/a': { get: { operationId: 'x' }, put: { operationId: 'x' } } },
      ['operationId x names 2 operations: GET /a, PUT /a'],
    ],
    ['a template name without a parameter', { '/a/{b}': { get: {} } }, ['GET /a/{b}: the path has {b}, and no path parameter declares it']],
    [
      'a path parameter that the path has not',
      { '/a': { get: { parameters: [{ name: 'b', in: 'path' }] } } },
      ['GET /a: the path parameter b is not in the path'],
    ],
  ])('notes %s', (_, paths, want) => {
    expect(noteDocument({ ...base, paths })).toEqual(want);
  });

  it('notes a bound that the version has as a number, and none in a schema of 3.0', () => {
    const components = { schemas: { A: { properties: { exclusiveMinimum: { exclusiveMinimum: true, minimum: 1 } } } } };
    const document = { ...base, paths: { '/a': { get: { responses } } }, components };
    expect(noteDocument(document)).toEqual([
      '/components/schemas/A/properties/exclusiveMinimum: exclusiveMinimum is a number since OpenAPI 3.1; true says nothing',
    ]);
    expect(noteDocument({ ...document, openapi: '3.0.3' })).toEqual([]);
  });

  it('sees path parameters of the path item and behind references, and operations of 3.2', () => {
    const document = {
      ...base,
      paths: {
        '/a/{b}/{c}': {
          parameters: [{ name: 'b', in: 'path' }],
          additionalOperations: { LINK: { parameters: [{ $ref: '#/components/parameters/c' }] } },
        },
      },
      components: { parameters: { c: { name: 'c', in: 'path' } } },
    };
    expect(noteDocument(document)).toEqual([]);
    expect(noteDocument({ ...document, components: {} })).toEqual(['LINK /a/{b}/{c}: the path has {c}, and no path parameter declares it']);
  });
});
