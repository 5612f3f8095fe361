/** The terminal summary beside its causes: suites, known deviations, what was not judged or did not run. */
import { nothingAnswered } from './exit-code.ts';
import type { Report, Skipped, SuiteSummary } from './report.ts';
import { field, type Page } from './text-causes.ts';
import { bar, clip, columns, grouped, plural, printable, printableLines, shortList, wrap } from './text-layout.ts';

const listed = 6;

/** A line a suite: how much of it was done, and what it found. */
export function suiteLines(report: Report, page: Page): string[] {
  if (report.suites.length === 0) return [];
  const amounts = report.suites.map(amount);
  const amountWidth = Math.max(...amounts.map(columns));
  return [
    '',
    ...report.suites.map((suite, index) => suiteLine(suite, (amounts[index] ?? '').padStart(amountWidth), report.api.operations, page)),
  ];
}

function amount(suite: SuiteSummary): string {
  return `${grouped(suite.done)} of ${grouped(suite.planned)}`;
}

function suiteLine(suite: SuiteSummary, amount: string, operations: number, { paint, width }: Page): string {
  const name = `  ${paint('bold', suite.name.padEnd(10))}  `;
  if (suite.exchanges === 0 && suite.planned <= 1 && suite.lastTitle !== undefined) {
    const clean = suite.causes === 0 && !suite.failed && suite.outcomes.pass > 0;
    const title = clip(printable(suite.lastTitle), width - (clean ? 14 : 40));
    return clean ? `${name}${paint('green', title)}` : `${name}${title}   ${found(suite, paint)}`;
  }
  if (suite.planned === 0) {
    const ran = suite.exchanges === 0 ? 'nothing ran' : `${plural(suite.exchanges, 'exchange')}   ${found(suite, paint)}`;
    return `${name}${suite.failed ? found(suite, paint) : ran}`;
  }
  const [done, open] = bar(suite.done, suite.planned, 20);
  // A team asks of its own collection what it covers; of generated cases the coverage below tells.
  const reach = suite.name === 'newman' ? ` · ${grouped(suite.reached)} of ${plural(operations, 'operation')}` : '';
  return `${name}${paint(suite.causes > 0 || suite.failed ? 'red' : 'green', done)}${paint('dim', open)}  ${amount}   ${found(suite, paint)}${reach}`.trimEnd();
}

function found(suite: SuiteSummary, paint: Page['paint']): string {
  if (suite.failed) return paint('red', 'did not run as asked');
  if (suite.outcomes.pass + suite.outcomes.fail === 0) return paint('yellow', 'nothing was judged');
  if (suite.causes === 0) return suite.outcomes.fail === 0 ? paint('green', 'no finding') : 'known deviations only';
  const shared = suite.sharedCauses;
  if (shared === 0) return plural(suite.causes, 'cause');
  return `${plural(suite.causes, 'cause')}, ${shared === suite.causes ? 'also found above' : `${grouped(shared)} also found above`}`;
}

/** Faults where nothing answered, or that are no finding. */
export function faultLines(report: Report, page: Page): string[] {
  if (report.faults.length === 0) return [];
  const { paint, width } = page;
  const total = report.faults.reduce((sum, fault) => sum + fault.count, 0);
  const what = nothingAnswered(report) ? `nothing answers at ${report.target.baseUrl}` : `${plural(total, 'request')} got no whole answer`;
  const lines = ['', `  ${paint('red', '✗')} ${paint('bold', what)}`];
  for (const fault of report.faults.slice(0, listed)) {
    const [command = ''] = printableLines(fault.reproduce);
    lines.push(
      `      ${clip(`${fault.kind}  ${printable(fault.message)}`, width - 6)}`,
      field('in', `${paint('cyan', fault.operation)} ×${grouped(fault.count)}`, page),
    );
    if (command !== '') lines.push(field('try', command, page));
  }
  return [...lines, ...rest(report.faults.length, page)];
}

