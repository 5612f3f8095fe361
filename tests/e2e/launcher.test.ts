import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../support/run-main.ts';
import { runSpecproof } from '../support/run-specproof.ts';

/** Makes a process believe that it is an older Node; `once` spares the one that the launcher starts. */
const pretend = (version: string, once: boolean): string =>
  `if (${!once} || process.env.SPECPROOF_RELAUNCHED === undefined) Object.defineProperty(process.versions, 'node', { value: '${version}' });\n`;

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder({
    'old.cjs': pretend('20.20.2', true),
    'older.cjs': pretend('18.0.0', false),
    'just.cjs': pretend('24.15.0', false),
  });
});
afterAll(() => folder.dispose());

describe('the launcher', () => {
  it('runs the program', async () => {
    expect(await runSpecproof(['--version'])).toEqual({
      code: 0,
      signal: null,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
      stderr: '',
    });
  });

  it('starts the repository’s own Node when it is run by an old one', async () => {
    const { code, stdout } = await runSpecproof(['checks', '--format', 'ndjson'], { node: ['--require', `${folder.path}/old.cjs`] });
    expect(code).toBe(0);
    expect(stdout).toContain('"status-declared"');
  });

  it('hands on the exit code of the Node that it starts', async () => {
    const { code, stderr } = await runSpecproof(['rnu'], { node: ['--require', `${folder.path}/old.cjs`] });
    expect(code).toBe(2);
    expect(stderr).toContain("unknown command 'rnu'");
  });

  it('says in one sentence what to do when no Node is recent enough', async () => {
    const { code, stdout, stderr } = await runSpecproof(['--version'], { node: ['--require', `${folder.path}/older.cjs`] });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'specproof: Node.js 18.0.0 is too old: install Node.js 24.15 or newer, or in a checkout run npm ci with optional packages.\n',
    );
  });

  it('takes the first Node that is recent enough as it is', async () => {
    expect(await runSpecproof(['--version'], { node: ['--require', `${folder.path}/just.cjs`] })).toMatchObject({ code: 0 });
  });
});
