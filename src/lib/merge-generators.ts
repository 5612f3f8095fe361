/** Runs several async generators at once and yields what they yield, in completion order. */

type Turn<Value> = { readonly generator: AsyncGenerator<Value, void, undefined>; readonly result: IteratorResult<Value, void> };

/**
 * Yields from up to `limit` generators at a time; further ones are started as others end. A generator is resumed only
 * when its last value has been taken. Consumers that stop early, and errors, end the running generators through their `finally`.
 */
export async function* mergeGenerators<Value>(
  makers: Iterable<() => AsyncGenerator<Value, void, undefined>>,
  limit: number,
): AsyncGenerator<Value, void, undefined> {
  const waiting = makers[Symbol.iterator]();
  const turns = new Map<AsyncGenerator<Value, void, undefined>, Promise<Turn<Value>>>();
  const live = new Set<AsyncGenerator<Value, void, undefined>>();
  const advance = (generator: AsyncGenerator<Value, void, undefined>): void => {
    turns.set(
      generator,
      generator.next().then((result) => ({ generator, result })),
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
    for (fill(); turns.size > 0; fill()) {
      const { generator, result } = await Promise.race(turns.values());
      turns.delete(generator);
      if (result.done) {
        live.delete(generator);
        continue;
      }
      yield result.value;
      advance(generator);
    }
  } finally {
    await Promise.allSettled(turns.values());
    await Promise.allSettled([...live].map((generator) => generator.return()));
  }
}
