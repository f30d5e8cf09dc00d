import type { BoundingBox } from '../../core/run/bounding-box.ts';
import { greatest, least } from '../../core/shared/arrays.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import type { Crs } from '../../geo/crs/crs.ts';
import { extentIn } from '../../geo/crs/extent.ts';
import type { Bounds } from '../../geo/geometry/bounds.ts';
import { affineX, affineY, invertAffine } from '../../geo/raster/grid/affine.ts';
import { gridFromWindow, wholeWindow } from '../../geo/raster/grid/grid.ts';
import { gridWithinTurn } from '../../geo/raster/grid/longitudes.ts';
import { isAroundGlobe, rolledRaster, withoutRepeatedColumn } from '../../geo/raster/grid/rolled-raster.ts';
import type { Grid, Raster, Window } from '../../geo/raster/raster.ts';
import { type Part, type PixelBounds, windowFromPixelBounds } from './part.ts';

/** Share of a pixel that is a rounding error: an edge that lies so near to that of a pixel lies on it. */
const TOLERANCE = 1e-6;

/**
 * The part of a raster in an extent, grown to whole pixels. A raster around the globe begins elsewhere where the extent
 * reaches over its ends; of another one, the part with most columns is taken.
 *
 * @param crs of the raster
 * @throws InvalidInput where the extent lies outside the raster
 */
export function partFromExtent(raster: Raster, crs: Crs, extent: BoundingBox, crop: boolean): Part {
  const bounds = extentIn(extent, crs, '/inputs/extent');
  const [first, ...others] = windowsIn(raster, crs, bounds);
  if (!first) throw outside(extent);
  if (!crop) return { raster, grid: raster, ...maskWith([first, ...others], raster) };
  const once = withoutRepeatedColumn(raster, crs);
  if (others.length > 0 && isAroundGlobe({ ...once, crs })) {
    const rolled = rolledRaster(once, columnBefore(once, bounds));
    const [whole] = windowsIn(rolled, crs, bounds);
    if (whole) return { raster: rolled, grid: gridWithinTurn(gridFromWindow(rolled, whole)), window: whole };
  }
  return { raster, grid: gridWithinTurn(gridFromWindow(raster, first)), window: first };
}

/**
 * Columns and rows that are read of a raster in an extent, for who knows its grid alone.
 *
 * @throws InvalidInput as `partFromExtent`
 */
export function sizeInExtent(
  grid: Grid,
  crs: Crs,
  extent: BoundingBox,
  crop: boolean,
): Pick<Window, 'width' | 'height'> {
  const [first, ...others] = windowsIn(grid, crs, extentIn(extent, crs, '/inputs/extent'));
  if (!first) throw outside(extent);
  if (!crop) return grid;
  const joined = isAroundGlobe({ ...grid, crs }) ? others : [];
  return { width: joined.reduce((sum, { width }) => sum + width, first.width), height: first.height };
}

const outside = ({ bbox }: BoundingBox): InvalidInput =>
  new InvalidInput('/inputs/extent/bbox', `${JSON.stringify(bbox)} lies outside the raster.`);

/** The windows of a raster in bounds, the widest first: it may count its longitudes another way round. */
function windowsIn(raster: Grid, crs: Crs, bounds: Bounds): Window[] {
  const turns = crs.isGeographic ? [0, 360, -360] : [0];
  return turns
    .flatMap((turn) => windowFromPixelBounds(raster, pixelBounds(raster, bounds, turn)) ?? [])
    .sort((one, other) => other.width - one.width);
}

/** All of a raster, with ones in its windows, which have the same rows. */
const maskWith = (windows: readonly Window[], raster: Grid): Pick<Part, 'window' | 'makeMask'> => ({
  window: wholeWindow(raster),
  makeMask: async ({ row: top, width, height }) => {
    const mask = new Uint8Array(width * height);
    for (const window of windows) {
      const end = Math.min(top + height, window.row + window.height);
      for (let row = Math.max(top, window.row); row < end; row++) {
        const start = (row - top) * width + window.column;
        mask.fill(1, start, start + window.width);
      }
    }
    return mask;
  },
});

/** The column of a raster around the globe in which bounds begin. */
function columnBefore({ transform, width }: Grid, [west]: Bounds): number {
  const column = Math.floor(affineX(invertAffine(transform), west, 0) + TOLERANCE);
  return column - width * Math.floor(column / width);
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
