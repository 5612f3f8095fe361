import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFolder } from '../support/run-main.ts';
import { notesDocument } from '../support/apis/notes.ts';
import { runSpecproof } from '../support/run-specproof.ts';

/** Notes on the stand-in: everybody reads, only those who may write do. */
const documentWith = (scope: string): string =>
  JSON.stringify({
    ...notesDocument,
    paths: Object.fromEntries(
      Object.entries(notesDocument['paths'] as Record<string, Record<string, object>>).map(([path, item]) => [
        path,
        Object.fromEntries(
          Object.entries(item).map(([method, operation]) => [
            method,
            { ...operation, security: [{ bearer: [method === 'get' ? 'read' : scope] }] },
          ]),
        ),
      ]),
    ),
  });

const config = {
  api: 'notes',
  document: 'notes.json',
  environments: {
    local: {
      target: {
        kind: 'embedded',
        rolesClaim: 'roles',
        clients: {
          keeper: { secret: 'k', claims: { roles: ['read', 'write', 'rewrite'] } },
          guest: { secret: 'g', claims: { roles: ['read', 'rewrite'] } },
        },
      },
      identities: Object.fromEntries(
        ['keeper', 'guest'].map((name) => [
          name,
          { kind: 'client-credentials', issuer: 'target', clientId: name, clientSecret: { testValue: name.slice(0, 1) } },
        ]),
      ),
    },
  },
};

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder({ 'specproof.config.json': JSON.stringify(config), 'notes.json': documentWith('write') });
});
afterAll(() => folder.dispose());

const run = (...argv: readonly string[]): ReturnType<typeof runSpecproof> =>
  runSpecproof(
    ['run', '--only', 'generated', '--phases', 'access', '--checks', 'access-as-locked,no-server-error', '--seed', '1', '--quiet', ...argv],
    {
      cwd: folder.path,
    },
  );

it('locks the matrix of access for review, holds the API against it, and reports what changed', async () => {
  const locking = await run('--lock-access');
  expect([locking.code, locking.stdout]).toEqual([0, expect.stringMatching(/access +none +keeper +guest\n/)]);
  const file = join(folder.path, 'specs/notes/access.yaml');
  const locked = await readFile(file, 'utf8');
  expect(locked).toContain('POST /notes: {no credentials: refused, keeper: allowed, guest: refused}');

  const kept = await run();
  expect([kept.code, kept.stdout]).toEqual([0, expect.stringContaining(' 0 not')]);
  expect(await readFile(file, 'utf8')).toBe(locked);

  await writeFile(join(folder.path, 'notes.json'), documentWith('rewrite'));
  const changed = await run();
  expect([changed.code, changed.stdout]).toEqual([1, expect.stringContaining('guest was refused and is allowed')]);
  expect(changed.stdout).toMatch(/access-as-locked/);
});

it('says what to do where there is nothing to lock', async () => {
  const { code, stderr } = await runSpecproof(
    ['run', 'notes.json', '--target', 'embedded', '--lock-access', '--max-cases', '5', '--quiet'],
    {
      cwd: folder.path,
    },
  );
  expect([code, stderr]).toEqual([2, expect.stringContaining('--lock-access has nothing to lock')]);
});
