/** How long operations took to answer: counted in buckets, so that its size follows the contract. */
import type { Verdict } from '../verdicts/verdict.ts';
import { entryOf } from './outcome-counts.ts';

/** Milliseconds of the answers of one operation; the median and the 95th percentile to within 3 %. */
export interface OperationTiming {
  readonly operation: string;
  readonly answers: number;
  readonly fastest: number;
  readonly median: number;
  readonly p95: number;
  readonly slowest: number;
}

export interface TimingCollector {
  readonly add: (verdict: Verdict) => void;
  /** In the order of `operations`; without those that never answered. */
  readonly timings: (operations: readonly string[]) => OperationTiming[];
}

interface Counted {
  readonly buckets: Map<number, number>;
  answers: number;
  fastest: number;
  slowest: number;
}

/** Each bucket is so much wider than the one before. */
const growth = Math.log(1.06);

/** A collector of whole answers that an operation of the contract gave. */
export function createTimingCollector(): TimingCollector {
  const all = new Map<string, Counted>();
  return {
    add: ({ operation, exchange }) => {
      if (operation === undefined || exchange.response === undefined || exchange.fault !== undefined) return;
      const { total } = exchange.timing;
      const counted = entryOf(all, operation.id, () => ({ buckets: new Map(), answers: 0, fastest: Infinity, slowest: 0 }));
      const bucket = Math.round(Math.log(Math.max(total, 0.01)) / growth);
      counted.buckets.set(bucket, (counted.buckets.get(bucket) ?? 0) + 1);
      counted.answers += 1;
      counted.fastest = Math.min(counted.fastest, total);
      counted.slowest = Math.max(counted.slowest, total);
    },
    timings: (operations) =>
      operations.flatMap((operation) => {
        const counted = all.get(operation);
        if (counted === undefined) return [];
        const { answers, fastest, slowest } = counted;
        return [
          {
            operation,
            answers,
            fastest: microseconds(fastest),
            median: microseconds(quantile(counted, 0.5)),
            p95: microseconds(quantile(counted, 0.95)),
            slowest: microseconds(slowest),
          },
        ];
      }),
  };
}

/** The time within which this part of the answers came. */
function quantile({ buckets, answers, fastest, slowest }: Counted, part: number): number {
  let left = part * answers;
  for (const [bucket, count] of [...buckets].toSorted(([a], [b]) => a - b)) {
    left -= count;
    if (left <= 0) return Math.min(slowest, Math.max(fastest, Math.exp(bucket * growth)));
  }
  return slowest;
}

function microseconds(time: number): number {
  return Math.round(time * 1000) / 1000;
}
