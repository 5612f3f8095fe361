/** A queue between a maker that calls back and a consumer that iterates: the maker can wait until the consumer has caught up. */
import { setImmediate as turn } from 'node:timers/promises';

export interface EventQueue<Event> {
  /** Adds an event; ignored once the queue has ended. */
  readonly push: (event: Event) => void;
  /** Ends the queue after what it holds; with an error, the consumer is thrown it there. */
  readonly end: (error?: unknown) => void;
  /** Settles as soon as fewer than `limit` events wait, or the queue has ended; undefined where that is so now. */
  readonly below: (limit: number) => Promise<void> | undefined;
  /** The next event; undefined where none waits. For one consumer only, as `more` and `events`. */
  readonly take: () => Event | undefined;
  /**
   * Whether there will be more: true as soon as an event waits, false when the queue has ended. Throws the error that it ended with.
   * An event that comes while the consumer waits is told at the end of the turn of Node's event loop: whoever made it goes on first, so what it
   * sends next is on the wire while the event is looked at, and events that came together are looked at together.
   */
  readonly more: () => Promise<boolean>;
  /** The events in order. */
  readonly events: () => AsyncGenerator<Event, void, undefined>;
}

type End = { readonly error: unknown } | 'plain' | undefined;

/** A new, empty queue. */
export function createEventQueue<Event>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let end: End;
  let changed: PromiseWithResolvers<void> | undefined;

  const change = (): Promise<void> => (changed ??= Promise.withResolvers<void>()).promise;

  const hasEnded = (): boolean => end !== undefined;

  function wake(): void {
    changed?.resolve();
    changed = undefined;
  }

  function take(): Event | undefined {
    const event = waiting.shift();
    wake();
    return event;
  }

  async function more(): Promise<boolean> {
    while (waiting.length === 0) {
      if (end === 'plain') return false;
      if (end !== undefined) throw end.error;
      await change();
      await turn();
    }
    return true;
  }

  async function untilBelow(limit: number): Promise<void> {
    while (waiting.length >= limit && !hasEnded()) await change();
  }

  return {
    push(event) {
      if (hasEnded()) return;
      waiting.push(event);
      wake();
    },
    end(error) {
      end ??= error === undefined ? 'plain' : { error };
      wake();
    },
    below: (limit) => (waiting.length < limit || hasEnded() ? undefined : untilBelow(limit)),
    take,
    more,
    async *events() {
      while (await more()) for (let event = take(); event !== undefined; event = take()) yield event;
    },
  };
}
