import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/command-table.ts';
import { runMain } from '../../support/run-main.ts';

describe('help', () => {
  it('names every command', async () => {
    const { code, stdout } = await runMain(['--help']);
    expect(code).toBe(0);
    expect(commands.map(({ name }) => name).filter((name) => !stdout.includes(`\n  ${name} `))).toEqual([]);
  });

  it.each(commands.map(({ name, summary }) => ({ name, summary })))('of $name goes to stdout', async ({ name, summary }) => {
    const { code, stdout, stderr } = await runMain([name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(summary.slice(0, 40));
  });

  it('comes with exit code 2 when nothing is asked', async () => {
    const { code, stdout, stderr } = await runMain([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: specproof');
  });

  it('is not needed for the version', async () => {
    expect(await runMain(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
  });
});

it('a bare number of milliseconds that may have been meant as seconds is told, but not to whom wants quiet', async () => {
  expect((await runMain(['run', 'nothing.json', '--max-time', '200'])).stderr).toMatch(
    /^ {2}--max-time 200 is 200 milliseconds; for seconds: 200s\nspecproof: /,
  );
  expect((await runMain(['run', 'nothing.json', '--max-time', '200', '--quiet'])).stderr).toMatch(/^specproof: /);
});

describe('wrong usage', () => {
  it.each([
    { argv: ['rnu'], want: "unknown command 'rnu', did you mean run?", hint: 'see specproof --help' },
    { argv: ['run', '--formt', 'json'], want: "unknown option '--formt', did you mean --format?", hint: 'see specproof run --help' },
    { argv: ['run', 'a', 'b'], want: "too many arguments for 'run'", hint: 'see specproof run --help' },
    { argv: ['judge'], want: "missing required argument 'file'", hint: 'see specproof judge --help' },
    { argv: ['collection', '--document', 'x'], want: "unknown option '--document'", hint: 'specproof collection [document]' },
    { argv: ['smoke', '--allow-writes'], want: "unknown option '--allow-writes'", hint: 'see specproof smoke --help' },
    {
      argv: ['run', '--phases', 'examples,boundries'],
      want: '--phases knows no phase "boundries", did you mean boundaries?; there are examples, boundaries',
      hint: '',
    },
    {
      argv: ['run', '--checks', 'status-declard'],
      want: '--checks knows no check "status-declard", did you mean status-declared?; there are no-server-error',
      hint: '',
    },
    { argv: ['run', '--only', 'vitest'], want: '--only knows no suite "vitest"; there are contract, generated, tests, newman', hint: '' },
    { argv: ['run', '--timeout', 'soon'], want: '--timeout must be milliseconds or a time such as 30s or 2m, not "soon"', hint: '' },
    { argv: ['run', '--concurrency', '0'], want: '--concurrency must be an integer from 1 to 1000, not "0"', hint: '' },
    { argv: ['run', '--rate', '-1'], want: '--rate must be a number above 0, not "-1"', hint: '' },
    {
      argv: ['run', '--report', 'pdf=x'],
      want: '--report knows no report "pdf"; it takes KIND=FILE, KIND one of html, json, ndjson',
      hint: '',
    },
    { argv: ['run', '--base-url', 'example.com'], want: '--base-url must be an http or https URL', hint: '' },
    { argv: ['run', '-H', 'no colon'], want: '--header must be a header field of the form "Name: value"', hint: '' },
    { argv: ['run', '--env', 'staging'], want: '--env staging: there is no specproof.config.ts in', hint: 'name a document' },
    { argv: ['run'], want: 'no document is named, and there is no specproof.config.ts in', hint: 'specproof run DOCUMENT' },
    {
      argv: ['call', 'GET', '/x', '--as', 'wget'],
      want: '--as knows no kind "wget"; there are curl, httpx, fetch, httpie, body',
      hint: '',
    },
    {
      argv: ['serve', '--fault', 'sever-error'],
      want: 'knows no fault "sever-error"; there are changed-document',
      hint: 'server-error (every operation answers 500)',
    },
    { argv: ['serve', '--port', '99999'], want: '--port must be an integer from 0 to 65535, not "99999"', hint: '' },
  ])('$argv is told in one line', async ({ argv, want, hint }) => {
    const { code, stdout, stderr } = await runMain(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const [first = '', second = '', ...others] = stderr.trimEnd().split('\n');
    expect(first).toContain(`specproof: ${want}`);
    expect(second).toContain(hint);
    expect(others).toEqual([]);
  });

  it('does not repeat what may be a secret', async () => {
    const { stderr } = await runMain(['run', '--identity', 'hunter2secret']);
    expect(stderr).toContain('--identity must have the form NAME=TOKEN');
    expect(stderr).not.toContain('hunter2');
  });
});

describe('checks', () => {
  it('lists ids as JSON', async () => {
    const { code, stdout } = await runMain(['checks', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toContainEqual({
      id: 'status-declared',
      title: expect.any(String) as string,
      source: expect.any(String) as string,
    });
  });

  it('lists one check a line for programs', async () => {
    const lines = (await runMain(['checks', '--format', 'ndjson'])).stdout.trim().split('\n');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual(lines.map(() => 'check'));
  });
});
