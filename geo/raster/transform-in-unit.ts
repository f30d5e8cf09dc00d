import { fromUnit, toUnit } from '../crs/angular-unit.ts';
import type { Crs } from '../crs/crs.ts';
import type { Grid } from './raster.ts';

type Affine = Grid['transform'];

/** The geotransform of a file in the unit of its CRS, as one to degrees where that is an angle. */
export const transformFromUnit = (transform: Affine, crs: Crs | undefined): Affine =>
  mapped(transform, crs, fromUnit);

/** The way back: to the unit of the CRS, as files have it. */
export const transformInUnit = (transform: Affine, crs: Crs | undefined): Affine =>
  mapped(transform, crs, toUnit);

function mapped(transform: Affine, crs: Crs | undefined, convert: typeof fromUnit): Affine {
  if (crs?.degreesPerUnit === undefined) return transform;
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  return [
    convert(x, crs),
    convert(xColumn, crs),
    convert(xRow, crs),
    convert(y, crs),
    convert(yColumn, crs),
    convert(yRow, crs),
  ];
}
