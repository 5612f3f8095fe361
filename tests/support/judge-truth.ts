/** What our judge says of the answers of the truth table. */
import type { Exchange } from '../../src/requests/exchange.ts';
import type { Dialect } from '../../src/spec/contract.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { parseDocument } from '../../src/spec/parse-document.ts';
import { upgradeDocument } from '../../src/spec/upgrade-document.ts';
import { judge } from '../../src/verdicts/judge.ts';
import { truthDocument, type TruthAnswer, type TruthRow } from './truth-table.ts';

/** Says the checks that failed, each once, with `open` for those that could not judge; `keeps` for nothing of both. */
export function judgeTruth(rows: readonly TruthRow[], dialect: Dialect): (row: TruthRow, answer: TruthAnswer) => readonly string[] {
  const written = parseDocument(JSON.stringify(truthDocument(rows, dialect)), 'truth.json');
  const contract = createContract(upgradeDocument(written).document, { dialect });
  return (row, answer) => {
    const { judgements } = judge(contract, exchangeOf(row, answer), { baseUrl: 'http://api.test' });
    const failed = judgements.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);
    const open = judgements.filter(({ outcome, reason }) => outcome === 'cannot-judge' && reason !== '');
    return failed.length > 0 ? [...new Set(failed)] : open.length > 0 ? ['open'] : ['keeps'];
  };
}

function exchangeOf(row: TruthRow, { status, headers, body }: TruthAnswer): Exchange {
  return {
    id: '1',
    source: 'call',
    title: row.promise,
    identity: undefined,
    request: { method: 'GET', url: `http://api.test${row.path}`, headers: [], body: undefined },
    response: { status, headers, body },
    fault: undefined,
    timing: { startedAt: 0, headers: 1, total: 2 },
  };
}
