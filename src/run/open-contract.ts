/** Gets a contract: from the lock of a configured API, or from a document that the user names. Applies the overlay. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { HarnessError, isHarnessError } from '../errors.ts';
import { isObject, type JsonObject } from '../lib/json.ts';
import type { Contract } from '../spec/contract.ts';
import { createContract } from '../spec/create-contract.ts';
import { fetchDocument } from '../spec/fetch-document.ts';
import { isWebUrl } from '../spec/fetch-text.ts';
import { createLineFinder } from '../spec/lines.ts';
import { readLock } from '../spec/lock.ts';
import { applyOverlay } from '../spec/overlay.ts';
import { parseText } from '../spec/parse-text.ts';
import { upgradeDocument } from '../spec/upgrade-document.ts';
import { validateDocument } from '../spec/validate-document.ts';
import { documentAccess } from './document-access.ts';
import type { EnvironmentPlan } from './plan-environment.ts';

export interface OpenContract {
  readonly contract: Contract;
  /** As the author wrote it (or as it is locked), without overlay. */
  readonly document: JsonObject;
  /** Under its overlay and in 3.x shape: what `createContract` took. */
  readonly overlaid: JsonObject;
  /** What the user should hear. */
  readonly notes: readonly string[];
}

interface Source {
  readonly document: JsonObject;
  readonly text: string;
  readonly location: string;
  readonly notes: readonly string[];
}

/**
 * The contract of a locked document in a folder, under the folder's overlay.
 * @throws HarnessError `E_LOCK`, `E_OVERLAY`, `E_SPEC_*`
 */
export async function lockedContract(folder: string, cwd: string): Promise<OpenContract> {
  const { document, text, location } = await readLock(folder);
  return contractOf({ document, text, location: shown(location, cwd), notes: [] }, join(folder, 'overlay.yaml'), cwd);
}

/**
 * The contract of a document at a URL, in a file, or behind a page that shows it.
 * @throws HarnessError `E_SPEC_*`
 */
export async function fetchedContract(source: string, plan: EnvironmentPlan, overlay: string | undefined): Promise<OpenContract> {
  const fetched = await fetchDocument(source, documentAccess(plan));
  const location = isWebUrl(fetched.location) ? fetched.location : shown(fetched.location, plan.cwd);
  return contractOf({ ...fetched, location }, overlay, plan.cwd);
}

async function contractOf(source: Source, overlay: string | undefined, cwd: string): Promise<OpenContract> {
  const line = createLineFinder(source.text);
  const overlaid =
    overlay === undefined || !existsSync(overlay)
      ? { document: source.document, notes: [] }
      : await applyFile(source.document, overlay, cwd);
  const { document, dialect } = upgradeDocument(overlaid.document);
  try {
    const contract = createContract(document, { location: source.location, line, text: source.text, dialect });
    return { contract, document: source.document, overlaid: document, notes: [...source.notes, ...overlaid.notes] };
  } catch (error) {
    if (isHarnessError(error)) throw error;
    // What is no valid document may break anything: then the document is wrong, not the program.
    await validateDocument(source.document, source.location, line);
    throw error;
  }
}

async function applyFile(
  document: JsonObject,
  path: string,
  cwd: string,
): Promise<{ readonly document: JsonObject; readonly notes: readonly string[] }> {
  const location = shown(path, cwd);
  const overlay = parseText(await readFile(path, 'utf8'), location, 'E_OVERLAY');
  if (!isObject(overlay)) throw new HarnessError('E_OVERLAY', `${location} does not hold an overlay`);
  return applyOverlay(document, overlay, location);
}

/** The path for messages: as short as it can be. */
export function shown(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') ? path : short;
}
