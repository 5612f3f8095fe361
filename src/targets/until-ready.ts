/** Waits until what was started is ready, or can no longer become so. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ending } from './child.ts';

/** What was started, and how it ended, once it has. */
export interface Started {
  /** Never rejects. */
  readonly ended: Promise<Ending>;
  /** As `ended`, when it already has. */
  readonly ending: () => Ending | undefined;
}

/** Asks once whether it is ready: undefined when it is, else why not. */
export type Probe = () => Promise<Error | undefined>;

/** Milliseconds. */
const pollInterval = 100;

/** Why it did not become ready within the milliseconds; undefined when it did and is alive. */
export async function untilReady(subject: Started, probe: Probe, timeout: number): Promise<string | undefined> {
  const deadline = performance.now() + timeout;
  let last = 'not asked yet';
  while (performance.now() < deadline) {
    const failure = await probe();
    // A probe may be answered by another process that holds the port: ours must be alive as well.
    const ending = subject.ending();
    if (ending !== undefined) return `ended before it was ready, with ${ending.text}`;
    if (failure === undefined) return undefined;
    last = failure.message;
    await Promise.race([sleep(pollInterval), subject.ended]);
  }
  return `was not ready within ${timeout} ms: ${last}`;
}

/** Why it did not run to a good end within the milliseconds; undefined when it did. */
export async function untilDone({ ended }: Started, timeout: number): Promise<string | undefined> {
  const abort = new AbortController();
  const late = sleep(timeout, undefined, { signal: abort.signal }).catch(() => undefined);
  const ending = await Promise.race([ended, late]);
  abort.abort();
  if (ending === undefined) return `did not end within ${timeout} ms`;
  return ending.ok ? undefined : `failed with ${ending.text}`;
}
