import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generateTypes } from '../../src/spec/generate-types.ts';
import { parseDocument } from '../../src/spec/parse-document.ts';
import { compileTypes } from '../support/compile-types.ts';
import { examineDocument } from '../support/examine-document.ts';
import { contractOfFile, realDocumentFile, realDocuments } from '../support/real-documents.ts';

describe('real documents', () => {
  test.each(realDocuments)(
    '%s: operations are found again, and every schema is judged as by a second validator',
    { timeout: 60_000 },
    async (name) => {
      const { problems } = await examineDocument(contractOfFile(realDocumentFile(name)));
      expect(problems).toEqual([]);
    },
  );

  test('types of all of them compile', { timeout: 120_000 }, async () => {
    const texts = new Map<string, string>();
    for (const name of realDocuments)
      texts.set(name, await generateTypes(parseDocument(readFileSync(realDocumentFile(name), 'utf8'), name)));
    expect(await compileTypes(texts)).toEqual([]);
  });
});
