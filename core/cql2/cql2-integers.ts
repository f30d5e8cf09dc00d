import { exactInteger, isExactInteger } from '../shared/exact-json.ts';

/** Integers of 64 bits in filters: BigInt beyond 2^53, whose sums and differences are no doubles either. */

const LEAST = -(2n ** 63n);
const MOST = 2n ** 64n - 1n;

/**
 * The result of an arithmetic operation on integers of which a double would lose digits; undefined for all others, also
 * where it goes beyond 64 bits or is no integer, which are computed in doubles.
 */
export function exactResult(
  op: string,
  one: number | bigint,
  other: number | bigint,
): number | bigint | undefined {
  if (!isExactInteger(one) || !isExactInteger(other)) return undefined;
  const areSmall = typeof one === 'number' && typeof other === 'number';
  if (areSmall && (op === '/' || Number.isSafeInteger(doubleResult(op, one, other)))) return undefined;
  const result = integerResult(op, BigInt(one), BigInt(other));
  return result !== undefined && result >= LEAST && result <= MOST ? exactInteger(result) : undefined;
}

function doubleResult(op: string, one: number, other: number): number {
  if (op === '+') return one + other;
  return op === '-' ? one - other : one * other;
}

function integerResult(op: string, one: bigint, other: bigint): bigint | undefined {
  switch (op) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    default:
      return other !== 0n && one % other === 0n ? one / other : undefined;
  }
}

/** What is the same for equal numbers, whether they are held as a double or as BigInt. */
export const comparableKey = (value: unknown): unknown =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? BigInt(value)
    : value;