/** What a request may be answered with where its path is not there: 405 by what serves pages at any path, and some before anybody looks for it. */
const early = new Set([400, 404, 405, 414, 431]);

/** Where every operation is absent, and none is there: whoever runs it most likely named another place than the one where the document's paths begin. */
export function astrayLines({ coverage, target }: Report, page: Page): string[] {
  const { withSuccess, neverWithSuccess: failed } = coverage;
  const answers = (status: number): boolean => failed.some(({ statuses }) => statuses.includes(status));
  const isAbsent = ({ statuses }: (typeof failed)[number]): boolean =>
    statuses.some((status) => status === 404 || status === 405) && statuses.every((status) => early.has(status));
  if (withSuccess > 0 || failed.length < 2 || !failed.every(isAbsent) || !answers(404)) return [];
  return hintLines(
    `every operation that was asked is answered with 404${answers(405) ? ' or 405' : ''}: do the document's paths begin at ${target.baseUrl}? Often a prefix such as /api is missing in --base-url.`,
    page,
  );
}

/** Where nobody was named and most operations ask who it is: with credentials the run shows far more. */
export function anonymousLines({ coverage, identities }: Report, page: Page): string[] {
  const guarded = coverage.neverWithSuccess.filter(({ statuses }) => statuses.includes(401) || statuses.includes(403));
  const { reached } = coverage.dimensions.operation;
  if (identities.length > 0 || guarded.length < 2 || guarded.length * 2 < reached) return [];
  return hintLines(
    `${guarded.length} of ${plural(reached, 'operation')} ask who calls: name somebody with --identity NAME=TOKEN, or a header field with -H 'Name: value'.`,
    page,
  );
}

/** Where somebody was named, and most operations never let anybody in: the token has ended, or was never taken. */
export function refusedLines({ coverage, identities }: Report, page: Page): string[] {
  const { neverWithSuccess, withSuccess, dimensions } = coverage;
  const refused = neverWithSuccess.filter(({ statuses }) => statuses.includes(401));
  const { reached } = dimensions.operation;
  if (identities.length === 0 || refused.length < 2 || refused.length * 2 < reached) return [];
  const why =
    withSuccess === 0
      ? 'the credentials that were given may not be the right ones'
      : 'its token may have ended while the run went on, by its age or by a request that resets it, which --skip-operation leaves out';
  return hintLines(
    `${refused.length} of ${plural(reached, 'operation')} answer 401 and never a success, though somebody was named: ${why}.`,
    page,
  );
}

function hintLines(text: string, { paint, width }: Page): string[] {
  const [first = '', ...others] = wrap(text, width - 6);
  return ['', `  ${paint('yellow', '!')} ${paint('bold', first)}`, ...others.map((line) => `    ${line}`)];
}

function rest(length: number, { paint }: Page): string[] {
  return length > listed ? [`      ${paint('dim', `and ${grouped(length - listed)} more in the report`)}`] : [];
}

