/** The causes: each with the promise beside what came, its smallest request, and how to see it again. */
import { replayCommand } from '../replay-command.ts';
import { valueAt } from '../../lib/json-pointer.ts';
import type { Document, PageParts } from '../render-html.ts';
import { failsRun } from '../exit-code.ts';
import { unknownOperation, type Cause, type Finding, type Promised, type Report } from '../report.ts';
import { grouped, plural } from '../text-layout.ts';
import { codeBlock, prettyLines, type CodeLine, type Wrong } from './code.ts';
import { html, type Markup } from './markup.ts';
import { answer, request } from './message.ts';

/** Lines of the document before and after the one that promises. */
const linesBefore = 3;
const linesAfter = 8;

/** How a cause weighs on the run. */
export type Level = 'fails' | 'warns' | 'known';

/** `fails` for what makes the exit code 1. */
export function levelOf(cause: Pick<Cause, 'confidence' | 'known'>, { failOn }: Report): Level {
  if (cause.known) return 'known';
  return failsRun(cause, failOn) ? 'fails' : 'warns';
}

export const marks: Readonly<Record<Level, { readonly mark: string; readonly name: string }>> = {
  fails: { mark: '✗', name: 'fails the run' },
  warns: { mark: '!', name: 'does not fail the run' },
  known: { mark: '◌', name: 'known deviation' },
};

/**
 * Every cause as an entry that opens, in the report's order. In a `noscript` they cost a browser next to nothing until the script builds them,
 * and can be read without one; the comments say where each begins, and where what it holds does.
 */
export function causeList(report: Report, { document, programs }: Pick<PageParts, 'document' | 'programs'>): Markup {
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]));
  const lines = document.text?.split('\n') ?? [];
  const entries = report.causes.map((cause) => {
    const own = cause.findings.flatMap((id) => findings.get(id) ?? []);
    const [best] = own;
    return best === undefined ? undefined : entry(cause, best, own, { report, document, lines, programs });
  });
  return html`<div id="list"></div>
    <button type="button" id="more" hidden></button>
    <noscript id="folded">${entries}</noscript>`;
}

interface Context {
  readonly report: Report;
  readonly document: Document;
  /** Of the document's text. */
  readonly lines: readonly string[];
  readonly programs: PageParts['programs'];
}

function entry(cause: Cause, best: Finding, findings: readonly Finding[], context: Context): Markup {
  const level = levelOf(cause, context.report);
  const known = cause.operations.filter((operation) => operation !== unknownOperation);
  const place = known.length > 1 ? plural(known.length, 'operation') : (known[0] ?? '');
  const words = [cause.check, cause.message, cause.confidence, ...cause.operations, ...cause.findings].join(' ').toLowerCase();
  return html`<!--cause-->
    <details class="cause ${level}" id="${anchorOf(cause)}" data-level="${level}" data-check="${cause.check}" data-words="${words}">
      <summary>
        <span class="mark" role="img" aria-label="${marks[level].name}">${marks[level].mark}</span>
        <span class="what"><b>${cause.check}</b> ${cause.message}</span>
        <span class="place">${place}</span>
        <span class="dim count">${cause.confidence} · ${grouped(cause.count)}×</span>
      </summary>
      <!--body-->${body(cause, best, findings, context)}
    </details>`;
}

/** What an opened entry shows. */
function body(cause: Cause, best: Finding, findings: readonly Finding[], context: Context): Markup {
  const wrong = { where: best.where, missing: missingName(best, context.document) };
  return html`<div class="sides">
      <section>
        <h4>Promised</h4>
        ${best.promise === undefined ? html`<p>by specproof’s own rules</p>` : promise(best.promise, context)}
      </section>
      <section>
        <h4>Came</h4>
        ${came(best, wrong)}
      </section>
    </div>
    ${
      best.evidence === undefined
        ? undefined
        : html`<section>
            <h4>The smallest request that shows it</h4>
            ${request(best.evidence, wrong)}
          </section>`
    }
    ${seeAgain(best, context)} ${facts(cause, best)} ${others(findings)}`;
}

/** Where links lead; excused and other findings of one cause are entries of their own. */
export function anchorOf(cause: Pick<Cause, 'id' | 'known'>): string {
  return `cause-${cause.id}${cause.known ? '-known' : ''}`;
}

