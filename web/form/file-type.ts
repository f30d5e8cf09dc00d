/** Bytes at the start of a file that say what it is. */
const HEAD_BYTES = 1024;

const BINARY = 'application/octet-stream';
const GEOJSON = 'application/geo+json';
const ARCHIVE = 'application/zip';
const TIFF = 'image/tiff; application=geotiff';
const KMZ = 'application/vnd.google-earth.kmz';

/** How files begin that say themselves what they are. */
const signs: readonly (readonly [start: string, mediaType: string])[] = [
  ['fgb\u0003', 'application/flatgeobuf'],
  ['SQLite format 3\0', 'application/geopackage+sqlite3'],
  ['PAR1', 'application/vnd.apache.parquet'],
  ['II*\0', TIFF],
  ['II+\0', TIFF],
  ['MM\0*', TIFF],
  ['MM\0+', TIFF],
];
const ZIP = 'PK\u0003\u0004';
const JSON_START = /^(?:\xef\xbb\xbf)?\s*[{[]/;

/** What names say of files whose beginning does not tell. */
const names: readonly (readonly [extension: RegExp, mediaType: string])[] = [
  [/\.(geo)?json$/i, GEOJSON],
  [/\.(geojson(s|l|seq)|ndjson|jsonl)$/i, 'application/geo+json-seq'],
  [/\.(zip|shz)$/i, ARCHIVE],
  [/\.kmz$/i, KMZ],
  [/\.kml$/i, 'application/vnd.google-earth.kml+xml'],
  [/\.csv$/i, 'text/csv'],
];

/**
 * Media type of a file: what it begins with decides, its name where that leaves it open. What is not what its name says is left to
 * the service, which looks for itself.
 */
export async function fileType(file: File): Promise<string> {
  const head = await file.slice(0, HEAD_BYTES).arrayBuffer();
  return typeOfHead(file.name, new TextDecoder('latin1').decode(head));
}

/** @param head the first bytes, a character each */
export function typeOfHead(name: string, head: string): string {
  const sign = signs.find(([start]) => head.startsWith(start));
  if (sign) return sign[1];
  const named = names.find(([extension]) => extension.test(name))?.[1] ?? BINARY;
  const isArchive = named === ARCHIVE || named === KMZ;
  if (head.startsWith(ZIP)) return isArchive ? named : BINARY;
  if (JSON_START.test(head)) return named.startsWith(GEOJSON) ? named : GEOJSON;
  return isArchive || named === GEOJSON ? BINARY : named;
}
