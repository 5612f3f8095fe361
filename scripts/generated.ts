/** Writes the files that are generated from others, or with `--check` says which are stale: the types of each lock. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { generateTypes } from '../src/spec/generate-types.ts';
import { readLock } from '../src/spec/lock.ts';

const specs = new URL('../specs/', import.meta.url);
const stale: string[] = [];
for (const entry of await readdir(specs, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const file = new URL(`${entry.name}/types.ts`, specs);
  const { document } = await readLock(new URL(`${entry.name}/`, specs).pathname);
  const fresh = await generateTypes(document);
  if (fresh === (await readFile(file, 'utf8').catch(() => ''))) continue;
  if (process.argv.includes('--check')) stale.push(`specs/${entry.name}/types.ts`);
  else await writeFile(file, fresh);
}
if (stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}; run npm run types`);
  process.exitCode = 1;
}
