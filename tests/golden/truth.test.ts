import { describe, expect, test } from 'vitest';
import { judgeTruth } from '../support/judge-truth.ts';
import { dialects, readTruthTable, type TruthAnswer } from '../support/truth-table.ts';

const rows = readTruthTable();

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
  const said = judgeTruth(own, dialect);

  test('has at least 150 answers', () => {
    expect(own.flatMap(({ answers }) => answers).length).toBeGreaterThanOrEqual(150);
  });

  test.each(own)('$promise ($path)', (row) => {
    const wrong = row.answers
      .map((answer) => ({ answer, words: said(row, answer) }))
      .filter(({ answer, words }) => !words.includes(answer.says));
    expect(wrong.map(({ answer, words }) => `${shown(answer)} — must: ${answer.says}, said: ${words.join(', ')}`)).toEqual([]);
  });
});
