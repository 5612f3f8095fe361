import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFaultyApi, type FaultyApi } from '../support/faulty-api/start.ts';
import { makeFolder, runMain, type Outcome } from '../support/run-main.ts';
import { linesOf } from '../support/run-specproof.ts';

const switches = ['negative-maximum', 'positive-branch-optional', 'state-patch-dropped', 'relation-filter-ignored', 'status-crash-nul'];
const report = 'run.json';
let api: FaultyApi;
let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  api = await startFaultyApi({ switches, seed: 1 });
  folder = await makeFolder({});
});
afterAll(async () => {
  await api.close();
  await folder.dispose();
});

const run = (...argv: readonly string[]): Promise<Outcome> =>
  runMain(
    ['run', api.documentUrl, '--identity', `me=${api.tokens.main}`, '--format', 'ndjson', '--quiet', '--report', `json=${report}`, ...argv],
    {
      cwd: folder.path,
    },
  );

test('a replay sends exactly the scenario of a finding, whatever phase it is of, and finds it again', { timeout: 300_000 }, async () => {
  const { stdout } = await run('--phases', 'invalid,random,stateful,relations,protocol', '--seed', '11');
  const findings = linesOf(stdout, 'finding');
  const saved = await readFile(join(folder.path, report), 'utf8');
  const checks = ['invalid-refused', 'valid-accepted', 'written-read-back', 'filter-respected', 'no-server-error'];
  for (const check of checks) {
    const finding = findings.find((one) => one['check'] === check);
    expect(finding, `${check} among ${findings.map((one) => String(one['check'])).join()}`).toBeDefined();
    // the report says with which seed
    const replayed = await run('--replay', String(finding?.['id']));
    expect(linesOf(replayed.stdout, 'summary')[0]).toMatchObject({ seed: '11', suites: [{ name: 'generated', planned: 1, done: 1 }] });
    const again = linesOf(replayed.stdout, 'finding');
    expect(again.map(({ id }) => id)).toContain(finding?.['id']);
    expect(new Set(again.map(({ scenario }) => scenario))).toEqual(new Set([finding?.['scenario']]));
  }
  expect(await readFile(join(folder.path, report), 'utf8')).toBe(saved);
});

test('a scenario is replayed with the seed that is given, and without a report', async () => {
  const { stdout } = await run('--phases', 'invalid', '--seed', '11');
  const [finding] = linesOf(stdout, 'finding');
  await writeFile(join(folder.path, report), 'no report');
  const replayed = await run('--replay', String(finding?.['scenario']), '--seed', '12');
  expect(linesOf(replayed.stdout, 'summary')[0]).toMatchObject({ seed: '12' });
  expect(linesOf(replayed.stdout, 'finding').map(({ id }) => id)).toContain(finding?.['id']);
});

test('a finding is replayed whatever operations are chosen by now, and never against one that is left out', async () => {
  const { stdout } = await run('--phases', 'invalid', '--seed', '11');
  const [finding] = linesOf(stdout, 'finding');
  const id = String(finding?.['id']);
  const own = String(finding?.['operation']);
  const { paths } = (await (await fetch(api.documentUrl)).json()) as { readonly paths: Readonly<Record<string, object>> };
  const other = Object.keys(paths).find((path) => !own.includes(path)) ?? '';
  const replayed = await run('--replay', id, '--operation', other);
  expect(linesOf(replayed.stdout, 'finding').map((one) => one['id'])).toContain(id);
  expect(linesOf(replayed.stdout, 'summary')[0]).toMatchObject({ suites: [{ name: 'generated', planned: 1, done: 1 }] });
  const refused = await run('--replay', id, '--skip-operation', own);
  expect(refused.stderr).toContain(`asks for what --skip-operation leaves out: ${own}`);
  expect(refused.code).toBe(2);
});

test('a finding that does not come again is said not to, in plain words', async () => {
  const { stdout } = await run('--phases', 'invalid', '--seed', '11');
  const [finding] = linesOf(stdout, 'finding');
  const id = String(finding?.['id']);
  const mended = await startFaultyApi({ seed: 1 });
  try {
    const replay = (api: FaultyApi, format: string): Promise<Outcome> =>
      runMain(
        ['run', api.documentUrl, '--identity', `me=${api.tokens.main}`, '--report', `json=${report}`, '--format', format, '--replay', id],
        { cwd: folder.path },
      );
    const text = await replay(mended, 'text');
    expect(text.stdout, text.stderr).toContain(`! --replay ${id}: the finding did not come again`);
    expect(text.code).toBe(0);
    expect(linesOf((await replay(mended, 'ndjson')).stdout, 'summary')[0]).toMatchObject({ replay: { id, again: false } });
    const still = await replay(api, 'text');
    expect(still.stdout).not.toContain('did not come again');
    expect(still.code).toBe(1);
  } finally {
    await mended.close();
  }
});

test('what no scenario is called is said', async () => {
  const { code, stderr } = await run('--replay', 'nosuchid', '--seed', '1');
  expect(code).toBe(2);
  expect(stderr).toContain('--replay knows no scenario "nosuchid"');
});
