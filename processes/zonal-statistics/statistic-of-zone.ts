import { isNumeric, type Statistic, statisticOfNumbers } from '../../geo/statistics/statistics.ts';

/** A statistic of the pixels of a zone; null of no pixels, but for the count. */
export function statisticOfZone(statistic: Statistic, values: ArrayLike<number>): number | null {
  if (statistic === 'count') return values.length;
  if (values.length === 0) return null;
  if (isNumeric(statistic)) return statisticOfNumbers(statistic, values);
  return statistic === 'first' ? values[0]! : new Set(Array.from(values)).size;
}
