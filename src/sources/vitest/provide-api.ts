/** From an open environment to what its tests are provided with. Pure. */
import { resolve } from 'node:path';
import type { OpenEnvironment } from '../../run/environment.ts';
import { retryAfterIn, whySafeOnly, writePrefixIn } from '../../run/manners.ts';
import { networkNames } from '../../run/settings.ts';
import { isWebUrl } from '../../spec/fetch-text.ts';
import type { ProvidedApi } from './provided.ts';

/** What the environment does not say. */
export interface ProvideOptions {
  readonly mode: ProvidedApi['mode'];
  /** Only safe methods may be sent, whatever else was said. */
  readonly smoke: boolean;
  /** Of generated cases. */
  readonly seed?: number;
}

/** Plain data that crosses to vitest's workers; it holds no secret but test values that the configuration itself holds. */
export function provideApi(open: OpenEnvironment, { mode, smoke, seed }: ProvideOptions): ProvidedApi {
  const { contract, overlaid, target, people, plan, deviations } = open;
  const { settings } = plan;
  const why = whySafeOnly(open, smoke);
  const retryAfter = retryAfterIn(open);
  const writePrefix = writePrefixIn(open);
  return {
    document: overlaid,
    dialect: contract.dialect,
    location: isWebUrl(contract.location) ? contract.location : resolve(plan.cwd, contract.location),
    baseUrl: target.baseUrl,
    target: target.kind,
    identities: Object.fromEntries(people.options),
    ...(people.main !== undefined && { main: people.main }),
    readers: people.readers,
    peers: people.peers,
    strangers: people.strangers,
    headers: people.headers,
    mode,
    failOn: settings.failOn ?? 'certain',
    knownDeviations: deviations,
    ...(why !== undefined && { safeOnly: why }),
    network: Object.fromEntries(networkNames.map((name) => [name, settings[name]])),
    ...(settings.rate !== undefined && { rate: settings.rate }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(settings.timeout !== undefined && { timeout: settings.timeout }),
    ...(settings.maxResponseTime !== undefined && { maxResponseTime: settings.maxResponseTime }),
    ...(settings.strict !== undefined && { strict: settings.strict }),
    ...(settings.settle !== undefined && { settle: settings.settle }),
    ...(settings.operations !== undefined && { operations: settings.operations }),
    ...(settings.skipOperations !== undefined && { skipOperations: settings.skipOperations }),
    ...(writePrefix !== undefined && { writePrefix }),
    ...(seed !== undefined && { seed }),
  };
}
