import { describe, expect, it } from 'vitest';
import { canonicalDocument, digestDocument, documentText } from '../../../src/spec/canonical-document.ts';
import { stripProse } from '../../../src/spec/strip-prose.ts';

const document = {
  openapi: '3.1.0',
  info: {
    title: 'T',
    version: '1',
    description: 'prose',
    summary: 'prose',
    termsOfService: 'https://prose',
    license: { name: 'MIT' },
    'x-logo': { url: 'prose' },
  },
  externalDocs: { url: 'https://prose' },
  tags: [{ name: 'pets', description: 'prose' }],
  servers: [{ url: '/', description: 'prose', variables: { v: { default: 'a', description: 'prose' } } }],
  paths: {
    '/pets': {
      summary: 'prose',
      get: {
        summary: 'prose',
        description: 'prose',
        tags: ['pets'],
        parameters: [
          {
            name: 'description',
            in: 'query',
            description: 'prose',
            example: { description: 'kept' },
            schema: { title: 'prose', type: 'string' },
          },
        ],
        responses: {
          200: {
            description: 'prose',
            content: { 'application/json': { examples: { summary: { summary: 'prose', value: { summary: 'kept' } } } } },
          },
          default: { $ref: '#/components/responses/description', description: 'prose' },
        },
      },
    },
  },
  components: {
    responses: { description: { description: 'prose' } },
    schemas: {
      summary: {
        title: 'prose',
        description: 'prose',
        required: ['description'],
        properties: { description: { type: 'string', description: 'prose' }, title: { const: { title: 'kept' } }, externalDocs: true },
        default: { description: 'kept' },
      },
    },
    securitySchemes: {
      o: { type: 'oauth2', description: 'prose', flows: { implicit: { authorizationUrl: 'https://a', scopes: { read: 'prose' } } } },
    },
  },
};

describe('stripProse', () => {
  it('takes out all prose, and leaves names, examples and what the standard requires', () => {
    const stripped = stripProse(document);
    expect(JSON.stringify(stripped)).not.toContain('prose');
    expect(stripped).toMatchObject({
      info: { title: 'T', version: '1', license: { name: 'MIT' } },
      tags: [{ name: 'pets' }],
      paths: {
        '/pets': {
          get: {
            parameters: [{ name: 'description', example: { description: 'kept' }, schema: { type: 'string' } }],
            responses: {
              200: { description: '', content: { 'application/json': { examples: { summary: { value: { summary: 'kept' } } } } } },
            },
          },
        },
      },
      components: {
        responses: { description: { description: '' } },
        schemas: {
          summary: {
            required: ['description'],
            properties: { description: { type: 'string' }, title: { const: { title: 'kept' } }, externalDocs: true },
            default: { description: 'kept' },
          },
        },
        securitySchemes: { o: { flows: { implicit: { scopes: { read: '' } } } } },
      },
    });
  });

  it('leaves its input alone, and a stripped document as it is', () => {
    const before = JSON.stringify(document);
    const stripped = stripProse(document);
    expect(JSON.stringify(document)).toBe(before);
    expect(stripProse(stripped)).toEqual(stripped);
  });
});

describe('canonical text', () => {
  it('is the same for the same content in any order of members, and ends in one newline', () => {
    const reversed = JSON.parse(JSON.stringify(document), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value,
    ) as typeof document;
    expect(JSON.stringify(reversed)).not.toBe(JSON.stringify(document));
    expect(documentText(reversed)).toBe(documentText(document));
    expect(documentText(document)).toMatch(/^\{\n {2}"openapi": "3.1.0",\n {2}"info"[^]*\}\n$/);
  });

  it('keeps the order of lists', () => {
    expect(canonicalDocument({ openapi: '3.1.0', 'x-list': [3, 1, 2] })).toEqual({ openapi: '3.1.0', 'x-list': [3, 1, 2] });
  });

  it('has a digest that prose changes only when the lock keeps prose', () => {
    const reworded = { ...document, info: { ...document.info, description: 'other' } };
    expect(digestDocument(reworded, 'strip')).toBe(digestDocument(document, 'strip'));
    expect(digestDocument(reworded, 'keep')).not.toBe(digestDocument(document, 'keep'));
    expect(digestDocument(document, 'strip')).toBe(digestDocument(stripProse(document), 'keep'));
    expect(digestDocument(document, 'keep')).toMatch(/^sha256:[\da-f]{64}$/);
  });
});
