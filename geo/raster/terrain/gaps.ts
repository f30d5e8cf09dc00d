import type { Kernel } from './kernels.ts';
import type { Ground } from './pixel-size-on-ground.ts';

/**
 * Computes anew what a kernel made of the pixels of a row that have a missing pixel among the nine around them.
 *
 * @param computeEdges missing neighbours take the value of the pixel; without it the result is missing
 */
export function fillGaps(
  above: Float32Array,
  middle: Float32Array,
  below: Float32Array,
  results: Float32Array,
  kernel: Kernel,
  ground: Ground,
  computeEdges: boolean,
): void {
  const around = [new Float32Array(3), new Float32Array(3), new Float32Array(3)] as const;
  const result = new Float32Array(1);
  for (let column = 0; column < results.length; column++) {
    if (!Number.isNaN(sumAt(above, column) + sumAt(middle, column) + sumAt(below, column))) continue;
    results[column] = Number.NaN;
    const own = middle[column + 1] ?? 0;
    if (!computeEdges || Number.isNaN(own)) continue;
    for (let shift = 0; shift < 3; shift++) {
      around[0][shift] = presentOr(above[column + shift] ?? 0, own);
      around[1][shift] = presentOr(middle[column + shift] ?? 0, own);
      around[2][shift] = presentOr(below[column + shift] ?? 0, own);
    }
    if (Number.isNaN(sumAt(around[0], 0) + sumAt(around[1], 0) + sumAt(around[2], 0))) continue;
    kernel(around[0], around[1], around[2], result, ground);
    results[column] = result[0] ?? 0;
  }
}

/** Sum of three pixels; not a number where one is missing, or infinities cancel out. */
const sumAt = (row: Float32Array, column: number): number =>
  (row[column] ?? 0) + (row[column + 1] ?? 0) + (row[column + 2] ?? 0);

const presentOr = (value: number, otherwise: number): number => (Number.isNaN(value) ? otherwise : value);
