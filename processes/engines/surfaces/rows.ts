import { LimitExceeded } from '../../../core/errors.ts';
import type { RunContext } from '../../../core/processes/declaration.ts';
import { wholeOf, windowOfBounds } from '../raster/grid.ts';
import type { Grid, Window } from '../raster/raster.ts';
import { affineX, affineY } from '../warp/affine.ts';
import type { Sites } from './sites.ts';

/** Milliseconds between two reports of progress. */
const PACE = 200;

/** A row of pixels and the points that reach it. */
export interface ReachedRow {
  readonly row: number;
  /** Coordinates of the centres of the pixels. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Points in order, each with the columns (from, to) that it may reach. */
  readonly reached: readonly { readonly site: number; readonly from: number; readonly to: number }[];
}

/**
 * The rows of a grid, each with the points that are near enough to some of its pixels. The arrays are the same for all
 * rows. Tells the progress.
 *
 * @param radius how far a point reaches, in units of the CRS; everywhere where it is undefined
 */
export async function* rowsOf(
  grid: Grid,
  { xs: siteXs, ys: siteYs }: Sites,
  radius: number | undefined,
  context: RunContext,
  message: string,
): AsyncGenerator<ReachedRow> {
  const windows = Array.from(siteXs, (x, site): Window | undefined => {
    const y = siteYs[site]!;
    if (radius === undefined) return wholeOf(grid);
    // A pixel more on each side: the centres decide.
    return windowOfBounds(grid, [x - radius, y - radius, x + radius, y + radius], 1);
  });
  checkPairs(windows);
  const xs = new Float64Array(grid.width);
  const ys = new Float64Array(grid.width);
  let last = performance.now();
  for (let row = 0; row < grid.height; row++) {
    if (performance.now() - last > PACE || row === 0) {
      await context.progress(row, grid.height, message);
      last = performance.now();
    }
    for (let column = 0; column < grid.width; column++) {
      xs[column] = affineX(grid.transform, column + 0.5, row + 0.5);
      ys[column] = affineY(grid.transform, column + 0.5, row + 0.5);
    }
    const reached = windows.flatMap((window, site) =>
      window && window.row <= row && row < window.row + window.height
        ? [{ site, from: window.column, to: window.column + window.width }]
        : [],
    );
    yield { row, xs, ys, reached };
  }
}

/** More pairs of points and pixels than that take longer than the time of a job. */
const MAXIMUM_PAIRS = 5e10;

function checkPairs(windows: readonly (Window | undefined)[]): void {
  const pairs = windows.reduce((sum, window) => sum + (window ? window.width * window.height : 0), 0);
  if (pairs <= MAXIMUM_PAIRS) return;
  throw new LimitExceeded(
    '/inputs/radius',
    `Points and pixels within their reach are ${pairs} pairs; up to ${MAXIMUM_PAIRS} can be computed. Give a smaller radius or larger pixels.`,
  );
}
