/** Which cause a finding is of, told while a run lasts: what only echoes a finding that is known already is no cause of its own. */
import { findEchoes } from '../report/find-echoes.ts';
import { entryOf } from '../report/outcome-counts.ts';
import type { Finding } from '../report/report.ts';

/** A function that gives the id of a finding's cause, by what it was told before. */
export function createLiveCauses(): (finding: Finding) => string {
  const told = new Map<string, Finding[]>();
  return (finding) => {
    const group = entryOf(told, finding.operation, () => []);
    group.push(finding);
    return (findEchoes(group).get(finding) ?? finding).cause;
  };
}
