import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressOptions } from '../../../src/cli/progress.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { builder, end, getOrder, judgement, listOrders, undeclared, verdict } from './sample-run.ts';

const kept = judgement('status-declared', 'pass');
const events: readonly RunEvent[] = [
  { kind: 'plan', suite: 'contract', total: 1 },
  { kind: 'done', suite: 'contract', title: 'lock' },
  { kind: 'plan', suite: 'generated', total: 3 },
  verdict(listOrders, {}, [kept]),
  { kind: 'done', suite: 'generated', title: '' },
  verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]),
  { kind: 'done', suite: 'generated', title: '' },
  verdict(getOrder, { status: 401 }, [undeclared(401, getOrder)]),
  { kind: 'done', suite: 'generated', title: '' },
  end,
];

/** What was written, write by write. */
function written(over: Partial<ProgressOptions> & { readonly isTTY?: boolean; readonly tick?: number } = {}): string[] {
  const writes: string[] = [];
  let time = 0;
  const stream = { write: (text: string) => writes.push(text), isTTY: over.isTTY ?? false, columns: 80 };
  const progress = createProgress(stream, { color: false, quiet: false, now: () => (time += over.tick ?? 10), ...over });
  const made = builder();
  for (const event of events) progress.update(event, made.add(event));
  progress.end();
  progress.end();
  return writes;
}

describe('createProgress', () => {
  it('writes a line for the start and end of each suite and for each new cause where there is no terminal', () => {
    expect(written({ tick: 0 }).join('')).toBe(
      [
        'contract: started, 1 planned',
        'contract: 1 of 1 done, 0 exchanges, 0.0 s',
        'generated: started, 3 planned',
        '  ✗ status-declared  401 is answered but not declared  GET /orders',
        'generated: 3 of 3 done, 3 exchanges, 1 cause, 0.0 s',
        '',
      ].join('\n'),
    );
  });

  it('takes what only echoes a cause for no new one', () => {
    const writes: string[] = [];
    const progress = createProgress({ write: (text) => writes.push(text) }, { color: false, quiet: false, now: () => 0 });
    const made = builder();
    const echo = judgement('collection-assertion', 'fail', { topic: 'answers 200', reason: 'expected 401 to equal 200' });
    const event = verdict(listOrders, { status: 401 }, [{ ...undeclared(401, listOrders), came: '401' }, echo]);
    progress.update(event, made.add(event));
    progress.end();
    expect(writes.join('')).toBe(
      [
        'generated: started',
        '  ✗ status-declared  401 is answered but not declared  GET /orders',
        'generated: 0 of 0 done, 1 exchange, 1 cause, 0.0 s',
        '',
      ].join('\n'),
    );
  });

  it('says every now and then how far it is and how long it may take, where there is no terminal', () => {
    const writes: string[] = [];
    let time = 0;
    const stream = { write: (text: string) => writes.push(text) };
    const progress = createProgress(stream, { color: false, quiet: false, now: () => time });
    progress.update({ kind: 'plan', suite: 'generated', total: 100 });
    for (let done = 0; done < 40; done += 1) {
      time += 1000;
      progress.update(verdict(listOrders, {}, [kept]));
      progress.update({ kind: 'done', suite: 'generated', title: '' });
    }
    expect(writes.join('')).toBe(
      [
        'generated: started, 100 planned',
        'generated: 14 of 100, 1 exchanges a second, about 92 s left',
        'generated: 29 of 100, 1 exchanges a second, about 73 s left',
        '',
      ].join('\n'),
    );
  });

  it('says how much is planned also where the first exchanges came before', () => {
    const writes: string[] = [];
    const stream = { write: (text: string) => writes.push(text) };
    const progress = createProgress(stream, { color: false, quiet: false, now: () => 0 });
    progress.update(verdict(listOrders, {}, [kept]));
    progress.update({ kind: 'plan', suite: 'generated', total: 100 });
    progress.update({ kind: 'plan', suite: 'generated', total: 104 });
    expect(writes.join('')).toBe('generated: started\ngenerated: 100 planned\n');
  });

  it('tells a line about the run itself above the block, and as it is where there is no terminal', () => {
    for (const isTTY of [true, false]) {
      const writes: string[] = [];
      const progress = createProgress({ write: (text) => writes.push(text), isTTY }, { color: false, quiet: false });
      progress.update({ kind: 'plan', suite: 'generated', total: 100 });
      progress.tell('stopping');
      expect(stripVTControlCharacters(writes.at(-1) ?? '')).toMatch(isTTY ? /^ {2}stopping\n {2}generated .*0 of 100/m : /^stopping\n$/);
    }
  });

  it('tells on a terminal what was asked last, and how long it may take', () => {
    const writes: string[] = [];
    let time = 0;
    const stream = { write: (text: string) => writes.push(text), isTTY: true, columns: 100 };
    const progress = createProgress(stream, { color: false, quiet: false, now: () => time });
    progress.update({ kind: 'plan', suite: 'generated', total: 10 });
    for (let done = 0; done < 5; done += 1) {
      time += 1000;
      progress.update({ kind: 'done', suite: 'generated', title: '' });
      progress.update(verdict(listOrders, {}, [kept]));
    }
    time += 1000;
    progress.update(verdict(listOrders, {}, [kept]));
    expect(writes.at(-1)).toContain('6 exchanges · 1 a second · 6.0 s · about 6.0 s left · GET /orders');
  });

  it('redraws one block on a terminal, keeps new causes above it, and leaves nothing of the block', () => {
    const writes = written({ isTTY: true, tick: 100 });
    const escape = '\u001b';
    expect(writes[0]).toBe(
      '  contract   ────────────────────────            0 of 1   \n  0 exchanges · 0 a second · 0.3 s\n'.replace(
        /0\.\d s/,
        /0\.\d s/.exec(writes[0] ?? '')?.[0] ?? '',
      ),
    );
    expect(writes[1]?.startsWith(`${escape}[2A\r${escape}[J`)).toBe(true);
    const withCause = writes.find((text) => text.includes('✗'));
    expect(withCause).toContain(`${escape}[J  ✗ status-declared  401 is answered but not declared  GET /orders\n  contract `);
    expect(writes.filter((text) => text.includes('✗'))).toHaveLength(1);
    expect(writes.at(-1)).toBe(`${escape}[3A\r${escape}[J`);
  });

  it('draws at most a dozen frames a second', () => {
    expect(written({ isTTY: true, tick: 0 })).toHaveLength(3);
  });

  it('writes plain lines on a terminal when asked, and nothing when quiet', () => {
    expect(written({ isTTY: true, plain: true, tick: 0 })).toEqual(written({ tick: 0 }));
    expect(written({ quiet: true })).toEqual([]);
  });

  it('colours without changing a word', () => {
    expect(stripVTControlCharacters(written({ color: true, tick: 0 }).join(''))).toBe(written({ tick: 0 }).join(''));
  });
});
