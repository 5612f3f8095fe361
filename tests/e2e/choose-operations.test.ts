import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startFaultyApi } from '../support/faulty-api/start.ts';
import { makeFolder } from '../support/run-main.ts';
import { runSpecproof } from '../support/run-specproof.ts';

interface Har {
  readonly log: { readonly entries: readonly { readonly request: { readonly method: string; readonly url: string } }[] };
}

async function setUp() {
  const api = await startFaultyApi();
  onTestFinished(() => api.close());
  const folder = await makeFolder({});
  onTestFinished(() => folder.dispose());
  const run = (...flags: readonly string[]): ReturnType<typeof runSpecproof> =>
    runSpecproof(
      ['run', api.documentUrl, '--base-url', api.baseUrl, '--identity', `main=${api.tokens.main}`, '--only', 'generated', ...flags],
      {
        cwd: folder.path,
      },
    );
  return { run, base: api.baseUrl, har: join(folder.path, 'all.har') };
}

it('a run asks about the chosen operations, never for those that are left out, and lists what it did not ask', async () => {
  const { run, base, har } = await setUp();
  const flags = ['--operation', '/notes*', '--skip-operation', 'DELETE *', '--skip-operation', 'GET /notes/{note_id}'];
  const { code, stdout } = await run(...flags, '--report', `har=${har}`);
  expect(stdout).toMatch(/\d+ not run: --operation chooses others/);
  expect(stdout).toMatch(/\d+ not run: --skip-operation leaves it out/);
  expect(stdout).toContain('no operation that may be asked for removes it');
  expect(code).toBe(0);
  const { log } = JSON.parse(await readFile(har, 'utf8')) as Har;
  const sent = log.entries.map(({ request }) => `${request.method} ${request.url.slice(base.length).split('?')[0]}`);
  expect(sent.filter((line) => line === 'POST /notes').length).toBeGreaterThan(10);
  expect(sent.filter((line) => /^(DELETE|(GET|HEAD) \/notes\/[^/]+$)/.test(line))).toEqual([]);
  expect(sent.filter((line) => !/^[A-Z]+ \/(notes|%6E%6F%74%65%73)/.test(line))).toEqual([]);
});

it('an operation that the document does not have is said before anything is sent', async () => {
  const { run } = await setUp();
  const { code, stderr } = await run('--operation', 'GET /note');
  expect(code).toBe(2);
  expect(stderr).toContain('the document has no operation "GET /note"');
  expect(stderr).toContain('did you mean "GET /notes"?');
});
