/** Reduces the events of a run to its report: constant time an event, size by contract and findings. Pure: the day is an argument. */
import type { Confidence } from '../cases/case.ts';
import type { RunEvent } from '../run/events.ts';
import type { Contract } from '../spec/contract.ts';
import { createAccessCollector } from './access-matrix.ts';
import { createFindingCollector } from './collect-findings.ts';
import { createResultCollector } from './collect-results.ts';
import { createRunTally } from './collect-tally.ts';
import { createTimingCollector } from './collect-timings.ts';
import type { CoverageGate } from './coverage-gate.ts';
import { createCoverageCollector } from './coverage.ts';
import { groupCauses } from './group-causes.ts';
import { appliesTo, type KnownDeviation } from './known-deviations.ts';
import type { Cause, Finding, Report } from './report.ts';
import { isExpired, reviewDeviations } from './review-deviations.ts';
import { settleFaults, unaccusedFault } from './settle-faults.ts';

/** What a report must know beside the events. */
export interface ReportOptions {
  readonly contract: Contract;
  readonly baseUrl: string;
  readonly targetKind: string;
  /** Name of the configured environment, for deviations that apply to it only. */
  readonly environment?: string;
  readonly seed: string | number;
  /** See `Report.rerun`. */
  readonly rerun: string;
  readonly identities: readonly string[];
  /** Of specproof. */
  readonly version: string;
  readonly deviations: readonly KnownDeviation[];
  /** The day on which deviations are judged, `YYYY-MM-DD`. */
  readonly today: string;
  /** Milliseconds since the epoch at which the run begins. */
  readonly startedAt: number;
  /** The least confidence that fails the run. */
  readonly failOn: Confidence;
  /** True for a run that asks less than it could: what it does not see may still be there. False by default. */
  readonly partial?: boolean;
  /** The least coverage that passes; none by default. */
  readonly minCoverage?: CoverageGate | undefined;
}

/** Makes a report of the events of a run, while it lasts. */
export interface ReportBuilder {
  /** Findings that the event is the first to show (or to show without an excuse), for live progress; none for most events. */
  readonly add: (event: RunEvent) => readonly Finding[];
  /** The report so far; interrupted until the end event came. May be asked again. */
  readonly report: () => Report;
}

/** A builder that is fed with every event of one run. */
export function createReportBuilder(options: ReportOptions): ReportBuilder {
  const { contract } = options;
  const targetNames = options.environment === undefined ? [options.targetKind] : [options.targetKind, options.environment];
  const excuses = options.deviations.filter((entry) => appliesTo(entry, targetNames) && !isExpired(entry, options.today));
  const collectors: Collectors = {
    findings: createFindingCollector({ contract, baseUrl: options.baseUrl, excuses }),
    results: createResultCollector(),
    coverage: createCoverageCollector({ contract, baseUrl: options.baseUrl, identities: options.identities }),
    access: createAccessCollector(),
    faults: createFindingCollector({ contract, baseUrl: options.baseUrl, excuses }),
    tally: createRunTally(),
    timings: createTimingCollector(),
  };
  return {
    add: (event) => addEvent(event, collectors),
    report: () => summarize(options, collectors, targetNames),
  };
}

interface Collectors {
  readonly findings: ReturnType<typeof createFindingCollector>;
  /** Faults that the judge accused nobody of. */
  readonly faults: ReturnType<typeof createFindingCollector>;
  readonly results: ReturnType<typeof createResultCollector>;
  readonly coverage: ReturnType<typeof createCoverageCollector>;
  readonly access: ReturnType<typeof createAccessCollector>;
  readonly tally: ReturnType<typeof createRunTally>;
  readonly timings: ReturnType<typeof createTimingCollector>;
}

function addEvent(event: RunEvent, { findings, faults, results, coverage, access, tally, timings }: Collectors): readonly Finding[] {
  tally.add(event);
  if (event.kind === 'flaky') findings.doubt(event);
  if (event.kind === 'skipped') coverage.explain(event.title, event.reason);
  if (event.kind === 'judgement') {
    results.add(event);
    if (event.judgement.outcome !== 'fail') return [];
    const fresh = findings.add({ ...event, exchange: undefined, case: undefined, scenario: undefined });
    return fresh === undefined ? [] : [fresh];
  }
  if (event.kind !== 'verdict') return [];
  const { suite, verdict } = event;
  results.add(event);
  coverage.add(verdict);
  access.add(verdict);
  timings.add(verdict);
  const failure = {
    suite,
    // a request that no operation knows, such as one with an undeclared method, is told under the one that it was planned for
    operation: verdict.operation?.id ?? verdict.case?.request.operation.id,
    title: verdict.case?.title ?? verdict.exchange.title,
    exchange: verdict.exchange,
    case: verdict.case,
    scenario: verdict.scenario,
  };
  const fresh: Finding[] = [];
  for (const judgement of verdict.judgements) {
    const finding = judgement.outcome === 'fail' ? findings.add({ ...failure, judgement }) : undefined;
    if (finding !== undefined) fresh.push(finding);
  }
  const accusation = unaccusedFault(verdict);
  if (accusation !== undefined) faults.add({ ...failure, judgement: accusation });
  return fresh;
}

function summarize(options: ReportOptions, collectors: Collectors, targetNames: readonly string[]): Report {
  const { contract } = options;
  const operations = contract.operations.map((operation) => operation.id);
  const tally = collectors.tally.summary(operations);
  const settled = settleFaults(collectors.findings.findings(), collectors.faults.findings(), {
    answers: tally.counts.answered > 0,
    gone: tally.gone,
  });
  const { causes, findings } = groupCauses(settled.findings, operations);
  const results = collectors.results.groups(operations);
  return {
    format: 'specproof-report/1',
    tool: { name: 'specproof', version: options.version },
    api: { title: contract.title, version: contract.version, location: contract.location, operations: operations.length },
    target: { kind: options.targetKind, baseUrl: options.baseUrl },
    seed: String(options.seed),
    rerun: options.rerun,
    identities: options.identities,
    failOn: options.failOn,
    suites: tally.suites.map((suite, index) => ({ ...suite, ...causeCounts(causes, suite.name, tally.suites.slice(0, index)) })),
    findings,
    causes,
    faults: settled.faults,
    cannotJudge: tally.cannotJudge,
    skipped: tally.skipped,
    leftBehind: tally.leftBehind,
    deviations: reviewDeviations(options.deviations, {
      findings,
      results,
      operations,
      targetNames,
      partial: options.partial === true || tally.interrupted,
      today: options.today,
    }),
    notes: contract.notes,
    coverage: collectors.coverage.coverage(),
    minCoverage: options.minCoverage ?? {},
    access: collectors.access.matrix(operations, options.identities),
    results,
    timings: collectors.timings.timings(operations),
    counts: tally.counts,
    logs: [],
    startedAt: options.startedAt,
    seconds: tally.seconds,
    interrupted: tally.interrupted,
    judgedNothing: tally.judgedNothing,
  };
}

function causeCounts(
  causes: readonly Cause[],
  suite: Cause['suites'][number],
  earlier: readonly { readonly name: Cause['suites'][number] }[],
): { readonly causes: number; readonly sharedCauses: number } {
  const own = causes.filter((cause) => !cause.known && cause.suites.includes(suite));
  return { causes: own.length, sharedCauses: own.filter((cause) => earlier.some(({ name }) => cause.suites.includes(name))).length };
}
