/** The report as one JSON document. */
import { exitCode } from './exit-code.ts';
import type { Report } from './report.ts';

/** The whole report and its exit code, indented, with a line break at its end. */
export function renderJson(report: Report): string {
  return `${JSON.stringify({ ...report, exit: exitCode(report) }, undefined, 2)}\n`;
}
