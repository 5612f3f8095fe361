import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { notesDocument } from '../support/apis/notes.ts';
import { makeFolder, runMain } from '../support/run-main.ts';

it('pull without a configuration asks again where the lock says that its document is from', async () => {
  const folder = await makeFolder({ 'notes.json': JSON.stringify(notesDocument) });
  onTestFinished(folder.dispose);
  const pull = (...argv: readonly string[]): ReturnType<typeof runMain> => runMain(['pull', ...argv], { cwd: folder.path });
  expect(await pull()).toMatchObject({ code: 2, stderr: expect.stringContaining('no document is named') as string });
  expect(await pull('notes.json')).toMatchObject({ code: 0 });
  expect(await pull('--check')).toMatchObject({ code: 0, stdout: expect.stringContaining('is what specs/api locks: Notes 1') as string });
  const file = join(folder.path, 'notes.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"version":"1"', '"version":"2"'));
  expect(await pull('--check')).toMatchObject({ code: 1, stdout: expect.stringContaining('is not what specs/api locks') as string });
  expect(await pull()).toMatchObject({ code: 0, stdout: expect.stringContaining('Notes 2: locked') as string });
});
