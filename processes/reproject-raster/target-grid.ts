import { greatest, least } from '../../core/shared/arrays.ts';
import { type Crs, sameCrs } from '../../geo/crs/crs.ts';
import type { Bounds } from '../../geo/geometry/bounds.ts';
import { checkSpacing } from '../../geo/geometry/spacing.ts';
import { affineX, affineY } from '../../geo/raster/grid/affine.ts';
import { placedRows } from '../../geo/raster/warp/placed-rows.ts';
import { suggestedGrid } from '../../geo/raster/warp/suggested-grid.ts';
import type { Located } from '../../geo/raster/warp/warp.ts';

const RESOLUTION = '/inputs/resolution';

/**
 * The grid of the result. In another CRS that which GDAL suggests; a resolution keeps its upper left corner, with as many
 * pixels as cover it (rasterio's `calculate_default_transform`). In the same CRS the resolution is applied from the upper
 * left corner, with the number of pixels that comes nearest to the extent (`gdalwarp -tr`). Rows that have no place in the
 * other CRS, such as poles in Mercator, are left out before, which is told.
 *
 * @throws InvalidInput at `pointer` where the raster has no place in the CRS, and where the resolution is too small
 */
export function targetGrid(
  source: Located,
  crs: Crs,
  resolution: number | undefined,
  pointer: string,
  warn: (message: string) => void,
): Located {
  if (sameCrs(crs, source.crs)) return resolution === undefined ? source : resized(source, resolution);
  const { grid: placed, remark } = placedRows(source, crs);
  const suggested = suggestedGrid(placed, crs, pointer);
  if (remark !== undefined) warn(remark);
  if (resolution === undefined) return suggested;
  const { width, height, transform } = suggested;
  checkSpacing(resolution, boundsOf(suggested), RESOLUTION);
  return {
    width: covering(width * (transform[1] / resolution)),
    height: covering(height * (-transform[5] / resolution)),
    transform: [transform[0], resolution, 0, transform[3], 0, -resolution],
    crs,
  };
}

/** Whole pixels that cover so many; a rounding error needs no further one. */
const covering = (pixels: number): number => Math.max(1, Math.ceil(pixels - 1e-9));

function resized(source: Located, resolution: number): Located {
  const bounds = boundsOf(source);
  checkSpacing(resolution, bounds, RESOLUTION);
  const [west, south, east, north] = bounds;
  return {
    width: Math.max(1, Math.floor((east - west) / resolution + 0.5)),
    height: Math.max(1, Math.floor((north - south) / resolution + 0.5)),
    transform: [west, resolution, 0, north, 0, -resolution],
    crs: source.crs,
  };
}

function boundsOf({ width, height, transform }: Located): Bounds {
  const corners = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ] as const;
  const xs = corners.map(([column, row]) => affineX(transform, column, row));
  const ys = corners.map(([column, row]) => affineY(transform, column, row));
  return [least(xs), least(ys), greatest(xs), greatest(ys)];
}
