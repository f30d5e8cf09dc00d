import type { RunContext } from '../../core/run/context.ts';
import type { Samples } from '../../geo/raster/raster.ts';

/** Values up to which all are sorted at once. */
const FEW = 1 << 21;
const BINS = 1 << 16;

/** Equally wide bins from the least value on. */
interface Bins {
  readonly least: number;
  readonly factor: number;
}

/**
 * Percentiles with linear interpolation between the two nearest values; empty where there are no values. Of many values
 * only those are sorted that share a bin with one that is looked for, so that the work can be interrupted.
 *
 * @param least, greatest of the values
 */
export async function computePercentiles(
  values: Samples,
  percentiles: readonly number[],
  least: number,
  greatest: number,
  context: RunContext,
): Promise<number[]> {
  if (values.length === 0) return [];
  const ranks = listRanks(values.length, percentiles);
  const factor = (BINS - 1) / (greatest - least);
  // Where all values are (almost) the same they share a bin.
  const bins = { least, factor: Number.isFinite(factor) ? factor : 0 };
  const found = await valuesAtRanks(values, ranks, bins, context);
  return interpolate(values.length, percentiles, found);
}

const placeOf = (count: number, percentile: number): number => ((count - 1) * percentile) / 100;

/** The places, from 0 on, of the values that percentiles are between if all were sorted. */
export const listRanks = (count: number, percentiles: readonly number[]): number[] => [
  ...new Set(
    percentiles.flatMap((percentile) => {
      const place = placeOf(count, percentile);
      return [Math.floor(place), Math.ceil(place)];
    }),
  ),
];

/** Percentiles of the values at the places between which they lie. */
export const interpolate = (
  count: number,
  percentiles: readonly number[],
  found: ReadonlyMap<number, number>,
): number[] =>
  percentiles.map((percentile) => {
    const place = placeOf(count, percentile);
    const lower = found.get(Math.floor(place)) ?? Number.NaN;
    const upper = found.get(Math.ceil(place)) ?? Number.NaN;
    const share = place - Math.floor(place);
    // From the nearer end, as NumPy does, so that the ends themselves are exact.
    return share < 0.5 ? lower + (upper - lower) * share : upper - (upper - lower) * (1 - share);
  });

interface Bins {
  readonly least: number;
  /** Bins per unit. */
  readonly factor: number;
}

/** The values that would stand at some places if all were sorted. */
async function valuesAtRanks(
  values: Samples,
  ranks: readonly number[],
  bins: Bins,
  context: RunContext,
): Promise<Map<number, number>> {
  if (values.length <= FEW) {
    const sorted = values.slice().sort();
    return new Map(ranks.map((rank) => [rank, sorted[rank] ?? Number.NaN]));
  }
  const counts = new Uint32Array(BINS);
  await eachPart(values, 0, context, (part) => countInBins(part, bins, counts));
  const wanted = wantedBins(counts, ranks);
  const next = new Int32Array(BINS).fill(NOT_WANTED);
  let length = 0;
  for (const { bin } of wanted) {
    next[bin] = length;
    length += counts[bin] ?? 0;
  }
  const gathered = values.slice(0, length);
  await eachPart(values, values.length, context, (part) => gather(part, bins, next, gathered));
  const found = new Map<number, number>();
  for (const { bin, before, ranks: within } of wanted) {
    // `next` is now where the bin ends.
    const sorted = gathered.subarray((next[bin] ?? 0) - (counts[bin] ?? 0), next[bin]).sort();
    for (const rank of within) found.set(rank, sorted[rank - before] ?? Number.NaN);
  }
  return found;
}

/** Does something with one part of the values after the other; `done` is what was done before of twice the values. */
async function eachPart(
  values: Samples,
  done: number,
  context: RunContext,
  action: (part: Samples) => void,
): Promise<void> {
  for (let start = 0; start < values.length; start += FEW) {
    await context.progress(done + start, 2 * values.length, 'Finding percentiles');
    action(values.subarray(start, start + FEW));
  }
}

function countInBins(values: Samples, { least, factor }: Bins, counts: Uint32Array): void {
  // What is not negative is rounded down by leaving out its fraction, which is faster.
  for (let index = 0; index < values.length; index++) {
    const bin = (((values[index] ?? Number.NaN) - least) * factor) | 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
}

/** The bins that hold ranks which are looked for, and how many values are in the bins before. */
function wantedBins(counts: Uint32Array, ranks: readonly number[]) {
  const wanted: { readonly bin: number; readonly before: number; readonly ranks: number[] }[] = [];
  let bin = 0;
  let before = 0;
  for (const rank of ranks.toSorted((one, other) => one - other)) {
    while (before + (counts[bin] ?? Number.NaN) <= rank) before += counts[bin++] ?? 0;
    const last = wanted.at(-1);
    if (last?.bin === bin) last.ranks.push(rank);
    else wanted.push({ bin, before, ranks: [rank] });
  }
  return wanted;
}

/** In place of where the values of a bin go. */
const NOT_WANTED = -1;

/** Copies the values of bins that are wanted to where `next` says, and moves that on. */
function gather(values: Samples, { least, factor }: Bins, next: Int32Array, gathered: Samples): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    const bin = ((value - least) * factor) | 0;
    const place = next[bin] ?? NOT_WANTED;
    if (place === NOT_WANTED) continue;
    gathered[place] = value;
    next[bin] = place + 1;
  }
}
