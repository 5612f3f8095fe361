/** The coverage's part of the terminal summary: what was reached, and what was not. */
import type { Unreached } from './collect-reasons.ts';
import { compareText } from './collect-results.ts';
import { dimensionNouns, dimensions, type Dimension } from './dimensions.ts';
import type { Report } from './report.ts';
import type { Page } from './text-causes.ts';
import { flow, grouped, listLines, printable } from './text-layout.ts';

const labelWidth = 20;

/** Dimensions whose missing names are short enough for a terminal. */
const named: Readonly<Partial<Record<Dimension, string>>> = {
  status: 'never answered',
  parameter: 'never sent',
  'media-type': 'never seen',
};

/** The shares of all dimensions, operations that were not reached or never with success, and the first names of what is missing. */
export function coverageLines({ coverage }: Report, page: Page): string[] {
  const { paint, width } = page;
  const shareOf = (noun: string, reached: number, total: number): readonly [string, string] => {
    const share = `${grouped(reached)}/${grouped(total)}`;
    if (total === 0) return [`no ${noun}`, `no ${noun}`];
    return [`${noun} ${share}`, `${noun} ${paint(reached === total ? 'green' : 'yellow', share)}`];
  };
  const shares = dimensions.map((dimension) => {
    const { reached, total } = coverage.dimensions[dimension];
    return shareOf(dimensionNouns[dimension], reached, total);
  });
  const success = shareOf('with success', coverage.withSuccess, coverage.dimensions.operation.total);
  const lines = flow([...shares.slice(0, 1), success, ...shares.slice(1)], width - 11);
  return [
    '',
    ...lines.map((line, index) => `  ${index === 0 ? paint('bold', 'reached') : '       '}  ${line}`),
    ...labelled('never reached', explained(coverage.neverReached), page),
    ...labelled('never with success', explained(coverage.neverWithSuccess), page),
    ...dimensions.flatMap((dimension) => missingLines(named[dimension], coverage.dimensions[dimension].missing, page)),
  ];
}

/** Operations with why they were not reached, said once after the last of those that share it. */
function explained(unreached: readonly Unreached[]): string[] {
  const why = ({ reason, statuses }: Unreached): string => (reason === undefined ? statuses.join(', ') : printable(reason));
  const sorted = unreached.toSorted((a, b) => compareText(why(a), why(b)));
  return sorted.map((one, index) => {
    const next = sorted[index + 1];
    return why(one) === '' || (next !== undefined && why(next) === why(one)) ? one.operation : `${one.operation} (${why(one)})`;
  });
}

function missingLines(label: string | undefined, missing: Report['coverage']['dimensions'][Dimension]['missing'], page: Page): string[] {
  if (label === undefined) return [];
  const names = missing.map((entry) => `${entry.operation} (${entry.names.map(printable).join(', ')})`);
  return labelled(label, names, page);
}

function labelled(label: string, names: readonly string[], page: Page): string[] {
  if (names.length === 0) return [];
  const indent = 4 + labelWidth;
  return listLines(names, page.width - indent, 2).map(
    (line, index) => `${' '.repeat(4)}${page.paint('dim', (index === 0 ? label : '').padEnd(labelWidth))}${line}`,
  );
}
