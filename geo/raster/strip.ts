import {
  type Division,
  type RowRange,
  type RunContext,
  type WorkSize,
  WorkToDivide,
} from '../../core/run/context.ts';
import { isDivided } from '../../core/run/row-parts.ts';
import { LimitExceeded } from '../../core/shared/errors.ts';
import type { Grid, Raster, Samples, Strip, Window } from './raster.ts';

/** What work asks of each part, where it is more than a pixel of four bytes in one round. */
type Asks = Partial<Pick<WorkSize, 'weight' | 'rounds' | 'effort'>> & {
  /** Pixels that are needed, where they are not all. */
  readonly pixels?: number;
};

/**
 * A raster as a run works on it: the strip of it that the run is about, or all of it.
 *
 * @throws WorkToDivide when it is too large for a run that can be divided
 */
export function dividedRaster(
  raster: Raster,
  { division }: Pick<RunContext, 'division'>,
  asks: Asks = {},
): Raster {
  divide(raster, division, asks);
  return division?.rows ? stripOfRaster(raster, division.rows) : raster;
}

/**
 * The same of the grid of a result, which is made of pixels of one or several rasters that lie elsewhere.
 *
 * @throws WorkToDivide
 */
export function dividedGrid<Of extends Grid>(
  grid: Of,
  { division }: Pick<RunContext, 'division'>,
  asks: Asks = {},
): Of {
  divide(grid, division, asks);
  return division?.rows ? { ...grid, ...stripOfGrid(grid, division.rows) } : grid;
}

function divide({ width, height }: Grid, division: Division | undefined, { pixels, ...asks }: Asks): void {
  const { divideAbove } = division ?? {};
  const size: WorkSize = { width, height, weight: 1, rounds: 1, ...asks };
  if (divideAbove !== undefined && isDivided(size, divideAbove, pixels)) throw new WorkToDivide(size);
}

/**
 * Where the rows that a run is about begin and end in its raster: without those around them that are only looked at.
 */
export const ownRows = ({
  height,
  strip,
}: Pick<Grid, 'height' | 'strip'>): readonly [first: number, end: number] =>
  strip ? [strip.first - strip.row, strip.end - strip.row] : [0, height];

/**
 * Refuses what one worker would tell by a mask instead of nodata: whether there is a pixel that makes it do so is known only
 * when all parts are done.
 *
 * @param nodata value that pixels have that are there
 * @throws LimitExceeded
 */
export function refuseMask(pointer: string, nodata: number): never {
  throw new LimitExceeded(
    pointer,
    `Valid pixels of the result have the nodata value ${nodata}. A raster of this size is assembled from parts, which must all have the same nodata value. Set "nodata" to a value that no pixel has, or process a part of the raster.`,
  );
}

/**
 * The rows of a raster that a part of the work is about, with as many rows around them as it needs to see, as a raster of
 * their own.
 */
export function stripOfRaster(raster: Raster, rows: RowRange): Raster {
  const { readMask } = raster;
  const grid = stripOfGrid(raster, rows);
  const all: Window = { column: 0, row: 0, width: grid.width, height: grid.height };
  const shifted = <Read extends Samples | undefined>(
    read: (window: Window) => Promise<Read>,
    window: Window,
  ) => read({ ...window, row: window.row + grid.strip.row });
  return {
    ...raster,
    ...grid,
    read: (band, window = all) => shifted((place) => raster.read(band, place), window),
    ...(readMask && {
      readMask: (band: number, window: Window = all) => shifted((place) => readMask(band, place), window),
    }),
  };
}

function stripOfGrid(
  { width, height, transform, crs }: Grid,
  { first, end, halo }: RowRange,
): Grid & { readonly strip: Strip } {
  const row = Math.max(0, first - halo);
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  return {
    width,
    height: Math.min(height, end + halo) - row,
    crs,
    transform: [x + row * xRow, xColumn, xRow, y + row * yRow, yColumn, yRow],
    strip: { whole: { width, height, transform, crs }, row, first, end },
  };
}
