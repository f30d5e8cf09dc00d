import { deserialize, serialize } from 'node:v8';
import type { RunContext, Source } from '../../core/run/context.ts';
import { greatest } from '../../core/shared/arrays.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import type { Raster, Samples } from '../../geo/raster/raster.ts';
import { computeMoments, joinMoments, type Moments, noMoments } from '../../geo/statistics/moments.ts';
import { type Found, withMedian } from './band-statistics.ts';
import { DIGIT_VALUES, type Order, orderOf } from './digits.ts';
import { computeHistogram, type Histogram } from './histogram.ts';
import { interpolate, listRanks } from './percentiles.ts';
import { presentValues } from './present-values.ts';

/*
 * Statistics of a raster that no worker holds as a whole. The parts are gone through once for each digit of a value. In the
 * first round they count the values of each first digit, besides their moments; then it is known which first digit a value has
 * that a percentile is looked for at, and the next round counts the second digits of those that begin with it; and so on. Of
 * integers of up to 16 bits the first round says all.
 */

export interface Wanted {
  /** Numbers of the bands. */
  readonly bands: readonly number[];
  readonly percentiles: readonly number[];
  readonly histogramBins: number | undefined;
}

/** A value that is looked for. */
interface Place {
  /** Where it would stand if all values were sorted, from 0 on. */
  readonly rank: number;
  /** How many values come before those with the digits that are known. */
  readonly before: number;
  readonly digits: readonly number[];
}

/** What is known of a band after a round. */
export interface Known {
  readonly moments: Moments;
  /** How many pixels are there and infinite. */
  readonly infinite: number;
  readonly places: readonly Place[];
  readonly histogram?: Histogram;
}

/** What a part has counted in a band: by the digits before, how often each next digit is there. */
interface Counted {
  readonly moments?: Moments;
  readonly infinite?: number;
  readonly digits: ReadonlyMap<string, Counts>;
  readonly histogram?: Histogram;
}

/** How often each digit is there: of all digits, or of those that are there where these are few, as in most rounds. */
type Counts = Uint32Array | { readonly found: Uint16Array; readonly times: Uint32Array };

const keyOf = (digits: readonly number[]): string => digits.join();

/** How many rounds a raster takes. */
export const countRounds = (raster: Raster, bands: readonly number[]): number =>
  greatest(bands.map((band) => orderOfBand(raster, band).digits));

const orderOfBand = ({ bands }: Raster, band: number): Order =>
  orderOf(requirePresent(bands[band - 1], 'The band').dataType);

/** What a part counts in a round. @param known after the round before; undefined in the first one */
export async function countPart(
  strip: Raster,
  { bands, histogramBins }: Wanted,
  known: readonly Known[] | undefined,
  context: RunContext,
): Promise<Uint8Array> {
  const counted: Counted[] = [];
  for (const [index, band] of bands.entries()) {
    const { values, infinite } = await presentValues(strip, band, context);
    const order = orderOfBand(strip, band);
    if (!known) {
      const moments = await computeMoments(values, (done) =>
        context.progress(done, values.length, 'Summarising'),
      );
      counted.push({ moments, infinite, digits: countDigits(values, order, [[]]) });
      continue;
    }
    const { moments, places, histogram } = requirePresent(known[index], 'The band');
    const wantsHistogram = histogramBins !== undefined && !histogram && moments.count > 0;
    counted.push({
      digits: countDigits(values, order, unfinished(places, order)),
      ...(wantsHistogram && {
        histogram: computeHistogram({ values }, histogramBins, moments.min, moments.max),
      }),
    });
  }
  return serialize(counted);
}

/** The digits of the places whose values are not known yet. */
const unfinished = (places: readonly Place[], { digits: count }: Order): (readonly number[])[] => [
  ...new Map(
    places.flatMap(({ digits }) => (digits.length < count ? [[keyOf(digits), digits] as const] : [])),
  ).values(),
];

/** How often each next digit is there among the values that begin with some digits, as many of each. */
function countDigits(
  values: Samples,
  order: Order,
  beginnings: readonly (readonly number[])[],
): Map<string, Counts> {
  const all = beginnings.map((digits) => ({ digits, counts: new Uint32Array(DIGIT_VALUES) }));
  const known = beginnings[0]?.length ?? 0;
  const read = Array.from({ length: known + 1 }, (_, digit) => order.read(values, digit));
  const [first, last] = [requirePresent(read[0], 'A digit'), requirePresent(read[known], 'A digit')];
  // Most values begin with none of them. Those that share a first digit have the same number.
  const firsts = [...new Set(beginnings.map(([digit = ANY]) => digit))];
  const numbers = new Uint16Array(DIGIT_VALUES).fill(firsts[0] === ANY ? 1 : 0);
  for (const [index, digit] of firsts.entries()) if (digit !== ANY) numbers[digit] = index + 1;
  const groups = firsts.map((digit) => all.filter(({ digits }) => (digits[0] ?? ANY) === digit));
  for (let index = 0; index < values.length; index++) {
    const number = numbers[first[index] ?? 0] ?? 0;
    if (number === 0) continue;
    for (const { digits, counts } of groups[number - 1] ?? []) {
      let digit = 1;
      while (digit < known && read[digit]?.[index] === digits[digit]) digit++;
      if (digit >= known) counts[last[index] ?? 0] = (counts[last[index] ?? 0] ?? 0) + 1;
    }
  }
  return new Map(all.map(({ digits, counts }) => [keyOf(digits), packCounts(counts)]));
}

