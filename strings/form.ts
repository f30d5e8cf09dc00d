/** Forms of processes, as they come from the service; what scripts say in them is in `scripts.ts`. */
export const formStrings = {
  required: 'required',
  optional: 'optional',
  choose: 'Choose',
  defaultOfProcess: 'Default of the process',
  moreSettings: 'More settings',
  format: 'Format',
  formatOf: (output: string): string => `Format of ${output}`,
  jobName: 'Name of the job',
  run: 'Run',
  runLater: 'Run in the background',
  check: 'Check only',
  file: 'File',
  files: 'Files',
  url: 'URL',
  urls: 'URLs, one per line',
  layerFormats: 'GeoJSON, GeoPackage, Shapefile (zipped), FlatGeobuf, GeoParquet, KML, CSV and others',
  rasterFormats: 'GeoTIFF, Arc/Info ASCII grid, ERDAS Imagine, SRTM, GRIB and others',
  pastedLayer: 'GeoJSON or well-known text (WKT)',
  pastedRaster: 'The raster as JSON',
  corners: 'west, south, east, north',
  crsOfCorners: 'CRS, if not degrees',
  crsOf: (input: string): string => `CRS of ${input}`,
  cell: (member: string, row: number): string => `${member}, row ${row}`,
  /** A value of a list, and what it means. */
  withMeaning: (value: string, meaning: string): string => `${value} – ${meaning}`,
  /** What a number may be. */
  bounds: (
    isWhole: boolean,
    lower: { readonly value: number; readonly isExclusive: boolean } | undefined,
    upper: number | undefined,
  ): string => {
    const from = lower ? `${lower.isExclusive ? 'more than' : 'from'} ${lower.value}` : '';
    const to = upper === undefined ? '' : `${from ? 'to' : 'up to'} ${upper}`;
    const range = [from, to].filter((part) => part !== '').join(' ');
    return `${isWhole ? 'A whole number' : 'A number'}, ${range}.`;
  },
  /** Units as they stand behind a number. */
  units: {
    degree: 'degrees',
    percent: '%',
    pixel: 'pixels',
    second: 'seconds',
    crs: 'CRS units',
    distanceUnit: 'in the distance unit',
    raster: 'raster units',
  },
  /** Values that are called after people, and abbreviations: the others are made of their identifiers. */
  values: {
    horn: 'Horn',
    zevenbergenThorne: 'Zevenbergen and Thorne',
    douglasPeucker: 'Douglas-Peucker',
    deflate: 'Deflate',
    lzw: 'LZW',
    zstd: 'ZSTD',
  } as Readonly<Record<string, string>>,
  /** CRSs that are in use most. */
  crss: [
    ['OGC:CRS84', 'WGS 84, longitude and latitude'],
    ['EPSG:4326', 'WGS 84'],
    ['EPSG:3857', 'WGS 84 / Pseudo-Mercator'],
    ['EPSG:3035', 'ETRS89 / LAEA Europe'],
    ['EPSG:4258', 'ETRS89'],
    ['EPSG:27700', 'British National Grid'],
    ['EPSG:28992', 'Amersfoort / RD New'],
    ['EPSG:2154', 'RGF93 / Lambert-93'],
    ['EPSG:25832', 'ETRS89 / UTM zone 32N'],
    ['EPSG:5070', 'NAD83 / Conus Albers'],
  ],
} as const;
