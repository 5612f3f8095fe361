/** Whole-process times of the built program beside an empty Node program: medians of eleven runs, in turn. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedLauncher } from './installed.ts';
import { listDocument, startListServer } from './list-api.ts';
import { median, printTable } from './measure.ts';

const launcher = await installedLauncher();
const server = await startListServer();
const folder = await mkdtemp(join(tmpdir(), 'specproof-bench-'));
const document = join(folder, 'openapi.json');
await writeFile(document, JSON.stringify(listDocument(['/job-scripts'])));

const candidates: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'specproof --help': [launcher, '--help'],
  'specproof call, to the judged answer': [launcher, 'call', 'GET', '/job-scripts', '--document', document, '--base-url', server.baseUrl],
};

const costs = new Map(Object.keys(candidates).map((name) => [name, [] as { readonly wall: number; readonly cpu: number }[]]));
// Tells its own CPU time as it ends.
const tell = join(folder, 'tell.cjs');
await writeFile(
  tell,
  `process.on('exit', () => { const { user, system } = process.cpuUsage(); require('node:fs').writeSync(3, String((user + system) / 1000)); });`,
);
for (let round = -1; round < 11; round++) {
  for (const [name, args] of Object.entries(candidates)) {
    const start = performance.now();
    const { output, status } = spawnSync(process.execPath, ['--require', tell, ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    const wall = performance.now() - start;
    if (status !== 0) throw new Error(output[2] ?? '');
    if (round >= 0) costs.get(name)?.push({ wall, cpu: Number(output[3]) });
  }
}
server.stop();
printTable(
  ['program', 'ms', 'ms CPU'],
  [...costs].map(([name, list]) => [name, median(list.map(({ wall }) => wall)).toFixed(0), median(list.map(({ cpu }) => cpu)).toFixed(0)]),
);
