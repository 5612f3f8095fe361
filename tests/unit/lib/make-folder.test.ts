import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../../src/lib/make-folder.ts';
import * as support from '../../support/run-main.ts';

async function fresh(): Promise<string> {
  const made = await support.makeFolder({});
  onTestFinished(made.dispose);
  return made.path;
}

it('makes a folder and those above it, with the mode, and leaves one that is there', async () => {
  const folder = join(await fresh(), 'a/b/c');
  await makeFolder(folder, 0o700);
  await makeFolder(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

it('says what is wrong where a file is in the way', async () => {
  const folder = await fresh();
  await writeFile(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(folder, 'file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it('ends where the system makes no folders, and says so', async () => {
  await expect(makeFolder('/proc/specproof/below')).rejects.toMatchObject({ code: expect.any(String) as string });
});
