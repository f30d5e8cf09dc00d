import { greatest, least } from '../../../core/shared/arrays.ts';
import type { Bounds } from '../../geometry/bounds.ts';
import type { Grid, Window } from '../raster.ts';
import { affineX, affineY, invertAffine } from './affine.ts';

/** Share of a pixel by which bounds may reach into the next one without needing it. */
const TOLERANCE = 1e-9;

/** The window of all pixels of a grid. */
export const wholeWindow = ({ width, height }: Pick<Grid, 'width' | 'height'>): Window => ({
  column: 0,
  row: 0,
  width,
  height,
});

/** Bounds of a grid in its CRS; of a rotated one, those of its corners. */
export function computeGridBounds(grid: Grid): Bounds {
  return around([0, grid.width], [0, grid.height], (column, row) => [
    affineX(grid.transform, column, row),
    affineY(grid.transform, column, row),
  ]);
}

/**
 * The pixels of a grid that bounds meet: grown to whole pixels and cut by the grid. Undefined where they lie outside.
 *
 * @param bounds in the CRS of the grid
 * @param margin pixels that the window is wider on each side
 */
export function windowFromBounds(
  grid: Grid,
  [xmin, ymin, xmax, ymax]: Bounds,
  margin = 0,
): Window | undefined {
  const inverse = invertAffine(grid.transform);
  const [west, north, east, south] = around([xmin, xmax], [ymin, ymax], (x, y) => [
    affineX(inverse, x, y),
    affineY(inverse, x, y),
  ]);
  const column = Math.max(0, Math.floor(west + TOLERANCE) - margin);
  const row = Math.max(0, Math.floor(north + TOLERANCE) - margin);
  const width = Math.min(grid.width, Math.ceil(east - TOLERANCE) + margin) - column;
  const height = Math.min(grid.height, Math.ceil(south - TOLERANCE) + margin) - row;
  return width > 0 && height > 0 ? { column, row, width, height } : undefined;
}

/** The grid of a window. */
export const gridFromWindow = ({ transform, crs }: Grid, { column, row, width, height }: Window): Grid => ({
  width,
  height,
  crs,
  transform: [
    affineX(transform, column, row),
    transform[1],
    transform[2],
    affineY(transform, column, row),
    transform[4],
    transform[5],
  ],
});

/** Bounds of the four corners of a box, mapped. */
function around(
  xs: readonly [number, number],
  ys: readonly [number, number],
  map: (x: number, y: number) => readonly [number, number],
): Bounds {
  const corners = xs.flatMap((x) => ys.map((y) => map(x, y)));
  const [first, second] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return [least(first), least(second), greatest(first), greatest(second)];
}
