import type { Grid, Mask, Raster, Window } from '../../geo/raster/raster.ts';

/** What remains of a raster. */
export interface Part {
  /** The raster that is read; one around the globe may begin at another column than it came with. */
  readonly raster: Raster;
  /** Grid of the result. */
  readonly grid: Grid;
  /** The pixels of the raster that are those of the result. */
  readonly window: Window;
  /** Of some rows of the result, 1 for each pixel that remains; all remain where it is absent. */
  readonly makeMask?: (rows: Window) => Promise<Mask>;
}

/** Bounds in columns and rows of a raster. */
export interface PixelBounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The pixels of a raster that bounds meet, whole; undefined where there are none. */
export function windowFromPixelBounds(
  { width, height }: Grid,
  { left, top, right, bottom }: PixelBounds,
): Window | undefined {
  const column = Math.max(0, Math.floor(left));
  const row = Math.max(0, Math.floor(top));
  const columns = Math.min(width, Math.ceil(right)) - column;
  const rows = Math.min(height, Math.ceil(bottom)) - row;
  return columns > 0 && rows > 0 ? { column, row, width: columns, height: rows } : undefined;
}
