/** What a run amounts to in tests, for formats that know tests only: a suite for every suite, phase and operation, a test for every check in it, passes included. */
import { missedCoverage } from './coverage-gate.ts';
import { failsRun } from './exit-code.ts';
import type { CheckResult, ResultGroup } from './collect-results.ts';
import { entryOf } from './outcome-counts.ts';
import type { Finding, Report } from './report.ts';
import { plural } from './text-layout.ts';

/** One check in one operation. What fails the run is a failure, a fault or a suite that did not run an error; what cannot be judged or is excused is skipped, with its reason. */
export interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
  readonly text: string;
  /** Where the promise stands, for a failure. */
  readonly place?: { readonly file: string; readonly line: number | undefined } | undefined;
}

/** Tests of one suite, phase and operation. */
export interface TestSuite {
  readonly name: string;
  readonly seconds: number;
  readonly cases: readonly TestCase[];
}

/** The suites of a report; never none for a run that proved nothing. */
export function testSuites(report: Report): readonly TestSuite[] {
  return [...resultSuites(report), ...faultSuites(report), ...skippedSuites(report), ...emptySuite(report)];
}

function resultSuites(report: Report): TestSuite[] {
  const findings = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    for (const suite of finding.suites) entryOf(findings, `${suite} ${finding.check} ${finding.operation}`, () => []).push(finding);
  }
  return report.results
    .filter((group) => group.checks.length > 0)
    .map((group) => ({
      name: `${className(group)}: ${group.operation}`,
      seconds: group.seconds,
      cases: group.checks.flatMap((row) =>
        resultCases(group, row, findings.get(`${group.suite} ${row.check} ${group.operation}`) ?? [], report),
      ),
    }));
}

function className(group: ResultGroup): string {
  return group.phase === undefined ? group.suite : `${group.suite}.${group.phase}`;
}

function resultCases(group: ResultGroup, row: CheckResult, findings: readonly Finding[], report: Report): TestCase[] {
  const base = {
    name: row.title === undefined ? `${row.check} ${group.operation}` : row.title,
    classname: `${className(group)}.${row.check}`,
  };
  const cases: TestCase[] = [];
  if (row.fail > 0) cases.push({ ...base, ...failure(row, findings, report) });
  else if (row.pass > 0) cases.push({ ...base, outcome: 'passed', type: '', message: '', text: '' });
  if (row.cannotJudge > 0) {
    const message = `${row.cannotJudge} could not be judged: ${row.cannotJudgeReason ?? ''}`;
    cases.push({
      ...base,
      name: cases.length === 0 ? base.name : `${base.name} (cannot judge)`,
      outcome: 'skipped',
      type: 'cannot-judge',
      message,
      text: '',
    });
  }
  return cases;
}

function failure(row: CheckResult, ofCheck: readonly Finding[], report: Report): Omit<TestCase, 'name' | 'classname'> {
  const titled = ofCheck.filter((finding) => finding.title === row.title);
  const findings = titled.length > 0 ? titled : ofCheck;
  const failing = findings.filter((finding) => failsRun(finding, report.failOn));
  const [first] = failing.length > 0 ? failing : findings;
  const text = (failing.length > 0 ? failing : findings).map(describe).join('\n\n');
  if (failing.length > 0 || first === undefined) {
    return {
      outcome: 'failure',
      type: first?.confidence ?? 'certain',
      message: first?.message ?? row.failReason ?? '',
      text,
      place: first?.promise,
    };
  }
  const excuse =
    first.known === undefined
      ? `${first.confidence}, does not fail the run`
      : `known deviation until ${first.known.expires}, ${first.known.reason}`;
  return { outcome: 'skipped', type: 'finding', message: `${excuse}: ${first.message}`, text };
}

function describe(finding: Finding): string {
  const { promise } = finding;
  const place = promise === undefined ? '' : `${promise.file}${promise.line === undefined ? `#${promise.pointer}` : `:${promise.line}`}`;
  return [
    `${finding.message} (${finding.confidence}, ${finding.id}, ${plural(finding.count, 'time')})`,
    ...(promise === undefined ? [] : [`promised: ${promise.text} (${place})`]),
    ...(finding.came === undefined ? [] : [`came: ${finding.came}`]),
    ...(finding.where === undefined ? [] : [`where: ${finding.where}`]),
    ...(finding.reproduce === undefined ? [] : [`try: ${finding.reproduce}`]),
  ].join('\n');
}

function faultSuites(report: Report): TestSuite[] {
  const cases = report.faults.map((fault): TestCase => ({
    name: `${fault.operation}: ${fault.kind}`,
    classname: 'faults',
    outcome: 'error',
    type: fault.kind,
    message: `${fault.message} (${plural(fault.count, 'time')})`,
    text: `try: ${fault.reproduce}`,
  }));
  return cases.length === 0 ? [] : [{ name: 'faults', seconds: 0, cases }];
}

function skippedSuites(report: Report): TestSuite[] {
  const suites = new Map<string, TestCase[]>();
  for (const { suite, title, reason, failure, count } of report.skipped) {
    const message = count > 1 ? `${reason} (${count} times)` : reason;
    entryOf(suites, suite, () => []).push({
      name: title,
      classname: `${suite}.not-run`,
      outcome: failure ? 'error' : 'skipped',
      type: 'not-run',
      message,
      text: '',
    });
  }
  return [...suites].map(([suite, cases]) => ({ name: `${suite}: not run`, seconds: 0, cases }));
}

/** A run without a testcase would look green. */
function emptySuite(report: Report): TestSuite[] {
  const silent = report.suites.filter((suite) => suite.failed && !report.skipped.some((skip) => skip.suite === suite.name && skip.failure));
  const error = { classname: 'run', outcome: 'error', type: 'run', text: '' } as const;
  const cases: TestCase[] = silent.map((suite) => ({ ...error, name: `${suite.name} ran`, message: 'nothing came of this suite' }));
  const missed = missedCoverage(report);
  if (missed.length > 0) cases.push({ ...error, name: 'enough was covered', message: missed.join('; ') });
  if (report.judgedNothing) cases.push({ ...error, name: 'something was judged', message: 'nothing was judged: this run proves nothing' });
  if (report.interrupted) cases.push({ ...error, name: 'the run reached its end', message: report.error?.message ?? 'interrupted' });
  return cases.length === 0 ? [] : [{ name: 'run', seconds: 0, cases }];
}
