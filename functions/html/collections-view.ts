import type { Feature } from 'geojson';
import { isObject } from '../../core/shared/json.ts';
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

/** Features as a table of their properties, the geometries folded away. */
export function itemsView({ features, links, ...rest }: Resource): View {
  const list = features as Feature[];
  const names = [...new Set(list.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  return {
    title: 'Features',
    content: html`<div class="scroll"><table>
<tr><th>id</th>${names.map((name) => html`<th>${name}</th>`)}<th>geometry</th></tr>
${list.map(
  ({ id, properties, geometry }) =>
    html`<tr><td>${id}</td>${names.map((name) => html`<td>${cell(properties?.[name])}</td>`)}<td>${geometryMarkup(geometry)}</td></tr>`,
)}
</table></div>${membersMarkup({ links, ...rest })}`,
  };
}

const cell = (value: unknown): Markup | string => {
  if (value === undefined || value === null) return '';
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : valueMarkup(value);
};

const geometryMarkup = (geometry: Feature['geometry'] | null): Markup =>
  geometry === null
    ? html`none`
    : html`<details><summary>${geometry.type}</summary><pre>${JSON.stringify(geometry)}</pre></details>`;
