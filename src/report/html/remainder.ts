/** What was not judged, did not run or is left: nothing of it may pass for kept. */
import { nothingAnswered } from '../exit-code.ts';
import type { Report } from '../report.ts';
import { plural } from '../text-layout.ts';
import { html, type Markup, type Part } from './markup.ts';

/** A list for each kind that has entries; says so when there are none at all. */
export function remainder(report: Report): Markup {
  const lists = [
    list(nothingAnswered(report) ? 'Nothing answers' : 'No whole answer', report.faults, ({ operation, kind, message, count }) => [
      operation,
      html`<b>${kind}</b> ${message} <span class="dim">${plural(count, 'time')}</span>`,
    ]),
    list('Could not be judged', report.cannotJudge, ({ check, reason, count, operations }) => [
      operations.join(' '),
      html`<b>${check}</b> ${reason} <span class="dim">${plural(count, 'time')} · ${operations.join(', ')}</span>`,
    ]),
    list('Did not run', report.skipped, ({ suite, title, reason, failure }) => [
      title,
      html`<b class="${failure ? 'fails' : ''}">${title}</b> ${reason} <span class="dim">${suite}</span>`,
    ]),
    list('Left behind in the API', report.leftBehind, ({ label, reason }) => [label, html`<b>${label}</b> ${reason}`]),
    list(
      'Known deviations to look at',
      report.deviations.filter(({ state }) => state !== 'seen'),
      ({ check, operations, state, expires }) => [
        operations.join(' '),
        html`<b>${check}</b> ${state === 'expired' ? `expired on ${expires}` : state.replace('-', ' ')}
          <span class="dim">${operations.join(', ')}</span>`,
      ],
    ),
    list('Notes on the document', report.notes, (note) => ['', note]),
    list('Logs of the target', report.logs, (file) => ['', html`<code>${file}</code>`]),
  ].filter((part) => part !== undefined);
  return lists.length === 0 ? html`<p>Nothing: all that ran was judged.</p>` : html`${lists}`;
}

function list<T>(title: string, entries: readonly T[], row: (entry: T) => readonly [words: string, content: Part]): Markup | undefined {
  if (entries.length === 0) return undefined;
  const rows = entries.map((entry) => {
    const [words, content] = row(entry);
    return html`<li data-words="${words.toLowerCase()}">${content}</li>`;
  });
  return html`<details class="wide" ${entries.length <= 5 ? html` open` : ''}>
    <summary>${title} <span class="dim">${entries.length}</span></summary>
    <ul>
      ${rows}
    </ul>
  </details>`;
}
