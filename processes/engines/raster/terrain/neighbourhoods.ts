import type { RunContext } from '../../../../core/processes/declaration.ts';
import { rangeOfType } from '../../raster-values/data-types.ts';
import { readRows } from '../../raster-values/read-rows.ts';
import { checkPixels } from '../pixel-limits.ts';
import type { Raster } from '../raster.ts';

/**
 * Value of a pixel from the nine around it, row by row from the upper left; `e` is the pixel itself. None of them is
 * missing. Not a number for a missing result. Values are single precision, as in gdaldem.
 */
export type Kernel = (
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
  i: number,
) => number;

const { fround } = Math;

/** Three rows with a pixel more at both ends. */
type Rows = readonly [above: Float32Array, middle: Float32Array, below: Float32Array];

/**
 * Computes a kernel for all pixels of a band, as gdaldem does (gdaldem_lib.cpp, `GDALGeneric3x3Processing`).
 *
 * @param computeEdges missing neighbours take the value of the pixel, and those beyond the border are extrapolated;
 *   without it the result is missing there
 * @param store receives the result of each pixel by its index; not a number where it is missing
 * @throws LimitExceeded when the band has too many pixels
 */
export async function eachNeighbourhood(
  raster: Raster,
  band: number,
  kernel: Kernel,
  computeEdges: boolean,
  store: (index: number, value: number) => void,
  context: RunContext,
): Promise<void> {
  checkPixels(raster, undefined, context);
  const { width, height } = raster;
  const beyond = extrapolationOf(raster, band);
  let [above, middle, below] = [0, 1, 2].map(() => new Float32Array(width + 2)) as unknown as Rows;
  const compute = (row: number): void => {
    const isEdge = row === 0 || row === height - 1;
    if (Math.min(width, height) < 2 || (isEdge && !computeEdges)) {
      for (let column = 0; column < width; column++) store(row * width + column, Number.NaN);
      return;
    }
    // In the first and last row the outer columns are repeated instead.
    for (const values of [above, middle, below]) {
      values[0] = isEdge ? values[1]! : beyond(values[1]!, values[2]!);
      values[width + 1] = isEdge ? values[width]! : beyond(values[width]!, values[width - 1]!);
    }
    computeRow([above, middle, below], row * width, kernel, computeEdges, store);
  };
  const extrapolate = (to: Float32Array, near: Float32Array, far: Float32Array): void => {
    for (let column = 1; column <= width; column++) to[column] = beyond(near[column]!, far[column]!);
  };

  let row = -1;
  for await (const values of readRows(raster, band, context, 'Computing')) {
    [above, middle, below] = [middle, below, above];
    below.set(values, 1);
    if (row === 0) extrapolate(above, middle, below);
    if (row >= 0) compute(row);
    row++;
  }
  [above, middle, below] = [middle, below, above];
  extrapolate(below, middle, above);
  compute(row);
}

function computeRow(
  [above, middle, below]: Rows,
  start: number,
  kernel: Kernel,
  computeEdges: boolean,
  store: (index: number, value: number) => void,
): void {
  const width = middle.length - 2;
  for (let column = 0; column < width; column++) {
    let a = above[column]!;
    let b = above[column + 1]!;
    let c = above[column + 2]!;
    let d = middle[column]!;
    const e = middle[column + 1]!;
    let f = middle[column + 2]!;
    let g = below[column]!;
    let h = below[column + 1]!;
    let i = below[column + 2]!;
    if (computeEdges) {
      if (Number.isNaN(a)) a = e;
      if (Number.isNaN(b)) b = e;
      if (Number.isNaN(c)) c = e;
      if (Number.isNaN(d)) d = e;
      if (Number.isNaN(f)) f = e;
      if (Number.isNaN(g)) g = e;
      if (Number.isNaN(h)) h = e;
      if (Number.isNaN(i)) i = e;
    } else if (column === 0 || column === width - 1) {
      store(start + column, Number.NaN);
      continue;
    }
    const sum = a + b + c + d + e + f + g + h + i;
    store(start + column, Number.isNaN(sum) ? Number.NaN : kernel(a, b, c, d, e, f, g, h, i));
  }
}

/** A value beyond the border from the two before it, missing if one of them is. */
function extrapolationOf({ bands }: Raster, band: number): (near: number, far: number) => number {
  const { dataType, nodata } = bands[band - 1]!;
  // Of integers, what happens to be nodata is moved by one.
  const avoided = rangeOfType(dataType) ? nodata : undefined;
  return (near, far) => {
    const value = fround(2 * near - far);
    return value === avoided ? value + 1 : value;
  };
}
