/** The causes' part of the terminal summary: what was promised, what came, and how to see it again. */
import { replayCommand } from './replay-command.ts';
import type { Paint } from './paint.ts';
import { failsRun } from './exit-code.ts';
import { unknownOperation, type Cause, type Finding, type Promised, type Report } from './report.ts';
import { clip, columns, grouped, listLines, plural, printable, printableLines, wrap } from './text-layout.ts';

/** How many causes are told in full; further ones get a line each. */
const toldInFull = 20;
const labelWidth = 10;
/** Characters of a command that a terminal still shows. */
const longestCommand = 1200;

/** Where and how the text goes. */
export interface Page {
  readonly width: number;
  readonly paint: Paint;
}

/** The lines of all causes that are no known deviation; none when there are none. */
export function causeLines(report: Report, page: Page): string[] {
  const causes = report.causes.filter((cause) => !cause.known);
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]));
  const checkWidth = Math.min(24, Math.max(0, ...causes.map((cause) => cause.check.length)));
  const full = causes.slice(0, toldInFull).flatMap((cause) => {
    const finding = findings.get(cause.findings[0] ?? '');
    return ['', ...title(cause, report, page, checkWidth), ...(finding === undefined ? [] : details(cause, finding, report, page))];
  });
  const brief = causes
    .slice(toldInFull)
    .flatMap((cause, index) => [...(index === 0 ? [''] : []), briefTitle(cause, report, page, checkWidth)]);
  return [...full, ...brief];
}

/** `✗` for what fails the run, `!` for what does not. */
function mark(cause: Cause, report: Report, { paint }: Page): string {
  return failsRun(cause, report.failOn) ? paint('red', '✗') : paint('yellow', '!');
}

function title(cause: Cause, report: Report, page: Page, checkWidth: number): string[] {
  const { paint, width } = page;
  const check = cause.check.padEnd(checkWidth);
  const indent = 4 + columns(check) + 2;
  const message = printable(cause.message);
  const head = `  ${mark(cause, report, page)} ${paint('bold', check)}  `;
  const place = placeOf(cause);
  const gap = width - indent - columns(message) - columns(place);
  if (place !== '' && gap >= 3) return [`${head}${message}${' '.repeat(gap)}${paint('cyan', place)}`];
  const [first = '', ...rest] = wrap(message, width - indent);
  const lines = [`${head}${first}`, ...rest.map((line) => `${' '.repeat(indent)}${line}`)];
  return cause.operations.length !== 1 || place === ''
    ? lines
    : [...lines, field('in', paint('cyan', clip(place, width - 6 - labelWidth)), page)];
}

function briefTitle(cause: Cause, report: Report, page: Page, checkWidth: number): string {
  const place = clip(placeOf(cause), Math.floor(page.width / 2));
  const message = clip(printable(cause.message), page.width - checkWidth - columns(place) - 9);
  return `  ${mark(cause, report, page)} ${page.paint('bold', cause.check.padEnd(checkWidth))}  ${message}   ${page.paint('cyan', place)}`.trimEnd();
}

/** The one operation, or how many there are; empty when the document knows none. */
function placeOf(cause: Cause): string {
  const [first = unknownOperation] = cause.operations;
  if (cause.operations.length > 1) return plural(cause.operations.length, 'operation');
  return first === unknownOperation ? '' : first;
}

function details(cause: Cause, finding: Finding, report: Report, page: Page): string[] {
  const { width, paint } = page;
  const room = width - 6 - labelWidth;
  const lines: string[] = [];
  if (cause.operations.length > 1) lines.push(...operationLines(cause, finding, page));
  if (finding.promise !== undefined) lines.push(...promisedLines(finding.promise, page));
  if (finding.came !== undefined) lines.push(field('came', clip(printable(finding.came), room), page));
  if (finding.flaky !== undefined) lines.push(field('again', clip(printable(finding.flaky), room), page));
  // That a status is in the status goes without saying.
  if (finding.where !== undefined && !['response', 'response.status'].includes(finding.where))
    lines.push(field('where', clip(printable(finding.where), room), page));
  const isTold = finding.title === '' || cause.message.includes(finding.title) || finding.title === finding.operation;
  if (!isTold) lines.push(field('case', clip(printable(finding.title), room), page));
  if (finding.reproduce !== undefined && finding.reproduce.length > longestCommand) {
    const size = grouped(finding.reproduce.length);
    lines.push(field('try', `a command of ${size} characters: the replay sends it, and a report in a file holds it`, page));
  } else if (finding.reproduce !== undefined) {
    // Never clipped or wrapped: it is there to be copied.
    const [first = '', ...rest] = printableLines(finding.reproduce);
    lines.push(field('try', first, page), ...rest.map((line) => `${' '.repeat(6 + labelWidth)}${line}`));
  }
  if (finding.scenario !== undefined) lines.push(field('replay', replayCommand(report, finding.scenario), page));
  const facts = [
    cause.confidence,
    finding.flaky === undefined ? undefined : 'flaky: sent again, it did not come',
    cause.operations.includes(unknownOperation) ? undefined : plural(cause.operations.length, 'operation'),
    finding.exchange === undefined ? undefined : plural(cause.count, 'answer'),
    finding.id,
    cause.suites.join(', '),
    cause.echoes.length === 0 ? undefined : `seen by ${cause.echoes.join(', ')} too`,
  ];
  const told = facts.filter((fact) => fact !== undefined).join(' · ');
  lines.push(...wrap(told, width - 6).map((line) => `      ${paint('dim', line)}`));
  return lines;
}

/** The operation that is told and the others after it, on two lines or three. */
function operationLines(cause: Cause, finding: Finding, page: Page): string[] {
  const room = page.width - 6 - labelWidth;
  const others = cause.operations.filter((operation) => operation !== finding.operation);
  const known = [finding.operation, ...others].filter((operation) => operation !== unknownOperation);
  return listLines(known, room, 2).map((line, index) => field(index === 0 ? 'in' : '', page.paint('cyan', line), page));
}

function promisedLines(promise: Promised, page: Page): string[] {
  const { paint, width } = page;
  const place = promise.line === undefined ? `${promise.file}#${promise.pointer}` : `${promise.file}:${promise.line}`;
  const text = printable(promise.text);
  const gap = width - 6 - labelWidth - columns(text) - columns(place);
  if (gap >= 3) return [field('promised', `${text}${' '.repeat(gap)}${paint('dim', place)}`, page)];
  return [...wrapField('promised', text, page), `${' '.repeat(6 + labelWidth)}${paint('dim', place)}`];
}

function wrapField(label: string, text: string, page: Page): string[] {
  const [first = '', ...rest] = wrap(text, page.width - 6 - labelWidth);
  return [field(label, first, page), ...rest.map((line) => `${' '.repeat(6 + labelWidth)}${line}`)];
}

/** A label and its text, indented below a cause's title. */
export function field(label: string, text: string, { paint }: Page): string {
  return `      ${paint('dim', label.padEnd(labelWidth))}${text}`;
}
