/** The report in the format of Web Fuzzing Commons, by which fuzzers are compared. @see https://github.com/WebFuzzing/Commons */
import { dimensions } from './dimensions.ts';
import { unknownOperation, type Finding, type Report } from './report.ts';

/** The classification's codes of what checks find; the others have the one that is left to tools, and the check as context. */
const codes: Readonly<Record<string, number>> = {
  'no-server-error': 100,
  'status-declared': 101,
  'content-type-declared': 101,
  'body-parses': 101,
  'body-matches-schema': 101,
  'headers-match': 101,
  'empty-where-required': 101,
  'invalid-refused': 102,
  'deleted-gone': 103,
  'refused-no-trace': 104,
  'forbidden-refused': 206,
};
const ownCode = 900;

/** The JSON document, with a line break at its end. A test case is all that was asked of one operation; known deviations are no faults. */
export function renderWfc(report: Report): string {
  const { answered, dimensions: reached } = report.coverage;
  const endpoints = answered.map(({ operation }) => endpointOf(operation));
  const unexcused = report.findings.filter(({ known, operation }) => known === undefined && operation !== unknownOperation);
  const faults = unexcused.map(faultOf);
  const document = {
    schemaVersion: '0.6.0',
    toolName: report.tool.name,
    toolVersion: report.tool.version,
    creationTime: new Date(report.startedAt + report.seconds * 1000).toISOString(),
    faults: { totalNumber: faults.length, foundFaults: faults },
    problemDetails: {
      rest: {
        outputHttpCalls: unexcused.filter(({ evidence }) => evidence !== undefined).length,
        evaluatedHttpCalls: report.counts.exchanges,
        endpointIds: endpoints,
        coveredHttpStatus: answered.map(({ operation, statuses }) => ({
          endpointId: endpointOf(operation),
          testCaseId: endpointOf(operation),
          httpStatus: statuses,
        })),
      },
    },
    totalTests: endpoints.length,
    testFilePaths: [],
    testCases: endpoints.map((id) => ({ id, name: id })),
    executionTimeInSeconds: Math.round(report.seconds),
    extra: [
      {
        toolName: report.tool.name,
        criteria: dimensions.map((name) => ({ name, covered: reached[name].reached, total: reached[name].total })),
      },
    ],
    warnings: [
      ...report.notes.map((message) => ({ message, category: 'document' })),
      ...report.skipped.map(({ title, reason }) => ({ message: `${title} did not run: ${reason}`, category: 'not run' })),
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** `GET:/users/{id}`. */
function endpointOf(operation: string): string {
  return operation.replace(' ', ':');
}

/** Its schema requires `endpointId` where it describes `operationId`. */
function faultOf({ check, operation, topic }: Finding): object {
  const endpoint = endpointOf(operation);
  return {
    operationId: endpoint,
    endpointId: endpoint,
    testCaseId: endpoint,
    faultCategories: [{ code: codes[check] ?? ownCode, context: `${check} ${topic}`.trim() }],
  };
}
