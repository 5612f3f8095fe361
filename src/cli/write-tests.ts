/** Writes findings as vitest tests. Files that are there keep what they hold: only what is new is added at their end. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { renderTests, type TestOptions } from '../report/render-tests.ts';
import type { Report } from '../report/report.ts';
import { lockFiles, writeWhole } from '../spec/lock.ts';

export interface WriteTestsOptions {
  /** Where the tests go. */
  readonly folder: string;
  /** Where the lock and the generated types are, where there are any. */
  readonly locked: string | undefined;
  readonly randomCases: number | undefined;
}

/**
 * The files that were written.
 * @throws HarnessError `E_WRITE`
 */
export async function writeTests(report: Report, { folder, locked, randomCases }: WriteTestsOptions): Promise<string[]> {
  const written: string[] = [];
  const options: TestOptions = { types: typesModule(folder, locked), randomCases };
  for (const { name, header, tests } of renderTests(report, options)) {
    const file = join(folder, name);
    const before = await readFile(file, 'utf8').catch(() => undefined);
    const fresh = tests.filter(({ id }) => before?.includes(id) !== true);
    if (fresh.length === 0) continue;
    await writeWhole(file, (before ?? header) + fresh.map(({ text }) => text).join(''));
    written.push(file);
  }
  return written;
}

function typesModule(folder: string, locked: string | undefined): string | undefined {
  const types = locked && join(locked, lockFiles.types);
  if (types === undefined || !existsSync(types)) return undefined;
  const path = relative(folder, types).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
