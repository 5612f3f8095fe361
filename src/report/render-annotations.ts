/** Findings as workflow commands of GitHub Actions, which shows them beside the lines of the document. */
import { isAbsolute, normalize } from 'node:path';
import { missedCoverage } from './coverage-gate.ts';
import { failsRun } from './exit-code.ts';
import type { Report } from './report.ts';

/** GitHub shows ten errors and ten warnings of a step. */
const most = 10;

/** A line for each cause that is no known deviation, the surest first; the empty text when there are none. `folder` is where the run is below the checkout, which GitHub counts files from. */
export function renderAnnotations(report: Report, folder = ''): string {
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]));
  const counts = { error: 0, warning: 0 };
  const missed = missedCoverage(report).map((sentence) => `::error title=specproof coverage::${data(sentence)}\n`);
  const told = report.causes
    .filter(({ known }) => !known)
    .flatMap((cause) => {
      const level = failsRun(cause, report.failOn) ? 'error' : 'warning';
      const finding = findings.get(cause.findings[0] ?? '');
      if (finding === undefined || ++counts[level] > most) return [];
      const { promise, came } = finding;
      const place = promise === undefined ? '' : `file=${property(fileAt(folder, promise.file))},line=${promise.line ?? 1},`;
      const more = cause.operations.length > 1 ? ` and ${cause.operations.length - 1} more` : '';
      const text = `${finding.operation}${more}: ${cause.message}${came === undefined ? '' : `\ncame: ${came}`}`;
      return [`::${level} ${place}title=${property(`specproof ${cause.check}`)}::${data(text)}\n`];
    });
  return [...missed, ...told].join('');
}

function fileAt(folder: string, file: string): string {
  return folder === '' || isAbsolute(file) || /^https?:/.test(file) ? file : normalize(`${folder}/${file}`).replaceAll('\\', '/');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
