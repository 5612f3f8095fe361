/** Packs the checkout once for all tests of the package, as a user gets it. Global setup of the vitest project `package`. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { makeFolder } from './run-main.ts';
import { repository } from './run-specproof.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the packed package. */
    readonly tarball: string;
  }
}

/** Packing builds into `dist`: two at once would pack half of what the other builds. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await makeFolder({});
  const { stdout } = await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', folder.path], { cwd: repository });
  provide('tarball', join(folder.path, stdout.trim().split('\n').at(-1) ?? ''));
  return folder.dispose;
}
