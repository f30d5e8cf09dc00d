import { requirePresent } from '../core/shared/require-present.ts';

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return requirePresent(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))], 'A sample');
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** What a machine that does other things as well disturbs least. */
export const lowerQuartile = (values: readonly number[]): number => quantile(values, 0.25);
