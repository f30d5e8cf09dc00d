/** The processes whose computations are guarded; `computations.ts` has what each is asked. */
export const guardedComputations = [
  'buffer',
  'dissolve',
  'intersection',
  'simplify',
  'reproject',
  'convert-features',
  'hillshade',
  'zonal-statistics',
  'reproject-raster',
  'contour',
] as const;

export type GuardedComputation = (typeof guardedComputations)[number];
