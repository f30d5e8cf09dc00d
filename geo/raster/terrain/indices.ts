import type { Kernel } from './kernels.ts';

export const indices = ['tri', 'triWilson', 'tpi', 'roughness'] as const;
export type TerrainIndex = (typeof indices)[number];

const { fround } = Math;

/**
 * Ruggedness of the eight neighbours of a pixel: TRI by Riley et al. (1999), the root of the sum of squared differences,
 * and by Wilson et al. (2007), the mean absolute difference; TPI (Weiss 2001), the pixel minus the mean of its
 * neighbours; roughness (Dartnell 2000), the greatest minus the least of the nine.
 */
export const indexKernels: Readonly<Record<TerrainIndex, Kernel>> = {
  tri: (above, middle, below, results) => {
    const sums = sumsOver(above, middle, below, results.length, addSquares);
    for (let column = 0; column < results.length; column++) results[column] = Math.sqrt(sums[column] ?? 0);
  },
  triWilson: (above, middle, below, results) => {
    const sums = sumsOver(above, middle, below, results.length, addDistances);
    for (let column = 0; column < results.length; column++) results[column] = (sums[column] ?? 0) / 8;
  },
  tpi: (above, middle, below, results) => {
    const sums = sumsOver(above, middle, below, results.length, addValues);
    for (let column = 0; column < results.length; column++)
      results[column] = (middle[column + 1] ?? 0) - (sums[column] ?? 0) / 8;
  },
  roughness: (above, middle, below, results) => {
    for (let column = 0; column < results.length; column++) {
      let least = middle[column + 1] ?? 0;
      let most = least;
      for (let shift = column; shift < column + 3; shift++) {
        least = Math.min(least, above[shift] ?? 0, middle[shift] ?? 0, below[shift] ?? 0);
        most = Math.max(most, above[shift] ?? 0, middle[shift] ?? 0, below[shift] ?? 0);
      }
      results[column] = most - least;
    }
  },
};

/** Adds to the sum of each pixel what one of its neighbours contributes; that is in `row`, `shift` columns along. */
type Add = (sums: Float64Array, row: Float32Array, shift: number, middle: Float32Array) => void;

/** The sums over the eight neighbours of each pixel, added row by row. */
function sumsOver(
  above: Float32Array,
  middle: Float32Array,
  below: Float32Array,
  count: number,
  add: Add,
): Float64Array {
  const sums = new Float64Array(count);
  for (let shift = 0; shift < 3; shift++) add(sums, above, shift, middle);
  for (let shift = 0; shift < 3; shift += 2) add(sums, middle, shift, middle);
  for (let shift = 0; shift < 3; shift++) add(sums, below, shift, middle);
  return sums;
}

const addSquares: Add = (sums, row, shift, middle) => {
  for (let column = 0; column < sums.length; column++) {
    const difference = fround((row[column + shift] ?? 0) - (middle[column + 1] ?? 0));
    sums[column] = (sums[column] ?? 0) + difference * difference;
  }
};

const addDistances: Add = (sums, row, shift, middle) => {
  for (let column = 0; column < sums.length; column++)
    sums[column] =
      (sums[column] ?? 0) + Math.abs(fround((row[column + shift] ?? 0) - (middle[column + 1] ?? 0)));
};

const addValues: Add = (sums, row, shift) => {
  for (let column = 0; column < sums.length; column++)
    sums[column] = (sums[column] ?? 0) + (row[column + shift] ?? 0);
};
