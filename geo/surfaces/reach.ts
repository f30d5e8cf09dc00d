import { LimitExceeded } from '../../core/shared/errors.ts';
import { wholeWindow, windowFromBounds } from '../raster/grid/grid.ts';
import type { Grid } from '../raster/raster.ts';
import type { Sites } from './sites.ts';

/** Numbers that the window of a point has in {@link Reach}. */
const MEMBERS = 4;

/** The windows of pixels that points may reach, in memory that threads share. */
export class Reach {
  readonly numbers: Int32Array;

  constructor(numbers: Int32Array) {
    this.numbers = numbers;
  }

  get count(): number {
    return this.numbers.length / MEMBERS;
  }

  /** Columns and rows of the window of a point: from the first ones to before the ends. */
  firstColumn(site: number): number {
    return this.numbers[site * MEMBERS] ?? 0;
  }

  /** The column after the last one of the window. */
  endColumn(site: number): number {
    return this.numbers[site * MEMBERS + 1] ?? 0;
  }

  /** The first row of the window. */
  firstRow(site: number): number {
    return this.numbers[site * MEMBERS + 2] ?? 0;
  }

  /** The row after the last one of the window. */
  endRow(site: number): number {
    return this.numbers[site * MEMBERS + 3] ?? 0;
  }
}

/**
 * The pixels that points may reach. Points that reach none have a window without rows.
 *
 * @param radius how far a point reaches, in units of the CRS; everywhere where it is undefined
 */
export function buildReach(grid: Grid, { xs, ys }: Sites, radius: number | undefined): Reach {
  const numbers = new Int32Array(new SharedArrayBuffer(xs.length * MEMBERS * Int32Array.BYTES_PER_ELEMENT));
  for (let site = 0; site < xs.length; site++) {
    const [x, y] = [xs[site] ?? 0, ys[site] ?? 0];
    // A pixel more on each side: the centres decide.
    const window =
      radius === undefined
        ? wholeWindow(grid)
        : windowFromBounds(grid, [x - radius, y - radius, x + radius, y + radius], 1);
    if (!window) continue;
    const { column, row, width, height } = window;
    numbers.set([column, column + width, row, row + height], site * MEMBERS);
  }
  return new Reach(numbers);
}

/** More pairs of points and pixels than that take longer than the time of a job. */
const MAXIMUM_PAIRS = 5e10;

/** How many pairs of a point and a pixel that it may reach there are. @throws LimitExceeded for too many */
export function countPairs(reach: Reach): number {
  let pairs = 0;
  for (let site = 0; site < reach.count; site++) {
    const columns = reach.endColumn(site) - reach.firstColumn(site);
    pairs += columns * (reach.endRow(site) - reach.firstRow(site));
  }
  if (pairs <= MAXIMUM_PAIRS) return pairs;
  throw new LimitExceeded(
    '/inputs/radius',
    `There are ${pairs} pairs of a point and a pixel within its radius; up to ${MAXIMUM_PAIRS} can be computed. Give a smaller radius or larger pixels.`,
  );
}
