/** The two messages of an exchange as they were sent and came, what is wrong in them marked. */
import type { Headers } from '../../requests/exchange.ts';
import type { RecordedExchange } from '../recorded-exchange.ts';
import { plural } from '../text-layout.ts';
import { bodyLines, codeBlock, type Wrong } from './code.ts';
import { html, type Markup } from './markup.ts';

/** The answer, or what came instead. */
export function answer({ response, fault, timing }: RecordedExchange, { where, missing }: Wrong): Markup {
  const failed = fault === undefined ? undefined : html`<p class="status"><mark>${fault.kind}</mark> ${fault.message}</p>`;
  if (response === undefined) return html`${failed}`;
  const status =
    where === 'response.status' || where === 'response' ? html`<mark>${response.status}</mark>` : html`<b>${response.status}</b>`;
  return html`${failed}
    <p class="status">${status} <span class="dim">${Math.round(timing.total)} ms</span></p>
    ${fields(response.headers, placeIn(where, 'response.headers.'))}
    ${content(bodyLines(response.body, placeIn(where, 'response.body'), missing), 'Body of the answer')}`;
}

/** The request, as whom it was sent, and its body. */
export function request({ request: sent, identity }: RecordedExchange, { where, missing }: Wrong): Markup {
  const who = identity === undefined ? 'without credentials of an identity' : html`as <b>${identity}</b>`;
  return html`<p class="status"><b>${sent.method}</b> <span class="url">${sent.url}</span> <span class="dim">${who}</span></p>
    ${fields(sent.headers, placeIn(where, 'request.headers.'))}
    ${sent.body === undefined ? undefined : content(bodyLines(sent.body, placeIn(where, 'request.body'), missing), 'Body of the request')}`;
}

/** What follows the prefix in a place; undefined where the place is another. */
function placeIn(where: string | undefined, prefix: string): string | undefined {
  return where?.startsWith(prefix) === true ? where.slice(prefix.length) : undefined;
}

function fields(headers: Headers, marked: string | undefined): Markup {
  const rows = headers.map(([name, value]) => {
    const line = html`<b>${name}</b>: ${value}`;
    return html`<li>${name.toLowerCase() === marked?.toLowerCase() ? html`<mark>${line}</mark>` : line}</li>`;
  });
  return html`<details class="fields" ${marked === undefined ? '' : html` open`}>
    <summary>${plural(headers.length, 'header field')}</summary>
    <ul>
      ${rows}
    </ul>
  </details>`;
}

function content(lines: ReturnType<typeof bodyLines>, label: string): Markup | undefined {
  return lines.length === 0 ? undefined : codeBlock(lines, label);
}
