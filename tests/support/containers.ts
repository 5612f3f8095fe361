/** What tests of the container target share: an image, the engine's own view of what is there, and a door to the engine that can be shut. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getContainerRuntimeClient } from 'testcontainers';
import type { ContainerOptions } from '../../src/targets/container/options.ts';

/** Folder of the tests' small API. */
export const imageFolder: string = join(import.meta.dirname, 'container-image');

/** The small API as a container; each option may be replaced. */
export function apiContainer(options: Partial<ContainerOptions> = {}): ContainerOptions {
  return {
    image: { context: imageFolder, args: { EDITION: 'first' } },
    ready: [{ kind: 'http', port: 8000, path: '/surroundings' }],
    ...options,
  };
}

/** Ids of all containers and of compose's images, and names of all networks, that specproof made and that are still there, running or not. */
export async function whatIsLeft(): Promise<readonly string[]> {
  const { dockerode } = (await getContainerRuntimeClient()).container;
  const containers = await dockerode.listContainers({ all: true });
  const networks = await dockerode.listNetworks();
  const images = await dockerode.listImages();
  const own = (labels: Readonly<Record<string, string>> | undefined): boolean =>
    labels?.['specproof.run'] !== undefined || labels?.['com.docker.compose.project']?.startsWith('specproof-') === true;
  return [
    ...containers.filter(({ Labels }) => own(Labels)).map(({ Id, Image }) => `${Image} ${Id}`),
    ...networks.filter(({ Labels }) => own(Labels)).map(({ Name }) => Name),
    ...images.filter(({ Labels }) => own(Labels)).map(({ Id }) => Id),
  ];
}

/** Removes what a test could not let specproof remove. */
export async function removeLeft(): Promise<void> {
  const { dockerode } = (await getContainerRuntimeClient()).container;
  const filters = { label: ['specproof.run'] };
  for (const { Id } of await dockerode.listContainers({ all: true, filters }))
    await dockerode.getContainer(Id).remove({ force: true, v: true });
  for (const { Id } of await dockerode.listNetworks({ filters })) await dockerode.getNetwork(Id).remove();
}

/** A socket that leads to the engine until it is shut: for whoever uses it, the engine is gone then. */
export async function openDoor(): Promise<{ readonly host: string; readonly shut: () => Promise<void> }> {
  const { socketPath } = (await getContainerRuntimeClient()).container.dockerode.modem as unknown as { readonly socketPath: string };
  const path = join(tmpdir(), `specproof-door-${process.pid}-${Date.now()}.sock`);
  const open = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const engine = net.connect(socketPath);
    for (const [socket, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => other.destroy());
      socket.pipe(other);
    }
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    host: `unix://${path}`,
    shut: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await rm(path, { force: true });
    },
  };
}
