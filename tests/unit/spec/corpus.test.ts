import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isObject, member, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { canonicalDocument, digestDocument } from '../../../src/spec/canonical-document.ts';
import { createLineFinder } from '../../../src/spec/lines.ts';
import { parseDocument } from '../../../src/spec/parse-document.ts';
import { assertLocalReferences, findReferences } from '../../../src/spec/references.ts';
import { stripProse } from '../../../src/spec/strip-prose.ts';
import { upgradeDocument } from '../../../src/spec/upgrade-document.ts';

const root = dirname(createRequire(import.meta.url).resolve('@readme/oas-examples/package.json'));
const names = (await readdir(root, { recursive: true })).filter((name) => /^[23]\.\d.*\.(?:json|ya?ml)$/.test(name));

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** `METHOD /path: statuses`, of every operation. */
function promises(document: JsonObject): readonly string[] {
  return Object.entries(document['paths'] ?? {}).flatMap(([path, item]: [string, Json]) =>
    methods.flatMap((method) => {
      const operation = member(item, method);
      return isObject(operation) ? [`${method} ${path}: ${Object.keys(operation['responses'] ?? {}).join(' ')}`] : [];
    }),
  );
}

describe('real documents', () => {
  it('are many', () => {
    expect(names.length).toBeGreaterThan(120);
  });

  it.each(names)('%s is parsed, resolved, upgraded, stripped and brought into canonical form without loss', (name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const document = parseDocument(text, name);
    const line = createLineFinder(text);
    assertLocalReferences(document, name, line);
    const upgraded = upgradeDocument(document).document;
    assertLocalReferences(upgraded, name, line);
    expect(upgraded['openapi']).toMatch(/^3\./);
    expect(promises(upgraded)).toEqual(promises(document));
    expect(canonicalDocument(document)).toEqual(document);
    const stripped = stripProse(document);
    expect(promises(stripped)).toEqual(promises(document));
    expect(findReferences(stripped)).toEqual(findReferences(document));
    expect(digestDocument(stripped, 'keep')).toBe(digestDocument(document, 'strip'));
    const total = text.split('\n').length;
    for (const { pointer } of findReferences(document)) expect(line(pointer)).toSatisfy((value: number) => value >= 1 && value <= total);
  });
});
