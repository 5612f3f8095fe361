/** Tells people the verdict on one exchange, on stderr. */
import { createPaint } from '../report/paint.ts';
import type { Report } from '../report/report.ts';
import { printable } from '../report/text-layout.ts';
import { headerValue } from '../requests/exchange.ts';
import type { Settings } from '../run/settings.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import { usesColor, type Io } from './io.ts';

/** One line about the answer, then each finding and what could not be judged. */
export function writeVerdict(verdict: Verdict, report: Report, io: Io, settings: Settings): void {
  const paint = createPaint(usesColor(io.stderr, io.env, settings.color));
  const { exchange, operation, judgements } = verdict;
  const { response, fault } = exchange;
  const kept = judgements.filter(({ outcome }) => outcome === 'pass').length;
  const answer =
    response === undefined
      ? (fault?.message ?? 'no answer')
      : `${response.status} ${headerValue(response.headers, 'content-type') ?? 'without Content-Type'}`;
  const words = [
    answer,
    `${Math.round(exchange.timing.total)} ms`,
    operation?.id ?? 'no operation of the document',
    `${kept} ${kept === 1 ? 'check' : 'checks'} kept`,
  ];
  const lines = [words.map(printable).join(' · ')];
  for (const finding of report.findings) {
    const mark = finding.known === undefined ? paint('red', '✗') : paint('dim', '◌');
    lines.push(
      `${mark} ${paint('bold', finding.check)}  ${printable(finding.message)} (${finding.known === undefined ? finding.confidence : 'known deviation'})`,
    );
    const { promise } = finding;
    if (promise !== undefined)
      lines.push(`    promised   ${printable(promise.text)}   ${promise.file}${promise.line === undefined ? '' : `:${promise.line}`}`);
    if (finding.came !== undefined) lines.push(`    came       ${printable(finding.came)}`);
    if (finding.where !== undefined) lines.push(`    where      ${printable(finding.where)}`);
  }
  for (const { check, outcome, reason } of judgements)
    if (outcome === 'cannot-judge') lines.push(`${paint('yellow', '?')} ${check}  ${printable(reason)}`);
  io.stderr.write(lines.map((line) => `${line}\n`).join(''));
}
