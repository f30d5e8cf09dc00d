import type { Feature } from 'geojson';
import { queryWith } from '../../core/api/links.ts';
import { shortened } from '../../core/shared/problems.ts';
import { collectionsStrings } from '../../strings/collections.ts';
import { pageStrings } from '../../strings/page.ts';
import { pagingMarkup } from './paging.ts';
import { icon } from './parts/icons.ts';
import { html, type Markup } from './parts/markup.ts';
import { table } from './table.ts';
import { technicalMarkup } from './technical.ts';
import { valueMarkup } from './value.ts';
import { crumb, type MakeView } from './view.ts';

type Described = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly links: readonly { href: string; rel: string }[];
};

export const collectionsView: MakeView = ({ collections, links, ...rest }, request) => {
  const found = collections as Described[];
  return {
    title: pageStrings.collections,
    crumbs: [crumb(request, '/', pageStrings.start)],
    content: html`<p class="lead">${collectionsStrings.lead}</p>
${found.length === 0 ? html`<p>${collectionsStrings.noneYet((text) => html`<a href="${request.baseUrl}/processes?f=html">${text}</a>`)}</p>` : table(collectionsStrings.columns, found.map(collectionCells), pageStrings.collections)}
${pagingMarkup(links)}${technicalMarkup({ links, ...rest })}`,
  };
};

function collectionCells({ id, title, description, links }: Described) {
  const page = links.find(({ rel }) => rel === 'alternate')?.href ?? '';
  return [
    { content: html`<a href="${page}">${title}</a><br><small><code>${id}</code></small>` },
    { content: description },
  ];
}

interface Extent {
  readonly spatial?: { readonly bbox: readonly (readonly number[])[] };
}

/** A collection: where it lies, its features on a map, and ways to them. */
export const collectionView: MakeView = ({ title, description, extent, id, ...rest }, request) => {
  const items = `${request.baseUrl}/collections/${encodeURIComponent(String(id))}/items`;
  const bbox = (extent as Extent | undefined)?.spatial?.bbox[0];
  return {
    title: String(title ?? id),
    crumbs: [crumb(request, '/', pageStrings.start), crumb(request, '/collections', pageStrings.collections)],
    isWide: true,
    content: html`<p class="lead">${String(description ?? '')}</p>
<p class="actions"><a class="button primary" href="${items}?f=html">${collectionsStrings.asTable}</a> <a class="button" href="${items}?f=json&amp;limit=10000" download>${icon('download')}GeoJSON</a></p>
<p class="soft">${collectionsStrings.mapHasSome}</p>
<result-map id="map" data-module="map"><a href="${items}?f=json&amp;limit=10000" type="application/geo+json" data-title="${String(title ?? id)}" data-items="${items}"${bbox ? html` data-by-extent="${bbox.join(',')}"` : ''}>${collectionsStrings.theFeatures}</a></result-map>
${bbox ? html`<dl><dt>${collectionsStrings.extent}</dt><dd>${bbox.map((degrees) => Number(degrees.toFixed(6))).join(', ')}</dd></dl>` : ''}${technicalMarkup({ id, ...(extent ? { extent } : {}), ...rest })}`,
  };
};

/** What a page shows of features at most; people read no more, and a table of everything takes minutes to make. */
const MOST = {
  columns: 40,
  rows: 1000,
  cells: 20_000,
  cellCharacters: 200,
  geometryCharacters: 1000,
} as const;

/**
 * Features as a table of their properties, the geometries folded away. What is left out is said. Scripts put the table of the map in
 * its place, in which features can be selected.
 */
export const itemsView: MakeView = ({ features, links, ...rest }, request) => {
  const list = features as Feature[];
  const names = new Set<string>();
  for (const { properties } of list) for (const name in properties) names.add(name);
  const columns = [...names].slice(0, MOST.columns);
  const rows = list.slice(0, Math.min(MOST.rows, Math.floor(MOST.cells / (columns.length + 2))));
  const { baseUrl, path, query } = request;
  const above = path.replace(/\/items$/, '');
  return {
    title: collectionsStrings.features,
    crumbs: [
      crumb(request, '/', pageStrings.start),
      crumb(request, '/collections', pageStrings.collections),
      crumb(request, above, collectionsStrings.theCollection),
    ],
    isWide: true,
    content: html`${list.length === 0 ? html`<p class="lead">${collectionsStrings.noFeatures}</p>` : html`<result-map id="map" data-module="map"><a href="${baseUrl}${path}${queryWith(query, { f: 'json' })}" type="application/geo+json" data-title="${collectionsStrings.onThisPage}" data-items="${baseUrl}${path}">${collectionsStrings.theseAsGeojson}</a></result-map>`}
${pagingMarkup(links)}${list.length === 0 ? '' : html`<attribute-table for="map">${leftOut(names.size - columns.length, list.length - rows.length)}${featuresTable(columns, rows, `${baseUrl}${path}`)}</attribute-table><result-chart for="map" hidden></result-chart>`}${technicalMarkup({ links, ...rest })}`,
  };
};

const featuresTable = (
  columns: readonly string[],
  rows: readonly Feature[],
  items: string,
): Markup => html`<div class="scroll"><table>
<tr><th>id</th>${columns.map((name) => html`<th>${shortened(name, MOST.cellCharacters)}</th>`)}<th>geometry</th></tr>
${rows.map(
  ({ id, properties, geometry }) =>
    html`<tr><td><a href="${items}/${encodeURIComponent(String(id))}?f=html">${shortened(String(id), MOST.cellCharacters)}</a></td>${columns.map((name) => html`<td>${cell(properties?.[name])}</td>`)}<td>${geometryMarkup(geometry)}</td></tr>`,
)}
</table></div>`;

function leftOut(columns: number, rows: number): Markup | string {
  const parts = [
    ...(columns > 0 ? [collectionsStrings.moreColumns(columns)] : []),
    ...(rows > 0 ? [collectionsStrings.moreFeatures(rows)] : []),
  ];
  return parts.length > 0 ? html`<p>${collectionsStrings.leftOut(parts)}</p>` : '';
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
    ? html`${collectionsStrings.noGeometry}`
    : html`<details><summary>${geometry.type}</summary><pre>${shortened(JSON.stringify(geometry), MOST.geometryCharacters)}</pre></details>`;
