/** Statistics of attribute values or pixels, one definition for all processes. */
export const statisticNames = [
  'count',
  'sum',
  'min',
  'max',
  'mean',
  'median',
  'stddev',
  'variance',
  'range',
  'first',
  'unique',
] as const;
export type Statistic = (typeof statisticNames)[number];
