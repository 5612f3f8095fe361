/** The summary of a run for people at a terminal. */
import { missedCoverage } from './coverage-gate.ts';
import { exitCode } from './exit-code.ts';
import { createPaint } from './paint.ts';
import type { Report } from './report.ts';
import { isSuggestible } from './suggest-overlay.ts';
import { accessLines } from './text-access.ts';
import { causeLines, type Page } from './text-causes.ts';
import { columns, duration, plural, printable, wrap } from './text-layout.ts';
import { coverageLines } from './text-coverage.ts';
import {
  anonymousLines,
  astrayLines,
  deviationLines,
  faultLines,
  leftBehindLines,
  noteLines,
  refusedLines,
  skippedLines,
  suiteLines,
  unjudgedLines,
} from './text-sections.ts';
import { apiName } from '../lib/api-name.ts';

/** How to render the summary. */
export interface TextOptions {
  readonly color: boolean;
  /** Columns; taken between 60 and 160. */
  readonly width: number;
  /** Files that were written, named in the last line. */
  readonly reports?: readonly string[];
}

/** The summary, with a line break at its end. Nothing in it but the reproducing commands is wider than `width`. */
export function renderText(report: Report, options: TextOptions): string {
  const page: Page = { width: Math.min(160, Math.max(60, options.width)), paint: createPaint(options.color) };
  const lines = [
    ...header(report, page),
    ...suiteLines(report, page),
    ...astrayLines(report, page),
    ...anonymousLines(report, page),
    ...refusedLines(report, page),
    ...faultLines(report, page),
    ...causeLines(report, page),
    ...overlayHint(report, page),
    ...deviationLines(report, page),
    ...unjudgedLines(report, page),
    ...skippedLines(report, page),
    ...leftBehindLines(report, page),
    ...noteLines(report, page),
    ...accessLines(report, page),
    ...coverageLines(report, page),
    ...verdictLines(report, page),
    ...footer(report, options.reports ?? [], page),
  ];
  return `${lines.join('\n')}\n`;
}

function header(report: Report, { paint, width }: Page): string[] {
  const tool = `specproof ${report.tool.version}`;
  const who = report.identities.length === 0 ? [] : [`as ${report.identities.join(', ')}`];
  const about = [apiName(report.api), report.target.kind, `seed ${report.seed}`, ...who].map(printable).join(' · ');
  const indent = columns(tool) + 3;
  return wrap(about, width - indent).map((line, index) =>
    index === 0 ? `${paint('bold', tool)}   ${line}` : `${' '.repeat(indent)}${line}`,
  );
}

function overlayHint(report: Report, { paint, width }: Page): string[] {
  const silent = report.findings.filter((finding) => finding.known === undefined && isSuggestible(finding)).length;
  if (silent === 0) return [];
  const hint = `${plural(silent, 'undeclared status', 'undeclared statuses')}: --suggest-overlay FILE writes how to declare them`;
  return ['', ...wrap(hint, width - 2).map((line) => `  ${paint('dim', line)}`)];
}

/** Said aloud before the numbers: what makes the run worth nothing, or less. */
function verdictLines(report: Report, { paint, width }: Page): string[] {
  const part = 'what follows is of a part of the run';
  const said = report.error === undefined ? undefined : wrap(`ended by an error: ${printable(report.error.message)}; ${part}`, width - 4);
  if (said !== undefined) return ['', ...said.map((line, index) => `  ${index === 0 ? paint('red', '✗') : ' '} ${line}`)];
  if (report.interrupted) return ['', `  ${paint('yellow', '!')} interrupted: ${part}`];
  if (report.judgedNothing) return ['', `  ${paint('red', '✗')} nothing was judged: this run proves nothing`];
  const missed = missedCoverage(report).flatMap((sentence) =>
    wrap(sentence, width - 4).map((line, index) => `  ${index === 0 ? paint('red', '✗') : ' '} ${line}`),
  );
  const notAgain =
    report.replay?.again === false ? [`  ${paint('yellow', '!')} --replay ${report.replay.id}: the finding did not come again`] : [];
  const told = [...notAgain, ...missed];
  return told.length === 0 ? [] : ['', ...told];
}

function footer(report: Report, reports: readonly string[], { paint, width }: Page): string[] {
  const exit = exitCode(report);
  const { exchanges, faults, held } = report.counts;
  const waited = held === 0 ? [] : [`asked to wait ${plural(held, 'time')}`];
  const facts = [plural(exchanges, 'exchange'), plural(faults, 'fault'), ...waited, duration(report.seconds)];
  const last = `exit ${exit}`;
  const painted = paint(exit === 0 ? ['bold', 'green'] : ['bold', 'red'], last);
  const fits = columns([...facts, ...reports, last].join(' · ')) + 2 <= width;
  if (fits) return [`  ${[...facts, ...reports, painted].join(' · ')}`];
  return [...reports.map((file) => `  ${file}`), `  ${[...facts, painted].join(' · ')}`];
}
