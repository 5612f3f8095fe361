/** The report: what a run found, as plain JSON that every renderer reads. Types only; `createReportBuilder` makes it. */
import type { Confidence } from '../cases/case.ts';
import type { FaultKind, SourceKind } from '../requests/exchange.ts';
import type { SuiteName } from '../run/events.ts';
import type { Outcome } from '../verdicts/verdict.ts';
import type { AccessMatrix } from './access-matrix.ts';
import type { CoverageGate } from './coverage-gate.ts';
import type { Coverage } from './coverage.ts';
import type { PlannedCall } from './planned-call.ts';
import type { RecordedExchange } from './recorded-exchange.ts';
import type { ResultGroup } from './collect-results.ts';
import type { OperationTiming } from './collect-timings.ts';
import type { ReviewedDeviation } from './review-deviations.ts';

/** What stands for the operation of a request that the document does not know. */
export const unknownOperation = '-';

/** A promise of the document, with its place in the file. */
export interface Promised {
  /** JSON Pointer into the contract's document. */
  readonly pointer: string;
  readonly text: string;
  /** File or URL of the document. */
  readonly file: string;
  /** One-based; undefined when the document's text is not at hand. */
  readonly line: number | undefined;
}

/** What one check found wrong in one operation under one topic, in however many exchanges; told by the smallest of them. */
export interface Finding {
  /** Eight hex digits, the same in every run that finds it. */
  readonly id: string;
  /** Id of its cause: findings of one check with the same topic have the same, and so has what only follows from them. */
  readonly cause: string;
  readonly check: string;
  /** `METHOD /path` as the document writes it, or `-`. */
  readonly operation: string;
  readonly topic: string;
  /** The surest of all its judgements; unsure when it is flaky. */
  readonly confidence: Confidence;
  /** What came when all that led to it was sent once more, where that kept the promise. */
  readonly flaky: string | undefined;
  /** The deviation that excuses it, where one does. */
  readonly known: { readonly reason: string; readonly expires: string } | undefined;
  readonly message: string;
  readonly where: string | undefined;
  readonly promise: Promised | undefined;
  readonly came: string | undefined;
  /** A curl command with the token as a variable; undefined when no exchange stands behind the finding. */
  readonly reproduce: string | undefined;
  /** How many judgements say so. */
  readonly count: number;
  readonly sources: readonly SourceKind[];
  readonly suites: readonly SuiteName[];
  /** Media types that the answers came with, without parameters, sorted; an empty text stands for content without one. */
  readonly mediaTypes: readonly string[];
  /** Of the smallest case. */
  readonly title: string;
  readonly caseId: string | undefined;
  readonly scenario: string | undefined;
  readonly exchange: string | undefined;
  readonly evidence: RecordedExchange | undefined;
  /** The call that anyone could make to see it. */
  readonly call: PlannedCall | undefined;
}

/** Findings of one check and topic, in all operations, and what only follows from them: excused ones apart from the others. */
export interface Cause {
  readonly id: string;
  readonly check: string;
  readonly topic: string;
  readonly confidence: Confidence;
  readonly known: boolean;
  /** Of the finding that tells it best. */
  readonly message: string;
  /** In the document's order. */
  readonly operations: readonly string[];
  /** Other checks that see the same. */
  readonly echoes: readonly string[];
  /** Ids of its findings; the first one tells it best. */
  readonly findings: readonly string[];
  readonly count: number;
  readonly suites: readonly SuiteName[];
}

/** What came instead of answers while nothing answered; or what the judge took for no finding. */
export interface ReportedFault {
  readonly operation: string;
  readonly kind: FaultKind;
  readonly message: string;
  readonly count: number;
  readonly reproduce: string;
}

/** What could not be judged, by check and reason. */
export interface Unjudged {
  readonly check: string;
  readonly reason: string;
  readonly count: number;
  readonly operations: readonly string[];
}

