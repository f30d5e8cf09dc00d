import type { RunContext } from '../../core/processes/declaration.ts';
import type { Samples } from '../engines/raster/raster.ts';

/** Values up to which all are sorted at once. */
const FEW = 1 << 21;
const BINS = 1 << 16;

/**
 * Percentiles with linear interpolation between the two nearest values; empty where there are no values. Of many values
 * only those are sorted that share a bin with one that is looked for, so that the work can be interrupted.
 */
export async function percentilesOf(
  values: Samples,
  percentiles: readonly number[],
  context: RunContext,
): Promise<number[]> {
  if (values.length === 0) return [];
  const places = percentiles.map((percentile) => ((values.length - 1) * percentile) / 100);
  const ranks = new Set(places.flatMap((place) => [Math.floor(place), Math.ceil(place)]));
  const found = await valuesAtRanks(values, ranks, context);
  return places.map((place) => {
    const lower = found.get(Math.floor(place))!;
    const upper = found.get(Math.ceil(place))!;
    const share = place - Math.floor(place);
    // From the nearer end, as NumPy does, so that the ends themselves are exact.
    return share < 0.5 ? lower + (upper - lower) * share : upper - (upper - lower) * (1 - share);
  });
}

/** The values that would stand at some places if all were sorted. */
async function valuesAtRanks(
  values: Samples,
  ranks: ReadonlySet<number>,
  context: RunContext,
): Promise<Map<number, number>> {
  if (values.length <= FEW) {
    const sorted = values.slice().sort();
    return new Map([...ranks].map((rank) => [rank, sorted[rank]!]));
  }
  const { binOf, counts } = await countInBins(values, context);
  const found = new Map<number, number>();
  let before = 0;
  for (const [bin, count] of counts.entries()) {
    const within = [...ranks].filter((rank) => rank >= before && rank < before + count);
    if (within.length > 0) {
      await context.progress(before, values.length, 'Finding percentiles');
      const sorted = values.filter((value) => binOf(value) === bin).sort();
      for (const rank of within) found.set(rank, sorted[rank - before]!);
    }
    before += count;
  }
  return found;
}

async function countInBins(values: Samples, context: RunContext) {
  let [min, max] = [Infinity, -Infinity];
  for (let start = 0; start < values.length; start += FEW) {
    await context.progress(start, 2 * values.length, 'Finding percentiles');
    for (const value of values.subarray(start, start + FEW)) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const factor = max > min ? (BINS - 1) / (max - min) : 0;
  const binOf = (value: number): number => Math.floor((value - min) * factor);
  const counts = new Uint32Array(BINS);
  for (let start = 0; start < values.length; start += FEW) {
    await context.progress(values.length + start, 2 * values.length, 'Finding percentiles');
    for (const value of values.subarray(start, start + FEW)) counts[binOf(value)]!++;
  }
  return { binOf, counts };
}
