import { type Dyadic, dyadicFrom, sumOf } from './exact-sum.ts';

/*
 * Exact sums of numbers of single precision and of their squares, which doubles have all digits of, in one pass: what almost
 * all rasters of floating point have.
 */

/** Bits of the pieces that are cut off first: 2^16 of them add up to no more than the 53 of a double. */
const PIECE = 36;

/** Powers of two between the greatest and the least magnitude up to which what is left of 2^16 squares adds up exactly. */
const MOST_RANGE = 32;

/** Bits of the fractions of a double and of a single. */
const FRACTION = 52;

export interface Sums {
  readonly sum: Dyadic;
  readonly squares: Dyadic;
}

/**
 * The sum of finite singles and that of their squares, without rounding errors. From each number, and twice from each square,
 * the leading bits are cut off by adding and subtracting a large number; the sums of all pieces and of what is left are exact,
 * in any order.
 *
 * @param values up to 2^16
 * @param greatest magnitude of the values
 * @param least magnitude of those that are not 0
 * @returns undefined where the magnitudes differ too much for that
 */
export function sumSingles(values: Float32Array, greatest: number, least: number): Sums | undefined {
  const exponent = Math.floor(Math.log2(greatest)) + 1;
  if (greatest === 0 || exponent - Math.floor(Math.log2(least)) > MOST_RANGE) return undefined;
  const cutter = cutterFor(exponent);
  const first = cutterFor(2 * exponent);
  const second = cutterFor(2 * exponent - PIECE - 1);
  let [pieces, rests] = [0, 0];
  let [firsts, seconds, others] = [0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    const piece = value + cutter - cutter;
    pieces += piece;
    rests += value - piece;
    const square = value * value;
    const one = square + first - first;
    firsts += one;
    const left = square - one;
    const other = left + second - second;
    seconds += other;
    others += left - other;
  }
  return {
    sum: sumOf(dyadicFrom(pieces), dyadicFrom(rests)),
    squares: sumOf(sumOf(dyadicFrom(firsts), dyadicFrom(seconds)), dyadicFrom(others)),
  };
}

/** What numbers below a power of two are rounded with to their leading bits: the last bit of the sum is that of a piece. */
const cutterFor = (exponent: number): number => 1.5 * 2 ** (exponent + FRACTION - PIECE);
