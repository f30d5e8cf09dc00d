import { MediaType } from '../../../core/api/uris.ts';
import { InvalidInput } from '../../../core/errors.ts';
import { essenceOf } from '../../../core/processes/alternatives.ts';
import type { Source } from '../../../core/processes/declaration.ts';
import { layerFormats } from '../../../core/processes/formats.ts';

const byMediaType: Readonly<Record<string, string>> = {
  'application/json': MediaType.geojson,
  'application/vnd.geo+json': MediaType.geojson,
  'application/vnd.ogc.fg+json': MediaType.geojson,
  'application/vnd.flatgeobuf': MediaType.flatgeobuf,
  'application/x-sqlite3': MediaType.geopackage,
  'application/vnd.sqlite3': MediaType.geopackage,
  'application/x-parquet': MediaType.geoparquet,
  'application/parquet': MediaType.geoparquet,
  'application/geoparquet': MediaType.geoparquet,
  ...Object.fromEntries(layerFormats.map(({ mediaType }) => [mediaType, mediaType])),
};

const byExtension: Readonly<Record<string, string>> = {
  '.json': MediaType.geojson,
  '.geoparquet': MediaType.geoparquet,
  ...Object.fromEntries(layerFormats.map(({ mediaType, extension }) => [extension, mediaType])),
};

const byFirstBytes: readonly (readonly [start: string, mediaType: string])[] = [
  ['fgb\u0003', MediaType.flatgeobuf],
  ['SQLite format 3\0', MediaType.geopackage],
  ['PAR1', MediaType.geoparquet],
  ['{', MediaType.geojson],
];

/**
 * Media type of the format of a layer: as declared, else by the extension of the address, else by the first
 * bytes. @throws InvalidInput when none of them tells
 */
export async function layerFormatOf(source: Source): Promise<string> {
  const declared = byMediaType[essenceOf(source.mediaType ?? '')];
  if (declared) return declared;
  const path = source.href && URL.canParse(source.href) ? new URL(source.href).pathname : '';
  const extension = byExtension[/\.[a-z]+$/i.exec(path)?.[0].toLowerCase() ?? ''];
  if (extension) return extension;
  const head = Buffer.from(await source.read(0, 64)).toString('latin1');
  const start = head.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  const found = byFirstBytes.find(([bytes]) => start.startsWith(bytes));
  if (found) return found[1];
  const known = layerFormats.map(({ title, mediaType }) => `${title} (${mediaType})`).join(', ');
  throw new InvalidInput(source.pointer, `is in none of the formats that are read: ${known}.`);
}
