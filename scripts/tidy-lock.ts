/**
 * Tidies package-lock.json after `npm install`: takes out download addresses, and optional packages that npm could not find
 * (builds for platforms that a registry does not carry), for which `npm ci` would refuse the whole lock.
 */
import { readFile, writeFile } from 'node:fs/promises';

interface Entry {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const file = new URL('../package-lock.json', import.meta.url);
const before = await readFile(file, 'utf8');
const lock = JSON.parse(before) as { packages: Record<string, Entry> };

/** Whether the lock holds the package where Node would look for it from that path. */
function isHeld(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true;
    if (!folder.includes('/node_modules/')) return `node_modules/${name}` in lock.packages;
  }
}

let removed = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  if (entry.resolved !== undefined && /^https?:/.test(entry.resolved)) delete entry.resolved;
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (isHeld(path, name)) continue;
    delete entry.optionalDependencies?.[name];
    removed += 1;
  }
}
const after = `${JSON.stringify(lock, undefined, 2)}\n`;
if (after === before) process.stdout.write('package-lock.json is tidy\n');
else {
  await writeFile(file, after);
  process.stdout.write(`package-lock.json: ${removed} optional packages that are not there were taken out\n`);
}
