/** Compares the catch table of a yardstick with the golden one, row by row. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createCatcher, yardsticks, type Mark } from './yardsticks.ts';

const seed = 1;
const head = 'switch | class | own check | how sure | why not certain\n';

/** A test for each wanted switch: it is caught by its own check, as surely as the golden table says. `UPDATE_GOLDEN=1` writes the table anew, and keeps its reasons. */
export function testCatches(name: string, wanted: (mark: Mark, index: number) => boolean = () => true): void {
  const yardstick = yardsticks.find((one) => one.name === name);
  if (!yardstick) throw new Error(`there is no yardstick ${name}`);
  const file = new URL(`../golden/detection/${name}.txt`, import.meta.url);
  const update = process.env['UPDATE_GOLDEN'] === '1';
  const golden = new Map(
    (update ? readOrEmpty(file) : readFileSync(file, 'utf8'))
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => [line.split(' | ', 1)[0] ?? '', line]),
  );
  const find = createCatcher(yardstick, seed);
  const rows: string[] = [];
  const chosen = yardstick.marks.filter(wanted);

  test.each(chosen.map((mark) => [mark.id, mark] as const))('%s is caught by its own check', async (id, mark) => {
    const { how, news } = await find(mark);
    const reason = how === 'certain' ? '' : (golden.get(id)?.split(' | ').at(4) ?? '');
    const row = [id, mark.class, mark.check, how, reason].filter((cell) => cell !== '').join(' | ');
    rows.push(row);
    if (update) return;
    const others = news.map(({ check, confidence, operation, message }) => `${check} ${confidence} ${operation}: ${message}`);
    expect(row, others.join('\n')).toBe(golden.get(id));
    expect(how === 'certain' || reason !== '', 'what is not certain has a reason').toBe(true);
    expect(how).not.toBe('missed');
  });

  test.skipIf(chosen.length < yardstick.marks.length)('the golden table has a row for each switch, and no other', () => {
    expect([...golden.keys()]).toEqual(update ? [...golden.keys()] : yardstick.marks.map(({ id }) => id));
  });

  afterAll(() => {
    if (update && chosen.length === yardstick.marks.length) writeFileSync(file, `${head}${rows.join('\n')}\n`);
  });
}

function readOrEmpty(file: URL): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return head;
  }
}
