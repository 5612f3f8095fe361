import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { shownCommands } from '../support/documentation.ts';
import { makeFolder } from '../support/run-main.ts';
import { runPage } from '../support/run-page.ts';
import { startServe, type Served } from '../support/run-serve.ts';
import { repository } from '../support/run-specproof.ts';

const tarball = inject('tarball');
let server: Served;
let folder: Awaited<ReturnType<typeof makeFolder>>;
let packed: Awaited<ReturnType<typeof makeFolder>>;

/** The stand-in that the tutorial speaks of, with its job scripts alone: that is what its commands ask for, and a fifth of the operations. */
async function serveJobScripts(): Promise<Served> {
  const document = JSON.parse(await readFile(join(repository, 'specs/jobbergate/openapi.json'), 'utf8')) as { readonly paths: object };
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith('/job-scripts')));
  const clients = {
    'specproof-admin': {
      secret: 'specproof-admin-secret',
      claims: { azp: 'specproof-admin', email: 'specproof-admin@jobbergate.example.org', permissions: ['jobbergate:admin'] },
    },
  };
  const target = { kind: 'embedded', rolesClaim: 'permissions', ownerClaim: 'email', clients };
  const served = await makeFolder({
    'openapi.json': JSON.stringify({ ...document, paths }),
    'specproof.config.json': JSON.stringify({ api: 'jobbergate', document: 'openapi.json', environments: { embedded: { target } } }),
  });
  const started = await startServe(served.path);
  await served.dispose();
  return started;
}

beforeAll(async () => {
  folder = await makeFolder({});
  packed = await makeFolder({ 'package.json': '{ "private": true }' });
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: packed.path });
  server = await serveJobScripts();
});
afterAll(async () => {
  await server.stop();
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
      'http://127.0.0.1:8000/jobbergate': server.baseUrl,
      'http://127.0.0.1:9000': server.issuer,
      'npm install': `npm install --no-audit --no-fund --save-dev ${tarball}`,
    },
  });
  expect(outcomes.filter(({ exits }, index) => exits !== commands[index]?.exits)).toEqual([]);
  expect(outcomes).toHaveLength(commands.length);
});
