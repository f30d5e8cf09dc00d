import type { ResultEntry } from '../../core/execution/manifest.ts';
import type { StatusInfo } from '../../core/jobs/status-info.ts';
import type { Output, ProcessDeclaration } from '../../core/processes/declaration.ts';
import { findFormatTitle, layerOutputFormats, rasterOutputFormats } from '../../core/shared/formats.ts';
import { isObject } from '../../core/shared/json.ts';
import { isJson, parseEssence } from '../../core/shared/media-type.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { processes } from '../../processes/index.ts';
import { resultsStrings } from '../../strings/results.ts';
import { inputLayers } from './input-layers.ts';
import { grouped } from './limits.ts';
import { isDrawn, isForMap, resultLink } from './map-links.ts';
import { objectMarkup } from './object-result.ts';
import { icon } from './parts/icons.ts';
import { html, type Markup } from './parts/markup.ts';
import { rowsTable } from './rows-table.ts';
import type { ShownJob } from './shown-job.ts';
import { valueMarkup } from './value.ts';

/** What came of a job: layers and rasters on one map, numbers and tables as such, and each as a file in every format. */
export function resultsMarkup({ jobID, processID }: StatusInfo, shown: ShownJob, baseUrl: string): Markup {
  const process = processes.find(({ id }) => id === processID);
  const href = ({ id }: ResultEntry) => `${baseUrl}/jobs/${jobID}/results/${encodeURIComponent(id)}`;
  const title = ({ id }: ResultEntry) => process?.outputs[id]?.title ?? id;
  const onMap = shown.results.filter(({ id, mediaType }) => isForMap(mediaType, process?.outputs[id]));
  const toLink = (entry: ResultEntry) =>
    resultLink({ ...entry, title: title(entry), href: href(entry), readAt: href(entry) }, baseUrl);
  return html`<section class="results"><h2>${shown.results.length === 1 ? resultsStrings.result : resultsStrings.results}</h2>
${
  onMap.length === 0
    ? ''
    : html`<result-map id="map" data-module="map">${onMap.map(toLink)}${inputLayers(process, shown, baseUrl)}</result-map><attribute-table for="map"></attribute-table>`
}
${shown.results.map((entry) => resultMarkup(entry, title(entry), href(entry), process, baseUrl))}</section>`;
}

function resultMarkup(
  entry: ResultEntry,
  title: string,
  href: string,
  process: ProcessDeclaration | undefined,
  baseUrl: string,
): Markup {
  const { mediaType, size } = entry;
  return html`<div class="panel result"><h3>${title}</h3>${shownValue(entry)}
<div class="actions"><a class="button primary" href="${href}" download>${icon('download')}${findFormatTitle(mediaType)} <span class="count">${sizeText(size)}</span></a>${process ? onward(entry, process.outputs[entry.id], href, baseUrl) : ''}</div></div>`;
}

/** A small result as what it is; a file speaks for itself. */
function shownValue({ encoding, content, mediaType }: ResultEntry): Markup | string {
  if (content === undefined || isDrawn(mediaType)) return '';
  if (encoding === 'text') return html`<pre tabindex="0">${String(content)}</pre>`;
  if (encoding === 'base64')
    return mediaType === MediaType.png
      ? html`<img class="picture" src="data:image/png;base64,${String(content)}" alt="${resultsStrings.asImage}">`
      : '';
  if (!isJson(mediaType)) return '';
  if (typeof content === 'number') return html`<p class="figure">${grouped(content)}</p>`;
  if (Array.isArray(content) && content.length > 0 && content.every(isObject)) return rowsTable(content);
  return isObject(content) ? objectMarkup(content) : html`<p class="figure">${valueMarkup(content)}</p>`;
}

/** What one can do with a layer or a raster next: have it in another format, or give it to another process. */
function onward(
  entry: ResultEntry,
  output: Output | undefined,
  href: string,
  baseUrl: string,
): Markup | string {
  const kind = findKind(entry.mediaType);
  if (!output || kind === undefined) return '';
  const formats = kind === 'layer' ? layerOutputFormats : rasterOutputFormats;
  const [converter, input] =
    kind === 'layer' ? ['convert-features', 'features'] : ['convert-raster', 'raster'];
  return html`<form class="convert" method="post" action="${baseUrl}/processes/${converter}/execution"><input type="hidden" name="${input}[href]" value="${href}"><input type="hidden" name="response[prefer]" value="wait=20"><select name="result[mediaType]" aria-label="${resultsStrings.anotherFormat}">${formats
    .filter(({ mediaType }) => mediaType !== entry.mediaType)
    .map(
      ({ mediaType, title }) => html`<option value="${mediaType}">${title}</option>`,
    )}</select><button>${resultsStrings.convert}</button></form>
<details class="onward"><summary>${resultsStrings.useAsInput}</summary><ul>${processes.flatMap(
    ({ id, title, inputs }) => {
      const found = Object.entries(inputs).find(([, { source }]) => source === kind);
      return found
        ? [
            html`<li><a href="${baseUrl}/processes/${id}?f=html&amp;${found[0]}%5Bhref%5D=${encodeURIComponent(href)}">${title}</a></li>`,
          ]
        : [];
    },
  )}</ul></details>`;
}

function findKind(mediaType: string): 'layer' | 'raster' | undefined {
  if (layerOutputFormats.some((format) => format.mediaType === mediaType)) return 'layer';
  return parseEssence(mediaType) === 'image/tiff' ? 'raster' : undefined;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return resultsStrings.bytes(bytes);
  return bytes < 1_000_000
    ? resultsStrings.kilobytes(Math.round(bytes / 1000))
    : resultsStrings.megabytes((bytes / 1_000_000).toFixed(1));
}
