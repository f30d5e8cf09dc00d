import { html, Markup } from './parts/markup.ts';

/** A cell; `label` says on a phone, where rows are folded, what it is. */
export interface Cell {
  readonly content: Markup | string | number;
  readonly label?: string;
  readonly isNumber?: boolean;
}

/** A table whose rows fold on phones. @param columns headings, in the order of the cells */
export function table(columns: readonly string[], rows: readonly (readonly Cell[])[], caption = ''): Markup {
  return html`<div class="scroll"><table class="fold">${caption && html`<caption class="visually-hidden">${caption}</caption>`}
<thead><tr>${columns.map((name, index) => html`<th scope="col"${isNumeric(rows, index) ? new Markup(' class="number"') : ''}>${name}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map(cellMarkup)}</tr>`)}</tbody>
</table></div>`;
}

const cellMarkup = ({ content, label, isNumber }: Cell): Markup =>
  html`<td${isNumber ? new Markup(' class="number"') : ''}${label === undefined ? '' : html` data-label="${label}"`}>${content}</td>`;

const isNumeric = (rows: readonly (readonly Cell[])[], column: number): boolean =>
  rows[0]?.[column]?.isNumber === true;
