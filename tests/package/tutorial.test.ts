import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shownCommands } from '../support/documentation.ts';
import { pack } from '../support/packed.ts';
import { makeFolder } from '../support/run-main.ts';
import { runPage } from '../support/run-page.ts';
import { repository } from '../support/run-specproof.ts';

let server: ChildProcess;
let tarball: string;
let folder: Awaited<ReturnType<typeof makeFolder>>;
let packed: Awaited<ReturnType<typeof makeFolder>>;
const told = new Map<string, string>();

beforeAll(async () => {
  folder = await makeFolder({});
  packed = await makeFolder({ 'package.json': '{ "private": true }' });
  tarball = await pack(packed.path);
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: packed.path });
  server = spawn(process.execPath, [join(repository, 'bin/specproof.cjs'), 'serve'], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(server.stdout ?? Readable.from([]))) {
    const [name = '', value = ''] = line.split(/ {2,}/);
    told.set(name, value);
    if (name === 'client') break;
  }
});
afterAll(async () => {
  server.kill('SIGTERM');
  await once(server, 'close');
  await folder.dispose();
  await packed.dispose();
});

it('the tutorial does in a fresh project what it says', { timeout: 600_000 }, async () => {
  const commands = shownCommands('docs/tutorial.md');
  const outcomes = await runPage(commands, {
    cwd: folder.path,
    env: {},
    launcher: join(packed.path, 'node_modules/specproof/bin/specproof.cjs'),
    replace: {
      'http://127.0.0.1:8000/jobbergate': told.get('base URL') ?? '',
      'http://127.0.0.1:9000': told.get('issuer') ?? '',
      'npm install': `npm install --no-audit --no-fund --save-dev ${tarball}`,
    },
  });
  expect(outcomes.filter(({ exits }, index) => exits !== commands[index]?.exits)).toEqual([]);
  expect(outcomes).toHaveLength(commands.length);
});