/** Excused findings, and entries that no longer excuse anything. */
export function deviationLines(report: Report, page: Page): string[] {
  const { paint, width } = page;
  const lines: string[] = [];
  const seen = report.deviations.filter((entry) => entry.state === 'seen');
  const excused = report.findings.filter((finding) => finding.known !== undefined).length;
  if (seen.length > 0) {
    const soon = seen.toSorted((a, b) => a.daysLeft - b.daysLeft)[0];
    const expiry =
      soon === undefined
        ? ''
        : ` · ${soon.daysLeft > 30 ? `next expires ${soon.expires}` : `next expires in ${plural(soon.daysLeft, 'day')}`}`;
    lines.push(
      '',
      `  ${paint('cyan', '◌')} ${plural(seen.length, 'known deviation')}, ${plural(excused, 'finding')}${paint('dim', expiry)}`,
    );
    for (const entry of seen.slice(0, listed))
      lines.push(`      ${clip(`${entry.check}  ${shortList(entry.operations, 48)}  ${printable(entry.reason)}`, width - 6)}`);
    lines.push(...rest(seen.length, page));
  }
  const complaints = [
    ...report.deviations
      .filter((entry) => entry.state === 'expired')
      .map((entry) => `expired on ${entry.expires}: entry ${entry.entry}, ${entry.check} ${shortList(entry.operations, 40)}`),
    ...report.deviations
      .filter((entry) => entry.state === 'not-seen')
      .map((entry) => `no longer seen: entry ${entry.entry}, ${entry.check} ${shortList(entry.operations, 40)}`),
    ...report.deviations
      .filter((entry) => entry.state === 'other-topic')
      .map((entry) => `with a topic of no finding: entry ${entry.entry}, ${entry.check} ${shortList(entry.operations, 40)}`),
    ...report.deviations
      .filter((entry) => entry.strays.length > 0)
      .map((entry) => `of an operation that the document does not have: entry ${entry.entry}, ${shortList(entry.strays, 40)}`),
  ];
  if (lines.length === 0 && complaints.length > 0) lines.push('');
  return [...lines, ...complaints.map((complaint) => `  ${paint('yellow', '!')} ${clip(`known deviation ${complaint}`, width - 4)}`)];
}

/** What could not be judged, by reason. */
export function unjudgedLines(report: Report, page: Page): string[] {
  if (report.cannotJudge.length === 0) return [];
  const { paint, width } = page;
  const total = report.cannotJudge.reduce((sum, entry) => sum + entry.count, 0);
  const lines = ['', `  ${paint('yellow', '?')} ${plural(total, 'judgement')} could not be made`];
  for (const entry of report.cannotJudge.slice(0, listed)) {
    const where = shortList(entry.operations, width - 10);
    const what = `${grouped(entry.count)} × ${entry.check}: ${printable(entry.reason)}`;
    const gap = width - 6 - columns(what) - columns(where);
    if (gap >= 3) lines.push(`      ${what}${' '.repeat(gap)}${paint('cyan', where)}`);
    else lines.push(...wrap(what, width - 6).map((line) => `      ${line}`), `          ${paint('cyan', where)}`);
  }
  return [...lines, ...rest(report.cannotJudge.length, page)];
}

/** What did not run, by reason; what had been asked for first. */
export function skippedLines(report: Report, page: Page): string[] {
  const { paint, width } = page;
  const groups = new Map<string, Skipped[]>();
  for (const skip of report.skipped) {
    const key = `${skip.failure} ${skip.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), skip]);
  }
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const count = group.reduce((sum, skip) => sum + skip.count, 0);
    const symbol = first.failure ? paint('red', '✗') : paint('dim', '–');
    const [reason = '', ...more] = wrap(`${grouped(count)} not run: ${printable(first.reason)}`, width - 4);
    const names = shortList(
      group.map((skip) => printable(skip.title)),
      width - 6,
    );
    return [`  ${symbol} ${reason}`, ...more.map((line) => `    ${line}`), `      ${paint('dim', names)}`];
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

/** What scenarios made and could not remove. */
export function leftBehindLines(report: Report, page: Page): string[] {
  if (report.leftBehind.length === 0) return [];
  const { paint, width } = page;
  const total = report.leftBehind.reduce((sum, left) => sum + left.count, 0);
  const lines = report.leftBehind
    .slice(0, listed)
    .map((left) => `      ${clip(`${printable(left.label)}: ${printable(left.reason)}`, width - 6)}`);
  return [
    '',
    `  ${paint('yellow', '!')} ${plural(total, 'thing')} left behind in the API`,
    ...lines,
    ...rest(report.leftBehind.length, page),
  ];
}

/** What the loader of the document noticed. */
export function noteLines(report: Report, page: Page): string[] {
  if (report.notes.length === 0) return [];
  const lines = report.notes.slice(0, listed).map((note) => `  ${page.paint('dim', '·')} ${clip(printable(note), page.width - 4)}`);
  return ['', ...lines, ...rest(report.notes.length, page)];
}
