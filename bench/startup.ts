/** Whole-process times of the CLI beside an empty Node program: medians of eleven runs, interleaved. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const launcher = new URL('../bin/specproof.cjs', import.meta.url).pathname;
const server = spawn(process.execPath, [new URL('list-server.ts', import.meta.url).pathname], {
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
const [chunk] = (await once(server.stdout ?? server, 'data')) as [Buffer];
const baseUrl = `http://127.0.0.1:${chunk.toString().trim()}`;
const folder = await mkdtemp(join(tmpdir(), 'specproof-bench-'));
const document = join(folder, 'openapi.json');
await writeFile(
  document,
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'bench', version: '1' },
    paths: { '/job-scripts': { get: { responses: { 200: { description: '', content: { 'application/json': {} } } } } } },
  }),
);

const candidates: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'specproof --help': [launcher, '--help'],
  'specproof call, first judged answer': [launcher, 'call', 'GET', '/job-scripts', '--document', document, '--base-url', baseUrl],
};

function time(args: readonly string[]): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...args], { cwd: folder }, (error, _, stderr) =>
      error ? reject(new Error(stderr)) : resolve(performance.now() - start),
    );
  });
}

const times = new Map(Object.keys(candidates).map((name) => [name, [] as number[]]));
for (let round = -1; round < 11; round++) {
  for (const [name, args] of Object.entries(candidates)) {
    const took = await time(args);
    if (round >= 0) times.get(name)?.push(took);
  }
}
for (const [name, list] of times) console.log(`${name}: ${(list.toSorted((a, b) => a - b)[5] ?? 0).toFixed(0)} ms`);
server.disconnect();
