/** The lock: a contract's snapshot in a folder, written whole or not at all. Must not fetch. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { fileErrorReason } from '../lib/file-error.ts';
import { isObject, member, type Json, type JsonObject } from '../lib/json.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { digestDocument, digestText, documentText, type Prose } from './canonical-document.ts';
import { stripProse } from './strip-prose.ts';

/** What `lock.json` says about the locked document beside it. */
export interface Lock {
  readonly title: string;
  readonly version: string;
  /** The version of OpenAPI that the document is written in, for instance `3.1.0`. */
  readonly openapi: string;
  /** URL or file that it was pulled from. */
  readonly source: string;
  readonly prose: Prose;
  /** Of the locked document's canonical text. */
  readonly digest: string;
  /** Day of the last change, `YYYY-MM-DD` in UTC. */
  readonly date: string;
}

/** A lock with the document that it locks. */
export interface LockedDocument {
  readonly lock: Lock;
  readonly document: JsonObject;
  /** The file as it stands, for line numbers. */
  readonly text: string;
  /** The document's path. */
  readonly location: string;
}

/** Names of the files in a lock's folder. */
export const lockFiles: { readonly document: string; readonly lock: string; readonly types: string } = {
  document: 'openapi.json',
  lock: 'lock.json',
  types: 'types.ts',
};

/**
 * Writes a file as a whole: whoever reads it sees what was there before, or all that is new.
 * @throws HarnessError `E_WRITE`
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await makeFolder(dirname(path));
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new HarnessError('E_WRITE', `cannot write ${path}: ${fileErrorReason(error)}`, { cause: error });
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** What a lock of this document would say; pure. */
export function describeLock(document: JsonObject, options: { readonly prose: Prose; readonly source: string; readonly now: Date }): Lock {
  const about = member(document, 'info');
  return {
    title: textOf(member(about, 'title')),
    version: textOf(member(about, 'version')),
    openapi: textOf(member(document, 'openapi') ?? member(document, 'swagger')),
    source: options.source,
    prose: options.prose,
    digest: digestDocument(document, options.prose),
    date: options.now.toISOString().slice(0, 10),
  };
}

/**
 * Writes the lock of a fetched document into the folder and gives it back. The document comes before `lock.json`,
 * so an interruption between the two leaves a lock whose digest does not fit, which `readLock` refuses.
 * @throws HarnessError `E_WRITE`
 */
export async function writeLock(
  folder: string,
  fetched: { readonly document: JsonObject; readonly location: string },
  options: { readonly prose: Prose; readonly now: Date; readonly source?: string },
): Promise<Lock> {
  const lock = describeLock(fetched.document, { ...options, source: options.source ?? fetched.location });
  const document = options.prose === 'strip' ? stripProse(fetched.document) : fetched.document;
  await writeWhole(join(folder, lockFiles.document), documentText(document));
  await writeWhole(join(folder, lockFiles.lock), `${JSON.stringify(lock, undefined, 2)}\n`);
  return lock;
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new HarnessError('E_LOCK', missing ? `there is no ${what} ${path}` : `cannot read the ${what} ${path}: ${reason(error)}`, {
      cause: error,
    });
  }
}

function parseObject(text: string, path: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HarnessError('E_LOCK', `${path} is not JSON: ${reason(error)}`, { cause: error });
  }
  if (!isObject(value)) throw new HarnessError('E_LOCK', `${path} does not hold a JSON object`);
  return value;
}

const names = ['title', 'version', 'openapi', 'source', 'digest', 'date'] as const;

/** `lock.json` as JSON Schema, for editors. */
export const lockSchema: JsonObject = {
  type: 'object',
  properties: { ...Object.fromEntries(names.map((name) => [name, { type: 'string' }])), prose: { enum: ['keep', 'strip'] } },
  required: [...names, 'prose'],
};

function parseLock(text: string, path: string): Lock {
  const value = parseObject(text, path);
  const bad = names.find((name) => typeof value[name] !== 'string');
  if (bad !== undefined) throw new HarnessError('E_LOCK', `${path} has no text at /${bad}`);
  const prose = value['prose'];
  if (prose !== 'keep' && prose !== 'strip') throw new HarnessError('E_LOCK', `${path} has neither "keep" nor "strip" at /prose`);
  const [title, version, openapi, source, digest, date] = names.map((name) => textOf(value[name]));
  return {
    title: title ?? '',
    version: version ?? '',
    openapi: openapi ?? '',
    source: source ?? '',
    prose,
    digest: digest ?? '',
    date: date ?? '',
  };
}

/**
 * The lock in a folder with its document, the digest checked.
 * @throws HarnessError `E_LOCK` when a file is missing or unreadable, or when the document was edited by hand
 */
export async function readLock(folder: string): Promise<LockedDocument> {
  const lockPath = join(folder, lockFiles.lock);
  const location = join(folder, lockFiles.document);
  const lock = parseLock(await readText(lockPath, 'lock'), lockPath);
  const text = await readText(location, 'locked document');
  const document = parseObject(text, location);
  // as it was written, it need not be brought into canonical form; else only what it says counts
  const digest = digestText(text) === lock.digest ? lock.digest : digestDocument(document, lock.prose);
  if (digest !== lock.digest) {
    throw new HarnessError(
      'E_LOCK',
      `${location} is not the document that ${lockPath} locks: its digest is ${digest}, not ${lock.digest}`,
      {
        hint: 'run specproof pull; what the document does not say belongs into overlay.yaml, not into the lock',
      },
    );
  }
  return { lock, document, text, location };
}
