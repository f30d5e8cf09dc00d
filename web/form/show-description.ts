import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';
import type { Description, Table } from './description.ts';

/** Where it is said what was read: what people have to hear of, and what they may open. */
export interface Places {
  readonly said: HTMLElement;
  readonly more: HTMLElement;
}

/** Rows that are made; more take a while, and nobody reads them. */
const MOST_ROWS = 500;

/** What a layer or raster was read as: a line, warnings that stand out, and its extent and table to unfold. */
export function showDescription({ said, more }: Places, description: Description): void {
  const { text, warnings } = description;
  said.replaceChildren(element('p', {}, text));
  if (warnings.length > 0) {
    const notice = element('div', { class: 'notice warn' });
    for (const warning of warnings) notice.append(element('p', {}, warning));
    said.append(notice);
  }
  if (description.table.rows.length === 0 && description.extent === undefined) return;
  more.replaceChildren(unfolded(description));
}

/** Made when it is opened: a table may be long. */
function unfolded({ extent, table }: Description): HTMLElement {
  const folded = element('details', {}, element('summary', {}, table.title));
  folded.addEventListener(
    'toggle',
    () => {
      if (extent !== undefined) folded.append(extentMarkup(extent));
      if (table.rows.length > 0) folded.append(tableMarkup(table));
    },
    { once: true },
  );
  return folded;
}

const extentMarkup = (extent: string): HTMLElement =>
  element('dl', {}, element('dt', {}, scriptStrings.extent), element('dd', {}, extent));

function tableMarkup({ title, head, rows }: Table): HTMLElement {
  const body = element('tbody');
  for (const [name = '', ...cells] of rows.slice(0, MOST_ROWS)) {
    const row = element('tr', {}, element('th', { scope: 'row' }, name));
    for (const cell of cells) row.append(element('td', {}, cell));
    body.append(row);
  }
  const titles = head.map((text) => element('th', { scope: 'col' }, text));
  const table = element(
    'table',
    { 'aria-label': title },
    element('thead', {}, element('tr', {}, ...titles)),
    body,
  );
  // What is wider than the screen is moved sideways, also by keyboard.
  const frame = { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title };
  const more = rows.length - MOST_ROWS;
  return element('div', frame, table, ...(more > 0 ? [element('p', {}, scriptStrings.andMore(more))] : []));
}
