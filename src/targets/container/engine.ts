/** Finds the container engine, Docker or Podman, as testcontainers does: DOCKER_HOST, the usual sockets, its own properties file. */
import { once } from 'node:events';
import net from 'node:net';
import type * as testcontainers from 'testcontainers';
import type { ContainerRuntimeClient } from 'testcontainers';
import { HarnessError } from '../../errors.ts';

export type Testcontainers = typeof testcontainers;

export interface Engine {
  readonly library: Testcontainers;
  readonly client: ContainerRuntimeClient;
}

/** A container as the engine's API knows it. */
export type EngineContainer = ReturnType<ContainerRuntimeClient['container']['getById']>;

/** The engine. Throws HarnessError E_OPTIONAL without the package testcontainers, that is when `load` rejects, and E_TARGET where no engine answers. */
export async function openEngine(load: () => Promise<Testcontainers> = () => import('testcontainers')): Promise<Engine> {
  const library = await load().catch((cause: unknown) => {
    throw new HarnessError('E_OPTIONAL', 'the container target needs the package testcontainers, which is not installed', {
      hint: 'npm install --save-dev testcontainers',
      cause,
    });
  });
  try {
    await assertNamedSocket(process.env['DOCKER_HOST']);
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
