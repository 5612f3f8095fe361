/**
 * From a large document, and from its lock, to the first verdict of `specproof run`: the built program, until it tells the first broken promise of
 * the first answer; and until a run of one case has planned all others. Beside it an empty program that reads and parses the same file. The
 * documents are fetched into a cache: GitHub's from npm (385 MB), Stripe's with `go`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchDocument } from '../src/spec/fetch-document.ts';
import { writeLock } from '../src/spec/lock.ts';
import { installedLauncher } from './installed.ts';
import { listDocument } from './list-api.ts';
import { median, printTable } from './measure.ts';

const rounds = 5;
const cache = join(homedir(), '.cache/specproof/bench');

async function githubDocument(): Promise<string> {
  const file = join(cache, 'node_modules/@octokit/openapi/generated/api.github.com.json');
  if (existsSync(file)) return file;
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, 'package.json'), '{}');
  run('npm', ['install', '--ignore-scripts', '--prefix', cache, '@octokit/openapi@23.0.2']);
  return file;
}

function stripeDocument(): string {
  const { Dir } = JSON.parse(run('go', ['mod', 'download', '-json', 'github.com/stripe/stripe-mock@v0.203.0'])) as { readonly Dir: string };
  return join(Dir, 'embedded/openapi/spec3.json');
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod' } });
  if (status !== 0) throw error ?? new Error(stderr);
  return stdout;
}

/** A folder with a configuration and the document's lock. */
async function lockedFolder(file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'specproof-locked-'));
  await writeFile(
    join(folder, 'specproof.config.ts'),
    `export default { api: 'it', environments: { local: { target: { kind: 'live', baseUrl: 'http://127.0.0.1' } } } };\n`,
  );
  await writeLock(join(folder, 'specs/it'), await fetchDocument(file), { prose: 'strip', now: new Date() });
  return folder;
}

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":1}');
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const launcher = await installedLauncher();

interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

/** What a Node program has cost when it tells the first cross, or that its last suite is done. */
async function until(sign: '✗' | 'done', args: readonly string[], cwd: string): Promise<Cost> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const cost = await new Promise<Cost>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (String(chunk).includes(sign)) resolve({ wall: performance.now() - start, ...usageOf(child.pid ?? 0) });
    });
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  return cost;
}

const runArgs = (document: readonly string[]): string[] =>
  [launcher, 'run', ...document].concat(['--base-url', baseUrl, '--only', 'generated', '--concurrency', '1']);
const parse = `JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8')); process.stderr.write('✗'); setInterval(() => {}, 1e6);`;

/** CPU time in milliseconds and the most memory in MB, as Linux tells them. */
function usageOf(pid: number): { readonly cpu: number; readonly memory: number } {
  const times = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpu: (Number(times[11]) + Number(times[12])) * 10, memory: Number(peak) / 1024 };
}

// a run that ends fills the compile cache, as the first run of a user does; those that are measured are killed
const small = join(await mkdtemp(join(tmpdir(), 'specproof-bench-')), 'openapi.json');
await writeFile(small, JSON.stringify(listDocument(['/lists'])));
await once(spawn(process.execPath, runArgs([small]), { cwd: tmpdir(), stdio: 'ignore' }), 'exit');

const rows: string[][] = [];
for (const [name, file] of [
  ['GitHub', await githubDocument()],
  ['Stripe', stripeDocument()],
] as const) {
  const folder = await lockedFolder(file);
  const costs: Record<string, Cost[]> = {
    'read and parsed by an empty program': [],
    'from the file': [],
    'from the lock': [],
    'all that is planned, one case sent': [],
  };
  for (let round = -1; round < rounds; round++) {
    const parsed = await until('✗', ['-e', parse, file], tmpdir());
    const cold = await until('✗', runArgs([file]), tmpdir());
    const locked = await until('✗', runArgs([]), folder);
    const planned = await until('done', [...runArgs([file]), '--max-cases', '1'], tmpdir());
    if (round < 0) continue;
    costs['read and parsed by an empty program']?.push(parsed);
    costs['from the file']?.push(cold);
    costs['from the lock']?.push(locked);
    costs['all that is planned, one case sent']?.push(planned);
  }
  const middle = (list: readonly Cost[], by: keyof Cost): string => median(list.map((cost) => cost[by])).toFixed(0);
  for (const [way, list] of Object.entries(costs))
    rows.push([`${name}, ${way}`, middle(list, 'wall'), middle(list, 'cpu'), middle(list, 'memory')]);
}
server.close();
printTable(['to the first verdict', 'ms', 'ms CPU', 'peak, MB'], rows);
