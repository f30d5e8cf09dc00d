import { parseEssence } from './media-type.ts';
import { MediaType } from './uris.ts';

/** A file format of layers or rasters. */
export interface Format {
  readonly mediaType: string;
  /** With the dot, for file names. */
  readonly extension: string;
  /** Others that its files have, with the dot. */
  readonly alsoNamed?: readonly string[];
  /** Base64 inside JSON. */
  readonly binary: boolean;
  readonly title: string;
}

/** Formats in which layers are read and written by readers and writers of this project; the first is the default. */
export const layerFormats: readonly Format[] = [
  {
    mediaType: MediaType.geojson,
    extension: '.geojson',
    alsoNamed: ['.json'],
    binary: false,
    title: 'GeoJSON',
  },
  { mediaType: MediaType.flatgeobuf, extension: '.fgb', binary: true, title: 'FlatGeobuf' },
  { mediaType: MediaType.geopackage, extension: '.gpkg', binary: true, title: 'GeoPackage' },
  {
    mediaType: MediaType.geoparquet,
    extension: '.parquet',
    alsoNamed: ['.geoparquet'],
    binary: true,
    title: 'GeoParquet',
  },
  {
    mediaType: MediaType.shapefile,
    extension: '.zip',
    alsoNamed: ['.shz'],
    binary: true,
    title: 'Shapefile (zipped)',
  },
  { mediaType: MediaType.kml, extension: '.kml', binary: false, title: 'KML' },
  { mediaType: MediaType.csv, extension: '.csv', binary: false, title: 'CSV with well-known text' },
  {
    mediaType: MediaType.geojsonSequence,
    extension: '.geojsons',
    alsoNamed: ['.geojsonl', '.geojsonseq', '.jsonl', '.ndjson'],
    binary: false,
    title: 'GeoJSON text sequence',
  },
  { mediaType: MediaType.jsonFg, extension: '.fg.json', binary: false, title: 'JSON-FG' },
];

/** Formats in which layers are written; the first is the default. The last ones hold less than the others, and are read by other ways. */
export const layerOutputFormats: readonly Format[] = [
  ...layerFormats,
  { mediaType: MediaType.kmz, extension: '.kmz', binary: true, title: 'KMZ' },
  { mediaType: MediaType.gml, extension: '.gml', binary: false, title: 'GML' },
  { mediaType: MediaType.gpx, extension: '.gpx', binary: false, title: 'GPX' },
  { mediaType: MediaType.dxf, extension: '.dxf', binary: false, title: 'DXF' },
];

/** Formats in which rasters are read. */
export const rasterInputFormats: readonly Format[] = [
  {
    mediaType: MediaType.geotiff,
    extension: '.tif',
    alsoNamed: ['.tiff'],
    binary: true,
    title: 'GeoTIFF',
  },
];

/** Formats in which rasters are written; the first is the default. */
export const rasterOutputFormats: readonly Format[] = [
  { mediaType: MediaType.cog, extension: '.tif', binary: true, title: 'Cloud Optimized GeoTIFF' },
  { mediaType: MediaType.geotiff, extension: '.tif', binary: true, title: 'GeoTIFF' },
  { mediaType: MediaType.png, extension: '.png', binary: true, title: 'PNG' },
  { mediaType: MediaType.coverageJson, extension: '.covjson', binary: false, title: 'CoverageJSON' },
];

const otherExtensions: Readonly<Record<string, string>> = {
  [MediaType.json]: '.json',
  [MediaType.text]: '.txt',
  [MediaType.html]: '.html',
  'image/tiff': '.tif',
  'image/jpeg': '.jpg',
  'image/jp2': '.jp2',
  'application/xml': '.xml',
  'text/xml': '.xml',
  'application/pdf': '.pdf',
};

/** File name extension, with the dot, for a media type; empty when it is not known. */
export function findExtension(mediaType: string): string {
  const formats = [...layerOutputFormats, ...rasterOutputFormats];
  const essence = parseEssence(mediaType);
  const known =
    formats.find((format) => format.mediaType === mediaType) ??
    formats.find((format) => parseEssence(format.mediaType) === essence);
  return known?.extension ?? otherExtensions[essence] ?? '';
}

/** What a format is called; a media type that is none of them, by itself. */
export function findFormatTitle(mediaType: string): string {
  const known = [...layerOutputFormats, ...rasterOutputFormats].find(
    (format) => format.mediaType === mediaType,
  );
  if (known) return known.title;
  return mediaType === MediaType.json ? 'JSON' : mediaType;
}
