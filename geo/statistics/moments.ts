import type { Samples } from '../raster/raster.ts';
import {
  BLOCK,
  type Dyadic,
  dyadicFrom,
  productOf,
  roundQuotient,
  sumBlock,
  sumOf,
  zero,
} from './exact-sum.ts';

export type Values = Samples | readonly number[];

/** Splits a double into two halves whose product with another half is exact (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

/** Magnitudes between which the rounding error of a square is a double. */
const [LEAST, MOST] = [2 ** -480, 2 ** 480];

/**
 * Count, extremes, sum and sum of squares of numbers, the sums without rounding errors: of parts of the numbers, in any order,
 * the same comes out as of all of them.
 */
export interface Moments {
  readonly count: number;
  /** Infinity and -Infinity where there are no values; NaN where one of them is. */
  readonly min: number;
  readonly max: number;
  /** Of the finite values. */
  readonly sum: Dyadic;
  readonly squares: Dyadic;
}

export const noMoments: Moments = { count: 0, min: Infinity, max: -Infinity, sum: zero, squares: zero };

/** Moments of one set of values and of another one. */
export const joinMoments = (one: Moments, other: Moments): Moments => ({
  count: one.count + other.count,
  min: Math.min(one.min, other.min),
  max: Math.max(one.max, other.max),
  sum: sumOf(one.sum, other.sum),
  squares: sumOf(one.squares, other.squares),
});

/** @param breathe awaited between blocks of {@link BLOCK} values */
export async function computeMoments(
  values: Values,
  breathe: (done: number) => Promise<void>,
): Promise<Moments> {
  let moments = noMoments;
  for (let start = 0; start < values.length; start += BLOCK) {
    await breathe(start);
    moments = joinMoments(moments, momentsOfBlock(values, start));
  }
  return moments;
}

/** The same at once, of values that are not too many for that. */
export function momentsOf(values: Values): Moments {
  let moments = noMoments;
  for (let start = 0; start < values.length; start += BLOCK)
    moments = joinMoments(moments, momentsOfBlock(values, start));
  return moments;
}

const doubles = new Float64Array(BLOCK);
const squares = new Float64Array(BLOCK);
const errors = new Float64Array(BLOCK);

function momentsOfBlock(values: Values, start: number): Moments {
  const count = Math.min(BLOCK, values.length - start);
  const block = doubles.subarray(0, count);
  block.set(
    ArrayBuffer.isView(values) ? values.subarray(start, start + count) : values.slice(start, start + count),
  );
  let [min, max, least] = [Infinity, -Infinity, Infinity];
  for (let index = 0; index < count; index++) {
    const value = block[index] ?? 0;
    min = Math.min(min, value);
    max = Math.max(max, value);
    least = Math.min(least, value === 0 ? Infinity : Math.abs(value));
  }
  const greatest = Math.max(-min, max);
  if (!(greatest <= MOST && least >= LEAST)) return { count, min, max, ...sumsOneByOne(block) };
  const own = squares.subarray(0, count);
  const lost = errors.subarray(0, count);
  let mostLost = 0;
  for (let index = 0; index < count; index++) {
    const value = block[index] ?? 0;
    const square = value * value;
    own[index] = square;
    // The rounding error of the square (Dekker).
    const scaled = SPLITTER * value;
    const high = scaled - (scaled - value);
    const low = value - high;
    const error = high * high - square + 2 * high * low + low * low;
    lost[index] = error;
    mostLost = Math.max(mostLost, Math.abs(error));
  }
  const sum = sumBlock(block, greatest);
  const sumOfSquares = sumOf(sumBlock(own, greatest * greatest), sumBlock(lost, mostLost));
  return { count, min, max, sum, squares: sumOfSquares };
}

/** Of values whose squares are beyond the range of doubles, or which are not finite. */
function sumsOneByOne(values: Float64Array): Pick<Moments, 'sum' | 'squares'> {
  let [sum, sumOfSquares] = [zero, zero];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const exact = dyadicFrom(value);
    sum = sumOf(sum, exact);
    sumOfSquares = sumOf(sumOfSquares, productOf(exact, exact));
  }
  return { sum, squares: sumOfSquares };
}

/** The sum, rounded once; 0 of no values. */
export const sumFrom = (moments: Moments): number => infinite(moments) ?? roundQuotient(moments.sum, 1n);

/** The mean, rounded once; NaN of no values. */
export const meanFrom = (moments: Moments): number =>
  infinite(moments) ?? (moments.count === 0 ? Number.NaN : roundQuotient(moments.sum, BigInt(moments.count)));

/** Variance of the population, rounded once; NaN of no values, and where one is infinite. */
export function varianceFrom(moments: Moments): number {
  if (moments.count === 0 || infinite(moments) !== undefined) return Number.NaN;
  const count = BigInt(moments.count);
  const { mantissa, exponent } = productOf(moments.sum, moments.sum);
  const deviations = sumOf(
    { mantissa: moments.squares.mantissa * count, exponent: moments.squares.exponent },
    { mantissa: -mantissa, exponent },
  );
  return roundQuotient(deviations, count * count);
}

/** What a sum is that is not finite, as doubles add up; undefined where it is. */
function infinite({ count, min, max }: Moments): number | undefined {
  if (count === 0) return undefined;
  if (Number.isNaN(max)) return Number.NaN;
  if (max === Infinity) return min === -Infinity ? Number.NaN : Infinity;
  return min === -Infinity ? -Infinity : undefined;
}
