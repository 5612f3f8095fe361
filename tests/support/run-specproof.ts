/** Runs specproof as users do: through the launcher, as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join, resolve } from 'node:path';

/** The checkout. */
export const repository: string = resolve(import.meta.dirname, '..', '..');
/** The program, as node runs it. */
export const launcher: string = join(repository, 'bin', 'specproof.cjs');

/** Variables that vitest sets, or that decide about colours. */
const ofRunner = /^(?:VITEST|NODE_ENV|NODE_OPTIONS|TEST$|MODE|DEV|PROD|SSR|BASE_URL|NO_COLOR|FORCE_COLOR|CI$)/;

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Arguments of node, before the launcher. */
  readonly node?: readonly string[];
  /** Called with the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

export interface ProcessOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment's variables, without those that the runner of tests adds. */
export const ownEnvironment = (): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofRunner.test(name)));

/** What the process gave. Colours and the environment's own settings are out of play. */
export async function runSpecproof(argv: readonly string[], options: ProcessOptions = {}): Promise<ProcessOutcome> {
  const child = spawn(process.execPath, [...(options.node ?? []), launcher, ...argv], {
    cwd: options.cwd ?? repository,
    env: { ...ownEnvironment(), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  options.onStart?.(child);
  child.stdin.end(options.stdin ?? '');
  const ended = new Promise<Pick<ProcessOutcome, 'code' | 'signal'>>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal }));
  });
  const [stdout, stderr, how] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { ...how, stdout, stderr };
}

/** The lines of NDJSON of one type. */
export function linesOf(stdout: string, type: string): readonly Readonly<Record<string, unknown>>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line['type'] === type);
}
