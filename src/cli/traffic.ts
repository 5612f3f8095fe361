/** Tells on stderr what passes the proxy, a line an exchange, and findings as they come. */
import type { Finding } from '../report/report.ts';
import { createPaint, type Paint } from '../report/paint.ts';
import { printable } from '../report/text-layout.ts';
import type { RunEvent } from '../run/events.ts';
import type { Verdict } from '../verdicts/verdict.ts';
import type { Progress, ProgressOptions, ProgressStream } from './progress.ts';

/** Progress for runs whose length nobody knows. */
export function createTraffic(stream: ProgressStream, { color, quiet }: Pick<ProgressOptions, 'color' | 'quiet'>): Progress {
  const paint = createPaint(color);
  return {
    update: (event, findings = []) => {
      if (quiet) return;
      const lines = [...exchangeLines(event, paint), ...findings.map((finding) => findingLine(finding, paint))];
      stream.write(lines.map((line) => `${line}\n`).join(''));
    },
    tell: (line) => void (quiet || stream.write(`  ${line}\n`)),
    end: () => undefined,
  };
}

function exchangeLines(event: RunEvent, paint: Paint): string[] {
  if (event.kind === 'skipped') return [`  ${paint('dim', `– ${printable(event.title)} · ${printable(event.reason)}`)}`];
  return event.kind === 'verdict' ? [`  ${exchangeLine(event.verdict, paint)}`] : [];
}

function exchangeLine({ exchange, operation, judgements }: Verdict, paint: Paint): string {
  const { title, response, fault, timing } = exchange;
  const broken = judgements.some(({ outcome }) => outcome === 'fail');
  const facts = [
    title,
    response === undefined ? (fault?.message ?? 'no answer') : String(response.status),
    `${Math.round(timing.total)} ms`,
    operation?.id ?? judgements.find(({ check }) => check === 'path-known')?.reason ?? 'no operation of the document',
  ];
  return `${broken ? paint('red', '✗') : operation === undefined ? paint('yellow', '?') : paint('green', '✓')} ${facts.map(printable).join(' · ')}`;
}

function findingLine(finding: Finding, paint: Paint): string {
  const said = finding.known === undefined ? finding.confidence : 'known deviation';
  return `      ${paint('bold', finding.check)}  ${printable(finding.message)} (${said})`;
}
