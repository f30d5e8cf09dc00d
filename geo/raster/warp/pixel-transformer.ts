import type { Position } from 'geojson';
import { type Crs, sameCrs } from '../../crs/crs.ts';
import { transformBetweenCrs } from '../../crs/transformation.ts';
import { affineX, affineY, invertAffine } from '../grid/affine.ts';
import type { Grid } from '../raster.ts';

/** Moves a point; undefined where the projection has no value. */
export type PointTransformer = (x: number, y: number) => readonly [x: number, y: number] | undefined;

/** Between the pixels of a raster and the coordinates of another CRS. */
export interface PixelTransformer {
  /** From column and row of the raster to coordinates of the target CRS. */
  readonly forward: PointTransformer;
  /** From coordinates of the target CRS to column and row of the raster. */
  readonly back: PointTransformer;
}

/** A transformer between two CRSs that says where it has no result instead of throwing. */
export function pointTransformer(from: Crs, to: Crs): PointTransformer {
  if (sameCrs(from, to)) return (x, y) => [x, y];
  const transform = transformBetweenCrs(from, to);
  return (x, y) => {
    let moved: Position;
    try {
      moved = transform([x, y]);
    } catch {
      return undefined;
    }
    const [movedX = Number.NaN, movedY = Number.NaN] = moved;
    return Number.isFinite(movedX) && Number.isFinite(movedY) ? [movedX, movedY] : undefined;
  };
}

/**
 * Exact transformation of the pixels of a grid, as GDAL's: longitudes that come back to a geographic raster lie within
 * 180 degrees of its centre, so that rasters from 0 to 360 degrees work.
 *
 * @param grid its `crs` must be known
 */
export function pixelTransformer(grid: Grid & { readonly crs: Crs }, targetCrs: Crs): PixelTransformer {
  const toTarget = pointTransformer(grid.crs, targetCrs);
  const toSource = pointTransformer(targetCrs, grid.crs);
  const inverse = invertAffine(grid.transform);
  const centre =
    !sameCrs(grid.crs, targetCrs) && grid.crs.isGeographic
      ? affineX(grid.transform, grid.width / 2, grid.height / 2)
      : undefined;
  return {
    forward: (column, row) =>
      toTarget(affineX(grid.transform, column, row), affineY(grid.transform, column, row)),
    back: (x, y) => {
      const point = toSource(x, y);
      if (!point) return undefined;
      const longitude = centre === undefined ? point[0] : nearTo(centre, point[0]);
      return [affineX(inverse, longitude, point[1]), affineY(inverse, longitude, point[1])];
    },
  };
}

/** Degrees by which the antimeridian may be missed before a longitude counts as that of the other side. */
const ROUNDING = 1e-9;

function nearTo(centre: number, longitude: number): number {
  if (longitude < centre - 180 - ROUNDING) return longitude + 360;
  return longitude > centre + 180 + ROUNDING ? longitude - 360 : longitude;
}
