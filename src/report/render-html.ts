/** The report as one page that needs nothing else: no network, and no script to be read. */
import type { Contract } from '../spec/contract.ts';
import { accessTable } from './html/access.ts';
import { causeList, levelOf, marks } from './html/causes.ts';
import { coverageSection } from './html/coverage.ts';
import { html, trusted, type Markup } from './html/markup.ts';
import { matrix } from './html/matrix.ts';
import { remainder } from './html/remainder.ts';
import { summary } from './html/summary.ts';
import { timingPlot } from './html/timings.ts';
import type { Report } from './report.ts';
import { verdictSentence } from './verdict-sentence.ts';

/** What the page is made of beside the report. */
export interface PageParts {
  readonly style: string;
  readonly script: string;
  /** The document that the promises stand in. */
  readonly document: Document;
  /** Programs that send the smallest request of a finding again with httpx, by the finding's id. */
  readonly programs: ReadonlyMap<string, string>;
}

/** A contract as far as excerpts need it. */
export type Document = Pick<Contract, 'document' | 'text'>;

/** The page. Text of the API and of the document is escaped; a policy forbids all but the page's own style and script. @see https://www.w3.org/TR/CSP3/ */
export function renderHtml(report: Report, { style, script, ...parts }: PageParts): string {
  const sections = sectionsOf(report, parts);
  const title = `${report.api.title}: ${verdictSentence(report)}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
        />
        <title>${title}</title>
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#causes">To the findings</a>
        <header>
          <b class="brand">specproof <span class="dim">${report.tool.version}</span></b>
          <nav aria-label="Sections">
            <a href="#summary">Summary</a>${sections.map(({ id, name }) => html`<a href="#${id}">${name}</a>`)}
          </nav>
          <button type="button" id="theme" hidden>Dark</button>
        </header>
        <main>
          ${summary(report)}
          ${sections.map(
            ({ id, title: heading, content }) =>
              html`<section id="${id}">
                <h2>${heading}</h2>
                ${content}
              </section>`,
          )}
        </main>
        <script>
          ${trusted(script)};
        </script>
      </body>
    </html> `;
  return page.markup;
}

interface Section {
  readonly id: string;
  /** In the navigation. */
  readonly name: string;
  readonly title: string;
  readonly content: Markup;
}

function sectionsOf(report: Report, parts: Pick<PageParts, 'document' | 'programs'>): Section[] {
  const { access } = report;
  return [
    { id: 'causes', name: 'Findings', title: 'Findings', content: html`${filters(report)}${found(report, parts)}` },
    { id: 'checks', name: 'Checks', title: 'Operations × checks', content: html`${legend}${matrix(report)}` },
    { id: 'coverage', name: 'Coverage', title: 'Coverage', content: coverageSection(report) },
    ...(access === undefined ? [] : [{ id: 'access', name: 'Access', title: 'Who may call what', content: accessTable(access) }]),
    { id: 'timings', name: 'Timings', title: 'Timings', content: html`${timingLegend}${timingPlot(report.timings)}` },
    { id: 'unjudged', name: 'Not judged', title: 'Not judged, not run', content: remainder(report) },
  ];
}

const legend = html`<p class="legend">
  <span class="kept">✓</span> kept <span class="fails">✗</span> fails the run <span class="warns">!</span> broken, does not fail the run
  <span class="known">◌</span> known deviation <span class="unjudged">?</span> not judged
</p>`;

const timingLegend = html`<p class="dim">
  From the fastest to the slowest answer; the dot is the median, the thick line ends where 95 % had come.
</p>`;

function found(report: Report, parts: Pick<PageParts, 'document' | 'programs'>): Markup {
  return report.causes.length === 0 ? html`<p class="none">No broken promise was found.</p>` : causeList(report, parts);
}

/** Work by the script alone, which shows them. */
function filters(report: Report): Markup | undefined {
  if (report.causes.length === 0) return undefined;
  const checks = [...new Set(report.causes.map(({ check }) => check))].toSorted();
  const levels = (['fails', 'warns', 'known'] as const).filter((level) => report.causes.some((cause) => levelOf(cause, report) === level));
  return html`<form id="filters" role="search" hidden>
    <label class="search"
      ><span class="hidden">Search findings, operations and checks</span
      ><input type="search" id="search" placeholder="Search operation, check, text" autocomplete="off" /><kbd aria-hidden="true"
        >/</kbd
      ></label
    >
    ${levels.map((level) => html`<label class="chip ${level}"><input type="checkbox" name="level" value="${level}" checked /> ${marks[level].mark} ${marks[level].name}</label>`)}
    <label
      ><span class="hidden">Check</span
      ><select id="check">
        <option value="">every check</option>
        ${checks.map((check) => html`<option>${check}</option>`)}
      </select></label
    >
    <output id="shown" aria-live="polite"></output>
    <p class="keys dim"><kbd>/</kbd> search · <kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>Enter</kbd> opens · <kbd>Esc</kbd> clears</p>
  </form>`;
}
