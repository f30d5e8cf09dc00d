import type { RunContext } from '../../../../core/processes/declaration.ts';
import { rangeOfType } from '../../raster-values/data-types.ts';
import { readSingleRows } from '../../raster-values/read-rows.ts';
import { checkPixels } from '../pixel-limits.ts';
import type { Raster } from '../raster.ts';
import { fillGaps } from './gaps.ts';

/**
 * Computes the pixels of a row from it and the rows above and below, which have a pixel more at both ends: result 0 is that
 * of column 1. Whole rows keep the loop in the kernel, where it is compiled for what it does. Where one of the nine pixels is
 * missing the result does not matter. Not a number for a missing result. Values are single precision, as in gdaldem.
 */
export type Kernel = (
  above: Float32Array,
  middle: Float32Array,
  below: Float32Array,
  results: Float32Array,
) => void;

const { fround } = Math;

/** A row with a pixel more at both ends. */
interface Row {
  readonly values: Float32Array;
  /** All of its values are finite numbers. */
  complete: boolean;
}

/**
 * Computes a kernel for all pixels of a band, as gdaldem does (gdaldem_lib.cpp, `GDALGeneric3x3Processing`).
 *
 * @param computeEdges missing neighbours take the value of the pixel, and those beyond the border are extrapolated;
 *   without it the result is missing there
 * @param store receives the results of each row, not a number where they are missing; the next row overwrites them
 * @throws LimitExceeded when the band has too many pixels
 */
export async function eachNeighbourhood(
  raster: Raster,
  band: number,
  kernel: Kernel,
  computeEdges: boolean,
  store: (row: number, results: Float32Array) => void,
  context: RunContext,
): Promise<void> {
  checkPixels(raster, undefined, context);
  const { width, height } = raster;
  const beyond = extrapolationOf(raster, band);
  const results = new Float32Array(width);
  const newRow = (): Row => ({ values: new Float32Array(width + 2), complete: true });
  let [above, middle, below] = [newRow(), newRow(), newRow()];
  const compute = (row: number): void => {
    const isEdge = row === 0 || row === height - 1;
    if (Math.min(width, height) < 2 || (isEdge && !computeEdges)) {
      store(row, results.fill(Number.NaN));
      return;
    }
    // In the first and last row the outer columns are repeated instead.
    for (const { values } of [above, middle, below]) {
      values[0] = isEdge ? values[1]! : beyond(values[1]!, values[2]!);
      values[width + 1] = isEdge ? values[width]! : beyond(values[width]!, values[width - 1]!);
    }
    kernel(above.values, middle.values, below.values, results);
    if (!(above.complete && middle.complete && below.complete))
      fillGaps(above.values, middle.values, below.values, results, kernel, computeEdges);
    if (!computeEdges) results[0] = results[width - 1] = Number.NaN;
    store(row, results);
  };
  const extrapolate = (to: Row, near: Row, far: Row): void => {
    for (let column = 1; column <= width; column++)
      to.values[column] = beyond(near.values[column]!, far.values[column]!);
    to.complete = near.complete && far.complete;
  };

  let row = -1;
  for await (const values of readSingleRows(raster, band, context, 'Computing')) {
    [above, middle, below] = [middle, below, above];
    below.complete = copyRow(values, below.values);
    if (row === 0) extrapolate(above, middle, below);
    if (row >= 0) compute(row);
    row++;
  }
  [above, middle, below] = [middle, below, above];
  extrapolate(below, middle, above);
  compute(row);
}

/** Copies a row between its outer pixels, and tells whether all of it are finite numbers. */
function copyRow(from: Float32Array, to: Float32Array): boolean {
  to.set(from, 1);
  // Zero times a number is zero only if the number is finite.
  let zero = 0;
  for (let column = 0; column < from.length; column++) zero += from[column]! * 0;
  return zero === 0;
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
