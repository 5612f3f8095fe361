import { describe, expect, it } from 'vitest';
import { missedCoverage, type CoverageGate } from '../../../src/report/coverage-gate.ts';
import { exitCode } from '../../../src/report/exit-code.ts';
import { renderAnnotations } from '../../../src/report/render-annotations.ts';
import { renderJunit } from '../../../src/report/render-junit.ts';
import { renderMarkdown } from '../../../src/report/render-markdown.ts';
import { renderText } from '../../../src/report/render-text.ts';
import { judgement, listOrders, reportOf, verdict } from './sample-run.ts';

/** One of three operations, and one of six statuses. */
const report = (minCoverage: CoverageGate): ReturnType<typeof reportOf> =>
  reportOf([verdict(listOrders, { path: '/orders?limit=1' }, [judgement('status-declared', 'pass')])], { minCoverage });

describe('the least coverage', () => {
  it.each<{ gate: CoverageGate; missed: string[] }>([
    { gate: {}, missed: [] },
    { gate: { operation: 33, status: 16 }, missed: [] },
    { gate: { operation: 34 }, missed: ['coverage of operations is 33.3 % (1 of 3); at least 34 % is asked for'] },
    {
      gate: { operation: 100, status: 50 },
      missed: [
        'coverage of operations is 33.3 % (1 of 3); at least 100 % is asked for',
        'coverage of statuses is 16.6 % (1 of 6); at least 50 % is asked for',
      ],
    },
    {
      gate: { identity: 0 },
      missed: ['coverage of identities: there is nothing to cover, the document guards no operation; at least 0 % is asked for'],
    },
  ])('of $gate is missed by $missed.length', ({ gate, missed }) => {
    expect(missedCoverage(report(gate))).toEqual(missed);
    expect(exitCode(report(gate))).toBe(missed.length > 0 ? 1 : 0);
  });

  it('is told by every report when it is missed', () => {
    const missed = report({ status: 50 });
    const said = /coverage of statuses is 16.6 %(?:25)? \(1 of 6\)/;
    const texts = [
      renderText(missed, { color: false, width: 100 }),
      renderMarkdown(missed),
      renderJunit(missed),
      renderAnnotations(missed),
    ];
    for (const text of texts) expect(text.replaceAll('\\', '')).toMatch(said);
    expect(renderText(report({}), { color: false, width: 100 })).not.toMatch(said);
  });

  it('says what there is nothing of to cover', () => {
    expect(renderText(report({}), { color: false, width: 200 })).toContain('no identities');
  });
});
