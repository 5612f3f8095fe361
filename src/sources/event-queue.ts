/** A queue between a maker that calls back and a consumer that iterates: the maker can wait until the consumer has caught up. */

export interface EventQueue<Event> {
  /** Adds an event; ignored once the queue has ended. */
  readonly push: (event: Event) => void;
  /** Ends the queue after what it holds; with an error, the consumer is thrown it there. */
  readonly end: (error?: unknown) => void;
  /** Settles as soon as fewer than `limit` events wait, or the queue has ended. */
  readonly below: (limit: number) => Promise<void>;
  /** The events in order. For one consumer only. */
  readonly events: () => AsyncGenerator<Event, void, undefined>;
}

type End = { readonly error: unknown } | 'plain' | undefined;

/** A new, empty queue. */
export function createEventQueue<Event>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let end: End;
  let changed = Promise.withResolvers<void>();

  const ended = (): boolean => end !== undefined;

  function wake(): void {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  }

  async function* events(): AsyncGenerator<Event, void, undefined> {
    for (;;) {
      const event = waiting.shift();
      if (event !== undefined) {
        wake();
        yield event;
      } else if (end === undefined) await changed.promise;
      else if (end === 'plain') return;
      else throw end.error;
    }
  }

  return {
    push(event) {
      if (end !== undefined) return;
      waiting.push(event);
      wake();
    },
    end(error) {
      end ??= error === undefined ? 'plain' : { error };
      wake();
    },
    async below(limit) {
      while (waiting.length >= limit && !ended()) await changed.promise;
    },
    events,
  };
}
