/** The matrix of access: operation × identity, what was expected and what the answers showed. Reduced from verdicts; what no answer showed stays unknown. */
import { accessShown, noCredentials, type Access, type AccessQuestion } from '../cases/access/expected.ts';
import type { Verdict } from '../verdicts/verdict.ts';

/** One identity at one operation. */
export interface AccessCell {
  readonly expected: Access | undefined;
  readonly source: AccessQuestion['source'];
  /** Undefined: unknown. */
  readonly got: Access | undefined;
  /** Of the answer that showed it, or of the last one; undefined when it was never asked. */
  readonly status: number | undefined;
}

/** Who may call what, as far as the document says and the run has seen. */
export interface AccessMatrix {
  /** Columns: no credentials, then the identities. */
  readonly identities: readonly string[];
  /** Every operation, in the document's order, with a cell for each identity. */
  readonly rows: readonly { readonly operation: string; readonly cells: readonly AccessCell[] }[];
}

export interface AccessCollector {
  readonly add: (verdict: Verdict) => void;
  /** Undefined unless at least two identities were asked about. */
  readonly matrix: (operations: readonly string[], identities: readonly string[]) => AccessMatrix | undefined;
}

interface Asked {
  readonly question: AccessQuestion;
  readonly status: number | undefined;
}

/** A collector whose size depends on the contract and the identities. */
export function createAccessCollector(): AccessCollector {
  const asked = new Map<string, Map<string, Asked>>();
  return {
    add: ({ case: planned, operation, exchange }) => {
      const question = planned?.access;
      if (question === undefined || operation === undefined) return;
      const row = asked.get(operation.id) ?? new Map<string, Asked>();
      asked.set(operation.id, row);
      const former = row.get(question.identity);
      const status = exchange.fault === undefined ? exchange.response?.status : undefined;
      // a second look counts when it tells more
      if (former === undefined || accessShown(status) !== undefined) row.set(question.identity, { question, status });
    },
    matrix: (operations, identities) => {
      const seen = new Set([...asked.values()].flatMap((row) => [...row.keys()]));
      const columns = [noCredentials, ...identities].filter((name) => seen.has(name));
      if (columns.filter((name) => name !== noCredentials).length < 2) return undefined;
      const rows = operations.map((operation) => {
        const row = asked.get(operation);
        // the same request found something there: what others do not find is hidden from them
        const isThere = [...(row?.values() ?? [])].some(({ status }) => accessShown(status) === 'allowed');
        return { operation, cells: columns.map((name) => cellOf(row?.get(name), isThere)) };
      });
      return { identities: columns, rows };
    },
  };
}

function cellOf(asked: Asked | undefined, isThere: boolean): AccessCell {
  const shown = accessShown(asked?.status);
  const got = shown === 'absent' ? (isThere ? 'refused' : undefined) : shown;
  return { expected: asked?.question.expected, source: asked?.question.source, got, status: asked?.status };
}
