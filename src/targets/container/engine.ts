/** Finds the container engine: Docker as testcontainers does (DOCKER_HOST, the usual sockets, its own properties file), else Podman at its usual sockets. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import net from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as testcontainers from 'testcontainers';
import type { ContainerRuntimeClient } from 'testcontainers';
import { HarnessError } from '../../errors.ts';
import { loadOptional } from '../../lib/load-optional.ts';

export type Testcontainers = typeof testcontainers;

export interface Engine {
  readonly library: Testcontainers;
  readonly client: ContainerRuntimeClient;
}

/** A container as the engine's API knows it. */
export type EngineContainer = ReturnType<ContainerRuntimeClient['container']['getById']>;

/** The engine. Throws HarnessError E_OPTIONAL without the package testcontainers, that is when `load` rejects, and E_TARGET where no engine answers. */
export async function openEngine(load: () => Promise<Testcontainers> = () => import('testcontainers')): Promise<Engine> {
  const library = await loadOptional('testcontainers', 'the container target needs', load);
  const { env } = process;
  const podman = podmanHost(env, homedir(), existsSync);
  // The only way to tell testcontainers, which itself never looks for Podman.
  if (podman !== undefined) env['DOCKER_HOST'] = podman;
  try {
    await assertNamedSocket(env['DOCKER_HOST']);
    const client = await library.getContainerRuntimeClient();
    await client.container.dockerode.ping();
    return { library, client };
  } catch (cause) {
    throw new HarnessError('E_TARGET', `no container engine answers: ${engineMessage(cause)}`, {
      hint: 'start Docker, or Podman’s socket; DOCKER_HOST names one that is not at the usual place',
      cause,
    });
  }
}

/**
 * Podman's address where it is the engine: nobody names another, nothing of Docker is at its usual places, and Podman's socket is at one of its own,
 * the user's first. Else undefined.
 */
export function podmanHost(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  isThere: (path: string) => boolean,
): string | undefined {
  const { DOCKER_HOST: named, XDG_RUNTIME_DIR: own = '/run' } = env;
  const docker = ['/var/run/docker.sock', join(own, 'docker.sock')];
  const ofHome = ['.testcontainers.properties', '.docker/run/docker.sock', '.docker/desktop/docker.sock'];
  if (named !== undefined || [...docker, ...ofHome.map((path) => join(home, path))].some(isThere)) return undefined;
  const socket = [join(own, 'podman/podman.sock'), '/run/podman/podman.sock'].find(isThere);
  return socket === undefined ? undefined : `unix://${socket}`;
}

/** Where the user names a socket, testcontainers would silently try others should nobody answer there. */
async function assertNamedSocket(host: string | undefined): Promise<void> {
  const path = host?.startsWith('unix://') === true ? host.slice('unix://'.length) : undefined;
  if (path === undefined) return;
  const socket = net.connect(path);
  await once(socket, 'connect').finally(() => socket.destroy());
}

/** What the engine said, in one line. */
export function engineMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim();
}
