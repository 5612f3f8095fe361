/** Writes the files that are generated from others, or with `--check` says which are stale: the types of each lock, the JSON Schemas of what people write, and the reference. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JsonObject } from '../src/lib/json.ts';
import { deviationsSchema } from '../src/report/known-deviations.ts';
import { configShape } from '../src/run/config-shape.ts';
import { shapeSchema } from '../src/run/shape-schema.ts';
import { generateTypes } from '../src/spec/generate-types.ts';
import { lockSchema, readLock } from '../src/spec/lock.ts';
import { referencePages } from './reference.ts';

const root = new URL('../', import.meta.url);
const schema = (title: string, body: JsonObject): string =>
  `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...body }, undefined, 2)}\n`;

const files = new Map<string, string>([
  ['schemas/config.json', schema('specproof.config.json', shapeSchema(configShape))],
  ['schemas/known-deviations.json', schema('known-deviations.yaml', deviationsSchema)],
  ['schemas/lock.json', schema('lock.json', lockSchema)],
]);
for (const entry of await readdir(new URL('specs/', root), { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const { document } = await readLock(new URL(`specs/${entry.name}/`, root).pathname);
  files.set(`specs/${entry.name}/types.ts`, await generateTypes(document));
}

for (const [name, text] of Object.entries(await referencePages())) files.set(`docs/reference/${name}`, text);

const stale: string[] = [];
for (const [name, fresh] of files) {
  const file = new URL(name, root);
  if (fresh === (await readFile(file, 'utf8').catch(() => ''))) continue;
  if (process.argv.includes('--check')) stale.push(name);
  else {
    await mkdir(dirname(file.pathname), { recursive: true });
    await writeFile(file, fresh);
  }
}
if (stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}; run npm run types`);
  process.exitCode = 1;
}
