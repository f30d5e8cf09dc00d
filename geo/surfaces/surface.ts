import type { RunContext } from '../../core/run/context.ts';
import { shareWork } from '../parallel/share-work.ts';
import type { Grid } from '../raster/raster.ts';
import { joinRowParts, listRowPartSizes } from '../raster/values/row-shares.ts';
import { aroundGlobe, reachesAllRound } from './around-globe.ts';
import { buildReach, countPairs } from './reach.ts';
import type { Sites } from './sites.ts';
import { type SurfaceWork, surfaceRows } from './surface-rows.ts';
import { hasVectorMeans } from './vector-means.ts';

/** Pairs of a point and a pixel that take about as long as a vertex does in other works that threads share. */
const PAIRS_PER_VERTEX = 200;
/** Pairs of a part of the work, and rows that it has at most. */
const PAIRS_PER_PART = 2e6;
const ROWS_PER_PART = 64;
/** How many times as many pairs vector instructions take in the same time. */
const FASTER = 10;

/**
 * The pixels of a surface that is computed from points, shared by all cores.
 *
 * @param message what is being done, for the progress
 * @throws LimitExceeded where points and pixels are too many together
 */
export async function computeSurface(
  grid: Grid,
  given: Sites,
  surface: SurfaceWork['surface'],
  context: RunContext,
  message: string,
): Promise<Float32Array> {
  const { width, height } = grid;
  const sites = aroundGlobe(grid, given, surface.radius);
  const isRound = surface.method === 'inverseDistance' && reachesAllRound(grid, surface.radius);
  const reach = buildReach(grid, sites, isRound ? undefined : surface.radius);
  const isFast = surface.method === 'inverseDistance' && hasVectorMeans(surface, grid, sites);
  const pairs = countPairs(reach) / (isFast ? FASTER : 1);
  const rows = Math.floor((PAIRS_PER_PART * height) / Math.max(1, pairs));
  const rowsPerPart = Math.max(1, Math.min(ROWS_PER_PART, rows));
  const parts = await shareWork(
    surfaceRows,
    { grid, sites, reach: reach.numbers, rowsPerPart, surface },
    {
      context,
      sizes: listRowPartSizes({ height, rowsPerPart }),
      vertices: pairs / PAIRS_PER_VERTEX,
      reportProgress: (done) => context.progress(done, height, message),
    },
  );
  return joinRowParts(parts, new Float32Array(width * height));
}
