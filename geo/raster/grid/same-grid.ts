import { InvalidInput } from '../../../core/shared/errors.ts';
import { sameCrs } from '../../crs/crs.ts';
import type { Grid, Raster } from '../raster.ts';

/** Share of a pixel by which grids may differ: rounding errors of what wrote them. */
const TOLERANCE = 1e-6;

/** @throws InvalidInput at the first raster whose grid is not that of the first one, with the difference */
export function checkSameGrid(rasters: readonly Raster[]): void {
  const [first, ...others] = rasters;
  if (!first) return;
  for (const raster of others) {
    const difference = describeDifference(first, raster);
    if (difference)
      throw new InvalidInput(
        raster.pointer,
        `has a different grid from the first raster: ${difference}. Resample it with reproject-raster or clip-raster.`,
      );
  }
}

function describeDifference(first: Grid, other: Grid): string | undefined {
  if (other.width !== first.width || other.height !== first.height)
    return `${other.width} x ${other.height} pixels instead of ${first.width} x ${first.height}`;
  if (!sameCrs(other.crs, first.crs))
    return `the CRS ${other.crs?.name ?? 'none'} instead of ${first.crs?.name ?? 'none'}`;
  const pixel = Math.min(
    Math.hypot(first.transform[1], first.transform[4]),
    Math.hypot(first.transform[2], first.transform[5]),
  );
  // An error of the pixel size adds up over the whole raster.
  const spans = [1, first.width, first.height, 1, first.width, first.height];
  const differs = first.transform.some(
    (value, index) =>
      Math.abs(value - (other.transform[index] ?? Number.NaN)) * (spans[index] ?? Number.NaN) >
      TOLERANCE * pixel,
  );
  return differs ? `the transform [${other.transform}] instead of [${first.transform}]` : undefined;
}
