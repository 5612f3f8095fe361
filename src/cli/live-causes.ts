/** Which cause a finding is of, told while a run lasts: what only echoes a finding that is known already is no cause of its own. */
import { headOf } from '../report/find-echoes.ts';
import { entryOf } from '../report/outcome-counts.ts';
import type { Finding } from '../report/report.ts';

/** A function that gives the id of a finding's cause, by what it was told before. */
export function createLiveCauses(): (finding: Finding) => string {
  const heads = new Map<string, Finding[]>();
  return (finding) => {
    const group = entryOf(heads, finding.operation, () => []);
    const head = headOf(finding, group);
    if (head === undefined) group.push(finding);
    return (head ?? finding).cause;
  };
}
