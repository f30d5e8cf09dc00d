import type { Output } from '../../core/processes/declaration.ts';
import { parseEssence } from '../../core/shared/media-type.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { isOfKind } from './form/results-that-fit.ts';
import { html, type Markup } from './parts/markup.ts';

/** A layer or raster that a page may read, for its map. */
interface MapSource {
  readonly title: string;
  /** As an input names it. */
  readonly href: string;
  /** Where the browser reads it. */
  readonly readAt: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

/** Bytes of what went in that are drawn without being asked for: more takes a while, and somebody pays for it. */
const MOST_UNASKED = { layer: 5_000_000, raster: 20_000_000 } as const;
/** Bytes of a document that a browser reads as a whole in a reasonable time. */
const MOST_AS_A_WHOLE = 60_000_000;

/** What the map draws; other formats are converted first. */
export const isDrawn = (mediaType: string): boolean =>
  [MediaType.geojson, MediaType.jsonFg, MediaType.flatgeobuf, 'image/tiff'].includes(
    parseEssence(mediaType) as never,
  );

/** Whether the map can have a result: drawn as it is, or converted when somebody wants to see it. */
export const isForMap = (mediaType: string, output: Output | undefined): boolean =>
  isDrawn(mediaType) || (output !== undefined && isOfKind(output, 'layer'));

/** A result as a link that the map draws, or converts first. */
export const resultLink = (source: MapSource, baseUrl: string): Markup =>
  isDrawn(source.mediaType) ? link(source, html``) : link(source, conversion(source, baseUrl));

/** What went in as a link that the map draws under the results: at once where it is small. */
export function inputLink(source: MapSource, kind: 'layer' | 'raster', baseUrl: string): Markup | undefined {
  const { mediaType, size } = source;
  const role = html` data-role="input"`;
  if (!isDrawn(mediaType))
    return kind === 'layer' ? link(source, html`${role}${conversion(source, baseUrl)}`) : undefined;
  const isWhole = [MediaType.geojson, MediaType.jsonFg].includes(parseEssence(mediaType) as never);
  if (isWhole && size > MOST_AS_A_WHOLE) return undefined;
  return link(source, size > MOST_UNASKED[kind] ? html`${role} data-on-demand=""` : role);
}

const link = ({ title, readAt, mediaType }: MapSource, attributes: Markup): Markup =>
  html`<a href="${readAt}" type="${mediaType}" data-title="${title}"${attributes}>${title}</a> `;

/** By the process that makes the other formats too; it names the source as any request does. */
const conversion = ({ href }: MapSource, baseUrl: string): Markup =>
  html` data-on-demand="" data-convert="${baseUrl}/processes/convert-features/execution" data-source="${href}"`;
