import { exactInteger, isExactInteger } from '../../core/shared/exact-json.ts';
import { computeNumericStatistic, type NumericStatistic } from './statistics.ts';

/**
 * A statistic of numbers, of which integers of 64 bits are BigInt. Those of integers are exact where they are integers
 * themselves, also beyond 2^53; means and deviations are the nearest doubles, with the digits that the values differ in.
 */
export function computeExactStatistic(
  statistic: NumericStatistic,
  values: readonly (number | bigint)[],
): number | bigint | null {
  if (values.length === 0 || !values.every(isExactInteger)) return ofMixed(statistic, values);
  if (!values.some((value) => typeof value === 'bigint')) {
    const found = computeNumericStatistic(statistic, values as number[]);
    if (Number.isSafeInteger(found) || (statistic !== 'sum' && statistic !== 'range')) return found;
  }
  return ofIntegers(statistic, values.map(BigInt));
}

/** With fractions, or doubles beyond 2^53, which are rounded as it is; the least and the largest are values themselves. */
function ofMixed(statistic: NumericStatistic, values: readonly (number | bigint)[]): number | bigint | null {
  const isExtreme = statistic === 'min' || statistic === 'max';
  if (!isExtreme || values.length === 0) return computeNumericStatistic(statistic, values.map(Number));
  return values.reduce((one, other) => ((statistic === 'min' ? other < one : other > one) ? other : one));
}

function ofIntegers(statistic: NumericStatistic, values: readonly bigint[]): number | bigint | null {
  const sorted = values.toSorted((one, other) => (one < other ? -1 : Number(one > other)));
  const [least = 0n, most = 0n] = [sorted[0], sorted.at(-1)];
  const sum = () => values.reduce((total, value) => total + value, 0n);
  switch (statistic) {
    case 'min':
      return exactInteger(least);
    case 'max':
      return exactInteger(most);
    case 'range':
      return exactInteger(most - least);
    case 'sum':
      return exactInteger(sum());
    case 'mean':
      return quotient(sum(), BigInt(values.length));
    case 'median': {
      const middle = sorted.length >> 1;
      const upper = sorted[middle] ?? 0n;
      return sorted.length % 2 === 1 ? exactInteger(upper) : quotient((sorted[middle - 1] ?? 0n) + upper, 2n);
    }
    default:
      // What all have in common has no part in deviations, but would take the digits of the doubles.
      return computeNumericStatistic(
        statistic,
        values.map((value) => Number(value - least)),
      );
  }
}

const quotient = (sum: bigint, count: bigint): number | bigint =>
  sum % count === 0n ? exactInteger(sum / count) : Number(sum / count) + Number(sum % count) / Number(count);
