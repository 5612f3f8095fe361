/** What all containers of one target have in common. */
import type { WaitStrategy } from 'testcontainers';
import type { Engine } from './engine.ts';
import type { SecretVariable } from './options.ts';
import type { Watched } from './watch-container.ts';

export interface Surroundings {
  readonly engine: Engine;
  /** Names the run: label of all that is made for it, and part of the names of network and compose project. */
  readonly run: string;
  /** Containers of an earlier run with the same name are taken, and stay. */
  readonly reuse: boolean;
  /** Paths are relative to it. */
  readonly root: string;
  /** Reads an environment variable and remembers its value as a secret; may throw HarnessError E_SECRET. */
  readonly readVariable: (variable: string) => string;
  /** Strikes the secrets. */
  readonly redact: (text: string) => string;
  /** Nothing is started any more, and nobody listened to, once it is aborted. */
  readonly stopping: AbortSignal;
  /** Hears of each container as soon as there is one. */
  readonly onWatched: (watched: Watched) => void;
  readonly onProgress: (line: string) => void;
}

/** The label of all that is made for a run. */
export const runLabel = 'specproof.run';

/** Readiness is ours to judge: the waits of testcontainers cannot be stopped, and would keep the process alive. */
export const atOnce: WaitStrategy = {
  waitUntilReady: () => Promise.resolve(),
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};

/** The variables with their values. */
export function readEnvironment(
  env: Readonly<Record<string, string | SecretVariable>> | undefined,
  { readVariable }: Pick<Surroundings, 'readVariable'>,
): Record<string, string> {
  const entries = Object.entries(env ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? value : readVariable(value.variable)]));
}
