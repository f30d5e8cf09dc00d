import type { Position } from 'geojson';
import { type Crs, sameCrs } from '../../crs/crs.ts';
import { transformBetweenCrs } from '../../crs/transformation.ts';
import { affineX, affineY, invertAffine } from '../grid/affine.ts';
import { computeGridBounds } from '../grid/grid.ts';
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
  const toTarget = runningOn(grid, targetCrs, pointTransformer(grid.crs, targetCrs));
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

/** Least width of a raster, in degrees, that is not moved on beyond the end of a projected CRS. */
const HALF_TURN = 180;

/**
 * The transformer of a geographic raster across the antimeridian to a CRS that ends there, such as Web Mercator: it runs on
 * beyond that end, so that the raster stays in one piece. GDAL refuses such rasters. Those of half of the globe or more, and
 * CRSs in which both sides of the antimeridian are one line, are as they are.
 */
function runningOn(
  grid: Grid & { readonly crs: Crs },
  targetCrs: Crs,
  toTarget: PointTransformer,
): PointTransformer {
  const period = periodBeyond(grid, targetCrs, toTarget);
  if (period === undefined) return toTarget;
  const turn = Math.floor((computeGridBounds(grid)[0] + 180) / 360);
  return (longitude, latitude) => {
    const turns = longitude <= 180 + 360 * turn ? 0 : 1;
    const point = toTarget(longitude - 360 * (turn + turns), latitude);
    return point && [point[0] + period * turns, point[1]];
  };
}

/** Eastings from one end of the CRS to the other, where the raster lies across the antimeridian and can run on there. */
export function periodBeyond(
  grid: Grid & { readonly crs: Crs },
  targetCrs: Crs,
  toTarget: PointTransformer = pointTransformer(grid.crs, targetCrs),
): number | undefined {
  if (!grid.crs.isGeographic || targetCrs.isGeographic) return undefined;
  const [west, , east] = computeGridBounds(grid);
  const turn = Math.floor((west + 180) / 360);
  if (east - west >= HALF_TURN || east <= 180 + 360 * turn) return undefined;
  // Only where eastings go with longitudes, the same at all latitudes, do they run on.
  const [equator, elsewhere] = [0, 45].map((latitude) =>
    [-180, -90, 90, 180].map((longitude) => toTarget(longitude, latitude)?.[0] ?? Number.NaN),
  );
  const [start = Number.NaN, , , end = Number.NaN] = equator ?? [];
  const period = end - start;
  const eastings = [-180, -90, 90, 180].map((longitude) => (start + end) / 2 + (period * longitude) / 360);
  const isCylindrical = [equator, elsewhere].every((line) =>
    line?.every((x, index) => Math.abs(x - (eastings[index] ?? Number.NaN)) <= 1e-9 * Math.abs(period)),
  );
  return isCylindrical && period !== 0 ? period : undefined;
}

/** Degrees by which the antimeridian may be missed before a longitude counts as that of the other side. */
const ROUNDING = 1e-9;

function nearTo(centre: number, longitude: number): number {
  if (Math.abs(longitude - centre) <= 180 + ROUNDING) return longitude;
  return longitude + 360 * Math.round((centre - longitude) / 360);
}
