/** Makes judgements: one constructor an outcome. */
import type { Confidence } from '../cases/case.ts';
import type { Judgement, PromisePlace } from './verdict.ts';

const bare = { reason: '', confidence: 'certain', where: undefined, promise: undefined, came: undefined, topic: '' } as const;
const passes = new Map<string, Judgement>();

/** The promise was kept. One shared value a check: most judgements are these. */
export function pass(check: string): Judgement {
  let judgement = passes.get(check);
  if (!judgement) passes.set(check, (judgement = Object.freeze({ ...bare, check, outcome: 'pass' })));
  return judgement;
}

/** Whether the promise was kept cannot be said, and why. */
export function cannotJudge(check: string, reason: string, promise?: PromisePlace): Judgement {
  return { ...bare, check, outcome: 'cannot-judge', reason, topic: reason, promise };
}

/** What is said of a body that was there and that nobody kept. */
export const bodyLost = 'the recording does not hold the whole body';

/** The promise was broken. */
export function fail(
  check: string,
  reason: string,
  details: {
    readonly topic: string;
    readonly where?: string;
    readonly promise?: PromisePlace;
    readonly came?: string;
    readonly confidence?: Confidence;
    readonly flaky?: string;
  },
): Judgement {
  const { topic, where, promise, came, confidence = 'certain', flaky } = details;
  return { check, outcome: 'fail', reason, confidence, where, promise, came, topic, ...(flaky !== undefined && { flaky }) };
}
