import { fieldName } from '../../../core/forms/form-entries.ts';
import { layerFormats, rasterInputFormats } from '../../../core/shared/formats.ts';
import { isObject } from '../../../core/shared/json.ts';
import { html, type Markup } from '../parts/markup.ts';
import { type Control, prettyText } from './controls.ts';

const MOST_SHOWN = 200_000;

/**
 * A layer or raster: a file, an address, or what is pasted. Without scripts the three stand below each other; with them they
 * become tabs, to which drawing and earlier results come.
 */
export function sourceControl({ id, input, value, bound }: Control): Markup {
  const isLayer = input.source === 'layer';
  const several = input.maxOccurs !== 1;
  const extensions = (isLayer ? layerFormats : rasterInputFormats).map(({ extension }) => extension);
  const accept = [
    ...extensions,
    ...(isLayer
      ? ['.json', '.geojsonl', '.kmz', '.gml', '.gpx', '.dxf', '.gdb.zip', '.shp']
      : ['.tiff', '.vrt', '.jp2', '.nc', '.asc']),
  ].join(',');
  const { hrefs, pasted } = takeApart(value, several);
  return html`<div class="source" data-source="${input.source}" data-several="${several}">
<div class="way" data-way="file"><label for="file-${id}">${several ? 'Files' : 'File'}</label><input type="file" id="file-${id}" name="${fieldName.member(id, 'file')}" accept="${accept}"${several ? html` multiple` : ''}><p class="hint">${isLayer ? 'GeoJSON, GeoPackage, Shapefile (zipped), FlatGeobuf, GeoParquet, KML, CSV and others' : 'GeoTIFF'}</p></div>
<div class="way" data-way="address"><label for="href-${id}">${several ? 'URLs, one per line' : 'URL'}</label>${
    several
      ? html`<textarea id="href-${id}" name="${fieldName.member(id, 'href')}" rows="3" placeholder="https://">\n${hrefs.join('\n')}</textarea>`
      : html`<input type="url" id="href-${id}" name="${fieldName.member(id, 'href')}" value="${hrefs.join(' ')}" placeholder="https://" autocomplete="off">`
  }</div>
<div class="way" data-way="text"><label for="input-${id}">${isLayer ? 'GeoJSON or well-known text (WKT)' : 'The raster as JSON, for programs'}</label><textarea id="input-${id}" name="${id}" rows="4" spellcheck="false"${bound}>\n${pasted}</textarea></div>
</div>`;
}

/** What is filled in, by the way in which the form shows it. */
function takeApart(value: unknown, several: boolean): { readonly hrefs: string[]; readonly pasted: string } {
  if (value === undefined) return { hrefs: [], pasted: '' };
  const all = several && Array.isArray(value) ? value : [value];
  const hrefs = all.flatMap((item) =>
    isObject(item) && typeof item['href'] === 'string' && Object.keys(item).length === 1
      ? [item['href']]
      : [],
  );
  if (hrefs.length === all.length) return { hrefs, pasted: '' };
  const pasted = prettyText(value);
  return { hrefs: [], pasted: pasted.length > MOST_SHOWN ? '' : pasted };
}
