/** What a run emits and what a suite gives it. */
import type { Case } from '../cases/case.ts';
import type { Exchange } from '../requests/exchange.ts';
import type { Judgement, Verdict } from '../verdicts/verdict.ts';

/** What `run` consists of: the contract check, the generated cases, the vitest suites, the collections. */
export type RunSuiteName = 'contract' | 'generated' | 'tests' | 'newman';

/** A maker of exchanges: a part of a run, a recording, or whoever calls through the proxy. */
export type SuiteName = RunSuiteName | 'har' | 'proxy';

/** One exchange, with what its maker says of it: newman's assertions. */
export interface ExchangeEvent {
  readonly kind: 'exchange';
  readonly exchange: Exchange;
  readonly case?: Case;
  readonly scenario?: string;
  readonly judgements?: readonly Judgement[];
  /** What became of the case's expectations, where its maker has asked them already: they may look at what its scenario remembers, which goes on. */
  readonly expected?: readonly Judgement[];
}

/** A certain finding that did not come again when all that led to it was sent once more, and what came instead. */
export interface FlakyEvent {
  readonly kind: 'flaky';
  readonly check: string;
  readonly operation: string;
  readonly topic: string;
  readonly again: string;
}

/** The judge as suites may ask it: the verdict on an exchange that they yield. */
export type Judge = (event: ExchangeEvent) => Verdict;

/** What a suite yields while it runs. */
export type SuiteEvent =
  /** How many units of work are ahead, an estimate that may be corrected. */
  | { readonly kind: 'planned'; readonly total: number }
  | ExchangeEvent
  | FlakyEvent
  /** A judgement without an exchange of its own: a failed vitest test, drift of the document. */
  | { readonly kind: 'judgement'; readonly judgement: Judgement; readonly operation: string | undefined; readonly title: string }
  /** One unit of work is done. */
  | { readonly kind: 'done'; readonly title: string }
  /** Something that did not run, and why; `failure` when it had been asked for and so fails the run, `gone` where nobody listens any more. */
  | { readonly kind: 'skipped'; readonly title: string; readonly reason: string; readonly failure: boolean; readonly gone?: boolean }
  /** Something that a scenario made and that could not be removed. */
  | { readonly kind: 'left-behind'; readonly label: string; readonly reason: string };

/** What a run emits, in completion order. */
export type RunEvent =
  | { readonly kind: 'plan'; readonly suite: SuiteName; readonly total: number }
  | { readonly kind: 'verdict'; readonly suite: SuiteName; readonly verdict: Verdict }
  | (FlakyEvent & { readonly suite: SuiteName })
  | {
      readonly kind: 'judgement';
      readonly suite: SuiteName;
      readonly judgement: Judgement;
      readonly operation: string | undefined;
      readonly title: string;
    }
  | { readonly kind: 'done'; readonly suite: SuiteName; readonly title: string }
  | {
      readonly kind: 'skipped';
      readonly suite: SuiteName;
      readonly title: string;
      readonly reason: string;
      readonly failure: boolean;
      readonly gone?: boolean;
    }
  | { readonly kind: 'left-behind'; readonly suite: SuiteName; readonly label: string; readonly reason: string }
  | { readonly kind: 'end'; readonly interrupted: boolean; readonly seconds: number };
