/** The built program as users have it: outside of a checkout, where nothing but `dist` can run. */
import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;

/** Path of an installed launcher, in a folder of its own. Needs `npm run build` before. */
export async function installedLauncher(): Promise<string> {
  if (!existsSync(join(root, 'dist/cli/bin.js'))) throw new Error('there is no dist: npm run build first');
  const folder = await mkdtemp(join(tmpdir(), 'specproof-installed-'));
  for (const name of ['bin', 'dist', 'package.json']) await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'bin/specproof.cjs');
}
