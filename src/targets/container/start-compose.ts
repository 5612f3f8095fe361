/** Starts a compose project through testcontainers, which calls the `docker compose` plugin. */
import { isIPv4 } from 'node:net';
import { dirname, resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { linesHint } from '../last-lines.ts';
import { engineMessage } from './engine.ts';
import type { ComposeOptions } from './options.ts';
import { untilContainerReady, type Running } from './readiness.ts';
import { atOnce, readEnvironment, type Surroundings } from './surroundings.ts';
import { containerError, watchContainer } from './watch-container.ts';

/** The label by which compose knows its own. */
export const projectLabel = 'com.docker.compose.project';
const serviceLabel = 'com.docker.compose.service';

/** Name of the compose project of a run. */
export const projectOf = ({ run }: Pick<Surroundings, 'run'>): string => `specproof-${run}`;

/** The first container of each service by the service's name, ready. Throws HarnessError E_TARGET, also when there is no compose. */
export async function startCompose(options: ComposeOptions, surroundings: Surroundings): Promise<ReadonlyMap<string, Running>> {
  await upProject(options, surroundings);
  const { client } = surroundings.engine;
  const filters = { label: [`${projectLabel}=${projectOf(surroundings)}`] };
  const listed = await client.container.dockerode.listContainers({ all: true, filters });
  const running = await Promise.all(
    listed.map(async ({ Id, Labels, Ports }): Promise<Running> => {
      const name = Labels[serviceLabel] ?? Id;
      const watched = await watchContainer(name, Id, false, surroundings);
      surroundings.onWatched(watched);
      // Engines may publish a port for IPv6 as well, at another number: the last entry wins.
      const published = Ports.toSorted((one, other) => Number(isIPv4(one.IP)) - Number(isIPv4(other.IP)));
      const ports = new Map(
        published.flatMap(({ PrivatePort, PublicPort }) => (PublicPort === undefined ? [] : [[PrivatePort, PublicPort]])),
      );
      const ready = options.ready?.[name];
      const mayEnd = ready === undefined || ready.some(({ kind }) => kind === 'done');
      return { ...watched, host: client.info.containerRuntime.host, ports, mayEnd };
    }),
  );
  await Promise.all(running.map((each) => assertReady(each, options)));
  return new Map(running.map((each) => [each.name, each]));
}

async function assertReady(running: Running, { ready, readyTimeout }: ComposeOptions): Promise<void> {
  const failure = await untilContainerReady(running, ready?.[running.name], readyTimeout);
  if (failure !== undefined) throw containerError(running.name, failure, running);
}

async function upProject({ files, services, env }: ComposeOptions, surroundings: Surroundings): Promise<void> {
  const { engine, root, reuse, onProgress, redact } = surroundings;
  const [first, ...others] = files.map((file) => resolve(root, file));
  const project = new engine.library.DockerComposeEnvironment(dirname(first ?? root), [first ?? '', ...others])
    .withProjectName(projectOf(surroundings))
    .withEnvironment(readEnvironment(env, surroundings))
    .withDefaultWaitStrategy(atOnce)
    .withAutoCleanup(!reuse);
  onProgress('compose: starting');
  try {
    await project.up(services === undefined ? undefined : [...services]);
  } catch (cause) {
    const lines = redact(engineMessage(cause)).split('\n');
    throw new HarnessError('E_TARGET', `docker compose could not start ${files.join(', ')}: ${lines.at(-1) ?? ''}`, {
      hint: linesHint(lines),
      cause,
    });
  }
  onProgress('compose: started');
}
