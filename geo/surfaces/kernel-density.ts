import type { Reach } from './reach.ts';
import type { Sites } from './sites.ts';
import type { ComputeRow, ReachedRow } from './surface-rows.ts';

/** Kernels as functions of the distance in radii, from 0 to 1 (B. W. Silverman, Density estimation, 1986). */
export const kernels = {
  quartic: (u: number) => (15 / 16) * (1 - u * u) ** 2,
  epanechnikov: (u: number) => (3 / 4) * (1 - u * u),
  triangular: (u: number) => 1 - u,
  uniform: () => 1 / 2,
} as const;
export type Kernel = keyof typeof kernels;

/** Sum of the kernels about the points, each times the number of the point, at the centres of the pixels. */
export interface KernelDensity {
  readonly method: 'kernelDensity';
  readonly kernel: Kernel;
  /** In units of the CRS of the grid. */
  readonly radius: number;
}

/**
 * Kernel density estimation (Silverman 1986), one row of pixels after the other: sums of the kernels as they are in `kernels`, not
 * scaled by the radius.
 *
 * @param reach which sites are within the radius of a row
 * @param width pixels of a row
 */
export function kernelDensities(
  { kernel, radius }: KernelDensity,
  { xs: siteXs, ys: siteYs, values }: Sites,
  reach: Reach,
  width: number,
): ComputeRow {
  const sums = new Float64Array(width);
  const weigh = kernels[kernel];
  /** Plain variables only: this is where the time goes. */
  const add = ({ xs, ys }: ReachedRow, site: number): void => {
    const x = siteXs[site] ?? 0;
    const y = siteYs[site] ?? 0;
    const value = values[site] ?? 0;
    const end = reach.endColumn(site);
    for (let column = reach.firstColumn(site); column < end; column++) {
      const dx = (xs[column] ?? 0) - x;
      const dy = (ys[column] ?? 0) - y;
      const share = Math.sqrt(dx * dx + dy * dy) / radius;
      if (share <= 1) sums[column] = (sums[column] ?? 0) + value * weigh(share);
    }
  };
  return (pixels, samples) => {
    sums.fill(0);
    for (const site of pixels.reached) add(pixels, site);
    samples.set(sums);
  };
}
