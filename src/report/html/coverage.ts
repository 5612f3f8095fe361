/** The six dimensions of coverage as bars, with all that was not reached. */
import { missedCoverage, percent } from '../coverage-gate.ts';
import { dimensionNouns, dimensions, type Dimension } from '../dimensions.ts';
import type { Report } from '../report.ts';
import { grouped, plural } from '../text-layout.ts';
import { html, type Markup } from './markup.ts';

/** What each dimension means, for who sees it for the first time. */
const explanations: Readonly<Record<Dimension, string>> = {
  operation: 'answered at least once',
  parameter: 'sent in a request that was answered',
  keyword: 'of request schemas: tried with a value that keeps it, and with one that breaks it',
  status: 'declared responses that came',
  'media-type': 'declared bodies that were sent or came',
  identity: 'at each guarded operation: every identity, and no credentials',
};

/** A row for each dimension; those with a least share say it. */
export function coverageSection(report: Report): Markup {
  const { coverage } = report;
  const missed = missedCoverage(report).map((sentence) => html`<li class="fails"><b>✗</b> ${sentence}</li>`);
  return html`${
    missed.length === 0
      ? undefined
      : html`<ul class="missed">
          ${missed}
        </ul>`
  }
  ${dimensions.map((dimension) => row(dimension, report))} ${withoutSuccess(coverage)}`;
}

function row(dimension: Dimension, { coverage, minCoverage }: Report): Markup {
  const { reached, total, missing } = coverage.dimensions[dimension];
  const head = html`<b>${dimensionNouns[dimension]}</b> <span class="dim">${explanations[dimension]}</span>`;
  if (total === 0)
    return html`<div class="dimension">
      <p>${head}</p>
      <p class="dim">nothing to cover</p>
    </div>`;
  const least = minCoverage[dimension];
  const gate = least === undefined ? undefined : html` <span class="dim">at least ${least} %</span>`;
  const bar = html`<svg class="bar${reached === total ? ' full' : ''}" height="10" aria-hidden="true">
    <rect width="100%" height="10" rx="5" />
    <rect class="done" width="${(reached * 100) / total}%" height="10" rx="5" />
    ${least === undefined ? undefined : html`<line x1="${least}%" x2="${least}%" y1="0" y2="10" />`}
  </svg>`;
  const open = missing.reduce((sum, { names }) => sum + names.length, 0);
  const list = missing.map(
    ({ operation, names }) => html`<li data-words="${operation.toLowerCase()}"><b>${operation}</b> ${names.join(', ')}</li>`,
  );
  return html`<div class="dimension">
    <p>${head}</p>
    <p class="share"><b>${percent(reached, total)}</b> ${grouped(reached)} of ${grouped(total)}${gate}</p>
    ${bar}
    ${
      open === 0
        ? undefined
        : html`<details>
            <summary>${grouped(open)} not reached</summary>
            <ul>
              ${list}
            </ul>
          </details>`
    }
  </div>`;
}

function withoutSuccess({ neverWithSuccess }: Report['coverage']): Markup | undefined {
  if (neverWithSuccess.length === 0) return undefined;
  const list = neverWithSuccess.map(
    ({ operation, statuses, reason }) =>
      html`<li data-words="${operation.toLowerCase()}"><b>${operation}</b> ${reason ?? statuses.join(', ')}</li>`,
  );
  return html`<details class="wide">
    <summary>${plural(neverWithSuccess.length, 'operation')} never answered with success</summary>
    <ul>
      ${list}
    </ul>
  </details>`;
}
