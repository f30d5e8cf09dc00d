/** Ways to resample, by the names that all processes use. */
export const resamplings = [
  'nearest',
  'bilinear',
  'cubic',
  'cubicSpline',
  'lanczos',
  'average',
  'mode',
  'min',
  'max',
] as const;
export type Resampling = (typeof resamplings)[number];
