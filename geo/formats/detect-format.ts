import type { Source } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { layerFormats } from '../../core/shared/formats.ts';
import { gdalFormats } from '../../core/shared/gdal-formats.ts';
import { parseEssence } from '../../core/shared/media-type.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { describeWrongKind } from './wrong-kind.ts';

const byMediaType = new Map(
  Object.entries({
    'application/json': MediaType.geojson,
    'application/vnd.geo+json': MediaType.geojson,
    'application/vnd.flatgeobuf': MediaType.flatgeobuf,
    'application/x-sqlite3': MediaType.geopackage,
    'application/vnd.sqlite3': MediaType.geopackage,
    'application/x-parquet': MediaType.geoparquet,
    'application/parquet': MediaType.geoparquet,
    'application/geoparquet': MediaType.geoparquet,
    'application/x-zip-compressed': MediaType.shapefile,
    'application/x-shapefile': MediaType.shapefile,
    'application/vnd.google-earth.kmz': MediaType.kml,
    'application/csv': MediaType.csv,
    'application/json-seq': MediaType.geojsonSequence,
    'application/geojsonl': MediaType.geojsonSequence,
    'application/jsonl': MediaType.geojsonSequence,
    'application/ndjson': MediaType.geojsonSequence,
    'application/x-ndjson': MediaType.geojsonSequence,
    ...Object.fromEntries(layerFormats.map(({ mediaType }) => [mediaType, mediaType])),
  }),
);

const byExtension: Readonly<Record<string, string>> = {
  '.kmz': MediaType.kml,
  ...Object.fromEntries(
    layerFormats.flatMap(({ mediaType, extension, alsoNamed = [] }) =>
      [extension, ...alsoNamed].map((name) => [name, mediaType]),
    ),
  ),
};

/** How files start, a byte order mark left out; the first that fits counts. */
const byFirstBytes: readonly (readonly [start: string | RegExp, mediaType: string])[] = [
  ['fgb\u0003', MediaType.flatgeobuf],
  ['SQLite format 3\0', MediaType.geopackage],
  ['PAR1', MediaType.geoparquet],
  ['PK\u0003\u0004', MediaType.shapefile],
  ['\u001e', MediaType.geojsonSequence],
  // A whole Feature or geometry on the first line, and another text on the second.
  [/^\s*\{[^\n]*\}[ \t\r]*\n\s*\{/, MediaType.geojsonSequence],
  [/^\s*\{/, MediaType.geojson],
  [/^\s*<(?:kml|\w+:kml)[\s>/]|^\s*<[?!][\s\S]*<(?:\w+:)?kml[\s>/]/, MediaType.kml],
  [/^[^\n]*(?:^|[,;\t"])\s*(?:lon|long|lng|longitude|x|easting)\s*(?:[,;\t"\r\n]|$)/i, MediaType.csv],
  [/^[^\n]*(?:^|[,;\t"])_?(?:wkt|wkt_geom|geometry|geom|the_geom)(?:[,;\t"\r\n]|$)/i, MediaType.csv],
];

const othersFormats = gdalFormats.filter(({ kind }) => kind === 'layer');
/** Those that nothing but GDAL reads; an extension that our own formats have too says nothing. */
const othersMediaTypes = new Set(othersFormats.flatMap(({ mediaTypes }) => mediaTypes));
const othersExtensions = new Set(othersFormats.flatMap(({ extensions }) => extensions));

/** Those that most people have: the list of all is too long for a message. */
const mainFormats = layerFormats
  .slice(0, 7)
  .map(({ title }) => title)
  .join(', ');

/** Enough for the first line of most tables and texts. */
const HEAD_BYTES = 16_384;

/**
 * Media type of the format of a layer: as declared, else by the extension of the address, else by the first
 * bytes. Undefined when it is none that this project has a reader for.
 */
export async function detectLayerFormat(source: Source): Promise<string | undefined> {
  const essence = parseEssence(source.mediaType ?? '');
  const declared = byMediaType.get(essence);
  if (declared) return declared;
  if (othersMediaTypes.has(essence)) return undefined;
  const path = source.href && URL.canParse(source.href) ? new URL(source.href).pathname : '';
  const extension = /\.[a-z0-9]+$/i.exec(path)?.[0].toLowerCase() ?? '';
  if (byExtension[extension]) return byExtension[extension];
  if (othersExtensions.has(extension)) return undefined;
  const head = Buffer.from(await source.read(0, HEAD_BYTES)).toString('latin1');
  const start = head.replace(/^\u00ef\u00bb\u00bf/, '');
  const found = byFirstBytes.find(([sign]) =>
    typeof sign === 'string' ? start.startsWith(sign) : sign.test(start),
  );
  return found?.[1];
}

/** What is told of a layer in a format that nothing reads. */
export async function unknownFormat(source: Source): Promise<InvalidInput> {
  const detail =
    (await describeWrongKind(source, 'layer')) ??
    `is not in any of the formats that can be read, such as ${mainFormats}; docs/guide/formats.md lists them all.`;
  return new InvalidInput(source.pointer, detail);
}
