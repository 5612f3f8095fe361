/** Who may call what, as the answers showed it: operations × identities. */
import { noCredentials } from '../../cases/access/expected.ts';
import type { AccessCell, AccessMatrix } from '../access-matrix.ts';
import { html, type Markup } from './markup.ts';
import { matrixTable } from './matrix-table.ts';

/** A table with a column for each identity. */
export function accessTable({ identities, rows }: AccessMatrix): Markup {
  return html`<p class="legend">
      <span class="kept">✓</span> may <span class="dim">–</span> may not <span class="unjudged">?</span> no answer told
      <span class="fails">✗</span>
      not as expected
    </p>
    ${matrixTable(
      'Operations by identities',
      identities,
      rows.map(({ operation, cells }) => [operation, cells.map((one, index) => cell(one, identities[index] ?? noCredentials))]),
    )}`;
}

function cell({ expected, got, status }: AccessCell, identity: string): Markup {
  const asked = status === undefined ? 'never answered' : `answered ${status}`;
  const title = `${identity}: ${got ?? 'unknown'}, ${asked}, expected ${expected ?? 'nothing'}`;
  const isWrong = expected !== undefined && got !== undefined && expected !== got;
  const kind = isWrong ? 'fails' : got === 'allowed' ? 'kept' : got === undefined ? 'unjudged' : 'dim';
  const mark = isWrong ? '✗' : got === 'allowed' ? '✓' : got === undefined ? '?' : '–';
  return html`<td class="${kind}" title="${title}">${mark}</td>`;
}