/** What did not run. */
export interface Skipped {
  readonly suite: SuiteName;
  readonly title: string;
  readonly reason: string;
  /** True when it had been asked for: then the run fails. */
  readonly failure: boolean;
  readonly count: number;
}

/** What a scenario made and could not remove. */
export interface LeftBehind {
  readonly suite: SuiteName;
  readonly label: string;
  readonly reason: string;
  readonly count: number;
}

/** What one suite of a run came to. */
export interface SuiteSummary {
  readonly name: SuiteName;
  /** Units of work, as last estimated. */
  readonly planned: number;
  readonly done: number;
  readonly exchanges: number;
  /** Operations of the document that answered it. */
  readonly reached: number;
  /** Judgements by outcome. */
  readonly outcomes: OutcomeCounts;
  /** Causes that are no known deviation. */
  readonly causes: number;
  /** Those of them that an earlier suite of the list has shown too. */
  readonly sharedCauses: number;
  /** True when something of it that was asked for did not run, or nothing at all came of it. */
  readonly failed: boolean;
  /** Of the unit that was done last. */
  readonly lastTitle: string | undefined;
}

/** How many judgements had which outcome. */
export type OutcomeCounts = Readonly<Record<Outcome, number>>;

/** The numbers of a run. */
export interface ReportCounts {
  readonly exchanges: number;
  /** Exchanges with a whole or partial answer. */
  readonly answered: number;
  /** Exchanges with a fault, findings included. */
  readonly faults: number;
  /** How often the API had a request wait by `Retry-After` and it was sent again. */
  readonly held: number;
  /** Judgements by outcome. */
  readonly judgements: OutcomeCounts;
  readonly byCheck: Readonly<Record<string, OutcomeCounts>>;
}

/** What a run came to: the one thing that every report is made from, and what `--report json` writes. */
export interface Report {
  readonly format: 'specproof-report/1';
  readonly tool: { readonly name: 'specproof'; readonly version: string };
  readonly api: { readonly title: string; readonly version: string; readonly location: string; readonly operations: number };
  readonly target: { readonly kind: string; readonly baseUrl: string };
  readonly seed: string;
  /** Command that runs against the same API again, with what it draws and sends left open, and credentials of the command line as `$TOKEN`. */
  readonly rerun: string;
  readonly identities: readonly string[];
  /** The least confidence that fails the run. */
  readonly failOn: Confidence;
  readonly suites: readonly SuiteSummary[];
  /** The causes' order: unexcused before excused, certain before likely, largest cause first. */
  readonly findings: readonly Finding[];
  readonly causes: readonly Cause[];
  readonly faults: readonly ReportedFault[];
  readonly cannotJudge: readonly Unjudged[];
  readonly skipped: readonly Skipped[];
  readonly leftBehind: readonly LeftBehind[];
  readonly deviations: readonly ReviewedDeviation[];
  /** What the loader of the document noticed. */
  readonly notes: readonly string[];
  readonly coverage: Coverage;
  /** The least of it that passes, in percent. */
  readonly minCoverage: CoverageGate;
  /** Who may call what; undefined where fewer than two identities were asked. */
  readonly access: AccessMatrix | undefined;
  /** Every check's outcomes by suite, phase and operation. */
  readonly results: readonly ResultGroup[];
  /** How long operations took to answer. */
  readonly timings: readonly OperationTiming[];
  readonly counts: ReportCounts;
  /** Files with what the target printed last, where the run did not pass and the target is ours. */
  readonly logs: readonly string[];
  /** Milliseconds since the epoch at which the run began. */
  readonly startedAt: number;
  readonly seconds: number;
  readonly interrupted: boolean;
  /** What ended it before its time, and the exit code of that. */
  readonly error?: { readonly message: string; readonly exit: 2 | 3 };
  /** What was to be replayed, and whether it was found again. */
  readonly replay?: { readonly id: string; readonly again: boolean };
  /** True when no answer was judged at all: the run proves nothing. */
  readonly judgedNothing: boolean;
}
