import type { Source } from '../../core/run/context.ts';
import { isUrlAsText, URL_AS_TEXT } from '../../core/shared/url-as-text.ts';

type Sign = readonly [start: string | RegExp, name: string];

/** How rasters start that are often given in the place of features. */
const rasterSigns: readonly Sign[] = [
  ...['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].map((start): Sign => [start, 'a TIFF file (GeoTIFF), a raster']),
  ['\u0089PNG\r\n', 'a PNG image, a raster'],
  ['\u00ff\u00d8\u00ff', 'a JPEG image, a raster'],
  ['\0\0\0\u000cjP  ', 'a JPEG 2000 image, a raster'],
  ['CDF', 'a netCDF file, a raster'],
  ['\u0089HDF\r\n', 'a netCDF or HDF5 file, a raster'],
  ['GRIB', 'a GRIB file, a raster'],
];

/** How vector files start that are often given in the place of rasters. */
const layerSigns: readonly Sign[] = [
  ['fgb\u0003', 'FlatGeobuf, vector features'],
  [/^SQLite format 3[\s\S]{53}GPKG/, 'a GeoPackage without readable raster tiles'],
  ['PAR1', 'GeoParquet, vector features'],
  [
    /^\s*\{[\s\S]*?"type"\s*:\s*"(?:FeatureCollection|Feature|(?:Multi)?(?:Point|LineString|Polygon)|GeometryCollection)"/,
    'GeoJSON, vector features',
  ],
  [/^\s*<(?:[?!][\s\S]*?<)?kml[\s>/]/, 'KML, vector features'],
  [/^\s*<(?:[?!][\s\S]*?<)?gpx[\s>/]/, 'GPX, vector features'],
];

/** How rasters start that nothing here reads. */
const unreadSigns: readonly Sign[] = [
  ['CDF', 'a netCDF file'],
  ['\u0089HDF\r\n', 'a netCDF or HDF5 file'],
  ['\u000e\u0003\u0013\u0001', 'an HDF4 file'],
  ['\0\0\0\u000cjP  ', 'a JPEG 2000 image'],
  ['\u00ff\u004f\u00ff\u0051', 'a JPEG 2000 image'],
];

const signs = { layer: rasterSigns, raster: layerSigns };
const takes = { layer: 'vector features', raster: 'a raster' };

/** Enough for a signature, and for what stands before the first member or element of a text. */
const HEAD_BYTES = 1024;

/**
 * What is told of a file that nothing could read as what the input takes, where its first bytes say what it is instead:
 * a file of the other kind, or a URL in the place of the file. Undefined where they say nothing.
 */
export async function describeWrongKind(
  source: Source,
  wanted: 'layer' | 'raster',
): Promise<string | undefined> {
  const head = Buffer.from(await source.read(0, HEAD_BYTES)).toString('latin1');
  if (source.href === undefined && isUrlAsText(head)) return URL_AS_TEXT;
  const start = head.replace(/^\u00ef\u00bb\u00bf/, '');
  const name = signs[wanted].find(([sign]) =>
    typeof sign === 'string' ? start.startsWith(sign) : sign.test(start),
  )?.[1];
  if (name !== undefined) return `is ${name}; this input takes ${takes[wanted]}.`;
  const unread =
    wanted === 'raster' ? unreadSigns.find(([sign]) => start.startsWith(String(sign)))?.[1] : undefined;
  return (
    unread &&
    `is ${unread}, which cannot be read. Convert it to GeoTIFF, for example with gdal_translate or rioxarray.`
  );
}
