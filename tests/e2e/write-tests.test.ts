import { spawn } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFaultyApi } from '../support/faulty-api/start.ts';
import { repository, runSpecproof } from '../support/run-specproof.ts';

/** A team's folder inside the checkout, so that it has our package and vitest. */
let folder: string;
const require = createRequire(import.meta.url);
const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
const compiler = join(dirname(require.resolve('typescript7/package.json')), 'bin', 'tsc');

async function runNode(argv: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST') && name !== 'NODE_ENV'));
  const child = spawn(process.execPath, argv, { cwd: folder, env: { ...clean, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => void child.on('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, said: out + err };
}

/** Does something while the API runs with these switches on, configured in the folder. */
async function beside<Result>(switches: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const api = await startFaultyApi({ switches, seed: 1 });
  const config = {
    api: 'observatory',
    folder: 'contract',
    document: api.documentUrl,
    environments: {
      local: {
        target: { kind: 'live', baseUrl: api.baseUrl },
        identities: { me: { kind: 'static', token: api.tokens.main } },
        main: 'me',
      },
    },
  };
  await writeFile(join(folder, 'specproof.config.json'), JSON.stringify(config));
  try {
    return await work();
  } finally {
    await api.close();
  }
}

const observations = 'post-telescopes-telescope_id-observations.test.ts';
const writeTests = (): ReturnType<typeof runSpecproof> =>
  runSpecproof(['run', '--only', 'generated', '--phases', 'invalid', '--seed', '5', '--write-tests', 'kept', '--quiet'], { cwd: folder });

beforeAll(async () => {
  await mkdir(join(repository, 'reports'), { recursive: true });
  folder = await mkdtemp(join(repository, 'reports', 'team-'));
  const toRoot = relative(folder, repository);
  await writeFile(
    join(folder, 'vitest.config.ts'),
    `export default {
  resolve: { conditions: ['specproof-source'] },
  ssr: { resolve: { conditions: ['specproof-source', 'module', 'node', 'import', 'default'] } },
  test: { include: ['kept/*.test.ts'], globalSetup: ['${toRoot}/src/sources/vitest/global-setup.ts'], testTimeout: 60_000 },
};\n`,
  );
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: `${toRoot}/tsconfig.json`, compilerOptions: { noUnusedLocals: true }, include: ['kept'] }),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('findings are kept as tests that fail until they are mended', async () => {
  const switches = ['negative-maximum', 'schema-owner-missing'];
  await beside(switches, async () => {
    expect((await runSpecproof(['pull', '--quiet'], { cwd: folder })).code).toBe(0);
    const { code, stdout, stderr } = await writeTests();
    expect(code, stderr).toBe(1);
    expect(stdout).toContain(`kept/${observations}`);
    const { said } = await runNode([vitest, 'run']);
    expect(said).toMatch(/Tests +\d+ failed \(\d+\)/);
    expect(said).toMatch(/observations: invalid data is accepted: `body\.priority` above its maximum 10: 11/);
    expect(said).toContain('invalid-refused');
  });
  const one = await readFile(join(folder, 'kept', observations), 'utf8');
  expect(one).toContain("import type { paths } from '../contract/types.ts';");
  expect(one).toMatch(/ \* promised  .*\n/);
  expect(await runNode([compiler, '-p', folder])).toEqual({ code: 0, said: '' });
  const mended = await beside([], () => runNode([vitest, 'run']));
  expect(mended.said).toMatch(/Tests +\d+ passed \(\d+\)/);
});

test('what is there is left as it is, and only what is new is added', async () => {
  const file = join(folder, 'kept', observations);
  await appendFile(file, '// looked at by Ada\n');
  const before = await readFile(file, 'utf8');
  const files = await readdir(join(folder, 'kept'));
  await beside(['negative-maximum', 'negative-enum'], () => writeTests());
  const after = await readFile(file, 'utf8');
  expect(after.startsWith(before)).toBe(true);
  expect(after.slice(before.length)).toContain('which is none of its values');
  expect(after.split('above its maximum').length).toBe(before.split('above its maximum').length);
  expect(await readdir(join(folder, 'kept'))).toEqual(expect.arrayContaining(files));
});
