/** Operations × checks as a picture: what was judged where, and how it came out. */
import type { CheckResult } from '../collect-results.ts';
import { entryOf } from '../outcome-counts.ts';
import type { Cause, Report } from '../report.ts';
import { grouped } from '../text-layout.ts';
import { anchorOf, levelOf, marks, type Level } from './causes.ts';
import { html, type Markup } from './markup.ts';
import { matrixTable } from './matrix-table.ts';

type Counts = { -readonly [Key in 'pass' | 'fail' | 'cannotJudge']: CheckResult[Key] };

/** A table with a row for every operation that was judged and a column for every check that judged one. */
export function matrix(report: Report): Markup {
  const cells = new Map<string, Map<string, Counts>>();
  const checks = new Set<string>();
  for (const { operation, checks: rows } of report.results) {
    for (const { check, title, pass, fail, cannotJudge } of rows) {
      // what a test says is about no exchange
      if (title !== undefined) continue;
      checks.add(check);
      const counts = entryOf(
        entryOf(cells, operation, () => new Map()),
        check,
        () => ({ pass: 0, fail: 0, cannotJudge: 0 }),
      );
      counts.pass += pass;
      counts.fail += fail;
      counts.cannotJudge += cannotJudge;
    }
  }
  const columns = [...checks].toSorted();
  const causes = causesByPlace(report);
  return matrixTable(
    'Operations by checks',
    columns,
    [...cells].map(([operation, row]) => [
      operation,
      columns.map((check) => cell(`${check} ${operation}`, row.get(check), causes, report)),
    ]),
  );
}

/** The weightiest cause of each check and operation: causes come in that order. */
function causesByPlace({ causes, findings }: Report): ReadonlyMap<string, Cause> {
  const causeOf = new Map(causes.flatMap((cause) => cause.findings.map((id) => [`${id} ${cause.known}`, cause])));
  const found = new Map<string, Cause>();
  for (const finding of findings) {
    const cause = causeOf.get(`${finding.id} ${finding.known !== undefined}`);
    if (cause !== undefined) entryOf(found, `${finding.check} ${finding.operation}`, () => cause);
  }
  return found;
}

function cell(place: string, counts: Counts | undefined, causes: ReadonlyMap<string, Cause>, report: Report): Markup {
  if (counts === undefined) return html`<td></td>`;
  const { pass, fail, cannotJudge } = counts;
  const told = [
    `${grouped(pass)} kept`,
    fail > 0 ? `${grouped(fail)} broken` : '',
    cannotJudge > 0 ? `${grouped(cannotJudge)} not judged` : '',
  ];
  const title = `${place}: ${told.filter((part) => part !== '').join(', ')}`;
  const cause = fail > 0 ? causes.get(place) : undefined;
  if (cause !== undefined) {
    const level: Level = levelOf(cause, report);
    return html`<td class="${level}"><a href="#${anchorOf(cause)}" title="${title}" aria-label="${title}">${marks[level].mark}</a></td>`;
  }
  const [kind, mark] = cannotJudge > 0 ? ['unjudged', '?'] : ['kept', '✓'];
  return html`<td class="${kind}" title="${title}">${mark}</td>`;
}
