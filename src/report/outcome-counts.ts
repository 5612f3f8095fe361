/** Counting judgements by outcome. */
import type { Outcome } from '../verdicts/verdict.ts';

/** Counts that grow. */
export type MutableOutcomeCounts = Record<Outcome, number>;

/** Counts that are all zero. */
export function noOutcomes(): MutableOutcomeCounts {
  return { pass: 0, fail: 0, 'not-applicable': 0, 'cannot-judge': 0 };
}

/** The map's value at the key; made and kept there first where there is none. */
export function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}
