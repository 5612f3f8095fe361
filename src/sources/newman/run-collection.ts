/** Runs a Postman collection through newman's library and yields what it does as suite events. Prints nothing, leaves nothing running. */
import { statSync } from 'node:fs';
import type { NewmanRunOptions } from 'newman';
import { HarnessError } from '../../errors.ts';
import type { SuiteEvent } from '../../run/events.ts';
import { createEventQueue } from '../../lib/event-queue.ts';
import type { CollectionOptions } from './collection-options.ts';
import { createAgents } from './create-agents.ts';
import { createGuard } from './create-guard.ts';
import { followItems, type RunParts } from './follow-items.ts';
import { importNewman, type Newman } from './import-newman.ts';
import { loadCollection, loadEnvironment, type LoadedCollection } from './load-collection.ts';
import { createReachesTarget } from './reaches-target.ts';

const patience = 30_000;

/**
 * The events of a run of the collection: each request that reaches the target and its answer is an exchange, with the
 * item's own assertions as judgements; redirects and the requests of scripts are exchanges of their own. Requests to other
 * origins are let go and not recorded.
 *
 * Throws HarnessError E_COLLECTION for a file that cannot be run, E_OPTIONAL without newman, and what `token` throws.
 */
export async function* runCollection(options: CollectionOptions): AsyncGenerator<SuiteEvent, void, undefined> {
  const collection = await loadCollection(options.collection, options.folder);
  const environment = options.environment === undefined ? [] : await loadEnvironment(options.environment);
  const newman = await importNewman();
  const { baseUrl, withhold, connect } = options;
  const guard = withhold && (await createGuard({ baseUrl, withhold, connect }));
  const agents = createAgents({
    reachesTarget: createReachesTarget(baseUrl),
    guardPort: guard && Number(new URL(guard.baseUrl).port),
    connect,
  });
  const queue = createEventQueue<SuiteEvent>();
  let stop: (() => Promise<void>) | undefined;
  const endQueue = (): void => queue.end();
  options.signal?.addEventListener('abort', endQueue);
  try {
    if (options.signal?.aborted === true) return;
    stop = start(newman, collection, environment, options, { agents, guard, queue });
    yield* queue.events();
  } finally {
    options.signal?.removeEventListener('abort', endQueue);
    queue.end();
    await stop?.();
    agents.close();
    await guard?.close();
  }
}

/** Starts newman; the function it gives back stops it and settles when it has stopped. */
function start(
  newman: Newman,
  collection: LoadedCollection,
  environment: Awaited<ReturnType<typeof loadEnvironment>>,
  options: CollectionOptions,
  parts: RunParts,
): () => Promise<void> {
  const ended = Promise.withResolvers<HarnessError | undefined>();
  const reporter = Object.fromEntries(
    Object.entries(options.reporters ?? {}).map(([name, set]) => [name, typeof set === 'string' ? { export: set } : set]),
  );
  const began = Date.now();
  const variables = Object.entries({ ...options.variables, baseUrl: options.baseUrl }).map(([key, value]) => ({ key, value }));
  const given = {
    collection: structuredClone(collection.definition),
    environment: {
      name: 'specproof',
      values: [...environment.filter(({ key }) => !variables.some((own) => own.key === key)), ...variables],
    },
    reporters: Object.keys(reporter),
    reporter,
    requestAgents: { http: parts.agents.http, https: parts.agents.https },
    // Such connections have their certificates checked as the user wishes.
    ...(options.connect && { insecure: true }),
    ...(options.rate !== undefined && { delayRequest: 1000 / options.rate }),
    timeoutRequest: options.timeout ?? patience,
    timeoutScript: options.scriptTimeout ?? patience,
    ...(options.folder && options.folder.length > 0 && { folder: [...options.folder] }),
    ...(options.iterationData !== undefined && { iterationData: options.iterationData }),
  } as NewmanRunOptions;
  const emitter = newman.run(given, (error) => {
    ended.resolve(
      error
        ? new HarnessError('E_COLLECTION', `${options.collection}: newman cannot run it: ${error.message}`, { cause: error })
        : undefined,
    );
  });
  const { stop, settled } = followItems(emitter, options, parts);
  const end = async (): Promise<void> => {
    const reason = await ended.promise;
    await settled();
    for (const [name, { export: file }] of Object.entries(reporter)) {
      if (file !== undefined && reason === undefined && !isWritten(file, began))
        parts.queue.push({
          kind: 'skipped',
          title: `reporter ${name}`,
          reason: `${file} was not written: is newman-reporter-${name} installed?`,
          failure: true,
        });
    }
    parts.queue.end(reason);
  };
  const over = end();
  return async () => {
    stop();
    await over;
  };
}

/** Whether a file is of now, as file systems tell it: some know whole seconds only. */
function isWritten(file: string, since: number): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs >= since - 2000;
}
