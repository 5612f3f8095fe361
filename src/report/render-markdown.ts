/** The report as GitHub Flavored Markdown: for a job summary or a comment on a pull request. */
import { verdictSentence } from './verdict-sentence.ts';
import { missedCoverage } from './coverage-gate.ts';
import { dimensionNouns, dimensions } from './dimensions.ts';
import { compareConfidence, exitCode, failsRun } from './exit-code.ts';
import type { Cause, Finding, Report } from './report.ts';
import { plural } from './text-layout.ts';

/** How many causes get a row; a job summary may hold 1 MiB. */
const rows = 100;

/** The Markdown text: the verdict, a table of causes, each with its smallest request, and what was reached. */
export function renderMarkdown(report: Report): string {
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]));
  const causes = report.causes.filter(({ known }) => !known).toSorted((a, b) => compareConfidence(a.confidence, b.confidence));
  const code = exitCode(report);
  const lines = [
    `## ${code === 0 ? '✅' : '❌'} ${cell(report.api.title)} ${cell(report.api.version)}: ${verdictSentence(report)}`,
    '',
    `${plural(report.counts.exchanges, 'exchange')} · ${plural(report.counts.faults, 'fault')} · ${report.seconds.toFixed(1)} s · seed ${report.seed} · exit ${code}`,
    '',
    ...causeTable(causes, findings, report),
    ...coverageLines(report),
    ...notRun(report),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function causeTable(causes: readonly Cause[], findings: ReadonlyMap<string, Finding>, report: Report): string[] {
  if (causes.length === 0) return [];
  const told = causes.slice(0, rows).map((cause) => {
    const finding = findings.get(cause.findings[0] ?? '');
    const [first = '', ...others] = cause.operations;
    const place = others.length === 0 ? first : `${first} and ${others.length} more`;
    const came = finding?.came === undefined ? '' : code(finding.came);
    const mark = failsRun(cause, report.failOn) ? '❌' : '⚠️';
    return `| ${mark} ${cause.confidence} | ${code(cause.check)} | ${cell(cause.message)} | ${code(place)} | ${came} |`;
  });
  const left = causes.length - told.length;
  return [
    '| | check | what | where | came |',
    '| --- | --- | --- | --- | --- |',
    ...told,
    '',
    ...(left > 0 ? [`${plural(left, 'further cause')} in the full report.`, ''] : []),
    ...triable(causes.slice(0, 10), findings),
  ];
}

function triable(causes: readonly Cause[], findings: ReadonlyMap<string, Finding>): string[] {
  const commands = causes.flatMap((cause) => {
    const command = findings.get(cause.findings[0] ?? '')?.reproduce;
    return command === undefined ? [] : [`# ${cause.check}: ${cause.message.replaceAll(/\s+/g, ' ')}`, command];
  });
  if (commands.length === 0) return [];
  const fence = '`'.repeat(Math.max(3, ...commands.map((command) => longestRun(command) + 1)));
  return ['<details><summary>See it again</summary>', '', `${fence}sh`, ...commands, fence, '', '</details>', ''];
}

function coverageLines(report: Report): string[] {
  const { dimensions: reached, withSuccess } = report.coverage;
  const shares = dimensions.map((dimension) => {
    const { reached: some, total } = reached[dimension];
    const success = dimension === 'operation' ? `, ${withSuccess} with success` : '';
    return total === 0 ? `no ${dimensionNouns[dimension]}` : `${dimensionNouns[dimension]} ${some}/${total}${success}`;
  });
  const missed = missedCoverage(report).map((sentence) => `- ❌ ${cell(sentence)}`);
  return [`Reached: ${shares.join(' · ')}`, '', ...missed, ...(missed.length > 0 ? [''] : [])];
}

function notRun({ skipped, faults }: Report): string[] {
  return [
    ...skipped.filter(({ failure }) => failure).map(({ title, reason }) => `- ${cell(title)} did not run: ${cell(reason)}`),
    ...faults.map(({ operation, message, count }) => `- ${code(operation)}: ${cell(message)} (${plural(count, 'time')})`),
  ];
}

/** Text that Markdown takes as it is, in one line. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~]/g, (mark) => `\\${mark}`);
}

/** A code span that can hold the text. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
