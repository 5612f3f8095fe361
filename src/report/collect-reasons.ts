/** Why operations were not reached, or never with success: their statuses, and what the run or the API said. */
import type { Operation } from '../spec/contract.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import { compareText } from './collect-results.ts';
import { entryOf } from './outcome-counts.ts';
import { refusalText } from './refusal-text.ts';

/** An operation that was not reached, or never with success. */
export interface Unreached {
  readonly operation: string;
  /** Statuses that it answered instead, ascending. */
  readonly statuses: readonly number[];
  /** Why, where the run knows: what kept it from asking, else what the API said most often to valid requests. */
  readonly reason: string | undefined;
}

export interface ReasonCollector {
  /** Takes a verdict on a whole answer of the operation. */
  readonly add: (operation: Operation, verdict: Verdict) => void;
  /** Keeps the first reason that the run gives. */
  readonly explain: (operation: string, reason: string) => void;
  readonly unreached: (operation: string) => Unreached;
}

interface Answers {
  readonly statuses: Set<number>;
  /** How often the API said what to valid requests, until one succeeds. */
  readonly refusals: Map<string, number>;
}

/** Different refusals of one operation that are counted. */
const mostRefusals = 50;

/** A collector of the contract's size. */
export function createReasonCollector(): ReasonCollector {
  const all = new Map<string, Answers>();
  const told = new Map<string, string>();
  return {
    add: ({ id }, verdict) => {
      const { response } = verdict.exchange;
      if (response === undefined) return;
      const { statuses, refusals } = entryOf(all, id, () => ({ statuses: new Set<number>(), refusals: new Map<string, number>() }));
      statuses.add(response.status);
      if (!isOrdinary(verdict) || [...statuses].some(isSuccess)) return;
      const text = refusalText(response);
      if (text !== undefined && (refusals.has(text) || refusals.size < mostRefusals)) refusals.set(text, (refusals.get(text) ?? 0) + 1);
    },
    explain: (operation, reason) => void entryOf(told, operation, () => reason),
    unreached: (operation) => {
      const answers = all.get(operation);
      const statuses = [...(answers?.statuses ?? [])].toSorted((a, b) => a - b);
      return { operation, statuses, reason: told.get(operation) ?? usual(answers?.refusals ?? new Map()) };
    },
  };
}

/** Whether a status says that the request was carried out. @see https://www.rfc-editor.org/rfc/rfc9110#section-15.3 */
export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** Whether the request was meant to succeed. */
function isOrdinary({ case: planned }: Verdict): boolean {
  return planned === undefined || (planned.intent === 'valid' && planned.credentials.kind === 'main');
}

/** What was said most often; of several the first by their text, so that it does not depend on the order of answers. */
function usual(refusals: ReadonlyMap<string, number>): string | undefined {
  const [first] = [...refusals].toSorted(([text, count], [other, times]) => times - count || compareText(text, other));
  return first?.[0];
}
