import type { Run } from '../../core/processes/declaration.ts';
import { type RunContext, WorkToDivide } from '../../core/run/context.ts';
import { partSummary } from '../../core/run/part-summary.ts';
import { greatest } from '../../core/shared/arrays.ts';
import { counted } from '../../core/shared/quote.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { Raster } from '../../geo/raster/raster.ts';
import { dividedRaster } from '../../geo/raster/strip.ts';
import { weighPixel } from '../../geo/raster/values/data-types.ts';
import { scaleValues } from '../../geo/raster/values/scaled-raster.ts';
import { computeStatistics, describeStatistics, type Statistics } from './band-statistics.ts';
import { presentValues } from './present-values.ts';
import type declaration from './process.ts';
import { countPart, countRounds, foundFrom, type Known, mergeRound, type Wanted } from './rounds.ts';

/** Statistics of a band, and how many values they are of. */
interface Summary {
  readonly count: number;
  /** How many pixels are there and infinite. */
  readonly infinite: number;
  readonly statistics: Statistics;
}

/** Summarises one band after the other; a raster that is too large for that in parts. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const opened = await openWholeRaster(inputs.raster, context);
  const numbers = inputs.bands ?? opened.bands.map((_, index) => index + 1);
  for (const [index, band] of numbers.entries()) checkBand(opened, band, `/inputs/bands/${index}`);
  const { scaled } = inputs;
  const whole = scaleValues(opened, numbers, scaled, context);
  const wanted: Wanted = { ...inputs, bands: numbers, histogramBins: inputs.histogramBins };
  const { summaries, rows, found } = context.division ?? {};
  const known = found as readonly Known[] | undefined;
  const size = { weight: greatest(numbers.map((band) => weighBand(whole, band))) * numbers.length };
  const raster = dividedRaster(whole, context, { ...size, rounds: countRounds(whole, numbers) });
  if (!summaries) checkPixels(raster, undefined, context, numbers.length);
  if (rows) return partSummary(await countPart(raster, wanted, known, context));
  const results = summaries
    ? await mergeParts(summaries, raster, wanted, known, size.weight)
    : await summarise(raster, wanted, context);
  const { width, height } = raster;
  const bands = numbers.map((band, index) => {
    const { count, infinite, statistics } = requirePresent(results[index], 'The statistics');
    if (infinite > 0)
      context.warn(
        `Band ${band} has ${counted(infinite, 'infinite pixel')}, which ${infinite === 1 ? 'is' : 'are'} counted as nodata.`,
        { input: '/inputs/raster' },
      );
    const { unit } = requirePresent(raster.bands[band - 1], 'The band');
    const nodataCount = width * height - count;
    return { band, scaled, ...(unit !== undefined && { unit }), count, nodataCount, ...statistics };
  });
  return { result: { bands } };
};

const weighBand = ({ bands }: Raster, band: number): number =>
  weighPixel(requirePresent(bands[band - 1], 'The band').dataType);

async function summarise(
  raster: Raster,
  { bands, percentiles, histogramBins }: Wanted,
  context: RunContext,
): Promise<Summary[]> {
  const summaries: Summary[] = [];
  for (const band of bands) {
    const { values, infinite } = await presentValues(raster, band, context);
    const statistics = await computeStatistics(values, percentiles, histogramBins, context);
    summaries.push({ count: values.length, infinite, statistics });
  }
  return summaries;
}

/** @throws WorkToDivide when another round is needed */
async function mergeParts(
  parts: Parameters<typeof mergeRound>[0],
  raster: Raster,
  wanted: Wanted,
  before: readonly Known[] | undefined,
  weight: number,
): Promise<Summary[]> {
  const known = await mergeRound(parts, raster, wanted, before);
  const rounds = countRounds(raster, wanted.bands);
  const isDone = known.every(({ places }) => places.every(({ digits }) => digits.length >= rounds));
  const { width, height } = raster;
  if (!isDone) throw new WorkToDivide({ width, height, weight, rounds }, known);
  return foundFrom(known, raster, wanted).map((found, index) => ({
    count: found.moments.count,
    infinite: requirePresent(known[index], 'The band').infinite,
    statistics: describeStatistics(found, wanted.percentiles, wanted.histogramBins),
  }));
}
