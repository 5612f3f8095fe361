/** Starts the containers of a configuration: each as soon as those that it needs are ready. */
import { resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { portsOf } from './addresses.ts';
import { buildImage } from './build-image.ts';
import { engineMessage, type Engine } from './engine.ts';
import type { ContainerOptions, ContainerTargetOptions } from './options.ts';
import { untilContainerReady, type Running } from './readiness.ts';
import { startContainer } from './start-container.ts';
import { runLabel, type Surroundings } from './surroundings.ts';
import { containerError } from './watch-container.ts';

/** Host names: what a URL can hold and an engine takes. */
const nameForm = /^[a-z][a-z0-9-]*$/;

/** Throws HarnessError E_CONFIG for names that cannot be host names, and for a need that is not further up. */
export function assertContainers(containers: Readonly<Record<string, ContainerOptions>>): void {
  const names = Object.keys(containers);
  for (const [index, name] of names.entries()) {
    if (!nameForm.test(name)) throw new HarnessError('E_CONFIG', `container ${name}: a name has lower-case letters, digits and hyphens`);
    const stray = containers[name]?.needs?.find((need) => !names.slice(0, index).includes(need));
    if (stray !== undefined) throw new HarnessError('E_CONFIG', `container ${name} needs ${stray}, which is no container further up`);
  }
}

/** The starts of all containers by name, under way. They reject with HarnessError E_TARGET, E_CONFIG or E_SECRET. */
export function startContainers(
  containers: Readonly<Record<string, ContainerOptions>>,
  target: ContainerTargetOptions,
  surroundings: Surroundings,
): ReadonlyMap<string, Promise<Running>> {
  const network = openNetwork(surroundings);
  // Whoever waits for it hears of its failure; nobody may be there yet.
  network.catch(() => undefined);
  const images = new Map<string, Promise<string>>();
  const imageOf = (name: string, { image }: ContainerOptions): string | Promise<string> => {
    if (typeof image === 'string') return image;
    const key = JSON.stringify(image);
    const building = images.get(key) ?? buildImage(name, { ...image, context: resolve(surroundings.root, image.context) }, surroundings);
    images.set(key, building);
    return building;
  };
  const starts = new Map<string, Promise<Running>>();
  for (const [name, options] of Object.entries(containers)) {
    const needs = [...starts].filter(([other]) => options.needs?.includes(other)).map(([, start]) => start);
    const start = async (): Promise<Running> => {
      const [image] = await Promise.all([imageOf(name, options), ...needs]);
      return startOne(name, options, { image, network: await network, ports: portsOf(name, target) }, surroundings);
    };
    starts.set(name, start());
  }
  return starts;
}

async function startOne(...[name, options, prepared, surroundings]: Parameters<typeof startContainer>): Promise<Running> {
  const began = performance.now();
  surroundings.onProgress(`${name}: starting`);
  const running = await startContainer(name, options, prepared, surroundings);
  const failure = await untilContainerReady(running, options.ready, options.readyTimeout);
  if (failure !== undefined) throw containerError(name, failure, running);
  surroundings.onProgress(`${name}: ${running.mayEnd ? 'done' : 'ready'} after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return running;
}

/** Name of the network, which is there. */
async function openNetwork({ engine, run, reuse }: Surroundings): Promise<string> {
  const { dockerode } = engine.client.container;
  const name = `specproof-${run}`;
  const session = reuse ? {} : { [engine.library.LABEL_TESTCONTAINERS_SESSION_ID]: await openSession(engine) };
  try {
    const isThere = reuse && (await dockerode.listNetworks({ filters: { label: [`${runLabel}=${run}`] } })).length > 0;
    if (!isThere) await engine.client.network.create({ Name: name, Driver: 'bridge', Labels: { [runLabel]: run, ...session } });
    return name;
  } catch (cause) {
    throw new HarnessError('E_TARGET', `the network of the containers could not be made: ${engineMessage(cause)}`, { cause });
  }
}

/** Id under which testcontainers' reaper removes what is ours, should we be killed. */
async function openSession({ library, client }: Engine): Promise<string> {
  try {
    return (await library.getReaper(client)).sessionId;
  } catch (cause) {
    throw new HarnessError('E_TARGET', `the reaper of testcontainers could not be started: ${engineMessage(cause)}`, {
      hint: 'where its image cannot be had, set TESTCONTAINERS_RYUK_DISABLED=true: specproof removes its containers itself unless it is killed',
      cause,
    });
  }
}
