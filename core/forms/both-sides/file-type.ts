import type { MediaType } from '../../shared/uris.ts';

type KnownType = (typeof MediaType)[keyof typeof MediaType];

/** Bytes at the start of a file that say what it is. */
export const HEAD_BYTES = 1024;

const BINARY = 'application/octet-stream' satisfies KnownType;
const GEOJSON = 'application/geo+json' satisfies KnownType;
const SHAPEFILE = 'application/zip' satisfies KnownType;
const GEOTIFF = 'image/tiff; application=geotiff' satisfies KnownType;
const KMZ = 'application/vnd.google-earth.kmz' satisfies KnownType;

/** How files begin that say themselves what they are. */
const signs: readonly (readonly [start: string, mediaType: KnownType])[] = [
  ['fgb\u0003', 'application/flatgeobuf'],
  ['SQLite format 3\0', 'application/geopackage+sqlite3'],
  ['PAR1', 'application/vnd.apache.parquet'],
  ['II*\0', GEOTIFF],
  ['II+\0', GEOTIFF],
  ['MM\0*', GEOTIFF],
  ['MM\0+', GEOTIFF],
];
const ZIP = 'PK\u0003\u0004';
const JSON_START = /^(?:\xef\xbb\xbf)?\s*[{[]/;

/** What names say of files whose beginning does not tell. */
const names: readonly (readonly [extension: RegExp, mediaType: KnownType])[] = [
  [/\.(geo)?json$/i, GEOJSON],
  [/\.(geojson(s|l|seq)|ndjson|jsonl)$/i, 'application/geo+json-seq'],
  [/\.(zip|shz)$/i, SHAPEFILE],
  [/\.kmz$/i, KMZ],
  [/\.kml$/i, 'application/vnd.google-earth.kml+xml'],
  [/\.csv$/i, 'text/csv'],
];

/**
 * Media type of a file: what it begins with decides, its name where that leaves it open. What is not what its name says is left to
 * who reads it, and looks for himself.
 *
 * @param head the first bytes, a character each
 */
export function typeOfHead(name: string, head: string): KnownType {
  const sign = signs.find(([start]) => head.startsWith(start));
  if (sign) return sign[1];
  const named = names.find(([extension]) => extension.test(name))?.[1] ?? BINARY;
  const isArchive = named === SHAPEFILE || named === KMZ;
  if (head.startsWith(ZIP)) return isArchive ? named : BINARY;
  if (JSON_START.test(head)) return named.startsWith(GEOJSON) ? named : GEOJSON;
  return isArchive || named === GEOJSON ? BINARY : named;
}

/** Media type of a file of which the first bytes are here. */
export const typeOfBytes = (name: string, bytes: ArrayBuffer | Uint8Array): KnownType =>
  typeOfHead(name, new TextDecoder('latin1').decode(bytes));
