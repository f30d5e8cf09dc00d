import { meanFrom, momentsOf, sumFrom, type Values, varianceFrom } from './moments.ts';
import type { Statistic } from './statistic-names.ts';

export type { Statistic };

/** Statistics that need no numbers. */
export type AnyStatistic = 'count' | 'first' | 'unique';
export type NumericStatistic = Exclude<Statistic, AnyStatistic>;

/** Whether a statistic needs numbers. */
export const isNumeric = (statistic: Statistic): statistic is NumericStatistic =>
  statistic !== 'count' && statistic !== 'first' && statistic !== 'unique';

/**
 * A statistic of values of any type, missing ones left out beforehand: `first` in order, `unique` the number of
 * different ones, `null` for the first of nothing.
 */
export function computeAnyStatistic(statistic: AnyStatistic, values: readonly unknown[]): unknown {
  switch (statistic) {
    case 'count':
      return values.length;
    case 'first':
      return values[0] ?? null;
    case 'unique':
      return new Set(values.map((value) => JSON.stringify(value))).size;
  }
}

/**
 * A statistic of numbers; sums are rounded once, so that the order of the values does not matter. `stddev` and `variance` are
 * those of the population, `median` of an even number of
 * values is the mean of the middle two. Of no values it is null, the sum 0.
 */
export function computeNumericStatistic(statistic: NumericStatistic, values: Values): number | null {
  if (statistic === 'sum') return sumFrom(momentsOf(values));
  if (values.length === 0) return null;
  switch (statistic) {
    case 'min':
      return extremes(values)[0];
    case 'max':
      return extremes(values)[1];
    case 'range': {
      const [least, most] = extremes(values);
      return most - least;
    }
    case 'mean':
      return meanFrom(momentsOf(values));
    case 'median':
      return median(values);
    case 'variance':
      return varianceFrom(momentsOf(values));
    case 'stddev':
      return Math.sqrt(varianceFrom(momentsOf(values)));
  }
}

function extremes(values: ArrayLike<number>): [least: number, most: number] {
  let least = values[0] ?? Number.NaN;
  let most = least;
  for (let index = 1; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
