/** The packed package, as a user gets it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from './run-specproof.ts';

/** Packs the checkout into the folder and gives the path of the tarball. */
export async function pack(folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: repository });
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
}
