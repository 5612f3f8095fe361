import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { assertLocalReferences, createLocalityTest, findReferences, noteLostMappings } from '../../../src/spec/references.ts';

const withSchemas = (schemas: Record<string, Json>, more: Record<string, Json> = {}): JsonObject => ({
  openapi: '3.1.0',
  components: { schemas },
  ...more,
});

const check = (document: JsonObject): void => assertLocalReferences(document, 'api.yaml', (pointer) => pointer.length);

describe('findReferences', () => {
  it('finds references where the standard has them, and none in examples, enums, defaults and extensions', () => {
    const document = withSchemas({
      A: {
        properties: { $ref: { type: 'string' }, b: { $ref: '#/b' } },
        example: { $ref: '#/no' },
        default: { $ref: '#/no' },
        enum: [{ $ref: '#/no' }],
        const: { $ref: '#/no' },
        'x-a': { $ref: '#/no' },
      },
      'x-B': { $ref: '#/x' },
      C: { discriminator: { propertyName: 'k', mapping: { a: 'A', b: '#/components/schemas/A', c: 'c.yaml' } } },
    });
    expect(findReferences(document).map(({ pointer, reference }) => `${pointer} ${reference}`)).toEqual([
      '/components/schemas/A/properties/b/$ref #/b',
      '/components/schemas/x-B/$ref #/x',
      '/components/schemas/C/discriminator/mapping/b #/components/schemas/A',
      '/components/schemas/C/discriminator/mapping/c c.yaml',
    ]);
  });

  it('follows a reference into an extension', () => {
    const document = withSchemas({ A: { $ref: '#/x-shared/B' } }, { 'x-shared': { B: { items: { $ref: '#/c' } } } });
    expect(findReferences(document).map(({ pointer }) => pointer)).toContain('/x-shared/B/items/$ref');
  });
});

describe('assertLocalReferences', () => {
  it.each<[string, JsonObject]>([
    ['a component', withSchemas({ A: { $ref: '#/components/schemas/B' }, B: true })],
    ['a schema that contains itself', withSchemas({ A: { properties: { a: { $ref: '#/components/schemas/A' } } } })],
    ['the whole document', withSchemas({ A: { $ref: '#' } })],
    ['an escaped and percent-encoded name', withSchemas({ A: { $ref: '#/components/schemas/a~1b%20c' }, 'a/b c': {} })],
    ['an entry of a list', withSchemas({ A: { $ref: '#/components/schemas/B/allOf/1' }, B: { allOf: [{}, {}] } })],
    ['an anchor', withSchemas({ A: { $ref: '#here' }, B: { $anchor: 'here' } })],
    [
      "a schema's own $id",
      withSchemas({ A: { $ref: 'https://a.example/b#/$defs/c' }, B: { $id: 'https://a.example/b', $defs: { c: {} } } }),
    ],
    ['a place below the nearest $id', withSchemas({ B: { $id: 'https://a.example/b', $ref: '#/$defs/c', $defs: { c: {} } } })],
    [
      'the document by its $self',
      withSchemas({ A: { $ref: 'https://a.example/api#/components/schemas/B' }, B: {} }, { $self: 'https://a.example/api' }),
    ],
  ])('accepts a reference to %s', (_, document) => {
    check(document);
    expect(findReferences(document).length).toBeGreaterThan(0);
  });

  it('names the first lost reference with its pointer and line, and counts the others', () => {
    const document = withSchemas({ A: { $ref: '#/components/schemas/Nope' }, B: { items: { $ref: '#/gone' } } });
    expect(() => check(document)).toThrow(
      expect.objectContaining({
        code: 'E_SPEC_REF',
        message: 'api.yaml:26: "#/components/schemas/Nope" at /components/schemas/A/$ref leads nowhere (and 1 more)',
      }),
    );
  });

  it.each<[string, JsonObject]>([
    ['a Path Item', { paths: { '/a': { $ref: '#/paths/~1b' }, '/b': { $ref: '#/paths/~1a' } } }],
    ['a parameter', { components: { parameters: { A: { $ref: '#/components/parameters/A' } } } }],
    ['a response', { paths: { '/a': { get: { responses: { 200: { $ref: '#/paths/~1a/get/responses/200' } } } } } }],
  ])('refuses %s that is a reference to itself', (_, document) => {
    expect(() => check(withSchemas({}, document))).toThrow(/\$ref leads back to itself/);
  });

  it('leaves a mapping that leads nowhere to the notes', () => {
    const discriminator = { propertyName: 'kind', mapping: { a: '#/components/schemas/Nope', b: '#/components/schemas/B', c: 'Nobody' } };
    const document = withSchemas({ A: { oneOf: [{ $ref: '#/components/schemas/B' }], discriminator }, B: {} });
    check(document);
    expect(noteLostMappings(document)).toEqual([
      '/components/schemas/A/discriminator/mapping/a: "#/components/schemas/Nope" leads nowhere, so that the discriminator chooses nothing',
    ]);
  });

  it('does not take an inherited name for a place', () => {
    expect(() => check(withSchemas({ A: { $ref: '#/components/schemas/constructor' } }))).toThrow(/leads nowhere/);
  });
});

describe('createLocalityTest', () => {
  it.each([
    ['#/a', true],
    ['#', true],
    ['https://a.example/b', true],
    ['other.yaml', false],
    ['other.yaml#/a', false],
    ['https://b.example/', false],
  ])('says of %s: %s', (reference, want) => {
    expect(createLocalityTest(withSchemas({ A: { $id: 'https://a.example/b' } }))(reference)).toBe(want);
  });
});
