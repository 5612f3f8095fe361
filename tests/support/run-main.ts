/** Runs the command line in this process with its own streams and folder. */
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunMainOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Both streams are a terminal. */
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
}

/** What the command line gave: exit code and both streams. */
export async function runMain(argv: readonly string[], options: RunMainOptions = {}): Promise<Outcome> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const terminal = options.terminal === true && { isTTY: true, columns: 100 };
  const code = await main(argv, {
    stdout: { write: (text) => void out.push(Buffer.from(text)), ...terminal },
    stderr: { write: (text) => void err.push(Buffer.from(text)), ...terminal },
    ...(options.stdin !== undefined && { stdin: ReadableStream.from([options.stdin]) }),
    env: options.env ?? {},
    cwd: options.cwd ?? tmpdir(),
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

/** A fresh folder with these files; `dispose` removes it. */
export async function makeFolder(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly path: string; readonly dispose: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'specproof-test-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, dispose: () => rm(path, { recursive: true, force: true }) };
}
