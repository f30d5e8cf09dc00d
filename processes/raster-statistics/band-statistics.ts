import type { RunContext } from '../../core/run/context.ts';
import type { Samples } from '../../geo/raster/raster.ts';
import {
  computeMoments,
  type Moments,
  meanFrom,
  sumFrom,
  varianceFrom,
} from '../../geo/statistics/moments.ts';
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

/** What is said of the values of a band. */
export type Statistics = Omit<BandStatistics, 'band' | 'scaled' | 'unit' | 'count' | 'nodataCount'>;

/** What the statistics of a band are made of. */
export interface Found {
  readonly moments: Moments;
  /** The median, and the percentiles that were asked for; empty where there are no values. */
  readonly percentiles: readonly number[];
  readonly histogram?: Histogram;
}

/** The percentiles that are computed: that of the median, and those that are asked for. */
export const withMedian = (percentiles: readonly number[]): readonly number[] => [50, ...percentiles];

/**
 * Statistics of values as NumPy computes them (`std` of the population, `percentile` with linear interpolation,
 * `histogram`), but with sums that are rounded once. Of no values they are null, the sum 0.
 */
export async function computeStatistics(
  values: Samples,
  percentiles: readonly number[],
  bins: number | undefined,
  context: RunContext,
): Promise<Statistics> {
  const moments = await computeMoments(values, (done) =>
    context.progress(done, values.length, 'Summarising'),
  );
  const { min, max, count } = moments;
  const found = await computePercentiles(values, withMedian(percentiles), min, max, context);
  const histogram = bins !== undefined && count > 0 && computeHistogram({ values }, bins, min, max);
  return describeStatistics(
    { moments, percentiles: found, ...(histogram && { histogram }) },
    percentiles,
    bins,
  );
}

/** What was found of a band as the client reads it. */
export function describeStatistics(
  { moments, percentiles: [median, ...found], histogram }: Found,
  percentiles: readonly number[],
  bins: number | undefined,
): Statistics {
  const orNull = (value: number) => (moments.count === 0 ? null : value);
  return {
    min: orNull(moments.min),
    max: orNull(moments.max),
    mean: orNull(meanFrom(moments)),
    median: median ?? null,
    stddev: orNull(Math.sqrt(varianceFrom(moments))),
    sum: sumFrom(moments),
    percentiles: Object.fromEntries(
      percentiles.map((percentile, index) => [String(percentile), found[index] ?? null]),
    ),
    ...(bins === undefined ? {} : { histogram: histogram ?? null }),
  };
}
