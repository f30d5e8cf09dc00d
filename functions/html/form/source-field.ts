import { fieldName } from '../../../core/forms/form-entries.ts';
import { textOfTable } from '../../../core/forms/read-source.ts';
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
  const { hrefs, types, pasted } = takeApart(value, several);
  // The one that scripts show first: the others are not seen before they come.
  const first = hrefs.length > 0 ? 'address' : pasted === '' ? 'file' : 'text';
  const way = (name: string): Markup => html`class="way${name === first ? ' first' : ''}" data-way="${name}"`;
  const typed = Object.keys(types).length > 0 ? html` data-types="${JSON.stringify(types)}"` : '';
  return html`<div class="source${first === 'file' ? '' : ' filled'}" data-source="${input.source}" data-several="${several}">
<div ${way('file')}><label for="file-${id}">${several ? 'Files' : 'File'}</label><input type="file" id="file-${id}" name="${fieldName.member(id, 'file')}" accept="${accept}"${several ? html` multiple` : ''}><p class="hint">${isLayer ? 'GeoJSON, GeoPackage, Shapefile (zipped), FlatGeobuf, GeoParquet, KML, CSV and others' : 'GeoTIFF'}</p></div>
<div ${way('address')}><label for="href-${id}">${several ? 'URLs, one per line' : 'URL'}</label>${
    several
      ? html`<textarea id="href-${id}" name="${fieldName.member(id, 'href')}" rows="3" placeholder="https://"${typed}>\n${hrefs.join('\n')}</textarea>`
      : html`<input type="url" id="href-${id}" name="${fieldName.member(id, 'href')}" value="${hrefs.join(' ')}" placeholder="https://" autocomplete="off"${typed}>`
  }</div>
<div ${way('text')}><label for="input-${id}">${isLayer ? 'GeoJSON or well-known text (WKT)' : 'The raster as JSON'}</label><textarea id="input-${id}" name="${id}" rows="4" spellcheck="false"${bound}>\n${pasted}</textarea></div>
</div>`;
}

/** What is filled in, by the way in which the form shows it. */
interface FilledIn {
  readonly hrefs: readonly string[];
  /** Media types of what lies at the addresses, where the request says them. */
  readonly types: Readonly<Record<string, string>>;
  readonly pasted: string;
}

function takeApart(value: unknown, several: boolean): FilledIn {
  if (value === undefined) return { hrefs: [], types: {}, pasted: '' };
  const all = several && Array.isArray(value) ? value : [value];
  const links = all.filter(isShortLink);
  if (links.length === all.length) {
    const types = Object.fromEntries(links.flatMap(({ href, type }) => (type ? [[href, type]] : [])));
    return { hrefs: links.map(({ href }) => href), types, pasted: '' };
  }
  const pasted = textOfTable(value) ?? prettyText(value);
  return { hrefs: [], types: {}, pasted: pasted.length > MOST_SHOWN ? '' : pasted };
}

/** A link of which no more is said than a field of addresses holds. */
const isShortLink = (item: unknown): item is { readonly href: string; readonly type?: string } =>
  isObject(item) &&
  typeof item['href'] === 'string' &&
  Object.keys(item).every((name) => name === 'href' || (name === 'type' && typeof item[name] === 'string'));
