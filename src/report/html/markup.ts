/** HTML as a value. What is put into a template is escaped unless it is markup already, so that nothing an API says becomes a part of the page. */
import { spelledOut } from '../text-layout.ts';

export interface Markup {
  readonly markup: string;
}

/** What a template takes; lists are joined, undefined is nothing. */
export type Part = Markup | string | number | undefined | readonly Part[];

/** The template as markup. @see https://html.spec.whatwg.org/multipage/syntax.html */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: dense(texts).reduce((page, text, index) => page + markupOf(parts[index - 1]) + text) };
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The template's own texts without what indents them: a page repeats them by the thousand. */
function dense(texts: TemplateStringsArray): readonly string[] {
  const before = known.get(texts);
  if (before !== undefined) return before;
  const made = texts.map((text) => text.replaceAll(/\n\s+/g, '\n'));
  known.set(texts, made);
  return made;
}

/** Text that is markup already: our own style and script. */
export function trusted(markup: string): Markup {
  return { markup };
}

function markupOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return spelledOut(text).replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? mark);
}
