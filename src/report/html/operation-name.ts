/** Names of operations in tables: long ones break before a slash, and nowhere else where that is enough. */
import { unknownOperation } from '../report.ts';
import { html, type Markup } from './markup.ts';

/** The name, in pieces that stay whole. */
export function operationName(operation: string): Markup {
  if (operation === unknownOperation) return html`none of the document`;
  const [method = '', first = '', ...segments] = operation.split(/(?=\/)/);
  return html`${[`${method}${first}`, ...segments].map((piece) => html`<span class="piece">${piece}</span>`)}`;
}
