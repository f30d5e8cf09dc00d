import type { RunContext } from '../../core/run/context.ts';
import type { Samples } from '../../geo/raster/raster.ts';
import { computeHistogram, type Histogram } from './histogram.ts';
import { computePercentiles } from './percentiles.ts';

export interface BandStatistics {
  readonly band: number;
  readonly scaled: boolean;
  readonly unit?: string;
  readonly count: number;
  readonly nodataCount: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly median: number | null;
  readonly stddev: number | null;
  readonly sum: number;
  readonly percentiles: Readonly<Record<string, number | null>>;
  readonly histogram?: Histogram | null;
}

type Statistics = Omit<BandStatistics, 'band' | 'scaled' | 'unit' | 'count' | 'nodataCount'>;

/** Values that are summarised between two looks at the clock. */
const BLOCK = 1 << 20;

/**
 * Statistics of values as NumPy computes them (`std` of the population, `percentile` with linear interpolation,
 * `histogram`). Of no values they are null, the sum 0.
 */
export async function computeStatistics(
  values: Samples,
  percentiles: readonly number[],
  bins: number | undefined,
  context: RunContext,
): Promise<Statistics> {
  const wanted = [50, ...percentiles];
  const { sum, min, max, squares } = await computeMoments(values, context);
  const [median = null, ...found] = await computePercentiles(values, wanted, min, max, context);
  const named = Object.fromEntries(
    percentiles.map((percentile, index) => [String(percentile), found[index] ?? null]),
  );
  const none = values.length === 0;
  const histogram =
    bins === undefined ? {} : { histogram: none ? null : computeHistogram(values, bins, min, max) };
  return {
    min: none ? null : min,
    max: none ? null : max,
    mean: none ? null : sum / values.length,
    median,
    stddev: none ? null : Math.sqrt(squares / values.length),
    sum,
    percentiles: named,
    ...histogram,
  };
}

/** Sum, extremes, and the sum of squared deviations from the mean, which a second pass finds without cancellation. */
async function computeMoments(values: Samples, context: RunContext) {
  let sum = 0;
  let [min, max] = [Infinity, -Infinity];
  for (let start = 0; start < values.length; start += BLOCK) {
    await context.progress(start, 2 * values.length, 'Summarising');
    // Sums of blocks are added, so that small values are not lost in a large total.
    const block = extent(values.subarray(start, start + BLOCK));
    sum += block.sum;
    min = Math.min(min, block.min);
    max = Math.max(max, block.max);
  }
  const mean = sum / values.length;
  let squares = 0;
  for (let start = 0; start < values.length; start += BLOCK) {
    await context.progress(values.length + start, 2 * values.length, 'Summarising');
    squares += squaresAround(mean, values.subarray(start, start + BLOCK));
  }
  return { sum, min, max, squares };
}

function extent(values: Samples) {
  let sum = 0;
  let [min, max] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    sum += value;
    // Without branches, which take longer than the two instructions.
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { sum, min, max };
}

function squaresAround(mean: number, values: Samples): number {
  let squares = 0;
  for (let index = 0; index < values.length; index++) {
    const deviation = (values[index] ?? Number.NaN) - mean;
    squares += deviation * deviation;
  }
  return squares;
}
