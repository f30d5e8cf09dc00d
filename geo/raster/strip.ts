import { type RowRange, type RunContext, type WorkSize, WorkToDivide } from '../../core/run/context.ts';
import { isDivided } from '../../core/run/row-parts.ts';
import { LimitExceeded } from '../../core/shared/errors.ts';
import type { Grid, Raster, Samples, Window } from './raster.ts';

/** What work asks of each part, where it is more than a pixel of four bytes in one round. */
type Asks = Partial<Pick<WorkSize, 'weight' | 'rounds'>> & {
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
  { pixels, ...asks }: Asks = {},
): Raster {
  const { divideAbove, rows } = division ?? {};
  const { width, height } = raster;
  const size: WorkSize = { width, height, weight: 1, rounds: 1, ...asks };
  if (divideAbove !== undefined && isDivided(size, divideAbove, pixels)) throw new WorkToDivide(size);
  return rows ? stripOfRaster(raster, rows) : raster;
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
 * Refuses what one worker would tell by a mask: whether there is one is known only when all parts are done.
 *
 * @param nodata value that pixels have that are there; undefined where some are missing and nothing stands for them
 * @throws LimitExceeded
 */
export function refuseMask(pointer: string, nodata: number | undefined): never {
  const why =
    nodata === undefined
      ? 'Pixels of the result are missing, and no number stands for them'
      : `Pixels of the result have the value ${nodata}, which stands for missing ones`;
  throw new LimitExceeded(
    pointer,
    `${why}. A raster of this size is put together from parts, which have no mask. Give a nodata that no pixel has, where the process takes one, or a part of the raster.`,
  );
}

/**
 * The rows of a raster that a part of the work is about, with as many rows around them as it needs to see, as a raster of
 * their own.
 */
export function stripOfRaster(raster: Raster, { first, end, halo }: RowRange): Raster {
  const { width, height, transform, crs, readMask } = raster;
  const row = Math.max(0, first - halo);
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  const grid: Grid = {
    width,
    height: Math.min(height, end + halo) - row,
    crs,
    transform: [x + row * xRow, xColumn, xRow, y + row * yRow, yColumn, yRow],
  };
  const all: Window = { column: 0, row: 0, width, height: grid.height };
  const shifted = <Read extends Samples | undefined>(
    read: (window: Window) => Promise<Read>,
    window: Window,
  ) => read({ ...window, row: window.row + row });
  return {
    ...raster,
    ...grid,
    strip: { whole: { width, height, transform, crs }, row, first, end },
    read: (band, window = all) => shifted((place) => raster.read(band, place), window),
    ...(readMask && {
      readMask: (band: number, window: Window = all) => shifted((place) => readMask(band, place), window),
    }),
  };
}
