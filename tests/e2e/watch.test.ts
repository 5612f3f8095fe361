import { readFile, writeFile } from 'node:fs/promises';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { notesDocument } from '../support/apis/notes.ts';
import { makeFolder } from '../support/run-main.ts';
import { runSpecproof } from '../support/run-specproof.ts';

const collection = {
  info: { name: 'Notes', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
  item: [
    {
      name: 'list',
      request: { method: 'GET', url: '{{baseUrl}}/notes' },
      event: [{ listen: 'test', script: { exec: ["pm.test('answers 200', () => pm.response.to.have.status(200));"] } }],
    },
  ],
};

/** A project of the notes with its document, not locked, and what else its configuration and its folder hold. */
async function notesFolder(config: object = {}, files: Readonly<Record<string, string>> = {}): ReturnType<typeof makeFolder> {
  const folder = await makeFolder({
    'notes.json': JSON.stringify(notesDocument),
    'specproof.config.json': JSON.stringify({
      api: 'notes',
      document: 'notes.json',
      environments: { local: { target: { kind: 'embedded' } } },
      phases: ['examples'],
      ...config,
    }),
    ...files,
  });
  onTestFinished(folder.dispose);
  return folder;
}

it('run --watch runs the suites that a change touches, and those alone, until it is stopped', async () => {
  const folder = await notesFolder(
    { collections: [{ file: 'notes.postman_collection.json' }] },
    { 'notes.postman_collection.json': JSON.stringify(collection) },
  );
  await runSpecproof(['pull'], { cwd: folder.path });
  let child: ChildProcess | undefined;
  const ran = runSpecproof(['run', '--watch', '--only', 'generated,newman'], { cwd: folder.path, onStart: (started) => (child = started) });
  const first = await nextRun(child);
  expect(first).toMatch(/generated +━/);
  expect(first).toMatch(/newman +━+ +1 of 1 +no finding/);
  const file = join(folder.path, 'notes.postman_collection.json');
  const again = nextRun(child);
  await writeFile(file, (await readFile(file, 'utf8')).replace('status(200)', 'status(201)'));
  const second = await again;
  expect(second).toMatch(/newman +━+ +1 of 1 +1 cause/);
  expect(second).not.toMatch(/generated +━/);
  const fewer = nextRun(child);
  await writeFile(
    join(folder.path, 'specs/notes/overlay.yaml'),
    [
      'overlay: 1.0.0',
      'info: { title: notes, version: "1" }',
      'actions:',
      '  - target: $.paths["/notes/{id}"].delete.responses',
      '    update: { "409": { description: taken } }',
    ].join('\n'),
  );
  const third = await fewer;
  const planned = (text: string): number => Number(/generated +━+ +(\d+) of/.exec(text)?.[1]);
  expect(planned(third)).toBeGreaterThan(0);
  expect(planned(third)).toBeLessThan(planned(first));
  child?.kill('SIGINT');
  expect(await ran).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('changed: specs/notes/overlay.yaml: DELETE /notes/{id}\n') as string,
  });
});

it('run --watch runs again when the configured document changes that nothing has locked', async () => {
  const folder = await notesFolder();
  let child: ChildProcess | undefined;
  const ran = runSpecproof(['run', '--watch', '--only', 'generated'], { cwd: folder.path, onStart: (started) => (child = started) });
  await nextRun(child);
  const again = nextRun(child);
  await writeFile(join(folder.path, 'notes.log'), 'of somebody else');
  await writeFile(join(folder.path, 'notes.json'), JSON.stringify(notesDocument).replaceAll('"maximum":5', '"maximum":4'));
  await again;
  child?.kill('SIGINT');
  expect(await ran).toMatchObject({
    stderr: expect.stringContaining('changed: notes.json: POST /notes, PUT /notes/{id}, PATCH /notes/{id}\n') as string,
  });
});

/** Waits for the summary of one more run. */
async function nextRun(child: ChildProcess | undefined): Promise<string> {
  let text = '';
  while (!/ · exit \d+\n/.test(text)) {
    const [chunk] = (await once(child?.stdout ?? expect.fail('nothing runs'), 'data')) as [Buffer];
    text += chunk.toString();
  }
  return text;
}
