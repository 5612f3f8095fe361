import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { noCredentials, type AccessQuestion } from '../../../src/cases/access/expected.ts';
import { parseAccessLock } from '../../../src/cases/access/lock.ts';
import { renderAccessLock } from '../../../src/report/render-access-lock.ts';
import { renderText } from '../../../src/report/render-text.ts';
import type { AccessMatrix } from '../../../src/report/access-matrix.ts';
import type { Report } from '../../../src/report/report.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import type { Operation } from '../../../src/spec/contract.ts';
import { parseText } from '../../../src/spec/parse-text.ts';
import { createOrder, end, getOrder, judgement, listOrders, plannedCase, reportOf, verdict } from './sample-run.ts';

const kept = judgement('status-declared', 'pass');

/** An answer to the question whether an identity may. */
function told(operation: Operation, identity: string, status: number, expected?: AccessQuestion['expected']): RunEvent {
  const access: AccessQuestion = { identity, expected, source: expected && 'document' };
  return verdict(operation, { status }, [kept], { case: { ...plannedCase(operation, 'c1', `as ${identity}`), phase: 'access', access } });
}

const identities = ['admin', 'guest'];
const sample = (events: readonly RunEvent[]): Report =>
  reportOf([{ kind: 'plan', suite: 'generated', total: 1 }, ...events, end], { identities });

const whole: readonly RunEvent[] = [
  told(listOrders, noCredentials, 401, 'refused'),
  told(listOrders, 'admin', 200, 'allowed'),
  told(listOrders, 'guest', 200, 'allowed'),
  told(createOrder, 'admin', 201),
  told(createOrder, 'guest', 201, 'refused'),
  told(getOrder, 'admin', 200),
  told(getOrder, 'guest', 404),
];

function matrixOf(events: readonly RunEvent[]): AccessMatrix {
  const { access } = sample(events);
  if (access === undefined) throw new Error('there is no matrix');
  return access;
}

describe('the matrix of access', () => {
  it('has a row for each operation and a cell for each identity; what nobody answered is unknown', () => {
    const { identities: columns, rows } = matrixOf(whole);
    expect(columns).toEqual([noCredentials, 'admin', 'guest']);
    expect(Object.fromEntries(rows.map(({ operation, cells }) => [operation, cells.map(({ got }) => got ?? '?')]))).toMatchObject({
      'GET /orders': ['refused', 'allowed', 'allowed'],
      'POST /orders': ['?', 'allowed', 'allowed'],
    });
  });

  it('takes 404 for hidden where another was shown the same, and for unknown where nobody was', () => {
    const cellsOf = (events: readonly RunEvent[]): unknown =>
      matrixOf(events).rows.find(({ operation }) => operation === getOrder.id)?.cells;
    expect(cellsOf(whole)).toMatchObject([{ got: undefined }, { got: 'allowed' }, { got: 'refused', status: 404 }]);
    expect(cellsOf([...whole.slice(0, -2), told(getOrder, 'admin', 404), told(getOrder, 'guest', 404)])).toMatchObject([
      { status: undefined },
      { got: undefined, status: 404 },
      { got: undefined, status: 404 },
    ]);
  });

  it('keeps the answer that told something when a later one tells nothing', () => {
    expect(matrixOf([...whole, told(listOrders, 'guest', 500)]).rows[0]?.cells[2]).toMatchObject({ got: 'allowed', status: 200 });
  });

  it('is not drawn for one identity alone', () => {
    expect(sample([told(listOrders, 'admin', 200), told(listOrders, noCredentials, 401)]).access).toBeUndefined();
  });

  it('is a table where the run was about nothing else, and one line with the surprises where it was not', () => {
    const alone = stripVTControlCharacters(renderText(sample(whole), { color: true, width: 80 }));
    expect(alone).toMatch(/\n {2}access +none +admin +guest\n/);
    expect(alone).toMatch(/\n {2}POST \/orders +\? +yes +yes!\n/);
    const among = renderText(sample([...whole, verdict(listOrders, {}, [kept], { case: plannedCase(listOrders, 'c2', 'ordinary') })]), {
      color: false,
      width: 120,
    });
    expect(among).not.toContain('none  admin');
    expect(among).toContain(
      'access     3 of 9 cells as expected, 1 not, 3 without expectation, 2 unknown; --phases access draws the table',
    );
    expect(among).toContain('guest POST /orders');
  });

  it('names as many surprises as three lines hold, and counts the others', () => {
    const names = Array.from({ length: 40 }, (_, index) => `guest-${index}`);
    const report = reportOf(
      [
        { kind: 'plan', suite: 'generated', total: 1 },
        ...names.map((name) => told(createOrder, name, 201, 'refused')),
        verdict(listOrders, {}, [kept], { case: plannedCase(listOrders, 'c2', 'ordinary') }),
        end,
      ],
      { identities: names },
    );
    const lines = renderText(report, { color: false, width: 100 }).split('\n');
    const from = lines.findIndex((line) => line.includes('40 not'));
    const shown = lines.slice(from + 1, from + 5);
    expect(shown[0]).toMatch(/^ {13}guest-0 POST \/orders, guest-1 POST \/orders/);
    expect(shown.slice(0, 3).join(' ')).toMatch(/ and \d+ more$/);
    expect(shown[3]).toBe('');
  });

  it('is written for review in the document’s order, and read again; what was not shown stands as it was reviewed', () => {
    const former = parseAccessLock(
      { access: { 'GET /orders': { guest: 'refused' }, 'POST /orders': { [noCredentials]: 'refused' } } },
      'before',
    );
    const text = renderAccessLock(matrixOf(whole), former);
    expect(text.split('\n').slice(2)).toEqual([
      'access:',
      '  GET /orders: {no credentials: refused, admin: allowed, guest: allowed}',
      '  POST /orders: {no credentials: refused, admin: allowed, guest: allowed}',
      `  ${getOrder.id}: {admin: allowed, guest: refused}`,
      '',
    ]);
    expect(parseAccessLock(parseText(text, 'access.yaml'), 'access.yaml').get('GET /orders')?.get('guest')).toBe('allowed');
  });
});
