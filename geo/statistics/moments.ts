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
import { sumSingles } from './sums-of-singles.ts';

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
  const end = Math.min(values.length, start + BLOCK);
  if (isShort(values)) return momentsOfIntegers(values.subarray(start, end));
  if (values instanceof Float32Array) {
    const moments = momentsOfSingles(values.subarray(start, end));
    if (moments) return moments;
  }
  const block = doubles.subarray(0, end - start);
  block.set(ArrayBuffer.isView(values) ? values.subarray(start, end) : values.slice(start, end));
  const own = squares.subarray(0, block.length);
  let [min, max, least, finite] = [Infinity, -Infinity, Infinity, 0];
  for (let index = 0; index < block.length; index++) {
    const value = block[index] ?? 0;
    const magnitude = Math.abs(value);
    own[index] = value * value;
    if (value < min) min = value;
    if (value > max) max = value;
    if (magnitude < least && magnitude !== 0) least = magnitude;
    // Zero times a number is zero only if the number is finite.
    finite += value * 0;
  }
  const greatest = Math.max(-min, max);
  if (finite !== 0 || greatest > MOST || least < LEAST) return momentsOneByOne(block);
  // Doubles have all digits of the square of a single.
  const lost = values instanceof Float32Array ? zero : errorsOfSquares(block, own);
  const sumOfSquares = sumOf(sumBlock(own, greatest * greatest), lost);
  const sum = sumBlock(block, greatest);
  return { count: block.length, min, max, sum, squares: sumOfSquares };
}

type Short = Uint8Array | Int8Array | Uint16Array | Int16Array;

/** Whether values are integers of up to 16 bits. */
const isShort = (values: Values): values is Short =>
  ArrayBuffer.isView(values) && values.BYTES_PER_ELEMENT <= Int16Array.BYTES_PER_ELEMENT;

/** Doubles have all digits of the sums of a block of them. */
function momentsOfIntegers(values: Short): Moments {
  let [sum, sumOfSquares] = [0, 0];
  let [min, max] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    sum += value;
    sumOfSquares += value * value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { count: values.length, min, max, sum: dyadicFrom(sum), squares: dyadicFrom(sumOfSquares) };
}

/** Undefined where they are of too different magnitudes, or not all of them are finite. */
function momentsOfSingles(values: Float32Array): Moments | undefined {
  let [min, max, least] = [Infinity, -Infinity, Infinity];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    const magnitude = Math.abs(value);
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (magnitude < least && magnitude !== 0) least = magnitude;
  }
  const greatest = Math.max(-min, max);
  const sums = Number.isFinite(greatest) ? sumSingles(values, greatest, least) : undefined;
  return sums && { count: values.length, min, max, ...sums };
}

/** The sum of the rounding errors of squares (Dekker). */
function errorsOfSquares(values: Float64Array, rounded: Float64Array): Dyadic {
  const lost = errors.subarray(0, values.length);
  let most = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    const scaled = SPLITTER * value;
    const high = scaled - (scaled - value);
    const low = value - high;
    const error = high * high - (rounded[index] ?? 0) + 2 * high * low + low * low;
    lost[index] = error;
    most = Math.max(most, Math.abs(error));
  }
  return sumBlock(lost, most);
}

/** Of values whose squares are beyond the range of doubles, or which are not finite. */
function momentsOneByOne(values: Float64Array): Moments {
  let [sum, sumOfSquares] = [zero, zero];
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (!Number.isFinite(value)) continue;
    const exact = dyadicFrom(value);
    sum = sumOf(sum, exact);
    sumOfSquares = sumOf(sumOfSquares, productOf(exact, exact));
  }
  return { count: values.length, min, max, sum, squares: sumOfSquares };
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
