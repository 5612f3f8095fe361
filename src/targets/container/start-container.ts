/** Starts one container through testcontainers. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { GenericContainer } from 'testcontainers';
import { HarnessError } from '../../errors.ts';
import { engineMessage } from './engine.ts';
import type { ContainerOptions } from './options.ts';
import type { Running } from './readiness.ts';
import { atOnce, readEnvironment, runLabel, type Surroundings } from './surroundings.ts';
import { containerError, watchContainer, type Watched } from './watch-container.ts';

export interface PublishedPort {
  readonly container: number;
  /** Port here; undefined for a free one. */
  readonly host: number | undefined;
}

/** What has been found out about a container before it is started. */
export interface Prepared {
  readonly image: string;
  readonly network: string;
  readonly ports: readonly PublishedPort[];
}

/** The container, started; ready it is not yet. Throws HarnessError E_TARGET when the engine refuses, E_CONFIG for a file that is not there, E_SECRET. */
export async function startContainer(
  name: string,
  options: ContainerOptions,
  prepared: Prepared,
  surroundings: Surroundings,
): Promise<Running> {
  let watched: Watched | undefined;
  const watch = async (id: string, fresh: boolean): Promise<Watched> => {
    watched = await watchContainer(name, id, fresh, surroundings);
    surroundings.onWatched(watched);
    return watched;
  };
  const mayEnd = options.ready?.some(({ kind }) => kind === 'done') === true;
  const { host } = surroundings.engine.client.info.containerRuntime;
  const generic = await describeContainer(name, options, prepared, surroundings);
  // The hook that testcontainers has for its subclasses: the only moment before the first line is printed.
  Object.assign(generic, {
    containerCreated: async (id: string) => {
      if (surroundings.stopping.aborted) throw new Error('was stopped before it was started');
      await watch(id, true);
    },
  });
  try {
    const started = await generic.start();
    const listened = watched ?? (await watch(started.getId(), false));
    const ports = new Map(prepared.ports.map(({ container }) => [container, started.getMappedPort(container)]));
    return { ...listened, host, ports, mayEnd };
  } catch (error) {
    const ending = watched?.ending();
    // testcontainers waits for the ports of what has already done its work, and in vain.
    if (watched !== undefined && mayEnd && ending?.ok === true) return { ...watched, host, ports: new Map(), mayEnd };
    const reason = ending === undefined ? `could not be started: ${engineMessage(error)}` : `ended at once, with ${ending.text}`;
    throw containerError(name, reason, watched, error);
  }
}

async function describeContainer(
  name: string,
  options: ContainerOptions,
  { image, network, ports }: Prepared,
  surroundings: Surroundings,
): Promise<GenericContainer> {
  const { engine, run, reuse, root } = surroundings;
  const container = new engine.library.GenericContainer(image)
    .withNetworkMode(network)
    .withNetworkAliases(name, ...(options.aliases ?? []))
    .withEnvironment(readEnvironment(options.env, surroundings))
    .withLabels({ [runLabel]: run })
    .withExposedPorts(...ports.map(({ container, host }) => (host === undefined ? container : { container, host })))
    .withExtraHosts(Object.entries(options.hosts ?? {}).map(([host, ipAddress]) => ({ host, ipAddress })))
    .withWaitStrategy(atOnce);
  if (options.command !== undefined) container.withCommand([...options.command]);
  if (options.health !== undefined) {
    const { command, interval = 1000, retries = 30 } = options.health;
    container.withHealthCheck({ test: ['CMD-SHELL', command], interval, retries });
  }
  for (const [target, path] of Object.entries(options.files ?? {})) {
    const source = resolve(root, path);
    const found = await stat(source).catch((cause: unknown) => {
      throw new HarnessError('E_CONFIG', `container ${name}: ${path}, to be copied to ${target}, is not there`, { cause });
    });
    if (found.isDirectory()) container.withCopyDirectoriesToContainer([{ source, target }]);
    else container.withCopyFilesToContainer([{ source, target }]);
  }
  return reuse ? container.withReuse() : container;
}
