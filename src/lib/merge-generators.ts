/** Runs several async generators at once and yields what they yield, in completion order. */

type Generator<Value> = AsyncGenerator<Value, void, undefined>;

/** What came of resuming a generator. */
type Turn<Value> =
  | { readonly generator: Generator<Value>; readonly result: IteratorResult<Value, void> }
  | { readonly generator: Generator<Value>; readonly error: unknown };

/**
 * Yields from up to `limit` generators at a time; further ones are started as others end. A generator is resumed only
 * when its last value has been taken. Consumers that stop early, and errors, end the running generators through their `finally`.
 */
export async function* mergeGenerators<Value>(makers: Iterable<() => Generator<Value>>, limit: number): Generator<Value> {
  const waiting = makers[Symbol.iterator]();
  const live = new Set<Generator<Value>>();
  const ready: Turn<Value>[] = [];
  let wake: (() => void) | undefined;
  const settle = (turn: Turn<Value>): void => {
    ready.push(turn);
    wake?.();
  };
  const advance = (generator: Generator<Value>): void => {
    generator.next().then(
      (result) => settle({ generator, result }),
      (error: unknown) => settle({ generator, error }),
    );
  };
  const fill = (): void => {
    while (live.size < limit) {
      const next = waiting.next();
      if (next.done) return;
      const generator = next.value();
      live.add(generator);
      advance(generator);
    }
  };
  try {
    for (fill(); live.size > 0;) {
      const turn = ready.shift();
      if (turn === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if ('error' in turn) throw turn.error;
      const { generator, result } = turn;
      if (result.done) {
        live.delete(generator);
        fill();
        continue;
      }
      yield result.value;
      advance(generator);
    }
  } finally {
    // a generator that is under way ends when it next yields
    await Promise.allSettled([...live].map((generator) => generator.return()));
  }
}
