/** The container target: containers on a network of their own, or a compose project. Removes what it made, whatever happens to the run. */
import { randomUUID } from 'node:crypto';
import { HarnessError } from '../../errors.ts';
import { shortHash } from '../../lib/short-hash.ts';
import { documentUrlOf, parseBaseUrl } from '../base-url.ts';
import type { Target } from '../target.ts';
import { publishedUrl } from './addresses.ts';
import { engineMessage, openEngine } from './engine.ts';
import type { ContainerTargetOptions } from './options.ts';
import type { Running } from './readiness.ts';
import { projectLabel, projectOf, startCompose } from './start-compose.ts';
import { assertContainers, startContainers } from './start-containers.ts';
import { runLabel, type Surroundings } from './surroundings.ts';
import { containerError, type Watched } from './watch-container.ts';

/** A container target also tells when one of its containers ends on its own, and what they print. */
export interface ContainerTarget extends Target {
  readonly kind: 'container';
  readonly died: Promise<HarnessError>;
  readonly logs: () => ReadonlyMap<string, readonly string[]>;
}

/** What a container target tells while it starts, and what ends that. */
export interface ContainerTargetHooks {
  /** Gets a line for each container begun and ready. */
  readonly onProgress?: (line: string) => void;
  /** Stops the start: what had been started is removed again, and E_TARGET is thrown. */
  readonly signal?: AbortSignal;
  /** Folder that paths are relative to; the current one by default. */
  readonly root?: string;
  /** Where secrets are read; `process.env` by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Makes what strikes the secrets out of the containers' output; without it the output is shown as it is. */
  readonly createRedactor?: (secrets: () => readonly string[]) => {
    /** The text without them. */
    readonly text: (text: string) => string;
  };
}

/**
 * The target, once every container is ready. Throws HarnessError E_CONFIG for addresses, names, ports and files that cannot be ones, E_SECRET,
 * E_OPTIONAL without testcontainers, E_TARGET without an engine, or for a container that is not built, started or ready: then all is removed again.
 */
export async function containerTarget(options: ContainerTargetOptions, hooks: ContainerTargetHooks = {}): Promise<ContainerTarget> {
  assertOptions(options);
  const watched: Watched[] = [];
  const stop = new AbortController();
  const surroundings = await createSurroundings(options, hooks, { stopping: stop.signal, onWatched: (each) => watched.push(each) });
  const death = Promise.withResolvers<HarnessError>();
  let starts: readonly Promise<unknown>[] = [];
  let keep = false;
  let disposal: Promise<void> | undefined;
  const dispose = (): Promise<void> => {
    stop.abort();
    disposal ??= Promise.allSettled(starts).then(() => (keep ? undefined : removeAll(surroundings, options)));
    return disposal;
  };
  const mourn = async (running: Running): Promise<void> => {
    const { ok, text } = await running.ended;
    if (stop.signal.aborted || (ok && running.mayEnd)) return;
    death.resolve(containerError(running.name, `ended on its own, with ${text}`, running));
  };
  const interrupt = (): void => void dispose();
  hooks.signal?.addEventListener('abort', interrupt);
  try {
    hooks.signal?.throwIfAborted();
    const containers = await startAll(options, surroundings, (under) => (starts = under));
    hooks.signal?.throwIfAborted();
    const baseUrl = publishedUrl(options.baseUrl, containers).replace(/\/+$/, '');
    const issuer = options.issuer === undefined ? undefined : publishedUrl(options.issuer, containers);
    for (const running of containers.values()) void mourn(running);
    keep = options.reuse === true;
    const logs = (): ReadonlyMap<string, readonly string[]> => new Map(watched.map(({ name, lines }) => [name, lines()]));
    return {
      kind: 'container',
      baseUrl,
      documentUrl: documentUrlOf(baseUrl, options.document),
      issuer,
      died: death.promise,
      logs,
      dispose,
    };
  } catch (error) {
    await dispose();
    throw hooks.signal?.aborted === true ? new HarnessError('E_TARGET', 'interrupted before the containers were ready') : error;
  } finally {
    hooks.signal?.removeEventListener('abort', interrupt);
  }
}

function assertOptions({ baseUrl, containers, compose }: ContainerTargetOptions): void {
  parseBaseUrl(baseUrl);
  if ((containers === undefined) === (compose === undefined))
    throw new HarnessError('E_CONFIG', 'a container target has either containers or compose', { hint: 'give one of the two keys' });
  assertContainers(containers ?? {});
}

async function createSurroundings(
  options: ContainerTargetOptions,
  { root = '.', env = process.env, createRedactor, onProgress = () => undefined }: ContainerTargetHooks,
  own: Pick<Surroundings, 'stopping' | 'onWatched'>,
): Promise<Surroundings> {
  const { reuse = false } = options;
  const secrets: string[] = [];
  return {
    ...own,
    engine: await openEngine(),
    run: reuse ? shortHash(root, JSON.stringify(options)) : randomUUID().slice(0, 8),
    reuse,
    root,
    onProgress,
    redact: createRedactor?.(() => secrets).text ?? ((text) => text),
    readVariable: (variable) => {
      const value = env[variable] ?? '';
      if (value === '') throw new HarnessError('E_SECRET', `environment variable ${variable} is not set`, { hint: `export ${variable}` });
      secrets.push(value);
      return value;
    },
  };
}

async function startAll(
  options: ContainerTargetOptions,
  surroundings: Surroundings,
  onStarts: (starts: readonly Promise<unknown>[]) => void,
): Promise<ReadonlyMap<string, Running>> {
  if (options.compose !== undefined) {
    const start = startCompose(options.compose, surroundings);
    onStarts([start]);
    return start;
  }
  const starts = startContainers(options.containers ?? {}, options, surroundings);
  onStarts([...starts.values()]);
  const running = await Promise.all(starts.values());
  return new Map(running.map((each) => [each.name, each]));
}

/** Removes containers, networks, volumes and compose's images of the run. What cannot be removed is told. */
async function removeAll({ engine, run, onProgress }: Surroundings, { compose }: ContainerTargetOptions): Promise<void> {
  const { dockerode } = engine.client.container;
  const label = compose === undefined ? `${runLabel}=${run}` : `${projectLabel}=${projectOf({ run })}`;
  const filters = { label: [label] };
  try {
    const containers = await dockerode.listContainers({ all: true, filters });
    await Promise.all(containers.map(({ Id }) => dockerode.getContainer(Id).remove({ force: true, v: true })));
    const networks = await dockerode.listNetworks({ filters });
    await Promise.all(networks.map(({ Id }) => dockerode.getNetwork(Id).remove()));
    const { Volumes } = await dockerode.listVolumes({ filters });
    await Promise.all(Volumes.map(({ Name }) => dockerode.getVolume(Name).remove()));
    const images = await dockerode.listImages({ filters });
    // Their layers stay, for the next build.
    await Promise.all(images.map(({ Id }) => dockerode.getImage(Id).remove({ force: true, noprune: true })));
  } catch (error) {
    onProgress(`what was started could not be removed (${engineMessage(error)}): look for containers with the label ${label}`);
  }
}
