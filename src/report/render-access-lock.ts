/** Writes the matrix of access as the reviewed file that later runs are held against: deterministic, in the document's order. Pure. */
import type { AccessLock } from '../cases/access/lock.ts';
import { jsYaml } from '../lib/load-late.ts';
import type { AccessMatrix } from './access-matrix.ts';

const header = `# Who may call what, as the API answered it. Review it: every line is a promise that later runs check (access-as-locked).
# Written by specproof run --phases access --lock-access. What no answer showed is not here, or stands as it was reviewed before.
`;

/** The file's text. Where the run did not show it, the former word stands, for operations and identities that are still there. */
export function renderAccessLock({ identities, rows }: AccessMatrix, former: AccessLock | undefined): string {
  const access = rows.flatMap(({ operation, cells }) => {
    const row = identities.flatMap((identity, index) => {
      const known = cells[index]?.got ?? former?.get(operation)?.get(identity);
      return known === undefined ? [] : [[identity, known] as const];
    });
    return row.length === 0 ? [] : [[operation, Object.fromEntries(row)] as const];
  });
  return header + jsYaml().dump({ access: Object.fromEntries(access) }, { lineWidth: -1, flowLevel: 2 });
}
