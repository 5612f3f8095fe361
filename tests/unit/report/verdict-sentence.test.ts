import { expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/report/render-markdown.ts';
import { verdictSentence } from '../../../src/report/verdict-sentence.ts';
import { judgement, listOrders, reportOf, undeclared, verdict } from './sample-run.ts';

const kept = reportOf([verdict(listOrders, {}, [judgement('status-declared', 'pass')]), { kind: 'end', interrupted: false, seconds: 1 }]);
const broken = reportOf([
  verdict(listOrders, { status: 401 }, [undeclared(401, listOrders)]),
  { kind: 'end', interrupted: false, seconds: 1 },
]);
const replay = { id: 'c7a1', again: false };

it.each([
  { report: kept, want: 'every judged promise was kept' },
  { report: { ...kept, replay }, want: 'the finding did not come again' },
  { report: { ...broken, replay: { id: 'c7a1', again: true } }, want: '1 broken promise' },
  { report: { ...broken, replay }, want: '1 broken promise, but the finding did not come again' },
  { report: { ...kept, error: { message: 'gone', exit: 3 as const } }, want: 'ended by an error' },
])('says: $want', ({ report, want }) => {
  expect(verdictSentence(report)).toBe(want);
  expect(renderMarkdown(report).split('\n')[0]).toContain(`: ${want}`);
});
