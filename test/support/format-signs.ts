import assert from 'node:assert/strict';

/** Bytes that files of a format begin with, as Latin-1, and what stands in them near their beginning. */
const signs: Readonly<Record<string, readonly [start: string, inside?: string]>> = {
  GeoJSON: ['{"type":"FeatureCollection"'],
  FlatGeobuf: ['fgb\x03fgb'],
  GeoPackage: ['SQLite format 3\0'],
  GeoParquet: ['PAR1'],
  'Shapefile (zipped)': ['PK\x03\x04', '.shp'],
  KML: ['<?xml', '<kml '],
  'CSV with well-known text': ['', 'POINT'],
  'GeoJSON text sequence': ['\x1e{"type":"Feature"'],
  'JSON-FG': ['{', '"conformsTo"'],
  KMZ: ['PK\x03\x04', '.kml'],
  GML: ['<?xml', 'http://www.opengis.net/gml'],
  GPX: ['<?xml', '<gpx '],
  DXF: ['', 'SECTION'],
  'Cloud Optimized GeoTIFF': ['II*\0'],
  GeoTIFF: ['II*\0'],
  PNG: ['\x89PNG\r\n\x1a\n'],
  CoverageJSON: ['{', '"Coverage"'],
};

/** Fails where a file is none of the format that a page offers under a title. */
export function assertFormat(title: string, content: Uint8Array): void {
  const bytes = Buffer.from(content).toString('latin1');
  const [begin, inside = ''] = signs[title] ?? ['unknown'];
  assert.equal(bytes.slice(0, begin.length), begin);
  assert.ok(bytes.slice(0, 20_000).includes(inside));
}
