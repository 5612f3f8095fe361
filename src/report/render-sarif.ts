/** The report as SARIF 2.1.0, whose locations are lines of the document: code hosts show each finding beside the promise it breaks. */
import type { Log, Notification, Result } from 'sarif';
import { checks } from '../verdicts/registry.ts';
import { exitCode } from './exit-code.ts';
import type { Finding, Report } from './report.ts';

const levels = { certain: 'error', likely: 'warning', unsure: 'note' } as const;

/** The JSON document. A known deviation is a suppressed result; faults and suites that did not run are notifications. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function renderSarif(report: Report): string {
  const used = new Set(report.findings.map(({ check }) => check));
  const rules = checks.filter(({ id }) => used.has(id));
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'specproof',
            version: report.tool.version,
            rules: rules.map(({ id, title, source }) => ({ id, shortDescription: { text: title }, help: { text: `${title}: ${source}` } })),
          },
        },
        invocations: [
          {
            executionSuccessful: !report.interrupted && !report.judgedNothing,
            exitCode: exitCode(report),
            toolExecutionNotifications: notifications(report),
          },
        ],
        results: report.findings.map((finding) => resultOf(finding, report)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultOf(finding: Finding, report: Report): Result {
  const { promise, known } = finding;
  return {
    ruleId: finding.check,
    level: levels[finding.confidence],
    message: { text: describe(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(promise?.file ?? report.api.location) },
          region: { startLine: promise?.line ?? 1 },
        },
        ...(finding.operation !== '-' && { logicalLocations: [{ fullyQualifiedName: finding.operation, kind: 'function' }] }),
      },
    ],
    partialFingerprints: { 'specproofFinding/v1': finding.id },
    occurrenceCount: finding.count,
    ...(known !== undefined && {
      suppressions: [{ kind: 'external', justification: `${known.reason} (until ${known.expires})` }],
    }),
  };
}

function describe(finding: Finding): string {
  return [
    `${finding.operation}: ${finding.message}`,
    ...(finding.promise === undefined ? [] : [`Promised: ${finding.promise.text}`]),
    ...(finding.came === undefined ? [] : [`Came: ${finding.came}`]),
    ...(finding.reproduce === undefined ? [] : [`Try: ${finding.reproduce}`]),
  ].join('\n');
}

function notifications(report: Report): Notification[] {
  const faults = report.faults.map(({ operation, message, count }) => `${operation}: ${message} (${count})`);
  const skipped = report.skipped.filter(({ failure }) => failure).map(({ title, reason }) => `${title} did not run: ${reason}`);
  return [...faults, ...skipped].map((text) => ({ level: 'error', message: { text } }));
}

/** A path or URL as a URI reference (RFC 3986 section 4.1). */
function uriOf(file: string): string {
  return URL.canParse(file) ? file : encodeURI(file.replaceAll('\\', '/'));
}
