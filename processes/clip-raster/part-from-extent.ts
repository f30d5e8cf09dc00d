import type { BoundingBox } from '../../core/run/bounding-box.ts';
import { greatest, least } from '../../core/shared/arrays.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import type { Crs } from '../../geo/crs/crs.ts';
import { extentIn } from '../../geo/crs/extent.ts';
import type { Bounds } from '../../geo/geometry/bounds.ts';
import { affineX, affineY, invertAffine } from '../../geo/raster/grid/affine.ts';
import { gridFromWindow } from '../../geo/raster/grid/grid.ts';
import type { Grid, Raster } from '../../geo/raster/raster.ts';
import { type Part, type PixelBounds, windowFromPixelBounds } from './part.ts';

/** Share of a pixel that is a rounding error: an edge that lies so near to that of a pixel lies on it. */
const TOLERANCE = 1e-6;

/**
 * The part of a raster in an extent, grown to whole pixels.
 *
 * @param crs of the raster
 * @throws InvalidInput where the extent lies outside the raster
 */
export function partFromExtent(raster: Raster, crs: Crs, extent: BoundingBox, crop: boolean): Part {
  const bounds = extentIn(extent, crs, '/inputs/extent');
  // The raster may count its longitudes another way round.
  const turns = crs.isGeographic ? [0, 360, -360] : [0];
  const [window] = turns.flatMap(
    (turn) => windowFromPixelBounds(raster, pixelBounds(raster, bounds, turn)) ?? [],
  );
  if (!window)
    throw new InvalidInput('/inputs/extent/bbox', `${JSON.stringify(extent.bbox)} lies outside the raster.`);
  if (crop) return { grid: gridFromWindow(raster, window), window };
  return { grid: raster, window, mask: new Uint8Array(window.width * window.height).fill(1) };
}

function pixelBounds({ transform }: Grid, [xmin, ymin, xmax, ymax]: Bounds, turn: number): PixelBounds {
  const inverse = invertAffine(transform);
  const corners = [
    [xmin, ymin],
    [xmin, ymax],
    [xmax, ymin],
    [xmax, ymax],
  ] as const;
  const columns = corners.map(([x, y]) => affineX(inverse, x + turn, y));
  const rows = corners.map(([x, y]) => affineY(inverse, x + turn, y));
  return {
    left: least(columns) + TOLERANCE,
    top: least(rows) + TOLERANCE,
    right: greatest(columns) - TOLERANCE,
    bottom: greatest(rows) - TOLERANCE,
  };
}
