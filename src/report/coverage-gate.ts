/** The least coverage that a run has to reach, by dimension, and what is missing from it. */
import type { Coverage } from './coverage.ts';
import { dimensionNouns, dimensions, type Dimension } from './dimensions.ts';

/** Percentages by dimension. */
export type CoverageGate = Readonly<Partial<Record<Dimension, number>>>;

/** Why a document offers nothing of a dimension. */
const nothingBecause: Readonly<Record<Dimension, string>> = {
  operation: 'the document has no operation',
  parameter: 'the document declares no parameter',
  keyword: 'no schema of a request asks anything',
  status: 'the document declares no response',
  'media-type': 'the document declares no body',
  identity: 'the document guards no operation',
};

/** One line, for people, for each dimension that was asked for and not reached. Of nothing not even 0 % are reached. */
export function missedCoverage({ coverage, minCoverage }: { readonly coverage: Coverage; readonly minCoverage: CoverageGate }): string[] {
  return dimensions.flatMap((dimension) => {
    const least = minCoverage[dimension];
    const { reached, total } = coverage.dimensions[dimension];
    if (least === undefined || (total > 0 && reached * 100 >= least * total)) return [];
    const asked = `at least ${least} % is asked for`;
    return total === 0
      ? `coverage of ${dimensionNouns[dimension]}: there is nothing to cover, ${nothingBecause[dimension]}; ${asked}`
      : `coverage of ${dimensionNouns[dimension]} is ${percent(reached, total)} (${reached} of ${total}); ${asked}`;
  });
}

/** Rounded down, so that only all of it is 100 %. */
export function percent(reached: number, total: number): string {
  return `${Math.floor((reached * 1000) / total) / 10} %`;
}
