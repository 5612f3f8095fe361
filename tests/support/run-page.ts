/** Runs the commands of a documentation page as its reader would: one after the other, in one shell. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import type { ShownCommand } from './documentation.ts';
import { launcher as checkout, ownEnvironment } from './run-specproof.ts';

/** What came of a command. */
export interface CommandOutcome {
  readonly command: string;
  readonly exits: number;
  readonly output: string;
}

export interface PageOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The program behind `specproof`; the checkout's by default. */
  readonly launcher?: string;
  /** What stands in the page by what stands for it here: addresses, mostly. */
  readonly replace: Readonly<Record<string, string>>;
}

const mark = '@@specproof-page';

/** The outcomes of all commands, in order; commands after one that ended the shell have none. */
export async function runPage(
  commands: readonly ShownCommand[],
  { cwd, env, replace, launcher = checkout }: PageOptions,
): Promise<readonly CommandOutcome[]> {
  const bin = join(cwd, '.bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'specproof'), `#!/bin/sh\nexec ${process.execPath} ${launcher} "$@"\n`, { mode: 0o755 });
  await writeFile(join(bin, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  const shown = commands.map(({ text }) => Object.entries(replace).reduce((line, [from, to]) => line.replaceAll(from, to), text));
  const identity = ['-c', 'user.name=reader', '-c', 'user.email=reader@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...identity, 'commit', '-qm', 'begin'],
  ])
    execFileSync('git', args, { cwd });
  const script = shown.map((line) => `${line}\necho "${mark} $?"`).join('\n');
  const shell = spawn('bash', ['-c', `exec 2>&1\n${script}`], {
    cwd,
    // What specproof keeps of a user stays out of the user's own folders.
    env: {
      ...ownEnvironment(),
      XDG_DATA_HOME: bin,
      XDG_STATE_HOME: bin,
      ...env,
      PATH: [join(cwd, 'node_modules', '.bin'), bin, process.env['PATH']].join(':'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const outputs = (await text(shell.stdout)).split(new RegExp(`^${mark} (\\d+)\\n`, 'm'));
  return shown.slice(0, (outputs.length - 1) / 2).map((command, index) => ({
    command,
    output: outputs[2 * index] ?? '',
    exits: Number(outputs[2 * index + 1]),
  }));
}
