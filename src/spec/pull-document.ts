/** The work of `specproof pull`: fetch, validate, lock, generate types; or compare only. Every later stage reads the lock. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { isHarnessError } from '../errors.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Prose } from './canonical-document.ts';
import { compareDocuments, type Drift } from './compare-documents.ts';
import { fetchDocument, type FetchDocumentOptions, type FetchedDocument } from './fetch-document.ts';
import { generateTypes } from './generate-types.ts';
import { createLineFinder } from './lines.ts';
import { describeLock, lockFiles, readLock, writeLock, writeWhole, type Lock, type LockedDocument } from './lock.ts';
import { stripProse } from './strip-prose.ts';
import { validateDocument } from './validate-document.ts';

/** Where a document is pulled from, and where to. */
export interface PullOptions extends FetchDocumentOptions {
  /** URL or file of the document, or of a page that shows it. */
  readonly source: string;
  /** Of the lock. */
  readonly folder: string;
  readonly prose: Prose;
  readonly now: Date;
}

/** What pulling a document came to. */
export interface Pulled {
  readonly lock: Lock;
  /** Against the former lock; empty where there was none. */
  readonly drift: readonly Drift[];
  /** Whether the locked document changed, or is new. */
  readonly changed: boolean;
  readonly notes: readonly string[];
  /** Paths of the files that were written. */
  readonly files: readonly string[];
}

/** The former lock, or why it cannot be compared with. */
async function readFormer(folder: string): Promise<{ readonly former: LockedDocument | undefined; readonly notes: readonly string[] }> {
  const exists = await isThere(join(folder, lockFiles.lock));
  if (!exists) return { former: undefined, notes: [] };
  try {
    return { former: await readLock(folder), notes: [] };
  } catch (error) {
    if (!isHarnessError(error)) throw error;
    return { former: undefined, notes: [`the former lock was replaced without comparing: ${error.message}`] };
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const comparable = (document: JsonObject, prose: Prose): JsonObject => (prose === 'strip' ? stripProse(document) : document);

/** A page may lead to the document: the lock names the document itself, but a file as the user wrote it. */
const sourceOf = (options: { readonly source: string }, fetched: FetchedDocument): string =>
  /^https?:/i.test(options.source) ? fetched.location : options.source;

/**
 * Fetches the document, validates it, and writes lock and types into the folder. Nothing is written when anything before fails;
 * types are written when the document changed or they are missing; a lock of the same content keeps its date.
 * @throws HarnessError `E_SPEC_*` or `E_WRITE`
 */
export async function pullDocument(options: PullOptions): Promise<Pulled> {
  const { folder, prose, now } = options;
  const fetched = await fetchDocument(options.source, options);
  const notes = await validateDocument(fetched.document, fetched.location, createLineFinder(fetched.text));
  const { former, notes: formerNotes } = await readFormer(folder);
  const document = comparable(fetched.document, prose);
  const source = sourceOf(options, fetched);
  const next = describeLock(document, { prose, source, now });
  const changed = former === undefined || former.lock.digest !== next.digest;
  const allNotes = [...fetched.notes, ...formerNotes, ...notes];
  const drift = former === undefined ? [] : compareDocuments(comparable(former.document, prose), comparable(document, former.lock.prose));
  const typesPath = join(folder, lockFiles.types);
  const types = changed || !(await isThere(typesPath)) ? await generateTypes(document) : undefined;
  const files: string[] = [];
  let lock = former?.lock ?? next;
  if (changed || lock.source !== next.source) {
    lock = await writeLock(folder, { document, location: fetched.location }, { prose, now, source });
    files.push(join(folder, lockFiles.document), join(folder, lockFiles.lock));
  }
  if (types !== undefined) {
    await writeWhole(typesPath, types);
    files.push(typesPath);
  }
  return { lock, drift, changed, notes: allNotes, files };
}

/**
 * Compares the served document with the lock, and writes nothing.
 * @throws HarnessError `E_SPEC_*` or `E_LOCK`
 */
export async function checkDocument(
  options: FetchDocumentOptions & { readonly folder: string; readonly source?: string },
): Promise<{ readonly drift: readonly Drift[]; readonly lock: Lock; readonly notes: readonly string[] }> {
  const { lock, document } = await readLock(options.folder);
  const fetched = await fetchDocument(options.source ?? lock.source, options);
  return { drift: compareDocuments(document, comparable(fetched.document, lock.prose)), lock, notes: fetched.notes };
}
