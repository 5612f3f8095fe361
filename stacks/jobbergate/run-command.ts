// Runs a command to its end, silent unless it fails.
import { spawn } from 'node:child_process';

/** How to run a command. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Gives what the command printed; rejects with the end of it when the command can't start or doesn't exit 0. */
export function runCommand(command: readonly [string, ...string[]], options: CommandOptions = {}): Promise<string> {
  const [file, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd ?? '/',
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (piece: string): void => {
      output += piece;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const end = output.trimEnd().split('\n').slice(-15).join('\n');
      reject(new Error(`${file} ${args[0] ?? ''} ended with ${signal ?? code}:\n${end}`));
    });
  });
}
