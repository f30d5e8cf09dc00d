import type { RowRange } from '../../../core/run/context.ts';
import type { Grid, Raster, Samples, Window } from '../raster.ts';
import { gridFromWindow, wholeWindow } from './grid.ts';

/**
 * The rows of a raster that a part of the work is about, with as many rows around them as it needs to see, as a raster of
 * their own.
 */
export function stripOfRaster(raster: Raster, { first, end, halo }: RowRange): Raster {
  const { width, height, transform, crs, readMask } = raster;
  const row = Math.max(0, first - halo);
  const within: Window = { column: 0, row, width, height: Math.min(height, end + halo) - row };
  const shifted = <Read extends Samples | undefined>(
    read: (window: Window) => Promise<Read>,
    window: Window,
  ) => read({ ...window, row: window.row + row });
  const grid: Grid = gridFromWindow(raster, within);
  return {
    ...raster,
    ...grid,
    strip: { whole: { width, height, transform, crs }, row, first, end },
    read: (band, window = wholeWindow(grid)) => shifted((place) => raster.read(band, place), window),
    ...(readMask && {
      readMask: (band: number, window: Window = wholeWindow(grid)) =>
        shifted((place) => readMask(band, place), window),
    }),
  };
}
