/** A table whose rows are operations. */
import { html, type Markup } from './markup.ts';
import { operationName } from './operation-name.ts';

/** The table, found by search; `label` says what it is, each row is an operation with its cells in the order of the columns. */
export function matrixTable(
  label: string,
  columns: readonly string[],
  rows: readonly (readonly [operation: string, cells: readonly Markup[]])[],
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table class="matrix">
      <thead>
        <tr>
          <th scope="col">operation</th>
          ${columns.map((name) => html`<th scope="col"><span>${name}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([operation, cells]) =>
            html`<tr data-words="${operation.toLowerCase()}">
              <th scope="row">${operationName(operation)}</th>
              ${cells}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
