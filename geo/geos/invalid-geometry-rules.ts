/** What is done with invalid geometries: repaired, refused, or left out. */
export const invalidGeometryRules = ['repair', 'error', 'skip'] as const;
export type InvalidGeometryRule = (typeof invalidGeometryRules)[number];
