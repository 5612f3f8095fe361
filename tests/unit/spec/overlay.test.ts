import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { applyOverlay } from '../../../src/spec/overlay.ts';
import { assertLocalReferences } from '../../../src/spec/references.ts';
import { parseText } from '../../../src/spec/parse-text.ts';
import { validateDocument } from '../../../src/spec/validate-document.ts';

const overlay = (...actions: Json[]): JsonObject => ({ overlay: '1.0.0', info: { title: 't', version: '1' }, actions });

const document = {
  openapi: '3.1.0',
  tags: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
  paths: { '/a': { get: { tags: ['x'], responses: { 200: { description: 'ok' } } } }, '/b': { post: { responses: {} } } },
};

const apply = (...actions: Json[]): JsonObject => applyOverlay(document, overlay(...actions), 'overlay.yaml').document;

describe('applyOverlay', () => {
  it.each<[string, Json, JsonObject]>([
    [
      'merges objects member by member',
      { target: '$.paths["/a"].get', update: { responses: { 401: { description: 'no' } } } },
      { paths: { '/a': { get: { responses: { 200: { description: 'ok' }, 401: { description: 'no' } } } } } },
    ],
    ['replaces plain values', { target: '$', update: { openapi: '3.1.1' } }, { openapi: '3.1.1' }],
    [
      'joins lists inside a merge',
      { target: '$.paths["/a"].get', update: { tags: ['y'] } },
      { paths: { '/a': { get: { tags: ['x', 'y'] } } } },
    ],
    [
      'appends one entry to a list',
      { target: '$.tags', update: { name: 'd' } },
      { tags: [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }] },
    ],
    ['removes entries of a list, whatever their number', { target: "$.tags[?@.name != 'b']", remove: true }, { tags: [{ name: 'b' }] }],
    [
      'prefers removing over updating',
      { target: '$.paths["/b"]', remove: true, update: { a: 1 } },
      { paths: { '/a': document.paths['/a'] } },
    ],
    [
      'updates every place once',
      { target: "$.paths['/b', '/b'].post", update: { tags: ['z'] } },
      { paths: { '/b': { post: { tags: ['z'] } } } },
    ],
    [
      'updates places inside places',
      { target: '$..responses', update: { default: { description: 'd' } } },
      { paths: { '/b': { post: { responses: { default: { description: 'd' } } } } } },
    ],
  ])('%s', (_, action, want) => {
    expect(apply(action)).toMatchObject(want);
  });

  it('applies actions in order, each on what the former left', () => {
    expect(
      apply({ target: '$.paths["/b"]', update: { put: {} } }, { target: '$.paths[*].put', update: { deprecated: true } }),
    ).toMatchObject({
      paths: { '/b': { put: { deprecated: true } } },
    });
  });

  it('leaves document and overlay alone', () => {
    const given = overlay(
      { target: '$.paths["/a"].get', update: { responses: { 401: { description: 'no' } } } },
      { target: '$.paths["/a"].get.responses["401"]', update: { x: 1 } },
    );
    const before = JSON.stringify([document, given]);
    applyOverlay(document, given, 'overlay.yaml');
    expect(JSON.stringify([document, given])).toBe(before);
  });

  it('notes an action that selects nothing, and goes on', () => {
    const { document: after, notes } = applyOverlay(
      document,
      overlay({ target: '$.nope', update: {} }, { target: '$', update: { a: 1 } }),
      'overlay.yaml',
    );
    expect(notes).toEqual(['overlay.yaml at /actions/0: "$.nope" selects nothing in the document']);
    expect(after['a']).toBe(1);
  });

  it('treats a member called __proto__ as an ordinary one', () => {
    const after = applyOverlay(
      JSON.parse('{"__proto__":{"a":{}}}') as JsonObject,
      overlay({ target: '$.__proto__', update: { b: 1 } }),
      'o',
    ).document;
    expect(Object.keys(after)).toEqual(['__proto__']);
    expect(JSON.stringify(after)).toBe('{"__proto__":{"a":{},"b":1}}');
  });

  it.each<[string, JsonObject, RegExp]>([
    ['another version', { ...overlay({}), overlay: '2.0.0' }, /^o at \/overlay: the version must be 1\.0\.0, not "2\.0\.0"/],
    ['no version', { info: {}, actions: [] }, /^o at \/overlay: .*missing/],
    ['no title', { overlay: '1.0.0', info: { version: '1' }, actions: [{}] }, /^o at \/info\/title/],
    ['no action', overlay(), /^o at \/actions/],
    ['an action without a target', overlay({ update: {} }), /^o at \/actions\/0\/target/],
    ['a target that is no JSONPath', overlay({ target: '$.', update: {} }), /^o at \/actions\/0\/target: "\$\." is no JSONPath/],
    ['a misspelt member', overlay({ target: '$', updates: {} }), /^o at \/actions\/0: "updates" is no member/],
    ['a target that is a plain value', overlay({ target: '$.openapi', update: {} }), /^o at \/actions\/0\/target: .*plain value/],
    ['an update that does not fit', overlay({ target: '$.paths', update: 'x' }), /^o at \/actions\/0\/update/],
    ['the removal of everything', overlay({ target: '$', remove: true }), /^o at \/actions\/0\/target: the whole document/],
  ])('refuses %s and says where', (_, given, message) => {
    expect(() => applyOverlay(document, given, 'o')).toThrow(
      expect.objectContaining({ code: 'E_OVERLAY', message: expect.stringMatching(message) as string }),
    );
  });
});

describe("this repository's overlay", () => {
  it('applies to the locked document: every action selects something, and the outcome is a valid document with roles everywhere', async () => {
    const folder = new URL('../../../specs/jobbergate/', import.meta.url);
    const [locked, text] = await Promise.all(['openapi.json', 'overlay.yaml'].map((name) => readFile(new URL(name, folder), 'utf8')));
    const { document: after, notes } = applyOverlay(
      JSON.parse(locked ?? '') as JsonObject,
      parseText(text ?? '', 'overlay.yaml') as JsonObject,
      'overlay.yaml',
    );
    expect(notes).toEqual([]);
    assertLocalReferences(after, 'overlaid', () => undefined);
    expect(await validateDocument(after, 'overlaid')).toEqual([]);
    const operations = Object.values(after['paths'] ?? {}).flatMap((item: Json) => Object.values(isObject(item) ? item : {}));
    const secured = operations.filter((operation) => isObject(operation) && Array.isArray(operation['security']));
    expect(secured).toHaveLength(49);
    expect(JSON.stringify(secured.map((operation) => (isObject(operation) ? operation['security'] : [])))).not.toContain('[]');
  });
});
