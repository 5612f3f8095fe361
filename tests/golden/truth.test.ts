import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/requests/exchange.ts';
import type { Contract, Dialect } from '../../src/spec/contract.ts';
import { createContract } from '../../src/spec/create-contract.ts';
import { parseDocument } from '../../src/spec/parse-document.ts';
import { upgradeDocument } from '../../src/spec/upgrade-document.ts';
import { judge } from '../../src/verdicts/judge.ts';
import { dialects, readTruthTable, truthDocument, type TruthAnswer, type TruthRow } from '../support/truth-table.ts';

const rows = readTruthTable();

function contractOf(dialect: Dialect): Contract {
  const written = truthDocument(
    rows.filter((row) => row.dialects.includes(dialect)),
    dialect,
  );
  return createContract(upgradeDocument(parseDocument(JSON.stringify(written), 'truth.json')).document, { dialect });
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

/** What the judge says: the checks that failed, each once, with `open` for those that could not judge; `keeps` for nothing of both. */
function said(contract: Contract, row: TruthRow, answer: TruthAnswer): readonly string[] {
  const { judgements } = judge(contract, exchangeOf(row, answer), { baseUrl: 'http://api.test' });
  const failed = judgements.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);
  const open = judgements.filter(({ outcome, reason }) => outcome === 'cannot-judge' && reason !== '');
  return failed.length > 0 ? [...new Set(failed)] : open.length > 0 ? ['open'] : ['keeps'];
}

function shown({ status, headers, body }: TruthAnswer): string {
  return `${status} ${headers.map(([name, value]) => `${name}: ${value}`).join(', ')} ${Buffer.from(body).toString('latin1')}`.slice(0, 160);
}

test('no two rows give one name to two schemas', () => {
  const names = rows.flatMap(({ schemas }) => Object.keys(schemas).map((name) => [name, schemas[name]] as const));
  const clashes = names.filter(([name, schema]) => names.some((other) => other[0] === name && JSON.stringify(other[1]) !== JSON.stringify(schema)));
  expect(clashes.map(([name]) => name)).toEqual([]);
});

describe.each(dialects)('OpenAPI %s', (dialect) => {
  const own = rows.filter((row) => row.dialects.includes(dialect));
  const contract = contractOf(dialect);

  test('has at least 150 answers', () => {
    expect(own.flatMap(({ answers }) => answers).length).toBeGreaterThanOrEqual(150);
  });

  test.each(own)('$promise ($path)', (row) => {
    const wrong = row.answers
      .map((answer) => ({ answer, said: said(contract, row, answer) }))
      .filter(({ answer, said: words }) => !words.includes(answer.says));
    expect(wrong.map(({ answer, said: words }) => `${shown(answer)} — must: ${answer.says}, said: ${words.join(', ')}`)).toEqual([]);
  });
});
