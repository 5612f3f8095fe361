/** The report as one JSON object a line, for programs. Keys that do not apply are null, so that every line of a type has the same keys. */
import { exitCode } from './exit-code.ts';
import type { Finding, Report, ReportedFault } from './report.ts';
import { missedCoverage } from './coverage-gate.ts';
import type { Reached } from './coverage.ts';
import { dimensions } from './dimensions.ts';

/** All findings, then all faults, then the summary; each line ends with a line break. */
export function renderNdjson(report: Report): string {
  return [...report.findings.map(findingLine), ...report.faults.map(faultLine), summaryLine(report)].map((line) => `${line}\n`).join('');
}

/** A finding as one line, without its line break. */
export function findingLine(finding: Finding): string {
  return JSON.stringify({
    type: 'finding',
    id: finding.id,
    check: finding.check,
    operation: finding.operation,
    confidence: finding.confidence,
    flaky: finding.flaky ?? null,
    known: finding.known !== undefined,
    deviation: finding.known ?? null,
    message: finding.message,
    where: finding.where ?? null,
    promise: finding.promise === undefined ? null : { ...finding.promise, line: finding.promise.line ?? null },
    came: finding.came ?? null,
    reproduce: finding.reproduce ?? null,
    cause: finding.cause,
    topic: finding.topic,
    count: finding.count,
    sources: finding.sources,
    suites: finding.suites,
    title: finding.title,
    case: finding.caseId ?? null,
    scenario: finding.scenario ?? null,
    exchange: finding.exchange ?? null,
  });
}

/** A fault that is no finding as one line, without its line break. */
export function faultLine(fault: ReportedFault): string {
  return JSON.stringify({ type: 'fault', ...fault });
}

/** The last line, without its line break. */
export function summaryLine(report: Report): string {
  const { counts, coverage } = report;
  const unexcused = report.findings.filter((finding) => finding.known === undefined);
  const ofConfidence = (confidence: Finding['confidence']): number =>
    unexcused.filter((finding) => finding.confidence === confidence).length;
  return JSON.stringify({
    type: 'summary',
    exit: exitCode(report),
    outcomes: counts.judgements,
    requests: counts.exchanges,
    faults: counts.faults,
    held: counts.held,
    seconds: report.seconds,
    seed: report.seed,
    findings: {
      certain: ofConfidence('certain'),
      likely: ofConfidence('likely'),
      unsure: ofConfidence('unsure'),
      known: report.findings.length - unexcused.length,
    },
    causes: report.causes.filter((cause) => !cause.known).length,
    coverage: {
      operations: coverage.dimensions.operation.total,
      reached: coverage.dimensions.operation.reached,
      withSuccess: coverage.withSuccess,
      dimensions: Object.fromEntries(dimensions.map((dimension) => [dimension, share(coverage.dimensions[dimension])])),
      missed: missedCoverage(report),
    },
    cannotJudge: counts.judgements['cannot-judge'],
    skipped: report.skipped,
    leftBehind: report.leftBehind,
    suites: report.suites.map(({ name, planned, done, exchanges, failed }) => ({ name, planned, done, exchanges, failed })),
    interrupted: report.interrupted,
    error: report.error,
    replay: report.replay,
    judgedNothing: report.judgedNothing,
    failOn: report.failOn,
    api: report.api,
    target: report.target,
    tool: report.tool,
  });
}

function share({ reached, total }: Reached): { readonly reached: number; readonly total: number } {
  return { reached, total };
}
