/** Writes the exchanges of a run to a HAR file while it lasts: a recording may be larger than memory. */
import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { fileErrorReason } from '../lib/file-error.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { harClosing, harEntry, harOpening } from '../report/render-har.ts';
import type { RunEvent } from '../run/events.ts';
import { specproofVersion } from './version.ts';

export interface HarFile {
  /** Adds the event's exchange, where it has one. */
  readonly add: (event: RunEvent) => Promise<void>;
  /** Ends the log and puts the file in its place. */
  readonly close: () => Promise<void>;
}

/**
 * A file that takes events; it appears under its name once it is whole.
 * @throws HarnessError `E_WRITE`, also from its functions
 */
export async function openHarFile(path: string): Promise<HarFile> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw new HarnessError('E_WRITE', `cannot write ${path}: ${fileErrorReason(cause)}`, { cause });
    }
  };
  const file = await attempt(async () => {
    await makeFolder(dirname(path));
    return open(temporary, 'w');
  });
  let before = harOpening(specproofVersion);
  const write = async (text: string): Promise<void> => {
    await attempt(() => file.appendFile(text));
  };
  return {
    add: async (event) => {
      if (event.kind !== 'verdict') return;
      await write(before + harEntry(event.verdict));
      before = ',\n';
    },
    close: async () => {
      await write((before === ',\n' ? '' : before) + harClosing);
      await attempt(async () => {
        await file.close();
        await rename(temporary, path);
      });
    },
  };
}
