/**
 * Part of a band in floating point that holds all its digits, NaN where a pixel is missing. Places are those of the whole raster; `column` and `row` are
 * where the part begins.
 */
export interface Pixels {
  readonly values: Float32Array | Float64Array;
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** Value of a pixel of the raster; NaN where it is missing or outside. */
export function pixelAt(pixels: Pixels, column: number, row: number): number {
  const x = column - pixels.column;
  const y = row - pixels.row;
  return x < 0 || y < 0 || x >= pixels.width || y >= pixels.height
    ? Number.NaN
    : (pixels.values[y * pixels.width + x] ?? 0);
}