/** Six bytes for each digit that is there instead of four for each one. */
function packCounts(counts: Uint32Array): Counts {
  let different = 0;
  for (let digit = 0; digit < DIGIT_VALUES; digit++) if (counts[digit] !== 0) different++;
  if (6 * different >= counts.byteLength) return counts;
  const found = new Uint16Array(different);
  const times = new Uint32Array(different);
  let at = 0;
  for (let digit = 0; digit < DIGIT_VALUES; digit++) {
    const count = counts[digit] ?? 0;
    if (count === 0) continue;
    found[at] = digit;
    times[at++] = count;
  }
  return { found, times };
}

function addCounts(sums: Float64Array, counts: Counts): void {
  const { found, times } = 'found' in counts ? counts : { found: undefined, times: counts };
  for (let index = 0; index < times.length; index++) {
    const digit = found ? (found[index] ?? 0) : index;
    sums[digit] = (sums[digit] ?? 0) + (times[index] ?? 0);
  }
}

/** In place of the first digit, before it is known. */
const ANY = -1;

/** What is known after a round. @param known after the round before; undefined after the first one */
export async function mergeRound(
  parts: readonly Pick<Source, 'bytes'>[],
  raster: Raster,
  { bands, percentiles, histogramBins }: Wanted,
  known: readonly Known[] | undefined,
): Promise<Known[]> {
  const totals = bands.map(() => newTotal());
  // One after the other: all of them at once may be more than there is memory.
  for (const part of parts)
    for (const [index, counted] of (deserialize(await part.bytes()) as Counted[]).entries())
      addCounted(requirePresent(totals[index], 'The band'), counted);
  return totals.map((total, index): Known => {
    const order = orderOfBand(raster, requirePresent(bands[index], 'The band'));
    const before = known?.[index];
    const moments = before?.moments ?? total.moments;
    const ranks = moments.count === 0 ? [] : listRanks(moments.count, withMedian(percentiles));
    const places = before?.places ?? ranks.map((rank): Place => ({ rank, before: 0, digits: [] }));
    const wantsHistogram = histogramBins !== undefined && moments.count > 0;
    const histogram =
      before?.histogram ??
      total.histogram ??
      (wantsHistogram && order.digits === 1 ? histogramOf(total, order, histogramBins) : undefined);
    return {
      moments,
      infinite: before?.infinite ?? total.infinite,
      places: places.map((place) => nextDigit(place, order, total)),
      ...(histogram && { histogram }),
    };
  });
}

interface Total {
  moments: Moments;
  infinite: number;
  readonly digits: Map<string, Float64Array>;
  histogram?: Histogram;
}

const newTotal = (): Total => ({ moments: noMoments, infinite: 0, digits: new Map() });

function addCounted(total: Total, { moments, infinite = 0, digits, histogram }: Counted): void {
  if (moments) total.moments = joinMoments(total.moments, moments);
  total.infinite += infinite;
  for (const [key, counts] of digits) {
    const sums = total.digits.get(key) ?? new Float64Array(DIGIT_VALUES);
    addCounts(sums, counts);
    total.digits.set(key, sums);
  }
  if (!histogram) return;
  const before = total.histogram?.counts;
  total.histogram = {
    ...histogram,
    counts: histogram.counts.map((count, bin) => count + (before?.[bin] ?? 0)),
  };
}

/** The place with one more digit, where it lacks one. */
function nextDigit(place: Place, order: Order, { digits: counted }: Total): Place {
  const counts = place.digits.length < order.digits ? counted.get(keyOf(place.digits)) : undefined;
  if (!counts) return place;
  let { before } = place;
  let digit = 0;
  while (before + (counts[digit] ?? Number.NaN) <= place.rank) before += counts[digit++] ?? 0;
  return { ...place, before, digits: [...place.digits, digit] };
}

/** The histogram of values of which the first digit says all. */
function histogramOf({ moments, digits }: Total, order: Order, bins: number): Histogram {
  const counts = requirePresent(digits.get(keyOf([])), 'The counts');
  const times = new Map(
    [...counts.entries()].flatMap(([digit, count]) => (count > 0 ? [[order.number([digit]), count]] : [])),
  );
  const counted = { values: times.keys(), times: (value: number) => times.get(value) ?? 0 };
  return computeHistogram(counted, bins, moments.min, moments.max);
}

/** What was found of each band, after the last round. */
export const foundFrom = (known: readonly Known[], raster: Raster, { bands, percentiles }: Wanted): Found[] =>
  known.map(({ moments, places, histogram }, index): Found => {
    const order = orderOfBand(raster, requirePresent(bands[index], 'The band'));
    const values = new Map(places.map(({ rank, digits }) => [rank, order.number(digits)]));
    return {
      moments,
      percentiles: moments.count === 0 ? [] : interpolate(moments.count, withMedian(percentiles), values),
      ...(histogram && { histogram }),
    };
  });
