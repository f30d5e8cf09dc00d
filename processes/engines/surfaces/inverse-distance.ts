import type { RunContext } from '../../../core/processes/declaration.ts';
import type { Grid } from '../raster/raster.ts';
import { type ReachedRow, rowsOf } from './rows.ts';
import type { Sites } from './sites.ts';

export interface InverseDistance {
  /** To which the distance is raised. */
  readonly power: number;
  /** Distance from which on points do not matter, in units of the CRS; none where it is undefined. */
  readonly radius: number | undefined;
  /** Value of pixels that no point reaches. */
  readonly nodata: number;
}

/**
 * Mean of the numbers of the points at the centres of the pixels, weighted by the inverse of a power of the distance
 * (D. Shepard, 1968). Where a point lies at a centre, its number; of several the first.
 *
 * @throws LimitExceeded where points and pixels are too many together
 */
export async function inverseDistance(
  grid: Grid,
  sites: Sites,
  { power, radius, nodata }: InverseDistance,
  context: RunContext,
): Promise<Float32Array> {
  const samples = new Float32Array(grid.width * grid.height).fill(nodata);
  const means = new Means(grid.width, power, radius ?? Infinity);
  for await (const pixels of rowsOf(grid, sites, radius, context, 'Interpolating')) {
    if (pixels.reached.length === 0) continue;
    means.clear();
    for (const { site, from, to } of pixels.reached) {
      means.add(pixels, sites.xs[site]!, sites.ys[site]!, sites.values[site]!, from, to);
    }
    means.write(samples, pixels.row);
  }
  return samples;
}

/**
 * Weighted means of a row of pixels. Weights are relative to that of the nearest point so far, so that no power makes
 * them vanish or overflow. Arrays and plain variables only: this is where the time goes.
 */
class Means {
  /** Square of the distance of the nearest point. */
  readonly #nearest: Float64Array;
  readonly #weights: Float64Array;
  readonly #sums: Float64Array;
  readonly #half: number;
  readonly #limit: number;

  constructor(width: number, power: number, limit: number) {
    this.#nearest = new Float64Array(width);
    this.#weights = new Float64Array(width);
    this.#sums = new Float64Array(width);
    this.#half = power / 2;
    this.#limit = limit;
  }

  clear(): void {
    this.#nearest.fill(Infinity);
    this.#weights.fill(0);
    this.#sums.fill(0);
  }

  add({ xs, ys }: ReachedRow, x: number, y: number, value: number, from: number, to: number): void {
    const nearest = this.#nearest;
    const weights = this.#weights;
    const sums = this.#sums;
    const half = this.#half;
    const limit = this.#limit;
    for (let column = from; column < to; column++) {
      const dx = xs[column]! - x;
      const dy = ys[column]! - y;
      const squared = dx * dx + dy * dy;
      const least = nearest[column]!;
      if (least === 0 || Math.sqrt(squared) > limit) continue;
      if (squared < least) {
        const share = half === 1 ? squared / least : (squared / least) ** half;
        nearest[column] = squared;
        weights[column] = weights[column]! * share + 1;
        sums[column] = sums[column]! * share + value;
      } else {
        const weight = half === 1 ? least / squared : (least / squared) ** half;
        weights[column]! += weight;
        sums[column]! += weight * value;
      }
    }
  }

  /** Leaves pixels that no point reached as they are. */
  write(samples: Float32Array, row: number): void {
    const start = row * this.#weights.length;
    for (let column = 0; column < this.#weights.length; column++) {
      if (this.#weights[column]! > 0) samples[start + column] = this.#sums[column]! / this.#weights[column]!;
    }
  }
}
