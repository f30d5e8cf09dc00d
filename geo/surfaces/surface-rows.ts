import { defineKernel } from '../parallel/kernel.ts';
import { affineX, affineY } from '../raster/grid/affine.ts';
import type { Grid } from '../raster/raster.ts';
import { findPartRows } from '../raster/values/row-shares.ts';
import { reachesAllRound } from './around-globe.ts';
import { type InverseDistance, inverseDistances } from './inverse-distance.ts';
import { type KernelDensity, kernelDensities } from './kernel-density.ts';
import { Reach } from './reach.ts';
import type { Sites } from './sites.ts';
import { hasVectorMeans, VectorMeans } from './vector-means.ts';

/** A row of pixels and the points that may reach some of them. */
export interface ReachedRow {
  /** Coordinates of the centres of the pixels. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Numbers of the points, in order. */
  readonly reached: Int32Array;
}

/** Computes the pixels of a row. */
export type ComputeRow = (row: ReachedRow, samples: Float32Array) => void;

export interface SurfaceWork {
  readonly grid: Grid;
  /** In shared memory, as are the numbers of {@link Reach}. */
  readonly sites: Sites;
  readonly reach: Int32Array;
  /** The last part may have fewer. */
  readonly rowsPerPart: number;
  readonly surface: KernelDensity | InverseDistance;
}

/** Computes the rows of a surface from the points that reach them. */
export const surfaceRows = defineKernel<SurfaceWork, Float32Array>(
  'surfaceRows',
  async ({ grid, sites, reach: numbers, rowsPerPart, surface }, { isDue, breathe }) => {
    const reach = new Reach(numbers);
    const { width, height, transform } = grid;
    const means =
      surface.method === 'inverseDistance' && hasVectorMeans(surface, grid, sites)
        ? new VectorMeans(grid, sites, surface, {
            isRound: reachesAllRound(grid, undefined),
            rows: rowsPerPart,
          })
        : undefined;
    const compute =
      surface.method === 'kernelDensity'
        ? kernelDensities(surface, sites, reach, width)
        : inverseDistances(surface, sites, reach, width, reachesAllRound(grid, surface.radius));
    const xs = new Float64Array(width);
    const ys = new Float64Array(width);
    return {
      part: async (number) => {
        const [first, end] = findPartRows(number, { height, rowsPerPart });
        const samples = new Float32Array((end - first) * width);
        if (means) {
          await means.compute(first, end, samples, async () => {
            if (isDue()) await breathe();
          });
          return samples;
        }
        const near = sitesBetween(reach, first, end);
        const reached = new Int32Array(near.length);
        for (let row = first; row < end; row++) {
          if (isDue()) await breathe();
          for (let column = 0; column < width; column++) {
            xs[column] = affineX(transform, column + 0.5, row + 0.5);
            ys[column] = affineY(transform, column + 0.5, row + 0.5);
          }
          let count = 0;
          for (const site of near)
            if (reach.firstRow(site) <= row && row < reach.endRow(site)) reached[count++] = site;
          const start = (row - first) * width;
          compute({ xs, ys, reached: reached.subarray(0, count) }, samples.subarray(start, start + width));
        }
        return samples;
      },
      end: () => {},
    };
  },
);

/** The points that reach some of the rows from the first to before the end. */
function sitesBetween(reach: Reach, first: number, end: number): Int32Array {
  const found: number[] = [];
  for (let site = 0; site < reach.count; site++)
    if (reach.firstRow(site) < end && first < reach.endRow(site)) found.push(site);
  return Int32Array.from(found);
}
