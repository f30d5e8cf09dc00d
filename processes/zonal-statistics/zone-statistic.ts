import { computeNumericStatistic, isNumeric, type Statistic } from '../../geo/statistics/statistics.ts';

/** A statistic of the pixels of a zone; null of no pixels, but for the count. */
export function computeZoneStatistic(statistic: Statistic, values: ArrayLike<number>): number | null {
  if (statistic === 'count') return values.length;
  if (values.length === 0) return null;
  if (isNumeric(statistic)) return computeNumericStatistic(statistic, values);
  return statistic === 'first' ? (values[0] ?? Number.NaN) : new Set(Array.from(values)).size;
}
