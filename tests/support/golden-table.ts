/** Compares what is found in a yardstick with its golden tables: a row for each switch, and the sums by class. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { plannedPhases } from '../../src/cases/plan-scenarios.ts';
import { createCatcher, findIn, yardsticks, type Catch, type Mark, type Yardstick } from './yardsticks.ts';

const head = 'switch | class | own check | how sure | why not certain';
const ways: readonly Catch[] = ['certain', 'likely', 'unsure', 'missed'];

/** A test for each wanted switch: it is caught by its own check, as surely as the golden table says. `UPDATE_GOLDEN=1` writes the tables anew, and keeps the reasons. */
export function testCatches(name: string, wanted: (mark: Mark, index: number) => boolean = () => true): void {
  const yardstick = yardstickOf(name);
  const file = new URL(`../golden/detection/${name}.txt`, import.meta.url);
  const update = process.env['UPDATE_GOLDEN'] === '1';
  const [table = '', sums = ''] = existsSync(file) || !update ? readFileSync(file, 'utf8').split('\n\n') : [];
  const golden = new Map(
    table
      .split('\n')
      .slice(1)
      .map((line) => [cellsOf(line)[0] ?? '', line]),
  );
  const find = createCatcher(yardstick, 1);
  const rows: string[] = [];
  const chosen = yardstick.marks.filter(wanted);

  test.each(chosen.map((mark) => [mark.id, mark] as const))('%s is caught by its own check', async (id, mark) => {
    const { how, news } = await find(mark);
    const reason = how === 'certain' ? '' : (cellsOf(golden.get(id) ?? '')[4] ?? '');
    const row = [id, mark.class, mark.check, how, reason].filter((cell) => cell !== '').join(' | ');
    rows.push(row);
    if (update) return;
    const others = news.map(({ check, confidence, operation, message }) => `${check} ${confidence} ${operation}: ${message}`);
    expect(row, others.join('\n')).toBe(golden.get(id));
    expect(how === 'certain' || reason !== '', 'what is not certain has a reason').toBe(true);
    expect(how).not.toBe('missed');
  });

  test.runIf(!update)('the golden table has a row for each switch, and no other, and sums them up by class', () => {
    expect([...golden.keys()]).toEqual(yardstick.marks.map(({ id }) => id));
    expect(sums.trimEnd()).toBe(sumsOf([...golden.values()]));
  });

  afterAll(() => {
    if (update && chosen.length === yardstick.marks.length) writeFileSync(file, `${[head, ...rows].join('\n')}\n\n${sumsOf(rows)}\n`);
  });
}

/** A test for each seed: the unbroken API is accused of nothing, by any phase. */
export function testUnbroken(name: string, seeds: readonly number[]): void {
  const yardstick = yardstickOf(name);
  test.each(seeds)('unbroken, it is accused of nothing with seed %i', async (seed) => {
    const { findings, counts } = await findIn(yardstick, [], plannedPhases, seed);
    expect(findings.map(({ check, confidence, operation, message }) => `${confidence} ${check} ${operation} ${message}`)).toEqual([]);
    expect(counts.exchanges).toBeGreaterThan(1500);
  });
}

function yardstickOf(name: string): Yardstick {
  const yardstick = yardsticks.find((one) => one.name === name);
  if (!yardstick) throw new Error(`there is no yardstick ${name}`);
  return yardstick;
}

/** How many switches of each class, and of all, are caught how surely. */
function sumsOf(rows: readonly string[]): string {
  const all = rows.map(cellsOf);
  const line = (title: string, of: readonly (readonly string[])[]): string =>
    [title, of.length, ...ways.map((way) => of.filter(([, , , how]) => how === way).length)].join(' | ');
  const classes = [...Map.groupBy(all, ([, kind = '']) => kind)].map(([kind, of]) => line(kind, of));
  return [`class | switches | ${ways.join(' | ')}`, ...classes, line('all', all)].join('\n');
}

function cellsOf(row: string): readonly string[] {
  return row.split(' | ');
}
