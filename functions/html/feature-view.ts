import type { Feature } from 'geojson';
import { isObject } from '../../core/shared/json.ts';
import { shortened } from '../../core/shared/problems.ts';
import { collectionsStrings } from '../../strings/collections.ts';
import { pageStrings } from '../../strings/page.ts';
import { html } from './parts/markup.ts';
import { technicalMarkup } from './technical.ts';
import { membersMarkup } from './value.ts';
import { crumb, type MakeView } from './view.ts';

/** Characters of coordinates that a page shows; the GeoJSON has all. */
const MOST = 5000;

/** A feature of a collection: where it lies, and its properties one below the other. */
export const featureView: MakeView = ({ id, type, geometry, properties, links, ...rest }, request) => {
  const { baseUrl, pathParameters } = request;
  const above = `/collections/${encodeURIComponent(pathParameters['collectionID'] ?? '')}`;
  const href = `${baseUrl}${above}/items/${encodeURIComponent(String(id))}?f=json`;
  const name = collectionsStrings.feature(shortened(String(id), 100));
  const shape = geometry as Feature['geometry'] | null;
  return {
    title: name,
    crumbs: [
      crumb(request, '/', pageStrings.start),
      crumb(request, '/collections', pageStrings.collections),
      crumb(request, above, collectionsStrings.theCollection),
      crumb(request, `${above}/items`, collectionsStrings.features),
    ],
    content: html`${shape ? html`<result-map id="map" data-module="map" data-no-table><a href="${href}" type="application/geo+json" data-title="${name}">${collectionsStrings.featureAsGeojson}</a></result-map>` : html`<p class="lead">${collectionsStrings.featureWithoutGeometry}</p>`}
<section class="panel"><h2>${collectionsStrings.properties}</h2>${membersMarkup(isObject(properties) ? properties : {})}</section>
${shape ? html`<details><summary>${collectionsStrings.geometry(shape.type)}</summary><pre tabindex="0">${shortened(JSON.stringify(shape), MOST)}</pre></details>` : ''}${technicalMarkup({ links, ...rest })}`,
  };
};
