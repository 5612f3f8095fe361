/** Documents that others wrote: those of @readme/oas-examples, each once. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Contract } from '../../src/spec/contract.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { parseDocument } from '../../src/spec/parse-document.ts';
import { upgradeDocument } from '../../src/spec/upgrade-document.ts';

const root = dirname(createRequire(import.meta.url).resolve('@readme/oas-examples/package.json'));

/** Their names; the YAML ones say the same again. */
export const realDocuments: readonly string[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^[23]\.\d.*\.json$/.test(name))
  .sort();

/** Where one of them is. */
export function realDocumentFile(name: string): string {
  return join(root, name);
}

/** The contract of a file, and the document in 3.x shape; references to other files are not followed. */
export function contractOfFile(file: string): Contract {
  const { document, dialect } = upgradeDocument(parseDocument(readFileSync(file, 'utf8'), file));
  return createContract(document, { dialect, location: file });
}
