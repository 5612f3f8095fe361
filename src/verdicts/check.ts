/** What a check is. One file in `checks/` holds one. */
import type { Subject } from './subject.ts';
import type { Judgement } from './verdict.ts';

export interface Check {
  /** A fact that holds when all is well: `status-declared`. */
  readonly id: string;
  readonly title: string;
  /** The section of the standard, or the rule, that makes it a promise. */
  readonly source: string;
  /** Judgements on an answered exchange; an empty list where the check does not apply. Pure. */
  readonly judge: (subject: Subject) => readonly Judgement[];
}
