import type { RunContext } from '../../../core/processes/declaration.ts';
import type { Grid } from '../raster/raster.ts';
import { type ReachedRow, rowsOf } from './rows.ts';
import type { Sites } from './sites.ts';

/** Kernels as functions of the distance in radii, from 0 to 1 (B. W. Silverman, Density estimation, 1986). */
export const kernels = {
  quartic: (u: number) => (15 / 16) * (1 - u * u) ** 2,
  epanechnikov: (u: number) => (3 / 4) * (1 - u * u),
  triangular: (u: number) => 1 - u,
  uniform: () => 1 / 2,
} as const;
export type Kernel = keyof typeof kernels;

/**
 * Sum of the kernels about the points, each times the number of the point, at the centres of the pixels.
 *
 * @param radius in units of the CRS of the grid
 * @throws LimitExceeded where points and pixels are too many together
 */
export async function kernelDensity(
  grid: Grid,
  sites: Sites,
  kernel: Kernel,
  radius: number,
  context: RunContext,
): Promise<Float32Array> {
  const samples = new Float32Array(grid.width * grid.height);
  const sums = new Float64Array(grid.width);
  const weigh = kernels[kernel];
  for await (const pixels of rowsOf(grid, sites, radius, context, 'Adding up points')) {
    if (pixels.reached.length === 0) continue;
    sums.fill(0);
    for (const { site, from, to } of pixels.reached) {
      const [x, y, value] = [sites.xs[site]!, sites.ys[site]!, sites.values[site]!];
      add(sums, pixels, x, y, value, from, to, radius, weigh);
    }
    samples.set(sums, pixels.row * grid.width);
  }
  return samples;
}

/** Plain variables only: this is where the time goes. */
function add(
  sums: Float64Array,
  { xs, ys }: ReachedRow,
  x: number,
  y: number,
  value: number,
  from: number,
  to: number,
  radius: number,
  weigh: (u: number) => number,
): void {
  for (let column = from; column < to; column++) {
    const dx = xs[column]! - x;
    const dy = ys[column]! - y;
    const share = Math.sqrt(dx * dx + dy * dy) / radius;
    if (share <= 1) sums[column]! += value * weigh(share);
  }
}
