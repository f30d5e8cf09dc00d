import type { Feature } from 'geojson';
import { shortened } from '../../core/shared/problems.ts';
import { html, type Markup } from './markup.ts';
import { membersMarkup, valueMarkup } from './value.ts';
import type { View } from './views.ts';

type Resource = Readonly<Record<string, unknown>>;
type Described = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly links: readonly { href: string; rel: string }[];
};

export function collectionsView({ collections, ...rest }: Resource): View {
  const found = collections as Described[];
  return {
    title: 'Collections',
    content: html`<p class="lead">Layers that the newest successful jobs have made, as collections of features.</p>
${found.length === 0 ? html`<p class="lead">There are none yet.</p>` : html`<div class="scroll"><table><tr><th>Collection</th><th>What it is</th></tr>${found.map(collectionRow)}</table></div>`}
${membersMarkup(rest)}`,
  };
}

function collectionRow({ id, title, description, links }: Described): Markup {
  const page = links.find(({ rel }) => rel === 'alternate')?.href ?? '';
  return html`<tr><td><a href="${page}">${title}</a><br><small>${id}</small></td><td>${description}</td></tr>`;
}

/** What a page shows of features at most; people read no more, and a table of everything takes minutes to make. */
const MOST = {
  columns: 40,
  rows: 1000,
  cells: 20_000,
  cellCharacters: 200,
  geometryCharacters: 1000,
} as const;

/** Features as a table of their properties, the geometries folded away. What is left out is said. */
export function itemsView({ features, links, ...rest }: Resource): View {
  const list = features as Feature[];
  const names = new Set<string>();
  for (const { properties } of list) for (const name in properties) names.add(name);
  const columns = [...names].slice(0, MOST.columns);
  const rows = list.slice(0, Math.min(MOST.rows, Math.floor(MOST.cells / (columns.length + 2))));
  return {
    title: 'Features',
    content: html`${leftOut(names.size - columns.length, list.length - rows.length)}<div class="scroll"><table>
<tr><th>id</th>${columns.map((name) => html`<th>${shortened(name, MOST.cellCharacters)}</th>`)}<th>geometry</th></tr>
${rows.map(
  ({ id, properties, geometry }) =>
    html`<tr><td>${shortened(String(id), MOST.cellCharacters)}</td>${columns.map((name) => html`<td>${cell(properties?.[name])}</td>`)}<td>${geometryMarkup(geometry)}</td></tr>`,
)}
</table></div>${membersMarkup({ links, ...rest })}`,
  };
}

function leftOut(columns: number, rows: number): Markup | string {
  const parts = [
    ...(columns > 0 ? [`+${columns} more ${columns === 1 ? 'column' : 'columns'}`] : []),
    ...(rows > 0 ? [`+${rows} more ${rows === 1 ? 'feature' : 'features'}`] : []),
  ];
  return parts.length > 0
    ? html`<p>${parts.join(' and ')}; the JSON has all, and "limit" makes pages smaller.</p>`
    : '';
}

const cell = (value: unknown): Markup | string => {
  if (value === undefined || value === null) return '';
  const isLink = typeof value === 'string' && value.length <= MOST.cellCharacters;
  if (isLink) return valueMarkup(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return shortened(text, MOST.cellCharacters);
};

const geometryMarkup = (geometry: Feature['geometry'] | null): Markup =>
  geometry === null
    ? html`none`
    : html`<details><summary>${geometry.type}</summary><pre>${shortened(JSON.stringify(geometry), MOST.geometryCharacters)}</pre></details>`;
