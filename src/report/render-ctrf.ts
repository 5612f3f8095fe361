/** The report in the Common Test Report Format. @see https://ctrf.io/docs/specification/overview */
import type { Report } from './report.ts';
import { testSuites, type TestCase } from './test-cases.ts';

const statuses = { passed: 'passed', failure: 'failed', error: 'failed', skipped: 'skipped' } as const;

/** The JSON document; its tests are those of the JUnit report. Durations are those of a suite's exchanges, shared among its tests, in milliseconds. */
export function renderCtrf(report: Report): string {
  const suites = testSuites(report);
  const tests = suites.flatMap(({ name, seconds, cases }) =>
    cases.map((one) => ({
      name: one.name,
      status: statuses[one.outcome],
      duration: Math.round((seconds * 1000) / cases.length),
      suite: [name],
      type: 'contract',
      ...details(one),
    })),
  );
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  const stop = report.startedAt + Math.round(report.seconds * 1000);
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: 'specproof',
    results: {
      tool: { name: report.tool.name, version: report.tool.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: 0,
        suites: suites.length,
        start: report.startedAt,
        stop,
      },
      tests,
      environment: { appName: report.api.title, appVersion: report.api.version, testEnvironment: report.target.kind },
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function details({ outcome, type, message, text, place }: TestCase): object {
  if (outcome === 'passed') return {};
  return {
    rawStatus: outcome,
    tags: [type],
    message,
    ...(text !== '' && { trace: text }),
    ...(place !== undefined && { filePath: place.file }),
    ...(place?.line !== undefined && { line: place.line }),
  };
}
