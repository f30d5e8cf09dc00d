import { isObject } from '../../core/shared/json.ts';
import { histogramsMarkup, isHistogram } from './histogram.ts';
import { html, type Markup } from './parts/markup.ts';
import { rowsTable } from './rows-table.ts';
import { membersMarkup } from './value.ts';

type Members = Readonly<Record<string, unknown>>;

/** An object as a result: histograms as charts, lists of objects as tables, as statistics of bands are, and the others beside their names. */
export function objectMarkup(content: Members): Markup {
  const all = Object.entries(content).map(([name, value]) => [name, value, toRows(value)] as const);
  const others = all.filter(([, , rows]) => rows === undefined).map(([name, value]) => [name, value]);
  const tables = all.flatMap(([name, , rows]) =>
    rows === undefined ? [] : [html`<h4>${name}</h4>${rowsTable(rows)}`],
  );
  return html`${histogramsMarkup(content)}${others.length > 0 || tables.length === 0 ? membersMarkup(Object.fromEntries(others)) : ''}${tables}`;
}

/** The rows that a list of objects is; undefined where they have more in them than a table shows. */
function toRows(value: unknown): Members[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rows = value.map((item) => (isObject(item) ? toRow(item) : undefined));
  return rows.every((row) => row !== undefined) ? rows : undefined;
}

/** Members of members are columns of their own: `percentiles 2`. */
function toRow(item: Members): Members | undefined {
  const cells: [string, unknown][] = [];
  for (const [name, value] of Object.entries(item)) {
    if (isHistogram(value)) continue;
    if (typeof value !== 'object' || value === null) cells.push([name, value]);
    else if (Object.values(value).some((inner) => typeof inner === 'object' && inner !== null))
      return undefined;
    else if (isObject(value))
      for (const [inner, one] of Object.entries(value)) cells.push([`${name} ${inner}`, one]);
    else cells.push([name, (value as unknown[]).join(', ')]);
  }
  return Object.fromEntries(cells);
}
