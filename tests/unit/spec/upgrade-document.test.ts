import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/lib/json.ts';
import { valueAt } from '../../../src/lib/json-pointer.ts';
import { upgradeDocument } from '../../../src/spec/upgrade-document.ts';

const swagger = (more: JsonObject): JsonObject => ({ swagger: '2.0', info: { title: 't', version: '1' }, ...more });

const operation = (post: JsonObject, more: JsonObject = {}): JsonObject =>
  swagger({ ...more, paths: { '/a': { post: { responses: {}, ...post } } } });

const upgraded = (document: JsonObject, pointer: string): unknown => valueAt(upgradeDocument(document).document, pointer);

const at = '/paths/~1a/post';

const form = (...parameters: JsonObject[]): JsonObject => operation({ consumes: ['application/x-www-form-urlencoded'], parameters });

describe('upgradeDocument', () => {
  it.each([
    ['3.0.4', '3.0'],
    ['3.1.0', '3.1'],
    ['3.2.0', '3.2'],
  ] as const)('returns a %s document itself', (openapi, dialect) => {
    const document = { openapi, info: {}, paths: {} };
    expect(upgradeDocument(document)).toEqual({ document, dialect });
    expect(upgradeDocument(document).document).toBe(document);
  });

  it('refuses other versions', () => {
    expect(() => upgradeDocument({ swagger: '1.2' })).toThrow(expect.objectContaining({ code: 'E_SPEC_INVALID' }));
  });

  it.each<[string, JsonObject, string, unknown]>([
    [
      'host, base path and schemes',
      swagger({ host: 'a.test', basePath: '/v1', schemes: ['https', 'http'], paths: {} }),
      '/servers',
      [{ url: 'https://a.test/v1' }, { url: 'http://a.test/v1' }],
    ],
    ['a base path alone', swagger({ basePath: '/v1', paths: {} }), '/servers', [{ url: '/v1' }]],
    [
      "an operation's own schemes",
      operation({ schemes: ['wss'] }, { host: 'a.test', schemes: ['https'] }),
      `${at}/servers`,
      [{ url: 'wss://a.test' }],
    ],
    [
      'every status',
      operation({ responses: { 200: { description: 'a' }, 404: { description: 'b' }, default: { description: 'c' } } }),
      `${at}/responses`,
      { 200: { description: 'a' }, 404: { description: 'b' }, default: { description: 'c' } },
    ],
    [
      'response schemas, by media type',
      operation({ produces: ['a/b', 'c/d'], responses: { 200: { description: '', schema: { type: 'string' } } } }),
      `${at}/responses/200/content`,
      { 'a/b': { schema: { type: 'string' } }, 'c/d': { schema: { type: 'string' } } },
    ],
    [
      'a response schema beside an empty `produces`',
      operation({ produces: [], responses: { 200: { description: '', schema: { type: 'string' } } } }),
      `${at}/responses/200/content`,
      { 'application/json': { schema: { type: 'string' } } },
    ],
    [
      'response headers',
      operation({ responses: { 200: { description: '', headers: { 'X-A': { type: 'integer' } } } } }),
      `${at}/responses/200/headers/X-A/schema`,
      { type: 'integer' },
    ],
    [
      'a body',
      operation({ parameters: [{ in: 'body', name: 'b', required: true, schema: { type: 'object' } }] }),
      `${at}/requestBody`,
      { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
    ],
    [
      'a body beside an empty `consumes`',
      operation({ consumes: [], parameters: [{ in: 'body', name: 'b', schema: { type: 'object' } }] }),
      `${at}/requestBody/content/application~1json/schema`,
      { type: 'object' },
    ],
    [
      'a body behind a reference',
      operation({ parameters: [{ $ref: '#/parameters/b' }] }, { parameters: { b: { in: 'body', name: 'b', schema: { type: 'object' } } } }),
      `${at}/requestBody/content/application~1json/schema`,
      { type: 'object' },
    ],
    [
      'a body that the path declares after its operations',
      swagger({ paths: { '/a': { post: { responses: {} }, parameters: [{ in: 'body', name: 'b', schema: { type: 'object' } }] } } }),
      `${at}/requestBody/content/application~1json/schema`,
      { type: 'object' },
    ],
    [
      'a form',
      form({ in: 'formData', name: 'f', type: 'string', required: true }),
      `${at}/requestBody`,
      {
        required: true,
        content: {
          'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { f: { type: 'string' } }, required: ['f'] } },
        },
      },
    ],
    [
      'a form field behind a reference',
      operation(
        { parameters: [{ $ref: '#/parameters/f' }, { in: 'formData', name: 'g', type: 'string' }] },
        { parameters: { f: { in: 'formData', name: 'f', type: 'string' } } },
      ),
      `${at}/requestBody/content/multipart~1form-data/schema/properties`,
      { f: { type: 'string' }, g: { type: 'string' } },
    ],
    [
      'comma-separated arrays in forms, the default',
      form({ in: 'formData', name: 'f', type: 'array', items: { type: 'string' } }),
      `${at}/requestBody/content/application~1x-www-form-urlencoded/encoding`,
      { f: { style: 'form', explode: false } },
    ],
    [
      'a file',
      operation({ consumes: ['multipart/form-data'], parameters: [{ in: 'formData', name: 'f', type: 'file' }] }),
      `${at}/requestBody/content/multipart~1form-data/schema/properties/f`,
      { contentMediaType: 'application/octet-stream' },
    ],
    [
      'a reference to a parameter',
      operation({ parameters: [{ $ref: '#/parameters/q' }] }, { parameters: { q: { in: 'query', name: 'q', type: 'string' } } }),
      `${at}/parameters`,
      [{ $ref: '#/components/parameters/q' }],
    ],
    [
      'schemas and references to them',
      swagger({ paths: {}, definitions: { A: { properties: { b: { $ref: '#/definitions/B' } } }, B: { type: 'string' } } }),
      '/components/schemas/A/properties/b/$ref',
      '#/components/schemas/B',
    ],
    [
      'basic authentication',
      swagger({ paths: {}, securityDefinitions: { a: { type: 'basic' } } }),
      '/components/securitySchemes/a',
      { type: 'http', scheme: 'basic' },
    ],
  ])('keeps %s of 2.0', (_, document, pointer, want) => {
    expect(upgraded(document, pointer)).toEqual(want);
  });

  it.each([
    ['csv', { style: 'form', explode: false }],
    ['multi', { style: 'form', explode: true }],
    ['ssv', { style: 'spaceDelimited', explode: false }],
    ['pipes', { style: 'pipeDelimited', explode: false }],
    [undefined, { style: 'form', explode: false }],
  ])('keeps the collection format %s', (collectionFormat, want) => {
    const parameter = {
      in: 'query',
      name: 'q',
      type: 'array',
      items: { type: 'string' },
      ...(collectionFormat === undefined ? {} : { collectionFormat }),
    };
    expect(upgraded(operation({ parameters: [parameter] }), `${at}/parameters/0`)).toEqual({
      in: 'query',
      name: 'q',
      schema: { type: 'array', items: { type: 'string' } },
      ...want,
    });
  });

  it('leaves its input alone', () => {
    const document = operation(
      { parameters: [{ in: 'body', name: 'b', schema: { type: 'object' } }] },
      { definitions: { A: { 'x-nullable': true } } },
    );
    const before = JSON.stringify(document);
    upgradeDocument(document);
    expect(JSON.stringify(document)).toBe(before);
  });
});
