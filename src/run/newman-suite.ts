/** The suite of the configured collections: side by side, but for those that wait for others. */
import { mergeGenerators } from '../lib/merge-generators.ts';
import type { CollectionOptions } from '../sources/newman.ts';
import type { CollectionConfig } from './collection-config.ts';
import type { OpenEnvironment } from './environment.ts';
import type { SuiteEvent } from './events.ts';
import { withholdIn } from './manners.ts';
import type { Suite } from './pipeline.ts';

type Events = AsyncGenerator<SuiteEvent, void, undefined>;

/** newman is idle most of the time; more at once gain nothing. With a rate there is one: each keeps it by itself. */
const atOnce = (rate: number | undefined): number => (rate === undefined ? 4 : 1);

/** Starts the collections, of which `changed` leaves those that one of its files belongs to; undefined where none is configured. */
export function newmanSuite(
  open: OpenEnvironment,
  { smoke, changed }: { readonly smoke: boolean; readonly changed: readonly string[] | undefined },
): Suite['start'] | undefined {
  const collections = (open.plan.settings.collections ?? []).filter(
    (one) => changed === undefined || filesOf(one).some((file) => changed.includes(file)),
  );
  if (collections.length === 0) return undefined;
  return async function* start(signal): Events {
    const { runCollection } = await import('../sources/newman.ts');
    const ended = new Map(collections.map(({ file }) => [file, Promise.withResolvers<void>()]));
    const planned = new Map<CollectionConfig, number>();
    const run = async function* (collection: CollectionConfig): Events {
      try {
        for (const file of collection.after ?? []) await ended.get(file)?.promise;
        if (signal.aborted) return;
        for await (const event of runCollection(optionsOf(open, collection, { smoke, signal }))) {
          if (event.kind === 'planned') planned.set(collection, event.total);
          yield event.kind === 'planned' ? { ...event, total: planned.values().reduce((sum, total) => sum + total, 0) } : event;
        }
      } finally {
        ended.get(collection.file)?.resolve();
      }
    };
    yield* mergeGenerators(
      collections.map((collection) => () => run(collection)),
      atOnce(open.plan.settings.rate),
    );
  };
}

/** The files that a collection is made of: itself, its environment, its data. */
export function filesOf({ file, environment, data }: CollectionConfig): readonly string[] {
  return [file, environment, data].filter((path) => path !== undefined);
}

function optionsOf(
  open: OpenEnvironment,
  { file, environment, folders, data, reporters }: CollectionConfig,
  { smoke, signal }: { readonly smoke: boolean; readonly signal: AbortSignal },
): CollectionOptions {
  const { plan, target, people } = open;
  const main = people.main === undefined ? undefined : people.identities.get(people.main);
  return {
    collection: file,
    ...(environment !== undefined && { environment }),
    ...(folders !== undefined && { folder: folders }),
    ...(data !== undefined && { iterationData: data }),
    ...(reporters !== undefined && { reporters }),
    baseUrl: target.baseUrl,
    token: async () => (await main?.credential())?.secret,
    renew: async (refused) => (await main?.sources[0]?.renew(refused)) ?? false,
    ...(people.main !== undefined && { identity: people.main }),
    withhold: withholdIn(open, smoke),
    connect: plan.network.connectHttp1,
    rate: plan.settings.rate,
    secrets: people.secrets,
    ...(plan.settings.timeout !== undefined && { timeout: plan.settings.timeout }),
    signal,
  };
}
