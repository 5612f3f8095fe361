/** Waits where an API asks for it, and sends again what it has not carried out. Bounded: what persists is the evidence. */
import { setTimeout as sleep } from 'node:timers/promises';
import { headerValue, type Exchange } from './exchange.ts';
import { isIdempotent } from '../lib/methods.ts';
import type { Transport } from './send.ts';

export interface Patience {
  /** Most milliseconds that one request is held back in all. */
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/** An API that asks to wait so often does not mean it. */
const mostTimes = 5;

/**
 * A way to send that, after a 429 or 503 with `Retry-After`, holds every request back for so long and then sends that one again: a 429 says that it was
 * not carried out, after a 503 only what may be sent twice is. The exchange tells of it in `timing.held`.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 and https://www.rfc-editor.org/rfc/rfc6585#section-4
 */
export function withPatience(send: Transport['send'], { limit, now, signal }: Patience): Transport['send'] {
  let busyUntil = 0;
  return async (request, tags) => {
    const first = now();
    for (let times = 0; ; times++) {
      for (let wait = busyUntil - now(); wait > 0 && !signal.aborted; wait = busyUntil - now())
        await sleep(wait, undefined, { signal }).catch(() => undefined);
      const exchange = await send(request, tags);
      const wait = askedWait(exchange, now());
      const spent = now() - first;
      const again = wait !== undefined && times < mostTimes && spent + wait <= limit && !signal.aborted;
      if (!again) return times === 0 ? exchange : { ...exchange, timing: { ...exchange.timing, held: times } };
      busyUntil = Math.max(busyUntil, now() + wait);
    }
  };
}

/** Milliseconds that the answer asks to wait before the same request; undefined where it does not, or where the request may have been carried out. */
function askedWait({ request, response }: Exchange, now: number): number | undefined {
  const repeatable = response?.status === 429 || (response?.status === 503 && isIdempotent(request.method));
  const value = response && repeatable ? headerValue(response.headers, 'retry-after')?.trim() : undefined;
  if (response === undefined || value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // A date is by the server's clock, which its own `Date` tells.
  const from = Date.parse(headerValue(response.headers, 'date') ?? '');
  const wait = Date.parse(value) - (Number.isNaN(from) ? now : from);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
