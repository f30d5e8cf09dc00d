/** How a feature may lie to an overlay feature, read "feature PREDICATE overlay" (OGC Simple Features, DE-9IM). */
export const predicateNames = [
  'intersects',
  'contains',
  'within',
  'touches',
  'crosses',
  'overlaps',
  'covers',
  'coveredBy',
  'equals',
  'disjoint',
] as const;
export type Predicate = (typeof predicateNames)[number];
