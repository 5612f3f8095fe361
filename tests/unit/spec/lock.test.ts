import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLock, writeLock, writeWhole } from '../../../src/spec/lock.ts';

const document = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '7', description: 'prose' },
  paths: { '/pets': { get: { responses: { 200: { description: 'prose' } } } } },
};
const now = new Date('2026-11-23T23:59:00Z');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'specproof-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (prose: 'keep' | 'strip' = 'strip') =>
  writeLock(folder, { document, location: 'http://api.test/openapi.json' }, { prose, now });

describe('a lock', () => {
  it('says what was locked, from where and when', async () => {
    expect(await write()).toEqual({
      title: 'Pets',
      version: '7',
      openapi: '3.0.3',
      source: 'http://api.test/openapi.json',
      prose: 'strip',
      digest: expect.stringMatching(/^sha256:[\da-f]{64}$/) as string,
      date: '2026-11-23',
    });
  });

  it.each(['keep', 'strip'] as const)('is read back as it was written (prose: %s)', async (prose) => {
    const lock = await write(prose);
    const read = await readLock(folder);
    expect(read.lock).toEqual(lock);
    expect(read.location).toBe(join(folder, 'openapi.json'));
    expect(read.text).toBe(await readFile(read.location, 'utf8'));
    expect(read.text.includes('prose')).toBe(prose === 'keep');
  });

  it('leaves no other file behind', async () => {
    await write();
    await write();
    expect((await readdir(folder)).sort()).toEqual(['lock.json', 'openapi.json']);
  });

  it.each([
    ['is missing', () => rm(join(folder, 'lock.json')), /^there is no lock /],
    ['has lost its document', () => rm(join(folder, 'openapi.json')), /^there is no locked document /],
    ['is not JSON', () => writeFile(join(folder, 'lock.json'), '{'), /lock\.json is not JSON/],
    [
      'lacks its digest',
      () => writeFile(join(folder, 'lock.json'), '{"title":"a","version":"1","openapi":"3.0.3","source":"s","date":"d"}'),
      /no text at \/digest/,
    ],
    [
      'was edited by hand',
      async () => writeFile(join(folder, 'openapi.json'), (await readFile(join(folder, 'openapi.json'), 'utf8')).replace('"200"', '"201"')),
      /is not the document that .* locks/,
    ],
  ])('is refused when it %s', async (_, spoil, message) => {
    await write();
    await spoil();
    await expect(readLock(folder)).rejects.toMatchObject({ code: 'E_LOCK', message: expect.stringMatching(message) as string });
  });

  it('is not refused for its formatting', async () => {
    await write();
    const path = join(folder, 'openapi.json');
    await writeFile(path, JSON.stringify(JSON.parse(await readFile(path, 'utf8'))));
    expect((await readLock(folder)).lock.title).toBe('Pets');
  });
});

describe('writeWhole', () => {
  it('names the file that cannot be written, and leaves nothing half-written', async () => {
    await writeFile(join(folder, 'file'), 'former');
    await expect(writeWhole(join(folder, 'file', 'below'), 'text')).rejects.toMatchObject({
      code: 'E_WRITE',
      message: expect.stringContaining(join(folder, 'file', 'below')) as string,
    });
    expect(await readdir(folder)).toEqual(['file']);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('former');
  });
});
