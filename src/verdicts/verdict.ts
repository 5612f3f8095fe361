/** What the judge says of an exchange. Plain data. */
import type { Case, Confidence } from '../cases/case.ts';
import type { Exchange } from '../requests/exchange.ts';
import type { Operation } from '../spec/contract.ts';

/** What a check says of an exchange. */
export type Outcome = 'pass' | 'fail' | 'not-applicable' | 'cannot-judge';

/** Where in the document a promise stands. */
export interface PromisePlace {
  /** JSON Pointer into the contract's document. */
  readonly pointer: string;
  /** What it promises, for people: `200, 422`. */
  readonly text: string;
}

/** One check's word on one exchange. */
export interface Judgement {
  readonly check: string;
  readonly outcome: Outcome;
  /** For people, one line, no secret: what is wrong, or why it cannot be judged. Empty for a plain pass. */
  readonly reason: string;
  readonly confidence: Confidence;
  /** Where in the message: `response.status`, `response.body/items/0/name`, `response.headers.location`, `request.query.limit`. */
  readonly where: string | undefined;
  readonly promise: PromisePlace | undefined;
  /** What came, short: `401 application/json {"detail":…}`. */
  readonly came: string | undefined;
  /** What came on repeat, where that kept the promise. */
  readonly flaky?: string;
  /** What tells two findings of one check and operation apart; findings of one check with the same topic in several operations are one cause. */
  readonly topic: string;
}

/** An exchange with its judgements. */
export interface Verdict {
  readonly exchange: Exchange;
  /** The operation it belongs to; undefined when the document does not know the request. */
  readonly operation: Operation | undefined;
  readonly case: Case | undefined;
  readonly scenario: string | undefined;
  readonly judgements: readonly Judgement[];
}
