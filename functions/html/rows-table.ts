import { shortened } from '../../core/shared/problems.ts';
import { html, type Markup } from './parts/markup.ts';
import { table } from './table.ts';

const MOST_ROWS = 1000;
const MOST_COLUMNS = 40;

/** Objects as the rows of a table; what is left out is said. */
export function rowsTable(rows: readonly Readonly<Record<string, unknown>>[]): Markup {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shown = columns.slice(0, MOST_COLUMNS);
  const more = [
    ...(columns.length > shown.length ? [`${columns.length - shown.length} more columns`] : []),
    ...(rows.length > MOST_ROWS ? [`${rows.length - MOST_ROWS} more rows`] : []),
  ];
  const cells = (row: Readonly<Record<string, unknown>>) =>
    shown.map((name) => ({
      content: cellText(row[name]),
      label: name,
      isNumber: typeof row[name] === 'number',
    }));
  return html`${table(shown, rows.slice(0, MOST_ROWS).map(cells))}${more.length > 0 ? html`<p class="soft">+${more.join(' and ')}; the file has all.</p>` : ''}`;
}

const cellText = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : shortened(typeof value === 'string' ? value : JSON.stringify(value), 200);
