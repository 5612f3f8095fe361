/** What the tests of real clients share: a proxy before the real API, and programs that call through it. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inject, onTestFinished } from 'vitest';
import { createIdentity } from '../../src/auth/create-identity.ts';
import type { Outcome } from './run-main.ts';
import { startProxyCommand } from './run-proxy.ts';
import { repository } from './run-specproof.ts';

/** What passed the proxy. */
export interface Traffic extends Outcome {
  /** `METHOD /path/template status` of each exchange, in the order of their ends. */
  readonly exchanges: readonly string[];
  /** `check: message (operation)` of each finding that no known deviation excuses. */
  readonly findings: readonly string[];
  /** All that specproof wrote: both streams and the recording. */
  readonly written: string;
}

export interface Consumed {
  /** Where the client finds the API. */
  readonly url: string;
  /** Stops the proxy. */
  readonly stop: () => Promise<Traffic>;
}

interface Entry {
  readonly response: { readonly status: number };
  readonly _specproof: { readonly operation?: string };
}

/** A proxy before the real stack, with a folder of its own for what it writes. */
export async function startConsumed(): Promise<Consumed> {
  const folder = await temporaryFolder();
  const file = join(folder, 'traffic.har');
  const proxy = await startProxyCommand(
    ['--env', 'jobbergate', '--format', 'ndjson', '--report', `har=${file}`],
    repository,
    Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  );
  const stop = async (): Promise<Traffic> => {
    const outcome = await proxy.stop();
    const har = await readFile(file, 'utf8');
    const { log } = JSON.parse(har) as { readonly log: { readonly entries: readonly Entry[] } };
    const lines = outcome.stdout
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Readonly<Record<string, unknown>>]));
    return {
      ...outcome,
      exchanges: log.entries.map((entry) => `${entry._specproof.operation ?? 'no operation'} ${entry.response.status}`),
      findings: lines.flatMap((line) =>
        line['type'] === 'finding' && line['known'] === false
          ? [`${String(line['check'])}: ${String(line['message'])} (${String(line['operation'])})`]
          : [],
      ),
      written: `${outcome.stdout}${outcome.stderr}${har}`,
    };
  };
  onTestFinished(async () => void (await proxy.stop()));
  return { url: proxy.url, stop };
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'specproof-consumer-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A token of one of the stack's identities. */
export async function tokenOf(name: string): Promise<string> {
  const options = inject('specproof').identities[name];
  if (options === undefined) throw new Error(`the environment has no identity ${name}`);
  return (await createIdentity(name, options).credential()).secret;
}

export interface Running {
  /** What it has printed on stdout so far. */
  readonly printed: () => string;
  /** What it printed on stdout; rejects with all that it printed when it does not end well. */
  readonly ended: Promise<string>;
}

/** Starts a program that knows of no proxy but ours. */
export function startProgram(command: readonly [string, ...string[]], env: Readonly<Record<string, string>>, cwd: string): Running {
  const [file, ...args] = command;
  const child = spawn(file, args, { cwd, env: { PATH: process.env['PATH'], HOME: cwd, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (printed += piece));
  const errors = text(child.stderr);
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(printed);
      else void errors.then((said) => reject(new Error(`${file} ${args[0] ?? ''} ended with ${code}:\n${printed}\n${said}`)));
    });
  });
  return { printed: () => printed, ended };
}
