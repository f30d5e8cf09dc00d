import type { RowRange } from '../../core/run/context.ts';
import type { Grid, Raster, Samples, Window } from './raster.ts';

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
