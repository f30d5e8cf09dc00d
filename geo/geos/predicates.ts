import type { Geos, Handle } from './geos.ts';
import type { Prepared } from './lasting-scope.ts';
import type { Predicate } from './predicate-names.ts';

/** The predicate that says the same with its sides swapped. */
export const inverses = {
  intersects: 'intersects',
  contains: 'within',
  within: 'contains',
  touches: 'touches',
  crosses: 'crosses',
  overlaps: 'overlaps',
  covers: 'coveredBy',
  coveredBy: 'covers',
  equals: 'equals',
  disjoint: 'disjoint',
} as const satisfies Record<Predicate, Predicate>;

const functions = {
  intersects: 'GEOSPreparedIntersects',
  contains: 'GEOSPreparedContains',
  within: 'GEOSPreparedWithin',
  touches: 'GEOSPreparedTouches',
  crosses: 'GEOSPreparedCrosses',
  overlaps: 'GEOSPreparedOverlaps',
  covers: 'GEOSPreparedCovers',
  coveredBy: 'GEOSPreparedCoveredBy',
  disjoint: 'GEOSPreparedDisjoint',
} as const;

/** Predicates that a prepared geometry answers faster than a plain one. */
export type PreparedPredicate = keyof typeof functions;

/** "prepared PREDICATE other". @throws GeosError */
export const preparedMeets = (
  geos: Geos,
  predicate: PreparedPredicate,
  prepared: Prepared,
  other: Handle,
): boolean => geos.predicate(geos.library[functions[predicate]](prepared, other));

/** True when both are the same point set, whatever their vertices (`GEOSEquals`). @throws GeosError */
export const equal = (geos: Geos, one: Handle, other: Handle): boolean =>
  geos.predicate(geos.library.GEOSEquals(one, other));

/** True when the position is inside the prepared geometry or on its boundary. @throws GeosError */
export const preparedIntersectsPosition = (geos: Geos, prepared: Prepared, x: number, y: number): boolean =>
  geos.predicate(geos.library.GEOSPreparedIntersectsXY(prepared, x, y));

/** True when the position is inside the prepared geometry, not on its boundary. @throws GeosError */
export const preparedContainsPosition = (geos: Geos, prepared: Prepared, x: number, y: number): boolean =>
  geos.predicate(geos.library.GEOSPreparedContainsXY(prepared, x, y));
