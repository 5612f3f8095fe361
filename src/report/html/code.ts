/** Texts with line numbers or marks: excerpts of the document, and bodies of messages. */
import { joinPointer } from '../../lib/json-pointer.ts';
import type { Json } from '../../lib/json.ts';
import type { RecordedBody } from '../recorded-exchange.ts';
import { grouped } from '../text-layout.ts';
import { html, type Markup } from './markup.ts';

/** Longer lines are cut: of a document on one line nobody wants to see it all. */
const longestLine = 400;

/** One line of a text. */
export interface CodeLine {
  readonly text: string;
  readonly marked: boolean;
  readonly number?: number;
}

/** The lines as a block that scrolls by itself; marked ones stand out and are announced. */
export function codeBlock(lines: readonly CodeLine[], label: string): Markup {
  const numbered = lines.some(({ number }) => number !== undefined);
  return html`<pre
    class="code${numbered ? ' numbered' : ''}"
    tabindex="0"
    role="region"
    aria-label="${label}"
  ><code>${lines.map(lineOf)}</code></pre>`;
}

function lineOf({ text, marked, number }: CodeLine): Markup {
  const shown = text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
  const content = html`${number === undefined ? undefined : html`<i>${number}</i>`}${shown}${'\n'}`;
  return marked ? html`<mark>${content}</mark>` : content;
}

/** What is wrong in a message: the place that a judgement names, such as `response.body/items/0`, and the property that is missing there. */
export interface Wrong {
  readonly where: string | undefined;
  readonly missing: string | undefined;
}

/** A body, JSON with a line for each value. What stands at or below the pointer is marked, or the property that is missing there; of the whole body its first line. */
export function bodyLines(body: RecordedBody, pointer: string | undefined, missing: string | undefined): readonly CodeLine[] {
  if (body.bytes === 0) return [];
  const note = body.cut ? [{ text: `… ${grouped(body.bytes)} bytes in all`, marked: false }] : [];
  if (body.encoding === 'base64') return [{ text: `${body.text} (base64)`, marked: false }, ...note];
  const json = body.cut ? undefined : parsed(body.text);
  if (json === undefined) return [...body.text.split('\n').map((text) => ({ text, marked: false })), ...note];
  const lines = prettyLines(json);
  const first = lines.findIndex(({ at }) => at === pointer);
  const isMarked = (at: string): boolean => pointer !== undefined && pointer !== '' && (at === pointer || at.startsWith(`${pointer}/`));
  if (missing === undefined) return lines.map(({ text, at }, index) => ({ text, marked: isMarked(at) || index === first }));
  return lines.flatMap(({ text }, index) => {
    const line = { text, marked: false };
    return index === first
      ? [line, { text: `${/^ */.exec(text)?.[0] ?? ''}  ${JSON.stringify(missing)} is missing`, marked: true }]
      : [line];
  });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** JSON as people indent it, each line with the pointer of the value that it shows or begins or ends; `pointer` is that of the whole. */
export function prettyLines(json: Json, pointer = ''): { readonly text: string; readonly at: string }[] {
  const lines: { text: string; at: string }[] = [];
  const write = (value: Json, at: string, before: string, after: string, indent: string): void => {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (entries.length === 0) {
      lines.push({ text: `${indent}${before}${JSON.stringify(value)}${after}`, at });
      return;
    }
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    lines.push({ text: `${indent}${before}${open}`, at });
    for (const [index, [name, inner]] of entries.entries()) {
      const label = Array.isArray(value) ? '' : `${JSON.stringify(name)}: `;
      write(inner, joinPointer(at, name), label, index < entries.length - 1 ? ',' : '', `${indent}  `);
    }
    lines.push({ text: `${indent}${close}${after}`, at });
  };
  write(json, pointer, '', '', '');
  return lines;
}
