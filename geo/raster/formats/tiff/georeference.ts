import { type TiffImage, TiffTag, TiffTagGeo } from '@cogeotiff/core';
import { quote } from '../../../../core/shared/quote.ts';
import type { Crs } from '../../../crs/crs.ts';
import { crsFromGeoKeys } from '../../../crs/read-geokeys.ts';
import type { Grid } from '../../raster.ts';
import { affineOfPoints, controlPoints } from './control-points.ts';
import { readTagNumbers } from './tags.ts';

const PIXEL_IS_POINT = 2;
/** What programs call a plane of which they know nothing. */
const NAMELESS = /^(?:unnamed|unknown|undefined|$)/i;
/** Model type of planes. */
const PROJECTED = 1;

export interface Georeference {
  /** In the unit of the CRS. */
  readonly transform: Grid['transform'];
  readonly crs: Crs | undefined;
  /** What is wrong with it, for the log. */
  readonly remarks: readonly string[];
}

/**
 * Place and CRS of an image (OGC 19-008r4), in the manner of GDAL: pixels that are points become areas around them,
 * and rows run southward whatever the sign of the scale.
 */
export async function readGeoreference(image: TiffImage): Promise<Georeference> {
  const remarks: string[] = [];
  const transform = await readTransform(image, remarks);
  return { transform, crs: await readCrs(image, remarks), remarks };
}

async function readTransform(image: TiffImage, remarks: string[]): Promise<Grid['transform']> {
  const scale = await readTagNumbers(image, TiffTag.ModelPixelScale);
  const tie = await readTagNumbers(image, TiffTag.ModelTiePoint);
  const matrix = await readTagNumbers(image, TiffTag.ModelTransformation);
  const isPoint = image.valueGeo(TiffTagGeo.GTRasterTypeGeoKey) === PIXEL_IS_POINT;
  let transform: Grid['transform'] | undefined;
  if (matrix.length >= 8) {
    const [xColumn = 0, xRow = 0, , x = 0, yColumn = 0, yRow = 0, , y = 0] = Array.from(matrix);
    transform = [x, xColumn, xRow, y, yColumn, yRow];
  } else if (scale.length >= 2 && scale[0] !== 0 && scale[1] !== 0 && tie.length >= 6) {
    const [width = 0, height = 0] = Array.from(scale);
    const [column = 0, row = 0, , x = 0, y = 0] = Array.from(tie);
    transform = [x - column * width, width, 0, y + row * Math.abs(height), 0, -Math.abs(height)];
  } else if (tie.length >= 18) {
    transform = affineOfPoints(controlPoints(tie));
    remarks.push('The georeference of the raster was computed from its ground control points.');
  }
  if (!transform?.every(Number.isFinite) || isFlat(transform)) {
    remarks.push('The raster is not georeferenced; columns and rows are taken as coordinates.');
    return [0, 1, 0, 0, 0, 1];
  }
  if (!isPoint) return transform;
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  return [x - (xColumn + xRow) / 2, xColumn, xRow, y - (yColumn + yRow) / 2, yColumn, yRow];
}

const isFlat = ([, xColumn, xRow, , yColumn, yRow]: Grid['transform']): boolean =>
  xColumn * yRow - xRow * yColumn === 0;

async function readCrs(image: TiffImage, remarks: string[]): Promise<Crs | undefined> {
  const keys = new Map<number, number | string>();
  for (const [key, value] of image.tagsGeo as ReadonlyMap<number, unknown>) {
    if (typeof value === 'number' || typeof value === 'string') keys.set(key, value);
  }
  const crs = await crsFromGeoKeys(keys);
  if (!crs && (keys.has(TiffTagGeo.ProjectedCRSGeoKey) || keys.has(TiffTagGeo.GeodeticCRSGeoKey)))
    remarks.push('The raster has a user-defined CRS that its GeoKeys do not define, so its CRS is unknown.');
  const plane = crs ? undefined : nameOfPlane(keys);
  if (plane !== undefined)
    remarks.push(
      `The CRS ${quote(plane)} of the raster is a plane without a place on the Earth; it is left out.`,
    );
  if (crs?.fault !== undefined) remarks.push(`The raster is in the CRS ${crs.name}, ${crs.fault}`);
  return crs;
}

/** The name of a plane of which the keys say nothing else. */
function nameOfPlane(keys: ReadonlyMap<number, number | string>): string | undefined {
  const name = keys.get(TiffTagGeo.GTCitationGeoKey);
  const isPlane =
    keys.get(TiffTagGeo.GTModelTypeGeoKey) === PROJECTED || !keys.has(TiffTagGeo.GTModelTypeGeoKey);
  const isDefined = keys.has(TiffTagGeo.ProjectedCRSGeoKey) || keys.has(TiffTagGeo.GeodeticCRSGeoKey);
  if (typeof name !== 'string' || NAMELESS.test(name) || !isPlane || isDefined) return undefined;
  return name.replace(/[|\0]+$/, '');
}
