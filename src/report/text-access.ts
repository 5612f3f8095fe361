/** The matrix of access for a terminal: the whole table where the run was about nothing else, else one line. */
import { noCredentials } from '../cases/access/expected.ts';
import type { AccessCell, AccessMatrix } from './access-matrix.ts';
import type { Report } from './report.ts';
import type { Page } from './text-causes.ts';
import { columns, grouped, listLines, plural, printable } from './text-layout.ts';

/** Nothing where fewer than two identities were asked. */
export function accessLines(report: Report, page: Page): string[] {
  const { access } = report;
  if (access === undefined) return [];
  const alone = report.results.every(({ phase }) => phase === undefined || phase === 'access');
  return ['', ...(alone ? tableLines(access, page) : []), ...summaryLines(access, alone, page)];
}

const words = { allowed: 'yes', refused: 'no', unknown: '?' } as const;

function tableLines({ identities, rows }: AccessMatrix, page: Page): string[] {
  const { paint, width } = page;
  const names = identities.map((name) => (name === noCredentials ? 'none' : printable(name)));
  const widths = names.map((name) => Math.max(4, columns(name)) + 2);
  const label = Math.max(24, width - widths.reduce((sum, one) => sum + one, 2));
  const head = names.map((name, index) => name.padStart(widths[index] ?? 0)).join('');
  return [
    `  ${paint('bold', `access${head.padStart(label - 6 + columns(head))}`)}`,
    ...rows.map(({ operation, cells }) => {
      const shown = cells.map((cell, index) => cellText(cell, widths[index] ?? 0, page)).join('');
      return `  ${middleCut(printable(operation), label - 1).padEnd(label)}${shown}`;
    }),
    `  ${paint('dim', 'none: without credentials · ?: no answer told · !: not as expected')}`,
  ];
}

/** Paths differ in their ends: so it is the middle that goes. */
function middleCut(text: string, width: number): string {
  const head = Math.ceil(width / 3);
  return columns(text) <= width ? text : `${text.slice(0, head)}…${text.slice(head + 1 - width)}`;
}

function cellText(cell: AccessCell, width: number, { paint }: Page): string {
  const got = words[cell.got ?? 'unknown'];
  if (isUnexpected(cell)) return paint('red', `${got}!`.padStart(width));
  return paint(cell.got === undefined ? 'yellow' : cell.got === 'allowed' ? 'green' : 'dim', got.padStart(width));
}

function isUnexpected({ expected, got }: AccessCell): boolean {
  return expected !== undefined && got !== undefined && expected !== got;
}

function summaryLines({ identities, rows }: AccessMatrix, alone: boolean, { paint, width }: Page): string[] {
  const cells = rows.flatMap((row) => row.cells);
  const unexpected = rows.flatMap(({ operation, cells: own }) =>
    own.flatMap((cell, index) => (isUnexpected(cell) ? [`${identities[index] ?? ''} ${operation}`] : [])),
  );
  const count = (of: (cell: AccessCell) => boolean): string => grouped(cells.filter(of).length);
  const counts = [
    `${count(({ expected, got }) => got !== undefined && got === expected)} of ${plural(cells.length, 'cell')} as expected`,
    `${grouped(unexpected.length)} not`,
    `${count(({ expected, got }) => got !== undefined && expected === undefined)} without expectation`,
    `${count(({ got }) => got === undefined)} unknown`,
  ].join(', ');
  const hint = alone ? '' : '; --phases access draws the table';
  return [
    `  ${paint('bold', 'access')}     ${counts}${paint('dim', hint)}`,
    ...(alone
      ? []
      : listLines(unexpected.map(printable), width - 13, 3).flatMap((line) => (line === '' ? [] : [`             ${paint('red', line)}`]))),
  ];
}
