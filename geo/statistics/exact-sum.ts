/*
 * Sums of doubles without a rounding error, whatever their order and however they are cut into parts: what is computed from
 * them is the same to the last digit.
 */

const bits = new DataView(new ArrayBuffer(8));

/** Bits of the fraction of a double, and the exponent of the last one of a subnormal number. */
const FRACTION = 52n;
const LEAST_EXPONENT = -1074;

/** A number as an integer times a power of two. */
export interface Dyadic {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** A finite double as it is. */
export function dyadicFrom(value: number): Dyadic {
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const biased = Number((word >> FRACTION) & 0x7ffn);
  const fraction = word & ((1n << FRACTION) - 1n);
  const mantissa = biased === 0 ? fraction : fraction | (1n << FRACTION);
  return {
    mantissa: value < 0 ? -mantissa : mantissa,
    exponent: LEAST_EXPONENT + Math.max(0, biased - 1),
  };
}

/** The sum of two numbers, without a rounding error. */
export const sumOf = (one: Dyadic, other: Dyadic): Dyadic => {
  if (one.mantissa === 0n) return other;
  if (other.mantissa === 0n) return one;
  if (one.exponent < other.exponent) return sumOf(other, one);
  const shift = BigInt(one.exponent - other.exponent);
  return { mantissa: (one.mantissa << shift) + other.mantissa, exponent: other.exponent };
};

/** The product of two numbers, without a rounding error. */
export const productOf = (one: Dyadic, other: Dyadic): Dyadic => ({
  mantissa: one.mantissa * other.mantissa,
  exponent: one.exponent + other.exponent,
});

export const zero: Dyadic = { mantissa: 0n, exponent: 0 };

/** Bits that a quotient has at least before it is rounded to the 53 of a double. */
const QUOTIENT_BITS = 64;

/** The double nearest to a number divided by a positive integer. */
export function roundQuotient({ mantissa, exponent }: Dyadic, divisor: bigint): number {
  if (mantissa === 0n) return 0;
  const magnitude = mantissa < 0n ? -mantissa : mantissa;
  const shift = QUOTIENT_BITS - bitLength(magnitude) + bitLength(divisor);
  const numerator = shift > 0 ? magnitude << BigInt(shift) : magnitude;
  const denominator = shift > 0 ? divisor : divisor << BigInt(-shift);
  const quotient = numerator / denominator;
  // The last bit stands for all that would follow: it decides only between two doubles that are equally near.
  const sticky = quotient * denominator === numerator ? quotient : quotient | 1n;
  const rounded = timesPowerOfTwo(Number(sticky), exponent - shift);
  return mantissa < 0n ? -rounded : rounded;
}

const bitLength = (value: bigint): number => {
  const digits = value.toString(16);
  return 4 * digits.length - Math.clz32(Number.parseInt(digits.charAt(0), 16)) + 28;
};

/** In steps, as a power of two alone may be beyond the range of doubles. */
function timesPowerOfTwo(value: number, exponent: number): number {
  const step = Math.max(-1000, Math.min(1000, exponent));
  const scaled = value * 2 ** step;
  return step === exponent || scaled === 0 || scaled === Infinity
    ? scaled
    : timesPowerOfTwo(scaled, exponent - step);
}

/** Values that are summed at once: with so many of them the sums of pieces of 33 bits are exact in a double. */
export const BLOCK = 1 << 16;
const PIECE = 33;

/** Greatest magnitude whose pieces can be cut off without an overflow. */
const MOST = 2 ** 1000;

/**
 * The sum of finite doubles, which are changed. Pieces of 33 bits are cut off from all of them until nothing is left: the sum of
 * each kind of pieces is exact (Demmel and Nguyen, Fast Reproducible Floating-Point Summation, 2013, without its limit on the
 * number of pieces).
 *
 * @param values up to {@link BLOCK}
 * @param greatest magnitude of the values
 */
export function sumBlock(values: Float64Array, greatest: number): Dyadic {
  if (greatest > MOST) return values.reduce((sum, value) => sumOf(sum, dyadicFrom(value)), zero);
  let total = zero;
  let left = greatest;
  while (left > 0) {
    // The power of two above all of them, times what makes the last bit of the sum that of a piece.
    const cutter = 1.5 * 2 ** (Math.floor(Math.log2(left)) + 1 + FRACTION_BITS - PIECE);
    let sum = 0;
    let rest = 0;
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? 0;
      const piece = value + cutter - cutter;
      const remainder = value - piece;
      sum += piece;
      values[index] = remainder;
      // Not the largest of them: a sum takes less time.
      rest += Math.abs(remainder);
    }
    total = sumOf(total, dyadicFrom(sum));
    // None is more than half of the last bit of a piece.
    left = rest === 0 ? 0 : cutter * HALF_PIECE;
  }
  return total;
}

const FRACTION_BITS = Number(FRACTION);

/** From the number that cuts pieces off, of 1.5 times a power of two, to half of the last bit of a piece. */
const HALF_PIECE = 2 ** -FRACTION_BITS / 3;
