/** Spaces requests out to a rate. */
import { setTimeout as sleep } from 'node:timers/promises';

/** A function that resolves when the next request may start: at most `rate` a second, evenly, without bursts after a pause. `clock` gives milliseconds. */
export function createPace(rate: number, clock: () => number): () => Promise<void> {
  const gap = 1000 / rate;
  let next = -Infinity;
  return async () => {
    const now = clock();
    const start = Math.max(now, next);
    next = start + gap;
    if (start > now) await sleep(start - now);
  };
}