function promise({ text, file, line, pointer }: Promised, context: Context): Markup {
  const place = line === undefined ? `${file}#${pointer}` : `${file}:${line}`;
  const excerpt = line === undefined || context.lines.length === 0 ? valueLines(pointer, context.document) : textLines(line, context.lines);
  return html`<p>${text}</p>
    <p class="dim file">${place}</p>
    ${excerpt.length === 0 ? undefined : codeBlock(excerpt, `Lines of ${file}`)}`;
}

function textLines(line: number, lines: readonly string[]): readonly CodeLine[] {
  const from = Math.max(1, line - linesBefore);
  return lines
    .slice(from - 1, line + linesAfter)
    .map((text, index) => ({ text: text.replace(/\r$/, ''), number: from + index, marked: from + index === line }));
}

/** The keyword in its schema, of a document that has no lines. */
function valueLines(pointer: string, { document }: Document): readonly CodeLine[] {
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  const value = valueAt(document, parent);
  const lines = value === undefined ? [] : prettyLines(value, parent);
  const at = lines.findIndex((line) => line.at === pointer);
  return lines.slice(Math.max(0, at - linesBefore), at + linesAfter).map((line) => ({ text: line.text, marked: line.at === pointer }));
}

/** The property that the promise requires, where that is what it does. */
function missingName({ promise: broken }: Finding, { document }: Document): string | undefined {
  const name = broken !== undefined && /\/required\/\d+$/.test(broken.pointer) ? valueAt(document, broken.pointer) : undefined;
  return typeof name === 'string' ? name : undefined;
}

function came(finding: Finding, wrong: Wrong): Markup {
  const again = finding.flaky === undefined ? undefined : html`<p class="note">sent again, it did not come: ${finding.flaky}</p>`;
  const place = finding.where === undefined ? undefined : html`<p class="dim">at <code>${finding.where}</code></p>`;
  const body = finding.evidence === undefined ? html`<p>${finding.came ?? finding.message}</p>` : answer(finding.evidence, wrong);
  return html`${again}${place}${body}`;
}

function seeAgain(finding: Finding, { report, programs }: Context): Markup {
  const replay = finding.scenario === undefined ? undefined : replayCommand(report, finding.scenario);
  const commands = [
    ['curl', finding.reproduce],
    ['httpx', programs.get(finding.id)],
    ['replay', replay],
  ] as const;
  const shown = commands.map(([name, command]) => (command === undefined ? undefined : copyable(name, command)));
  return html`<section class="again">
    <h4>See it again</h4>
    ${shown}
  </section>`;
}

function copyable(name: string, command: string): Markup {
  return html`<div class="command">
    <span class="dim">${name}</span>
    <pre tabindex="0"><code>${command}</code></pre>
    <button type="button" class="copy" hidden aria-label="Copy the ${name} command">Copy</button>
  </div>`;
}

function facts(cause: Cause, best: Finding): Markup {
  const known = best.known === undefined ? undefined : html`<li>excused until ${best.known.expires}: ${best.known.reason}</li>`;
  return html`<ul class="facts dim">
    <li>${cause.confidence}</li>
    <li>${plural(cause.count, 'answer')}</li>
    <li>${cause.suites.join(', ')}</li>
    <li>${best.title}</li>
    <li>finding <code>${best.id}</code></li>
    ${cause.echoes.length === 0 ? undefined : html`<li>seen by ${cause.echoes.join(', ')} too</li>`}${known}
  </ul>`;
}

/** The cause's other findings: an operation a line, with its own command. */
function others(findings: readonly Finding[]): Markup | undefined {
  if (findings.length < 2) return undefined;
  const rows = findings
    .slice(1)
    .map(
      ({ operation, check, message, reproduce }) =>
        html`<li>
          <b>${operation}</b> <span class="dim">${check}</span> ${message}
          ${reproduce === undefined ? undefined : copyable('curl', reproduce)}
        </li>`,
    );
  return html`<details class="others">
    <summary>${plural(findings.length - 1, 'further finding')} of this cause</summary>
    <ul>
      ${rows}
    </ul>
  </details>`;
}
