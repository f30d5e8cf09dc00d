import type { Input, ProcessDeclaration } from '../../core/processes/declaration.ts';
import { isObject } from '../../core/shared/json.ts';
import { inputLink } from './map-links.ts';
import { html, type Markup } from './parts/markup.ts';
import type { ShownJob } from './shown-job.ts';

/** Characters of a layer or raster in the request, up to which it is drawn with the result. */
const MOST = 400_000;

/**
 * What went into a job, for its map: layers and rasters that were in the request itself, and those of the service that it named. What
 * is said to be in another CRS than it says is left out: the map would put it elsewhere.
 */
export const inputLayers = (
  process: ProcessDeclaration | undefined,
  { inputs = {}, sources = {} }: Pick<ShownJob, 'inputs' | 'sources'>,
  baseUrl: string,
): Markup[] =>
  Object.entries(process?.inputs ?? {}).flatMap(([id, input]) => {
    if (input.source === undefined || (input.source === 'layer' && inputs['sourceCrs'] !== undefined))
      return [];
    const kind = input.source;
    const named = sources[id] ?? [];
    const links = named.flatMap(
      (source, index) =>
        inputLink({ ...source, title: titleOf(input, index, named.length) }, kind, baseUrl) ?? [],
    );
    return [...inlineLayers(id, input, inputs[id]), ...links];
  });

/** Several of one input are numbered. */
const titleOf = ({ title }: Input, index: number, count: number): string =>
  count > 1 ? `${title} ${index + 1}` : title;

function inlineLayers(id: string, input: Input, value: unknown): Markup[] {
  const isInline = input.source === 'layer' ? isInlineLayer : isInlineRaster;
  const values = (input.maxOccurs !== 1 && Array.isArray(value) ? value : [value]).filter(isInline);
  const texts = values.map((one) => JSON.stringify(one));
  if (texts.reduce((sum, { length }) => sum + length, 0) > MOST) return [];
  return texts.map((text, index) => {
    const from = texts.length > 1 ? `layer-${id}-${index + 1}` : `layer-${id}`;
    return html`<span data-from="${from}" data-title="${titleOf(input, index, texts.length)}" data-role="input"></span><pre hidden id="${from}">${text}</pre>`;
  });
}

/** GeoJSON, or pasted well-known text, whose positions the map takes for degrees. */
const isInlineLayer = (value: unknown): boolean =>
  isObject(value) &&
  ((typeof value['type'] === 'string' && !('href' in value)) || /^WKT\n"/.test(String(value['value'])));

/** A GeoTIFF in base64. */
const isInlineRaster = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['value'] === 'string' &&
  value['encoding'] === 'base64' &&
  String(value['mediaType']).startsWith('image/tiff');
