import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDocument, pullDocument } from '../../../src/spec/pull-document.ts';
import { readLock } from '../../../src/spec/lock.ts';

const document = (description: string, statuses: readonly number[] = [200]) =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1', description },
    paths: {
      '/pets': { get: { operationId: 'list', responses: Object.fromEntries(statuses.map((status) => [status, { description }])) } },
    },
  });

let root = '';
let source = '';
let folder = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'specproof-pull-'));
  source = join(root, 'served.json');
  folder = join(root, 'specs', 'pets');
  await writeFile(source, document('a'));
});
afterEach(() => rm(root, { recursive: true }));

const pull = (prose: 'keep' | 'strip' = 'strip', day = '2026-11-23') =>
  pullDocument({ source, folder, prose, now: new Date(`${day}T00:00:00Z`) });

describe('pullDocument', () => {
  it('writes document, lock and types, and says so', async () => {
    const pulled = await pull();
    expect(pulled).toMatchObject({ changed: true, drift: [], notes: [], lock: { title: 'Pets', source, date: '2026-11-23' } });
    expect(pulled.files).toEqual(['openapi.json', 'lock.json', 'types.ts'].map((name) => join(folder, name)));
    expect((await readdir(folder)).sort()).toEqual(['lock.json', 'openapi.json', 'types.ts']);
    expect(await readFile(join(folder, 'types.ts'), 'utf8')).toContain(pulled.lock.digest);
  });

  it('writes nothing and keeps the date when only prose changed and the lock has none', async () => {
    await pull();
    const before = await stat(join(folder, 'types.ts'));
    await writeFile(source, document('b'));
    expect(await pull('strip', '2027-01-01')).toMatchObject({ changed: false, drift: [], files: [], lock: { date: '2026-11-23' } });
    expect((await stat(join(folder, 'types.ts'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('tells what moved, in the prose too when the lock keeps it', async () => {
    await pull('keep');
    await writeFile(source, document('b', [200, 404]));
    const { drift, changed } = await pull('keep');
    expect(changed).toBe(true);
    expect(drift.map(({ what }) => what)).toEqual([
      'response 200 of GET /pets: `description` was "a", is "b"',
      'GET /pets: status 404 is new',
      'the document: info: `description` was "a", is "b"',
    ]);
  });

  it('generates missing types again', async () => {
    await pull();
    await rm(join(folder, 'types.ts'));
    expect((await pull()).files).toEqual([join(folder, 'types.ts')]);
  });

  it('replaces a lock that was edited by hand, and says so', async () => {
    await pull();
    await writeFile(join(folder, 'openapi.json'), '{}');
    const { notes, changed } = await pull();
    expect(changed).toBe(true);
    expect(notes).toEqual([expect.stringMatching(/^the former lock was replaced without comparing: /)]);
    expect((await readLock(folder)).lock.title).toBe('Pets');
  });

  it.each([
    ['is no document', '{"a":1}', 'E_SPEC_INVALID'],
    ['is structurally wrong', '{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"get":1}}}', 'E_SPEC_INVALID'],
    ['has a lost reference', '{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"$ref":"#/nope"}}}', 'E_SPEC_REF'],
  ])('leaves the former lock as it is when the source %s', async (_, text, code) => {
    const { lock } = await pull();
    await writeFile(source, text);
    await expect(pull()).rejects.toMatchObject({ code });
    expect((await readLock(folder)).lock).toEqual(lock);
    expect((await readdir(folder)).sort()).toEqual(['lock.json', 'openapi.json', 'types.ts']);
  });
});

describe('checkDocument', () => {
  it('finds no drift against what was pulled, from the recorded source, and writes nothing', async () => {
    const { lock } = await pull();
    await writeFile(source, document('other prose'));
    const before = await stat(join(folder, 'lock.json'));
    expect(await checkDocument({ folder })).toEqual({ drift: [], lock, notes: [] });
    expect((await stat(join(folder, 'lock.json'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('tells what moved', async () => {
    await pull();
    const other = join(root, 'other.json');
    await writeFile(other, document('a', [201]));
    expect((await checkDocument({ folder, source: other })).drift).toMatchObject([
      { kind: 'removed', operation: 'GET /pets', what: 'GET /pets: status 200 is gone' },
      { kind: 'added', operation: 'GET /pets', what: 'GET /pets: status 201 is new' },
    ]);
  });

  it('needs a lock', async () => {
    await expect(checkDocument({ folder, source })).rejects.toMatchObject({ code: 'E_LOCK' });
  });
});
