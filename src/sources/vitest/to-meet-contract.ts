/** The matcher `toMeetContract`: whether an answer, or any exchange, keeps the promises of the contract. */
import { expect } from 'vitest';
import type { Exchange } from '../../requests/exchange.ts';
import { judge } from '../../verdicts/judge.ts';
import type { Verdict } from '../../verdicts/verdict.ts';
import { theApi } from './api-test.ts';
import type { Answered } from './client-types.ts';
import { explainVerdict } from './explain-verdict.ts';

interface ContractMatchers<Returned, Received> {
  /** That a result of the client, or an exchange, breaks no promise of the contract for certain. */
  toMeetContract: (...none: Received extends never ? [never] : []) => Returned;
}

declare module 'vitest' {
  // vitest's own declaration, type parameters included: this adds to it.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends ContractMatchers<R, T> {}
}

expect.extend({
  toMeetContract(received: unknown) {
    const { contract, provided, broken } = theApi();
    const verdict = verdictOf(received);
    const accused = broken(verdict);
    // The run judges what the client sent and reports it there: a failed test beside it would count it twice.
    const isJudgedByRun = provided.mode === 'run' && verdict.exchange.source === 'tests' && !this.isNot;
    return {
      pass: accused.length === 0 || isJudgedByRun,
      message: () =>
        accused.length === 0
          ? `expected ${verdict.operation?.id ?? verdict.exchange.request.url} to break a promise of its contract, and it keeps them all`
          : explainVerdict(contract, verdict, accused, provided.baseUrl),
    };
  },
});

function verdictOf(received: unknown): Verdict {
  const value = received as Partial<Answered> | undefined;
  if (value?.verdict) return value.verdict;
  const { contract, provided } = theApi();
  const exchange = received as Exchange | undefined;
  if (typeof exchange?.request?.url !== 'string') throw new TypeError('toMeetContract needs a result of the client, or an exchange');
  const { baseUrl, maxResponseTime, strict } = provided;
  return judge(contract, exchange, { baseUrl, maxResponseTime, strict });
}
