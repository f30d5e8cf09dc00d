import { shortened } from '../../core/shared/problems.ts';
import { resultsStrings } from '../../strings/results.ts';
import { html, type Markup } from './parts/markup.ts';
import { table } from './table.ts';

const MOST_ROWS = 1000;
const MOST_COLUMNS = 40;
/** Bars of a chart that can be told apart. */
const MOST_BARS = 40;

/** Objects as the rows of a table; what is left out is said. */
export function rowsTable(rows: readonly Readonly<Record<string, unknown>>[]): Markup {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shown = columns.slice(0, MOST_COLUMNS);
  const more = [
    ...(columns.length > shown.length ? [resultsStrings.moreColumns(columns.length - shown.length)] : []),
    ...(rows.length > MOST_ROWS ? [resultsStrings.moreRows(rows.length - MOST_ROWS)] : []),
  ];
  const cells = (row: Readonly<Record<string, unknown>>) =>
    shown.map((name) => ({
      content: cellText(row[name]),
      label: name,
      isNumber: typeof row[name] === 'number',
    }));
  const made = table(shown, rows.slice(0, MOST_ROWS).map(cells));
  return html`${isStatistic(shown, rows) ? html`<result-chart data-module="map" data-kind="bars">${made}</result-chart>` : made}${more.length > 0 ? html`<p class="soft">${resultsStrings.leftOut(more)}</p>` : ''}`;
}

/** Names and numbers, few enough for a bar each: scripts make a chart of such a table. */
const isStatistic = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): boolean =>
  rows.length > 1 &&
  rows.length <= MOST_BARS &&
  columns.slice(1).some((name) => rows.every((row) => typeof row[name] === 'number'));

const cellText = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : shortened(typeof value === 'string' ? value : JSON.stringify(value), 200);
