import type { Reach } from './reach.ts';
import type { Sites } from './sites.ts';
import type { ComputeRow, ReachedRow } from './surface-rows.ts';

/**
 * Mean of the numbers of the points at the centres of the pixels, weighted by the inverse of a power of the distance
 * (D. Shepard, 1968). Where a point lies at a centre, its number; of several the first.
 */
export interface InverseDistance {
  readonly method: 'inverseDistance';
  /** To which the distance is raised. */
  readonly power: number;
  /** Distance from which on points do not matter, in units of the CRS; none where it is undefined. */
  readonly radius: number | undefined;
  /** Value of pixels that no point reaches. */
  readonly nodata: number;
}

/** Degrees of a whole turn. */
export const TURN = 360;
/** Degrees beyond which it is shorter the other way round. */
export const HALF_TURN = TURN / 2;

/**
 * Inverse distance weighting (Shepard 1968), one row of pixels after the other.
 *
 * @param roundGlobe whether x are longitudes in degrees, and differences of them are taken the shorter way round
 * @param reach which sites are within the radius of a row; not asked where there is no radius
 * @param width pixels of a row
 */
export function inverseDistances(
  { power, radius, nodata }: InverseDistance,
  sites: Sites,
  reach: Reach,
  width: number,
  roundGlobe: boolean,
): ComputeRow {
  const half = roundGlobe ? HALF_TURN : Infinity;
  if (radius === undefined) {
    return ({ xs, ys }, samples) => {
      for (let column = 0; column < width; column++)
        samples[column] = computeMean(xs[column] ?? 0, ys[column] ?? 0, sites, power / 2, half) ?? nodata;
    };
  }
  const means = new Means(width, power / 2, radius, half);
  return (pixels, samples) => {
    means.clear();
    for (const site of pixels.reached)
      means.add(
        pixels,
        sites.xs[site] ?? 0,
        sites.ys[site] ?? 0,
        sites.values[site] ?? 0,
        reach.firstColumn(site),
        reach.endColumn(site),
      );
    means.write(samples, nodata);
  };
}

/**
 * Mean at a place; undefined without points. Every point reaches every pixel, so what is added up for a pixel stays in registers. Weights are relative to that of
 * the nearest point so far, so that no power makes them vanish or overflow. Plain variables only: this is where the
 * time goes.
 *
 * @param half of the power
 * @param halfTurn difference of x beyond which the other way round is shorter
 */
export function computeMean(
  x: number,
  y: number,
  { xs, ys, values }: Sites,
  half: number,
  halfTurn: number,
): number | undefined {
  let nearest = Infinity;
  let weights = 0;
  let sum = 0;
  const count = xs.length;
  for (let site = 0; site < count; site++) {
    let dx = Math.abs(x - (xs[site] ?? 0));
    if (dx > halfTurn) dx = Math.abs(dx - TURN);
    const dy = y - (ys[site] ?? 0);
    const squared = dx * dx + dy * dy;
    if (squared < nearest) {
      const share = half === 1 ? squared / nearest : (squared / nearest) ** half;
      nearest = squared;
      weights = weights * share + 1;
      sum = sum * share + (values[site] ?? 0);
      if (squared === 0) break;
    } else {
      const weight = half === 1 ? nearest / squared : (nearest / squared) ** half;
      weights += weight;
      sum += weight * (values[site] ?? 0);
    }
  }
  return weights > 0 ? sum / weights : undefined;
}

/** Weighted means of a row of pixels, in the same way. Arrays and plain variables only: this is where the time goes. */
class Means {
  /** Square of the distance of the nearest point. */
  readonly #nearest: Float64Array;
  readonly #weights: Float64Array;
  readonly #sums: Float64Array;
  readonly #half: number;
  readonly #limit: number;
  readonly #halfTurn: number;

  constructor(width: number, half: number, limit: number, halfTurn: number) {
    this.#nearest = new Float64Array(width);
    this.#weights = new Float64Array(width);
    this.#sums = new Float64Array(width);
    this.#half = half;
    this.#limit = limit;
    this.#halfTurn = halfTurn;
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
    const halfTurn = this.#halfTurn;
    for (let column = from; column < to; column++) {
      let dx = Math.abs((xs[column] ?? 0) - x);
      if (dx > halfTurn) dx = Math.abs(dx - TURN);
      const dy = (ys[column] ?? 0) - y;
      const squared = dx * dx + dy * dy;
      const least = nearest[column] ?? 0;
      if (least === 0 || Math.sqrt(squared) > limit) continue;
      if (squared < least) {
        const share = half === 1 ? squared / least : (squared / least) ** half;
        nearest[column] = squared;
        weights[column] = (weights[column] ?? 0) * share + 1;
        sums[column] = (sums[column] ?? 0) * share + value;
      } else {
        const weight = half === 1 ? least / squared : (least / squared) ** half;
        weights[column] = (weights[column] ?? 0) + weight;
        sums[column] = (sums[column] ?? 0) + weight * value;
      }
    }
  }

  write(samples: Float32Array, nodata: number): void {
    for (let column = 0; column < samples.length; column++) {
      const weight = this.#weights[column] ?? 0;
      samples[column] = weight > 0 ? (this.#sums[column] ?? 0) / weight : nodata;
    }
  }
}
