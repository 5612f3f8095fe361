/** How a run behaves towards a target that belongs to others: what it does not send there, how long it waits when asked to, how it marks what it makes. */
import { withholdUnsafe, type Withhold } from '../requests/safety.ts';
import { isLoopback } from '../lib/is-loopback.ts';
import type { OpenEnvironment } from './environment.ts';

type Place = Pick<OpenEnvironment, 'plan' | 'target'>;

const defaultPatience = 60_000;
const defaultPrefix = 'specproof-';

/** Why unsafe methods must not be sent; undefined when they may. */
export function whySafeOnly({ plan, target }: Place, smoke: boolean): string | undefined {
  if (smoke) return 'smoke sends safe methods only';
  if (isLoopback(target.baseUrl) || plan.settings.allowWrites === true) return undefined;
  return `${new URL(target.baseUrl).host} is not this machine, and --allow-writes was not given`;
}

/** What must not be sent, for the transport and for newman's guard; undefined where all may. */
export function withholdIn(open: Place & Pick<OpenEnvironment, 'contract'>, smoke: boolean): Withhold | undefined {
  const why = whySafeOnly(open, smoke);
  return why === undefined ? undefined : withholdUnsafe(open.contract, open.target.baseUrl, why);
}

/** Most milliseconds that a `Retry-After` may hold a request back: by default a minute, for a live target. */
export function retryAfterIn({ plan, target }: Place): number | undefined {
  return plan.settings.retryAfter ?? (target.kind === 'live' ? defaultPatience : undefined);
}

/** What names of things that the run makes begin with: by default a mark, outside loopback. */
export function writePrefixIn({ plan, target }: Place): string | undefined {
  return plan.settings.writePrefix ?? (isLoopback(target.baseUrl) ? undefined : defaultPrefix);
}
